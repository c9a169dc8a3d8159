//! Requests of the app, which faults on demand may strike: calls of methods, response URLs, uploads.

use std::{sync::Arc, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};

use super::world::World;
use crate::common::{Connection, Struck};

/// A request that was read.
pub(super) struct Incoming {
    world: Arc<World>,
    /// The method that it calls, or what else it is for, by which rates are limited.
    name: String,
    /// The record of it without an answer; null where none is kept.
    line: Value,
}

impl Incoming {
    pub(super) fn new(world: &Arc<World>, name: &str, line: Value) -> Self {
        Self {
            world: Arc::clone(world),
            name: name.to_owned(),
            line,
        }
    }

    /// Has it answered, unless a fault strikes it.
    pub(super) async fn answered(
        self,
        parts: &Parts,
        answer: impl Future<Output = Response>,
    ) -> Response {
        let cleared = self.world.cleared.notified();
        let failure = {
            let path = parts.uri.path();
            self.world.lock().faults.rest.strike(&parts.method, path)
        };
        let connection = Connection::of(parts);
        connection.respond(failure, &self, cleared, answer).await
    }
}

impl Struck for Incoming {
    fn record(&self) {
        if self.line.is_null() {
            return;
        }
        let mut line = self.line.clone();
        line["status"] = Value::from(503);
        line["response"] = Value::Null;
        let mut state = self.world.lock();
        let now = state.clock.now();
        state.traffic.keep(now, line);
    }

    fn broken(&self, status: u16) -> Response {
        self.record();
        page(status)
    }

    fn close(&self, after: Duration, global: bool) {
        let mut state = self.world.lock();
        let after = chrono::Duration::from_std(after).unwrap_or(chrono::Duration::MAX);
        let until = state.now().checked_add_signed(after);
        let name = if global { "" } else { &self.name };
        if let Some(until) = until {
            state.rates.close(name, until);
        }
    }

    fn odd_limit(
        &self,
        wait: Option<&'static str>,
        json: Option<&'static str>,
        _: bool,
    ) -> Response {
        match json {
            Some(json) => limited(wait, json),
            None => limited(
                wait,
                &json!({ "ok": false, "error": "ratelimited" }).to_string(),
            ),
        }
    }
}

/// 429 with those words for how long to wait.
pub(super) fn limited(wait: Option<&str>, json: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (StatusCode::TOO_MANY_REQUESTS, kind, json.to_owned()).into_response();
    if let Some(wait) = wait.and_then(|wait| HeaderValue::from_str(wait).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

/// What is answered for Slack by what stands before it.
pub(super) fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Html("<html><body>Server error</body></html>")).into_response();
    let html = HeaderValue::from_static("text/html");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}
