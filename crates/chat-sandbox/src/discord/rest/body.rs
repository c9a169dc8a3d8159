//! The body of a request: JSON, or a form with JSON and files in it.

use std::sync::Arc;

use axum::{
    body::{Body as Stream, Bytes},
    extract::multipart::{Field, MultipartError},
    http::{HeaderMap, header},
};
use serde_json::{Map, Value};

use super::error::Error;
use crate::common::{Unread, form_in_parts, read_body};
pub(super) use crate::discord::world::snowflake as id;
use crate::discord::{wire::ATTACHMENT_LIMIT, world::Upload};

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
        let bytes = read_body(stream, BODY_LIMIT).await;
        let bytes = bytes.map_err(|unread| match unread {
            Unread::Late => Error::too_slow(),
            Unread::Long => Error::too_large(),
        })?;
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if let Some(kind) = kind.filter(|kind| kind.starts_with("multipart/form-data")) {
            return Self::form(kind, bytes).await;
        }
        let is_form = kind.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"));
        let json = if bytes.is_empty() {
            Value::Null
        } else if is_form {
            let fields: Vec<(String, String)> =
                serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::not_json())?;
            let fields = fields.into_iter().map(|(name, text)| field(name, text));
            let mut fields: Map<String, Value> = fields.collect();
            // A form of no files may be written so, too.
            fields.remove(PAYLOAD).unwrap_or(Value::Object(fields))
        } else {
            serde_json::from_slice(&bytes).map_err(|_| Error::not_json())?
        };
        Ok(Self {
            json,
            files: Vec::new(),
        })
    }

    async fn form(kind: &str, bytes: Bytes) -> Result<Self, Error> {
        let broken = |_: MultipartError| Error::not_json();
        let form = form_in_parts(kind, bytes).await;
        let mut form = form.ok_or_else(Error::not_json)?;
        let mut body = Self::default();
        let mut fields = Map::new();
        while let Some(part) = form.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file) = part.file_name().map(safe_name) {
                let upload = Self::upload(file, part).await?;
                let next = body.files.iter().map(|(number, _)| number + 1).max();
                let number = file_number(&name).unwrap_or(next.unwrap_or_default());
                body.files.push((number, upload));
                continue;
            }
            let text = part.text().await.map_err(broken)?;
            if name == PAYLOAD {
                body.json = serde_json::from_str(&text).map_err(|_| Error::not_json())?;
            } else {
                fields.extend([field(name, text)]);
            }
        }
        // What `payload_json` says is all there is to say; without it, each field is a part.
        if body.json.is_null() {
            body.json = Value::Object(fields);
        }
        body.describe();
        Ok(body)
    }

    async fn upload(name: String, part: Field<'_>) -> Result<Upload, Error> {
        let content_type = part.content_type().unwrap_or("application/octet-stream");
        let content_type = content_type.to_owned();
        let bytes = part.bytes().await.map_err(|_| Error::not_json())?;
        if bytes.len() as u64 > ATTACHMENT_LIMIT {
            return Err(Error::too_large());
        }
        Ok(Upload {
            name,
            content_type,
            bytes: Arc::from(&*bytes),
            description: None,
        })
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

/// The field of a form that holds all of the JSON.
const PAYLOAD: &str = "payload_json";

/// Fields of a form that are texts, also where they look like something else.
const TEXTS: [&str; 5] = ["content", "name", "nonce", "topic", "username"];

/// A field of a form as the JSON that it stands for.
fn field(name: String, text: String) -> (String, Value) {
    let value = match serde_json::from_str(&text) {
        Ok(value) if !TEXTS.contains(&name.as_str()) => value,
        _ => Value::String(text),
    };
    (name, value)
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
