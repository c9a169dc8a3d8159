//! Response URLs: answers to an interaction after it was acknowledged.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, OriginalUri, Path, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    time::Ts,
    world::{NewMessage, ResponseUrl, State, UrlRefused, World, read_content},
};

/// The longest message that is read at all.
const LONGEST: usize = 1 << 20;

pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/actions/{team}/{key}", post(answer))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(world)
}

async fn answer(
    Shared(world): Shared<Arc<World>>,
    OriginalUri(uri): OriginalUri,
    Path((_, key)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let payload: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut state = world.lock();
    let result = take(&mut state, &key, &payload);
    let status = result
        .as_ref()
        .err()
        .map_or(StatusCode::OK, |(status, _)| *status);
    let url = format!("http://{}{}", state.address, uri.path());
    let now = state.clock.now();
    state
        .traffic
        .response_url(now, &url, &payload, status.as_u16());
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
    let asked: Option<Ts> = payload["thread_ts"].as_str().and_then(|ts| ts.parse().ok());
    let thread = asked.or(url.thread);
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
