//! What the page loads: all that it shows of the workspace to a person.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{faults, view, who::person};
use crate::{
    common::page::{Asked, Refusal},
    slack::{Person, World},
};

/// The most messages of a channel or thread that are told at once.
const MOST_MESSAGES: usize = 500;

/// Who asks, and for what besides the workspace.
#[derive(Deserialize)]
pub(super) struct Viewer {
    #[serde(rename = "as")]
    who: Option<String>,
    /// The channel that is open, by id or name; `@bot` is the conversation with the app.
    channel: Option<String>,
    /// How many of its messages are wanted.
    limit: Option<usize>,
    /// The message whose thread is open.
    thread: Option<String>,
}

impl Viewer {
    fn person(&self, world: &Arc<World>) -> Result<Person, Refusal> {
        let named = self.who.as_deref();
        let first = || world.names().into_iter().next();
        match named.map(str::to_owned).or_else(first) {
            Some(who) => person(world, &who),
            None => Err(Refusal::unknown("Nobody is here.")),
        }
    }
}

/// `GET /page/state`
pub(super) async fn state(
    State(world): State<Arc<World>>,
    viewer: Asked<Viewer>,
) -> Result<Json<Value>, Refusal> {
    let Query(viewer) = viewer?;
    let person = viewer.person(&world)?;
    let open = viewer.channel.as_deref();
    let open = open.and_then(|name| person.channel(name).ok());
    let (sibling, form, home) = (world.sibling(), view::form(&person), person.home());
    let mut state = world.lock();
    // Everybody's list has their conversation with the app.
    let direct = state.direct(person.id());
    let first = || view::first_channel(&state, person.id());
    let open = open.or_else(first).unwrap_or(direct);
    let limit = viewer.limit.unwrap_or(100).min(MOST_MESSAGES);
    let (messages, more) = view::messages(&state, person.id(), &open, limit);
    let thread = viewer.thread.and_then(|ts| ts.parse().ok());
    let thread = thread.and_then(|ts| view::thread(&state, person.id(), &open, ts, MOST_MESSAGES));
    let seed = &state.app.seed;
    let commands = seed.commands.iter();
    let commands = commands.map(|known| json!({ "name": known.name, "hint": known.hint }));
    let shortcuts = seed.shortcuts.iter();
    let shortcuts =
        shortcuts.map(|known| json!({ "name": known.name, "on_message": known.on_message }));
    Ok(Json(json!({
        "me": person.id(),
        "started": state.clock.started(),
        "clock": state.now(),
        "team": state.team.name,
        "app": { "user": state.app.user, "name": seed.name, "online": state.sockets.count() > 0, "has_home": seed.home_tab,
            "has_messages": seed.messages_tab, "read_only": seed.messages_read_only },
        "people": view::people(&state),
        "channels": view::channels(&state, person.id()),
        "names": view::channel_names(&state, person.id()),
        "open": open,
        "messages": messages,
        "more": more,
        "thread": thread,
        "form": form,
        "home": home.map(|home| json!({ "id": home.id, "blocks": home.blocks, "values": home.values })),
        "commands": commands.collect::<Vec<_>>(),
        "shortcuts": shortcuts.collect::<Vec<_>>(),
        "faults": faults::told(&state.faults),
        "introduction": view::introduction(&world),
        "sibling": sibling,
    })))
}
