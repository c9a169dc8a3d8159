//! Attachments.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    common::page::{Asked, Refusal},
    discord::world::{Asker, World},
};

/// What a browser may show in place. SVG is not among them: it can hold scripts.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// `GET /files/{id}/{name}`, by an address made for the one who asks.
pub(super) async fn file(
    State(world): State<Arc<World>>,
    Path((id, name)): Path<(u64, String)>,
    asker: Asked<Asker>,
) -> Result<Response, Refusal> {
    let Query(asker) = asker?;
    let file = world.lock().file_for(id, &name, &asker).cloned();
    // Who may not have it does not learn that it is there.
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
