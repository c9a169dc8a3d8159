//! Faults on demand, as they befall calls.

use std::{sync::Arc, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::Value;

use super::error::Error;
use crate::{common::Struck, slack::world::World};

/// A call that a fault strikes.
pub(super) struct Call {
    world: Arc<World>,
    method: String,
    line: Value,
}

impl Call {
    pub(super) fn new(world: &Arc<World>, method: &str, line: Value) -> Self {
        Self {
            world: Arc::clone(world),
            method: method.to_owned(),
            line,
        }
    }
}

impl Struck for Call {
    fn record(&self) {
        let mut line = self.line.clone();
        line["status"] = Value::from(503);
        line["response"] = Value::Null;
        let mut state = self.world.lock();
        let now = state.clock.now();
        state.traffic.http(now, line);
    }

    fn broken(&self, status: u16) -> Response {
        self.record();
        page(status)
    }

    fn close(&self, after: Duration, global: bool) {
        let mut state = self.world.lock();
        let after = chrono::Duration::from_std(after).unwrap_or(chrono::Duration::MAX);
        let until = state.now().checked_add_signed(after);
        let method = if global { "" } else { &self.method };
        if let Some(until) = until {
            state.rates.close(method, until);
        }
    }

    fn odd_limit(
        &self,
        wait: Option<&'static str>,
        json: Option<&'static str>,
        _: bool,
    ) -> Response {
        let mut response = match json {
            Some(json) => (StatusCode::TOO_MANY_REQUESTS, json).into_response(),
            None => Error::rate_limited(1).into_response(),
        };
        response.headers_mut().remove(header::RETRY_AFTER);
        if let Some(wait) = wait.and_then(|wait| HeaderValue::from_str(wait).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

/// What is answered for Slack by what stands before it.
pub(super) fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Html("<html><body>Server error</body></html>")).into_response();
    let html = HeaderValue::from_static("text/html");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}
