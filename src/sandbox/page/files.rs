//! Attachments.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::extract::Refusal;
use crate::sandbox::World;

/// What a browser may show in place. SVG is not among them: it can hold scripts.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// `GET /files/{id}/{name}`
pub(super) async fn file(
    State(world): State<Arc<World>>,
    Path((id, name)): Path<(u64, String)>,
) -> Result<Response, Refusal> {
    let file = world.file(&format!("/files/{id}/{name}"));
    let file = file.ok_or_else(|| Refusal::unknown("There is no such file."))?;
    let picture = PICTURES.contains(&file.content_type.as_str());
    let kind = if picture {
        file.content_type.as_str()
    } else {
        "application/octet-stream"
    };
    // The name is the address's last part already; repeating it here would need quoting.
    let disposition = if picture { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
    ];
    Ok((headers, file.bytes.to_vec()).into_response())
}
