//! The page of previews: messages that nobody sent, and what is wrong with their sources.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Json,
    extract::{Query, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::wrappers::WatchStream;
use twilight_model::channel::message::Embed;

use super::{markdown, view};
use crate::{
    common::page::{Asked, Refusal},
    discord::{PreviewMessage, World},
};

/// `GET /page/previews`: what there is, by source, in the order in which it was given.
pub(super) async fn index(State(world): State<Arc<World>>) -> Json<Value> {
    let previews = world.previews.borrow().clone();
    let mut names: Vec<&str> = Vec::new();
    let sources = previews.entries.iter().map(|entry| entry.source.as_str());
    for name in sources.chain(previews.faults.iter().map(|fault| fault.source.as_str())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let source = |name: &&str| {
        let entries = previews
            .entries
            .iter()
            .filter(|entry| entry.source == *name);
        let faults = previews.faults.iter().filter(|fault| fault.source == *name);
        json!({
            "name": name,
            "entries": entries.map(|e| json!({ "name": e.name, "title": e.title })).collect::<Vec<_>>(),
            "faults": faults
                .map(|f| json!({ "line": f.line, "name": f.name, "text": f.text }))
                .collect::<Vec<_>>(),
        })
    };
    Json(json!({
        "bot": world.application().1,
        "called": previews.called,
        "sources": names.iter().map(source).collect::<Vec<_>>(),
    }))
}

/// What somebody typed to find entries by.
#[derive(Deserialize)]
pub(super) struct Typed {
    typed: String,
}

/// `GET /page/previews/found`: the names of the entries that a search finds.
pub(super) async fn found(
    State(world): State<Arc<World>>,
    typed: Asked<Typed>,
) -> Result<Json<Value>, Refusal> {
    let Query(Typed { typed }) = typed?;
    let search = world.previews.borrow().search.clone();
    let names = search.map_or_else(Vec::new, |search| search.names(&typed));
    Ok(Json(json!(names)))
}

/// Which preview.
#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

/// `GET /page/preview`: the messages of one.
pub(super) async fn one(
    State(world): State<Arc<World>>,
    named: Asked<Named>,
) -> Result<Json<Value>, Refusal> {
    let Query(Named { name }) = named?;
    let previews = world.previews.borrow().clone();
    let entry = previews.entries.iter().find(|entry| entry.name == name);
    let entry = entry.ok_or_else(|| Refusal::unknown(format!("Nothing is called {name} here.")))?;
    let messages: Result<Vec<_>, _> = entry.messages.iter().map(|m| message(&world, m)).collect();
    Ok(Json(
        json!({ "name": entry.name, "title": entry.title, "messages": messages? }),
    ))
}

fn message(world: &World, preview: &PreviewMessage) -> Result<Value, Refusal> {
    let body = &preview.message;
    let embeds = body["embeds"].as_array().into_iter().flatten();
    let embeds: Result<Vec<_>, _> = embeds
        .map(|embed| serde_json::from_value::<Embed>(embed.clone()))
        .collect();
    let embeds = embeds.map_err(|why| {
        Refusal::bad(format!("It has an embed that Discord would refuse: {why}."))
    })?;
    let embeds = embeds
        .iter()
        .map(|embed| view::embed(world, embed, str::to_owned));
    Ok(json!({
        "caption": preview.caption,
        "html": markdown::render(body["content"].as_str().unwrap_or_default(), world),
        "embeds": embeds.collect::<Vec<_>>(),
        "components": body["components"],
    }))
}

/// `GET /page/previews/events`: a line at the start and whenever they are others.
pub(super) async fn events(
    State(world): State<Arc<World>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(world.previews.subscribe());
    let lines = changes.map(|_| Ok(Event::default().data("changed")));
    Sse::new(lines).keep_alive(KeepAlive::default())
}
