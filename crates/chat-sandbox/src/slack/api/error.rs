//! How Slack refuses a call: nearly always with status 200.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

/// What a method answers: the fields besides `ok`, or an error.
pub(super) type Outcome = Result<Value, Error>;

/// What no app is told that keeps to the documentation, whatever people do and however calls cross.
const FAULTY: [&str; 36] = [
    "bad_timestamp",
    "block_mismatch",
    "duplicate_external_id",
    "exchanged_trigger_id",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_cursor",
    "invalid_form_data",
    "invalid_json",
    "invalid_limit",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_name",
    "invalid_post_type",
    "invalid_trigger_id",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "invalid_types",
    "json_not_object",
    "markdown_text_conflict",
    "metadata_too_large",
    "missing_argument",
    "missing_post_type",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_item_specified",
    "no_text",
    "not_allowed_token_type",
    "not_authed",
    "not_enabled",
    "push_limit_reached",
    "too_many_attachments",
    "unknown_method",
    "users_list_not_supplied",
    "view_too_large",
];

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Error {
    code: &'static str,
    more: Map<String, Value>,
    retry_after: Option<i64>,
}

impl Error {
    pub(super) fn new(code: &'static str) -> Self {
        Self {
            code,
            more: Map::new(),
            retry_after: None,
        }
    }

    /// With one more field.
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }

    /// With what is wrong in detail.
    pub(super) fn with_messages(self, messages: &[String]) -> Self {
        let told = self.with("response_metadata", json!({ "messages": messages }));
        // Of blocks they are told in two places.
        if told.code == "invalid_blocks" {
            return told.with("errors", json!(messages));
        }
        told
    }

    /// Too many calls: the next is allowed in so many seconds.
    pub(super) fn rate_limited(seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new("ratelimited")
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self.code {
            "ratelimited" => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::OK,
        }
    }

    /// Whether only a faulty app is refused this way.
    pub(super) fn is_a_problem(&self) -> bool {
        FAULTY.contains(&self.code)
    }

    pub(super) fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error": self.code });
        for (key, value) in &self.more {
            body[key] = value.clone();
        }
        body
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = (self.status(), axum::Json(self.body())).into_response();
        let seconds = self
            .retry_after
            .and_then(|after| HeaderValue::from_str(&after.to_string()).ok());
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
