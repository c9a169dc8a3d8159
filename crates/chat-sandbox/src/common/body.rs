//! Bodies of requests, of which neither the length nor the time it takes to send them is taken on trust.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request},
    http::header,
};
use tokio::time::timeout;

use super::TELLING;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unread {
    /// It took longer than [`TELLING`].
    Late,
    /// It was longer than allowed, or broke off.
    Long,
}

/// The bytes of a body, `longest` at most.
pub async fn read_body(body: Body, longest: usize) -> Result<Bytes, Unread> {
    let bytes = timeout(TELLING, to_bytes(body, longest)).await;
    bytes.map_err(|_| Unread::Late)?.map_err(|_| Unread::Long)
}

/// The parts of a form, of a body that was read already; `kind` is its media type.
pub async fn form_in_parts(kind: &str, bytes: Bytes) -> Option<Multipart> {
    let request = Request::builder().header(header::CONTENT_TYPE, kind);
    let mut request = request.body(Body::from(bytes)).ok()?;
    // The body was limited when it was read.
    DefaultBodyLimit::disable().apply(&mut request);
    Multipart::from_request(request, &()).await.ok()
}
