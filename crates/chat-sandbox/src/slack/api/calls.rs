//! One address a method.
//!
//! Every call passes [`call`]: its body is read there, its token, scopes and rate are looked at, and it is recorded
//! with its answer. Whatever is to happen to all calls belongs there.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State as Shared},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};

use super::{
    arguments::{Arguments, Carried},
    error::{Error, Outcome},
    methods::{self, Method, Token},
    uploads,
};
use crate::slack::{
    requests::{Incoming, page},
    world::{SlackFailure, State, World},
};

pub fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/api/{method}", any(call))
        .route("/api/", any(call_nothing))
        .merge(uploads::routes())
        .with_state(world)
}

async fn call_nothing() -> Response {
    Error::new("unknown_method").into_response()
}

async fn call(
    Shared(world): Shared<Arc<World>>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let (parts, stream) = request.into_parts();
    let arguments = Arguments::read(&parts, stream).await;
    let line = line(&parts, &name, &arguments);
    let call = Incoming::new(&world, &name, line.clone());
    let answered = async {
        // Waits from here on: faults may be cleared as soon as what is done can be seen.
        let cleared = world.cleared.notified();
        let (response, stalled) = answer(&world, &name, &parts.headers, arguments, line);
        if stalled {
            cleared.await;
        }
        response
    };
    call.answered(&parts, answered).await
}

/// The record of a call without its answer.
fn line(parts: &Parts, name: &str, arguments: &Result<Arguments, Error>) -> Value {
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let request = arguments.as_ref().map_or(Value::Null, Arguments::told);
    let token = arguments
        .as_ref()
        .ok()
        .and_then(|arguments| token(&parts.headers, arguments).ok());
    let auth = token.map_or("none", |(token, _)| kind_of(&token));
    json!({
        "kind": "http", "method": parts.method.as_str(), "path": format!("/api/{name}"), "request": request,
        "content_type": kind, "auth": auth,
    })
}

/// The kind of a token, which is all that is ever recorded of one.
fn kind_of(token: &str) -> &'static str {
    let kinds = ["xoxb", "xapp", "xoxp"];
    let kind = token.split('-').next().unwrap_or_default();
    kinds
        .into_iter()
        .find(|known| *known == kind)
        .unwrap_or("other")
}

/// The token of a call: in the header, which is told, or in a form.
fn token(headers: &HeaderMap, arguments: &Arguments) -> Result<(String, bool), Error> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if let Some(bearer) = header.and_then(|value| value.strip_prefix("Bearer ")) {
        return Ok((bearer.to_owned(), true));
    }
    match arguments.token() {
        Carried::InForm(token) => Ok((token.clone(), false)),
        Carried::InQuery => Err(Error::new("invalid_auth")),
        Carried::Nowhere => Err(Error::new("not_authed")),
    }
}

/// Answers a call and records it. True when the answer is to be held back.
fn answer(
    world: &World,
    name: &str,
    headers: &HeaderMap,
    arguments: Result<Arguments, Error>,
    mut line: Value,
) -> (Response, bool) {
    let mut state = world.lock();
    let method = methods::find(name);
    let failure = state.faults.strike(name);
    let outcome = match failure {
        Some(SlackFailure::Error(code)) => Err(Error::new(code)),
        _ => arguments.and_then(|arguments| admitted(&mut state, method, headers, &arguments)),
    };
    let outcome = match (failure, outcome) {
        (Some(SlackFailure::ErrorAfter(code)), Ok(_)) => Err(Error::new(code)),
        (_, outcome) => outcome,
    };
    if let Err(error) = &outcome
        && failure.is_none()
        && error.is_a_problem()
    {
        let told = format!("{name} was answered {}", error.body());
        state.problem(told);
    }
    let (status, body) = match &outcome {
        Ok(fields) => (StatusCode::OK, ok(fields.clone())),
        Err(error) => (error.status(), error.body()),
    };
    let mut response = match failure {
        Some(SlackFailure::StatusAfter(status)) => page(status),
        _ => outcome.map_or_else(IntoResponse::into_response, |_| {
            axum::Json(&body).into_response()
        }),
    };
    let broken = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "text/html");
    line["status"] = json!(if broken {
        response.status().as_u16()
    } else {
        status.as_u16()
    });
    line["response"] = if broken { Value::Null } else { body };
    let now = state.clock.now();
    state.traffic.keep(now, line);
    let scopes = state.app.seed.scopes.join(",");
    if let Ok(scopes) = scopes.parse() {
        response.headers_mut().insert("x-oauth-scopes", scopes);
    }
    (response, failure == Some(SlackFailure::StallAfter))
}

fn ok(mut fields: Value) -> Value {
    if !fields.is_object() {
        fields = json!({});
    }
    fields["ok"] = Value::Bool(true);
    fields
}

/// Looks at a call's token, scopes and rate, and lets the method answer it.
fn admitted(
    state: &mut State,
    method: Option<&Method>,
    headers: &HeaderMap,
    arguments: &Arguments,
) -> Outcome {
    let Some(method) = method else {
        return Err(Error::new("unknown_method"));
    };
    let (token, in_header) = token(headers, arguments)?;
    let (bot, app) = (token == state.app.bot_token, token == state.app.app_token);
    // App-level tokens are looked for in the header alone.
    if !(bot || app && in_header) {
        return Err(Error::new("invalid_auth"));
    }
    if bot && state.app.revoked {
        return Err(Error::new("token_revoked"));
    }
    if bot != (method.token == Token::Bot) {
        return Err(Error::new("not_allowed_token_type"));
    }
    if bot
        && !method.scopes.is_empty()
        && !method.scopes.iter().any(|scope| state.app.has_scope(scope))
    {
        return Err(state.missing_scope(&method.scopes.join(",")));
    }
    let now = state.now();
    let channel = arguments.text("channel");
    let admitted = state
        .rates
        .admit(method.name, method.tier, channel.as_deref(), now);
    admitted.map_err(Error::rate_limited)?;
    (method.answer)(state, arguments)
}
