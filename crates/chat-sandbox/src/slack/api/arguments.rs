//! The arguments of a call: in the query, as a form, as JSON, or as parts of a form.

use axum::{
    body::{Body, Bytes},
    http::{header, request::Parts},
};
use serde_json::{Map, Value};

use super::error::Error;
use crate::{
    common::{Unread, form_in_parts, read_body},
    slack::time::Ts,
};

/// The longest body that is read at all.
const LONGEST: usize = 4 << 20;

/// Arguments that are JSON, which forms hold as text.
const JSON: [&str; 6] = [
    "attachments",
    "blocks",
    "files",
    "metadata",
    "unfurls",
    "view",
];

/// Where a token was among the arguments.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum Carried {
    /// Nowhere, or in JSON, where nobody looks for one.
    #[default]
    Nowhere,
    /// In the address, where no app may have it any more.
    InQuery,
    /// In a form.
    InForm(String),
}

/// The arguments of a call, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    all: Map<String, Value>,
    token: Carried,
}

impl Arguments {
    pub(super) async fn read(parts: &Parts, stream: Body) -> Result<Self, Error> {
        let bytes = read_body(stream, LONGEST).await;
        let bytes = bytes.map_err(|unread| match unread {
            Unread::Late => Error::new("request_timeout"),
            Unread::Long => Error::new("invalid_form_data"),
        })?;
        let (mut all, mut token) = (Map::new(), Carried::Nowhere);
        let query = parts.uri.query().unwrap_or_default();
        let asked: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        all.extend(
            asked
                .into_iter()
                .map(|(name, text)| (name, Value::String(text))),
        );
        if all.remove("token").is_some() {
            token = Carried::InQuery;
        }
        let kind = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default();
        if bytes.is_empty() {
        } else if kind.starts_with("application/json") {
            let json: Value =
                serde_json::from_slice(&bytes).map_err(|_| Error::new("invalid_json"))?;
            let Value::Object(object) = json else {
                return Err(Error::new("json_not_object"));
            };
            all.extend(object);
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes)
                .map_err(|_| Error::new("invalid_form_data"))?;
            all.extend(
                form.into_iter()
                    .map(|(name, text)| (name, Value::String(text))),
            );
        } else if kind.starts_with("multipart/form-data") {
            all.extend(parts_of(kind, bytes).await?);
        } else if kind.is_empty() {
            return Err(Error::new("missing_post_type"));
        } else {
            return Err(Error::new("invalid_post_type"));
        }
        if let Some(Value::String(text)) = all.remove("token")
            && !kind.starts_with("application/json")
        {
            token = Carried::InForm(text);
        }
        all.retain(|_, value| !value.is_null());
        Ok(Self { all, token })
    }

    /// Where the token is among them; it is none of them.
    pub(super) fn token(&self) -> &Carried {
        &self.token
    }

    /// All of them, as they are recorded: what is JSON is no text any more.
    pub(super) fn told(&self) -> Value {
        let told = self.all.iter().map(|(name, value)| {
            let json = JSON
                .contains(&name.as_str())
                .then(|| self.json(name).ok().flatten());
            (
                name.clone(),
                json.flatten().unwrap_or_else(|| value.clone()),
            )
        });
        Value::Object(told.collect())
    }

    /// A text; numbers and booleans are texts in forms.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.all.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A text that has to be there, and not empty.
    pub(super) fn need(&self, name: &'static str) -> Result<String, Error> {
        let text = self.text(name).filter(|text| !text.is_empty());
        text.ok_or_else(|| {
            let message = format!("[ERROR] missing required field: {name}");
            Error::new("invalid_arguments").with_messages(&[message])
        })
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "1"))
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    /// A timestamp, if it is there and is one.
    pub(super) fn ts(&self, name: &str) -> Option<Ts> {
        self.text(name)?.parse().ok()
    }

    /// JSON, as it is or written into a text; an error when it is no JSON.
    pub(super) fn json(&self, name: &str) -> Result<Option<Value>, ()> {
        match self.all.get(name) {
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| ()),
            other => Ok(other.cloned()),
        }
    }

    /// A list of texts, which may be written with commas between them.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        if let Some(Value::Array(items)) = self.all.get(name) {
            let texts = items.iter().filter_map(Value::as_str);
            return texts.map(str::to_owned).collect();
        }
        let text = self.text(name).unwrap_or_default();
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    }
}

/// The fields of a form in parts. Files among them are left out.
async fn parts_of(kind: &str, bytes: Bytes) -> Result<Map<String, Value>, Error> {
    let broken = || Error::new("invalid_form_data");
    let mut form = form_in_parts(kind, bytes).await.ok_or_else(broken)?;
    let mut fields = Map::new();
    while let Some(part) = form.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_none() {
            let text = part.text().await.map_err(|_| broken())?;
            fields.insert(name, Value::String(text));
        }
    }
    Ok(fields)
}
