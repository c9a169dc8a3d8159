//! Where the bytes of files are sent, and read again.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use super::files::LARGEST;
use crate::{
    common::{form_in_parts, read_body},
    slack::{requests::Incoming, world::World},
};

/// What is read of an upload: a file, and what a form has around it.
const LONGEST: usize = LARGEST as usize + (1 << 16);

pub(super) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/upload/v1/{secret}", post(upload).put(upload))
        .route("/files/{id}", get(download))
        .layer(DefaultBodyLimit::disable())
}

async fn upload(
    Shared(world): Shared<Arc<World>>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = bytes_of(&parts.headers, body).await;
    let incoming = Incoming::new(&world, "upload", Value::Null);
    let answer = async { store(&world, &secret, bytes) };
    incoming.answered(&parts, answer).await
}

/// Keeps what was uploaded for a file.
fn store(world: &World, secret: &str, bytes: Option<Bytes>) -> Response {
    let Some(bytes) = bytes else {
        return (StatusCode::BAD_REQUEST, "Bad request").into_response();
    };
    let mut state = world.lock();
    let mut files = state.files.values_mut();
    let Some(file) = files.find(|file| file.secret == secret && !file.complete) else {
        return (StatusCode::NOT_FOUND, "Not found").into_response();
    };
    if bytes.len() as u64 != file.length {
        let told = format!(
            "a file of {} bytes was uploaded, {} were announced",
            bytes.len(),
            file.length
        );
        state.problem(told);
        return (StatusCode::BAD_REQUEST, "The length is not as announced").into_response();
    }
    let length = bytes.len();
    file.bytes = Some(Arc::from(&*bytes));
    format!("OK - {length}").into_response()
}

/// The bytes of an upload: as they are, or the first file of a form.
async fn bytes_of(headers: &HeaderMap, body: Body) -> Option<Bytes> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let bytes = read_body(body, LONGEST).await.ok()?;
    if !kind.starts_with("multipart/form-data") {
        return Some(bytes);
    }
    let mut form = form_in_parts(kind, bytes).await?;
    while let Some(part) = form.next_field().await.ok()? {
        if part.file_name().is_some()
            || ["file", "filename"].contains(&part.name().unwrap_or_default())
        {
            return part.bytes().await.ok();
        }
    }
    None
}

async fn download(Shared(world): Shared<Arc<World>>, Path(id): Path<String>) -> Response {
    let state = world.lock();
    let bytes = state.files.get(&id).and_then(|file| file.bytes.clone());
    match bytes {
        Some(bytes) => (
            [(header::CONTENT_TYPE, "application/octet-stream")],
            bytes.to_vec(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
