//! Discord's REST API, as far as a bot of this kind calls it.
//!
//! Every request passes [`enter`]: it is authorised there, its body is read, and it is recorded with its
//! answer. Whatever is to happen to all requests belongs there.

mod applications;
mod body;
mod channels;
mod command_limits;
mod component_limits;
mod control_limits;
mod embed_limits;
mod error;
mod faults;
mod fields;
mod guilds;
mod interactions;
mod layout_limits;
mod limits;
mod members;
mod messages;
mod modals;
mod name_limits;
mod option_limits;
mod pins;
mod rates;
mod reactions;
mod roles;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
mod threads;
mod users;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    extract::{MatchedPath, OriginalUri, Request, State},
    http::{HeaderMap, Uri, header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use body::Body;
use error::{Answered, Error, Faults};
use rates::Counted;

use super::world::World;
use crate::common::{Connection, RequestRecord, Unanswered};

/// Where the API is. Older versions and the address without one are answered as version 10 is: what differs is fields
/// that clients of both read.
const BASES: [&str; 6] = [
    "/api/v10", "/api/v9", "/api/v8", "/api/v7", "/api/v6", "/api",
];

/// The API's routes, under each of its bases.
pub(super) fn routes(world: Arc<World>) -> Router {
    let api = routes::all()
        .router
        .fallback(async || Error::unknown_route())
        .method_not_allowed_fallback(async || Error::method_not_allowed())
        .layer(middleware::from_fn_with_state(Arc::clone(&world), enter))
        .with_state(world);
    let nested = |all: Router, base| all.nest(base, api.clone());
    BASES.into_iter().fold(Router::new(), nested)
}

async fn enter(
    State(world): State<Arc<World>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, stream) = request.into_parts();
    let (connection, counted) = (Connection::of(&parts), Counted::of(&parts));
    let body = Body::read(&parts.headers, stream).await;
    let method = parts.method.clone();
    let path = uri.path_and_query();
    let record = RequestRecord {
        method: method.to_string(),
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
                counted.admit(&world, handle(parts, next)).await
            }
        }
    };
    // Waits from here on, so that faults that are cleared meanwhile are not missed.
    let cleared = world.cleared.notified();
    let failure = world.lock().strike(&method, &record.path);
    let request = faults::Request {
        world: &world,
        record: &record,
        counted: &counted,
    };
    let response = connection.respond(failure, &request, cleared, answer).await;
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
        state.recorder.problem(format!(
            "{} {} was answered {}: {}",
            record.method, record.path, record.status, record.response
        ));
    }
    state.recorder.record(record);
}

async fn handle(parts: Parts, next: Next) -> Response {
    let request = Request::from_parts(parts, axum::body::Body::empty());
    let (matched, uri) = (
        request.extensions().get::<MatchedPath>().cloned(),
        request.uri().clone(),
    );
    let response = next.run(request).await;
    // What no handler answered, axum refused: an id or parameter in the address that is none.
    if response.status().is_client_error() && response.extensions().get::<Answered>().is_none() {
        return bad_address(matched.as_ref().map_or("", MatchedPath::as_str), &uri).into_response();
    }
    response
}

/// Names the parts of an address that are not what they have to be.
fn bad_address(route: &str, uri: &Uri) -> Error {
    let mut faults = Faults::default();
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    // The route has the base in front, which the address has lost by now.
    let parts = route.rsplit('/').zip(uri.path().rsplit('/'));
    for (name, text) in parts {
        let name = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        let name = name.filter(|name| IDS.contains(name));
        if let Some(name) = name.filter(|_| !is_number(text)) {
            let message = format!("Value \"{text}\" is not snowflake.");
            faults.add(format!("{name}_id"), "NUMBER_TYPE_COERCE", message);
        }
    }
    let asked: Vec<(String, String)> =
        serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    for (name, text) in asked {
        if NUMBERS.contains(&name.as_str()) && !is_number(&text) {
            let message = format!("Value \"{text}\" is not int.");
            faults.add(name, "NUMBER_TYPE_COERCE", message);
        }
    }
    faults.into_error()
}

/// What is an id in the address of a route.
const IDS: [&str; 7] = [
    "application",
    "channel",
    "command",
    "guild",
    "message",
    "role",
    "user",
];

/// What is a number in the query of a route.
const NUMBERS: [&str; 4] = ["limit", "before", "after", "around"];

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
