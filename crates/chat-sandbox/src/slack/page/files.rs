//! Files that the app uploaded.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::who::person;
use crate::{
    common::page::{Asked, Refusal},
    slack::World,
};

/// Pictures that a browser may show in place, by the ends of their names. SVG is not among them: it can hold scripts.
const PICTURES: [(&str, &str); 5] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
];

/// The media type of a picture that may be shown in place, by its file's name.
pub(super) fn picture(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    let end = end.to_ascii_lowercase();
    let found = PICTURES.iter().find(|(known, _)| *known == end);
    found.map(|(_, kind)| *kind)
}

/// Which file of which message, and who asks.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    message: String,
    id: String,
}

/// `GET /page/file`: to those who see the message that it is in.
pub(super) async fn file(
    State(world): State<Arc<World>>,
    wanted: Asked<Wanted>,
) -> Result<Response, Refusal> {
    let Query(wanted) = wanted?;
    let person = person(&world, &wanted.who)?;
    person.message(&wanted.channel, &wanted.message)?;
    let state = world.lock();
    let ts = wanted.message.parse().ok();
    let room = state.channels.get(&wanted.channel);
    let message = room.and_then(|room| room.messages.get(ts?));
    let shared = message.is_some_and(|message| message.files.contains(&wanted.id));
    let file = state.files.get(&wanted.id).filter(|_| shared);
    let found = file.and_then(|file| Some((file.name.clone(), file.bytes.clone()?)));
    let (name, bytes) = found.ok_or_else(|| Refusal::unknown("There is no such file."))?;
    let kind = picture(&name);
    let disposition = if kind.is_some() {
        "inline"
    } else {
        "attachment"
    };
    let headers = [
        (
            header::CONTENT_TYPE,
            kind.unwrap_or("application/octet-stream"),
        ),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
    ];
    Ok((headers, bytes.to_vec()).into_response())
}
