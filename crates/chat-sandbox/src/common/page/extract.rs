//! Reading requests, and refusing them in one sentence.

use axum::{
    Json,
    extract::{FromRequest, Query, Request, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::time::timeout;

use crate::common::TELLING;

/// Why a request was refused: a status and `{"error": "one sentence"}`.
#[derive(Debug)]
pub struct Refusal(StatusCode, String);

impl Refusal {
    pub fn unknown(why: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, why.into())
    }

    pub fn bad(why: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, why.into())
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// A query that was understood, or why it was not.
pub type Asked<T> = Result<Query<T>, QueryRejection>;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match timeout(TELLING, Json::from_request(request, state)).await {
            Ok(Ok(Json(value))) => Ok(Self(value)),
            Ok(Err(rejection)) => Err(Refusal(rejection.status(), rejection.body_text())),
            Err(_) => Err(Refusal(
                StatusCode::REQUEST_TIMEOUT,
                "The rest of the request never came.".to_owned(),
            )),
        }
    }
}

/// An id as JSON carries it: as text, since it is too large for JavaScript's numbers.
pub fn id(text: &str) -> Result<u64, Refusal> {
    text.parse()
        .map_err(|_| Refusal::bad(format!("{text:?} is not an id.")))
}
