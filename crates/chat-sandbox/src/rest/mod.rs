//! Discord's REST API, as far as a bot of this kind calls it.
//!
//! Every request passes [`enter`]: it is authorised there, its body is read, and it is recorded with its
//! answer. Whatever is to happen to all requests belongs there.

mod applications;
mod body;
mod channels;
mod command_limits;
mod component_limits;
mod embed_limits;
mod error;
mod faults;
mod guilds;
mod interactions;
mod layout_limits;
mod limits;
mod messages;
mod modals;
mod option_limits;
mod rates;
mod reactions;
#[cfg(test)]
mod tests;
mod threads;
mod users;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    extract::{OriginalUri, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use serde_json::Value;

use super::world::{RequestRecord, World};
use body::Body;
use error::{Answered, Error};
use faults::{Struck, Unanswered};

/// What a handler answers.
type Outcome = Result<error::Answer, Error>;

/// The API's routes, under `/api/v10`.
pub(super) fn routes(world: Arc<World>) -> Router {
    let api = Router::new()
        .merge(application_routes())
        .merge(channel_routes())
        .merge(interaction_routes())
        .fallback(async || Error::unknown_route())
        .method_not_allowed_fallback(async || Error::method_not_allowed())
        .layer(middleware::from_fn_with_state(Arc::clone(&world), enter))
        .with_state(world);
    Router::new().nest("/api/v10", api)
}

fn application_routes() -> Router<Arc<World>> {
    use applications as a;
    let all = || get(a::list).post(a::create).put(a::overwrite);
    let one = || get(a::one).patch(a::edit).delete(a::delete);
    Router::new()
        .route("/gateway", get(a::gateway))
        .route("/gateway/bot", get(a::gateway_bot))
        .route("/applications/@me", get(a::me))
        .route("/oauth2/applications/@me", get(a::me))
        .route("/applications/{application}/commands", all())
        .route("/applications/{application}/commands/{command}", one())
        .route("/applications/{application}/guilds/{guild}/commands", all())
        .route(
            "/applications/{application}/guilds/{guild}/commands/{command}",
            one(),
        )
        .route("/users/@me", get(users::me))
        .route("/users/@me/guilds", get(users::guilds))
        .route("/users/@me/channels", post(users::direct))
        .route("/users/{user}", get(users::one))
        .route("/guilds/{guild}", get(guilds::one))
        .route("/guilds/{guild}/channels", get(guilds::channels))
        .route("/guilds/{guild}/roles", get(guilds::roles))
        .route("/guilds/{guild}/members", get(guilds::members))
        .route("/guilds/{guild}/members/{user}", get(guilds::member))
}

fn channel_routes() -> Router<Arc<World>> {
    const REACTIONS: &str = "/channels/{channel}/messages/{message}/reactions/{emoji}";
    Router::new()
        .route("/channels/{channel}", get(channels::one))
        .route("/channels/{channel}/typing", post(channels::typing))
        .route(
            "/channels/{channel}/messages",
            get(messages::list).post(messages::create),
        )
        .route(
            "/channels/{channel}/messages/{message}",
            get(messages::one)
                .patch(messages::edit)
                .delete(messages::delete),
        )
        .route(REACTIONS, get(reactions::list))
        .route(
            &format!("{REACTIONS}/@me"),
            put(reactions::add).delete(reactions::remove),
        )
        .route(
            &format!("{REACTIONS}/{{user}}"),
            delete(reactions::remove_of),
        )
        .route(
            "/channels/{channel}/messages/{message}/threads",
            post(threads::start),
        )
}

fn interaction_routes() -> Router<Arc<World>> {
    Router::new()
        .route(
            "/interactions/{id}/{token}/callback",
            post(interactions::callback),
        )
        .route("/webhooks/{application}/{token}", post(webhooks::follow_up))
        .route(
            "/webhooks/{application}/{token}/messages/{message}",
            get(webhooks::one)
                .patch(webhooks::edit)
                .delete(webhooks::delete),
        )
}

async fn enter(
    State(world): State<Arc<World>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, stream) = request.into_parts();
    let struck = Struck::of(&parts);
    let body = Body::read(&parts.headers, stream).await;
    let path = uri.path_and_query();
    let record = RequestRecord {
        method: parts.method.to_string(),
        path: path.map_or_else(|| uri.path().to_owned(), ToString::to_string),
        request: body.as_ref().map_or(Value::Null, |body| body.json.clone()),
        status: 0,
        response: Value::Null,
    };
    let answer = async {
        match body {
            Err(error) => error.into_response(),
            Ok(_) if !authorised(&world, &parts) => Error::unauthorized().into_response(),
            Ok(body) => {
                parts.extensions.insert(body);
                struck.counted.admit(&world, handle(parts, next)).await
            }
        }
    };
    let response = struck.befall(&world, &record, answer).await;
    keep(&world, record, &response);
    response
}

/// Keeps the record of a request with its answer.
fn keep(world: &World, mut record: RequestRecord, response: &Response) {
    if response.extensions().get::<Unanswered>().is_some() {
        return;
    }
    let answered = response.extensions().get::<Answered>().cloned();
    let Answered { json, problem } = answered.unwrap_or_default();
    record.status = response.status().as_u16();
    record.response = json;
    let mut state = world.lock();
    if problem {
        state.problem(format!(
            "{} {} was answered {}: {}",
            record.method, record.path, record.status, record.response
        ));
    }
    state.record(record);
}

async fn handle(parts: Parts, next: Next) -> Response {
    let request = Request::from_parts(parts, axum::body::Body::empty());
    let response = next.run(request).await;
    // What no handler answered, axum refused: an id or parameter in the address that is none.
    if response.status().is_client_error() && response.extensions().get::<Answered>().is_none() {
        return Error::bad_address().into_response();
    }
    response
}

/// Whether a request carries the bot's token, or is to a route that needs none: the gateway's address is
/// public, and the addresses of interactions and webhooks hold a secret themselves.
fn authorised(world: &World, parts: &Parts) -> bool {
    let path = parts.uri.path();
    if path == "/gateway"
        || ["/interactions/", "/webhooks/"]
            .iter()
            .any(|open| path.starts_with(open))
    {
        return true;
    }
    bearer(&parts.headers).is_some_and(|token| token == world.lock().token)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bot ")
}
