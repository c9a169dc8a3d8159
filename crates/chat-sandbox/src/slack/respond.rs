//! Response URLs: answers to an interaction after it was acknowledged.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    requests::{Incoming, limited},
    time::Ts,
    world::{NewMessage, ResponseUrl, State, Tier, UrlRefused, World, read_content},
};
use crate::common::read_body;

/// What response URLs are called where rates are limited.
const NAME: &str = "response_url";

/// The longest message that is read at all.
const LONGEST: usize = 1 << 20;

pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/actions/{team}/{key}", post(answer))
        .layer(DefaultBodyLimit::disable())
        .with_state(world)
}

async fn answer(
    Shared(world): Shared<Arc<World>>,
    Path((_, key)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = read_body(body, LONGEST).await.unwrap_or_default();
    let payload: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let url = format!("http://{}{}", world.lock().address, parts.uri.path());
    let line = json!({ "kind": "response_url", "url": url, "request": payload });
    let incoming = Incoming::new(&world, NAME, line.clone());
    let answer = async { answered(&world, &key, &payload, line) };
    incoming.answered(&parts, answer).await
}

/// Does what a message to a response URL asks for, and records it.
fn answered(world: &World, key: &str, payload: &Value, mut line: Value) -> Response {
    let mut state = world.lock();
    let now = state.clock.now();
    if let Err(seconds) = state.rates.admit(NAME, Tier::Special, None, now) {
        line["status"] = json!(429);
        state.traffic.keep(now, line);
        return limited(
            Some(&seconds.to_string()),
            "{\"ok\":false,\"error\":\"ratelimited\"}",
        );
    }
    let result = take(&mut state, key, payload);
    let status = result
        .as_ref()
        .err()
        .map_or(StatusCode::OK, |(status, _)| *status);
    line["status"] = json!(status.as_u16());
    state.traffic.keep(now, line);
    match result {
        Ok(()) => "ok".into_response(),
        Err((status, error)) => {
            state.problem(format!("a response URL was answered {status} {error}"));
            (status, axum::Json(json!({ "ok": false, "error": error }))).into_response()
        }
    }
}

fn take(state: &mut State, key: &str, payload: &Value) -> Result<(), (StatusCode, String)> {
    let refused = |refused| match refused {
        UrlRefused::Unknown | UrlRefused::Expired => "expired_url",
        UrlRefused::Used => "used_url",
    };
    let url = state
        .use_url(key)
        .map_err(|why| (StatusCode::NOT_FOUND, refused(why).to_owned()))?;
    if !payload.is_object() {
        return Err((StatusCode::BAD_REQUEST, "invalid_payload".to_owned()));
    }
    if let Some(message) = url.message.filter(|_| payload["delete_original"] == true) {
        remove(state, &url, message);
        return Ok(());
    }
    let content =
        read_content(payload).map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error))?;
    if let Some(message) = url.message.filter(|_| payload["replace_original"] == true) {
        if state.ephemeral(message).is_some() {
            state.rewhisper(message, Some(content));
        } else {
            state.edit(&url.channel, message, content);
        }
        return Ok(());
    }
    let thread = match payload["thread_ts"].as_str() {
        None => url.thread,
        Some(ts) => {
            let thread = state.thread_of(&url.channel, ts);
            let refused = "cannot_reply_to_message".to_owned();
            Some(thread.ok_or((StatusCode::INTERNAL_SERVER_ERROR, refused))?)
        }
    };
    if payload["response_type"] == "in_channel" {
        let new = NewMessage {
            user: state.app.user.clone(),
            content,
            thread,
            ..NewMessage::default()
        };
        state.post(&url.channel, new);
    } else {
        state.whisper(&url.channel, &url.person, content, thread);
    }
    Ok(())
}

fn remove(state: &mut State, url: &ResponseUrl, message: Ts) {
    if state.ephemeral(message).is_some() {
        state.rewhisper(message, None);
    } else {
        state.delete(&url.channel, message);
    }
}
