//! Faults on demand, as this API answers where they strike.

use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use super::{error::Error, rates::Counted};
use crate::{
    common::{RequestRecord, Struck},
    discord::world::World,
};

/// A request, as far as a fault is concerned.
pub(super) struct Request<'a> {
    pub world: &'a World,
    /// The request without an answer.
    pub record: &'a RequestRecord,
    pub counted: &'a Counted,
}

impl Struck for Request<'_> {
    fn record(&self) {
        self.world.lock().recorder.record(self.record.clone());
    }

    /// 500 comes from Discord itself, in JSON; the rest come from what stands before it, in HTML.
    fn broken(&self, status: u16) -> Response {
        if status == 500 {
            return Error::internal().into_response();
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        let page =
            format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
        (status, Html(page)).into_response()
    }

    fn close(&self, after: Duration, global: bool) {
        self.counted.close(self.world, after, global);
    }

    fn odd_limit(
        &self,
        header: Option<&'static str>,
        json: Option<&'static str>,
        global: bool,
    ) -> Response {
        let wait = json.map_or_else(String::new, |json| format!("\"retry_after\": {json}, "));
        let body =
            format!("{{{wait}\"message\": \"You are being rate limited.\", \"global\": {global}}}");
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (StatusCode::TOO_MANY_REQUESTS, kind, body).into_response();
        if let Some(header) = header {
            let value = HeaderValue::from_static(header);
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        if global {
            let global = HeaderValue::from_static("true");
            response.headers_mut().insert("x-ratelimit-global", global);
        }
        response
    }
}
