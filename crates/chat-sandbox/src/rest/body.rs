//! The body of a request: JSON, or a form with JSON and files in it.

use std::sync::Arc;

use axum::{
    body::{Body as Stream, to_bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, header},
};
use serde_json::Value;
use tokio::time::timeout;

use super::error::Error;
use crate::{TELLING, wire::ATTACHMENT_LIMIT, world::Upload};

/// The largest body that is read at all: ten files and some text.
const BODY_LIMIT: usize = 11 * ATTACHMENT_LIMIT as usize;

/// What a request carried.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// The JSON, or null without any.
    pub json: Value,
    /// The files by their number in `files[0]`.
    pub files: Vec<(u64, Upload)>,
}

impl Body {
    pub async fn read(headers: &HeaderMap, stream: Stream) -> Result<Self, Error> {
        let bytes = timeout(TELLING, to_bytes(stream, BODY_LIMIT)).await;
        let bytes = bytes
            .map_err(|_| Error::too_slow())?
            .map_err(|_| Error::too_large())?;
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if let Some(kind) = kind.filter(|kind| kind.starts_with("multipart/form-data")) {
            let request = Request::builder().header(header::CONTENT_TYPE, kind);
            let request = request
                .body(Stream::from(bytes))
                .map_err(|_| Error::not_json())?;
            return Self::form(request).await;
        }
        let json = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).map_err(|_| Error::not_json())?
        };
        Ok(Self {
            json,
            files: Vec::new(),
        })
    }

    async fn form(mut request: Request) -> Result<Self, Error> {
        // The body was limited when it was read.
        DefaultBodyLimit::disable().apply(&mut request);
        let broken = |_: MultipartError| Error::not_json();
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| Error::not_json())?;
        let mut body = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "payload_json" {
                let text = field.text().await.map_err(broken)?;
                body.json = serde_json::from_str(&text).map_err(|_| Error::not_json())?;
            } else if let Some(number) = file_number(&name) {
                let name = field.file_name().unwrap_or("unknown").to_owned();
                let content_type = field
                    .content_type()
                    .unwrap_or("application/octet-stream")
                    .to_owned();
                let bytes: Arc<[u8]> = Arc::from(&*field.bytes().await.map_err(broken)?);
                if bytes.len() as u64 > ATTACHMENT_LIMIT {
                    return Err(Error::too_large());
                }
                let name = safe_name(&name);
                let upload = Upload {
                    name,
                    content_type,
                    bytes,
                    description: None,
                };
                body.files.push((number, upload));
            }
        }
        body.describe();
        Ok(body)
    }

    /// Gives files the names and descriptions that the `attachments` of the JSON have for them.
    fn describe(&mut self) {
        let data = self.json.get("data").unwrap_or(&self.json);
        let listed = data["attachments"].as_array().cloned().unwrap_or_default();
        for (number, upload) in &mut self.files {
            let entry = listed
                .iter()
                .find(|entry| id(&entry["id"]) == Some(*number));
            let Some(entry) = entry else { continue };
            if let Some(name) = entry["filename"].as_str() {
                upload.name = safe_name(name);
            }
            upload.description = entry["description"].as_str().map(str::to_owned);
        }
    }

    /// The files alone.
    pub fn uploads(&self) -> Vec<Upload> {
        self.files
            .iter()
            .map(|(_, upload)| upload.clone())
            .collect()
    }
}

/// An id, which may be written as a number or a text.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The number in `files[0]`.
fn file_number(name: &str) -> Option<u64> {
    name.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()
}

/// Discord keeps letters, digits, dots, dashes and underscores of a file's name.
fn safe_name(name: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '_'
        }
    };
    name.chars().map(safe).collect()
}
