//! Discord's REST API, as far as a bot of this kind calls it.
//!
//! Every request passes [`enter`]: it is authorised there, its body is read, and it is recorded with its
//! answer. Whatever is to happen to all requests belongs there.

mod applications;
mod body;
mod channels;
mod command_limits;
mod component_limits;
mod error;
mod guilds;
mod interactions;
mod limits;
mod messages;
mod modals;
mod rates;
mod reactions;
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
use rates::Counted;

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
    let method = parts.method.to_string();
    let mut json = Value::Null;
    let response = match Body::read(&parts.headers, stream).await {
        Err(error) => error.into_response(),
        Ok(_) if !authorised(&world, &parts) => Error::unauthorized().into_response(),
        Ok(body) => {
            json = body.json.clone();
            parts.extensions.insert(body);
            let counted = Counted::of(&parts);
            counted.admit(&world, handle(parts, next)).await
        }
    };
    let answered = response
        .extensions()
        .get::<Answered>()
        .cloned()
        .unwrap_or_default();
    let path = uri
        .path_and_query()
        .map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let mut state = world.lock();
    if answered.problem {
        let status = response.status().as_u16();
        state.problem(format!(
            "{method} {path} was answered {status}: {}",
            answered.json
        ));
    }
    state.record(RequestRecord {
        method,
        path,
        request: json,
        status: response.status().as_u16(),
        response: answered.json,
    });
    drop(state);
    response
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
