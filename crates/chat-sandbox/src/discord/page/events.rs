//! What happens, as it happens: one stream of server-sent events for each open page.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{Query, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use super::{reads::Viewer, view};
use crate::{
    common::page::{Asked, Refusal},
    discord::{Change, InteractionState, Person, World},
};

/// `GET /page/events`: hello, then everything the person sees.
pub(super) async fn events(
    State(world): State<Arc<World>>,
    viewer: Asked<Viewer>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let Query(viewer) = viewer?;
    let person = viewer.person(&world)?;
    // Subscribed before the hello, so that whoever loads the state after it misses nothing.
    let changes = BroadcastStream::new(world.changes());
    let seen = changes.filter_map(move |change| {
        let event = match change {
            Ok(change) => event(&world, &person, &change),
            Err(BroadcastStreamRecvError::Lagged(_)) => Some(json!({ "type": "reset" })),
        };
        std::future::ready(event)
    });
    let hello = stream::iter([json!({ "type": "hello" })]);
    let lines = hello
        .chain(seen)
        .map(|event| Ok(Event::default().data(event.to_string())));
    Ok(Sse::new(lines).keep_alive(KeepAlive::default()))
}

/// What a change is to a person; nothing if they don't see it.
fn event(world: &Arc<World>, person: &Person, change: &Change) -> Option<Value> {
    if !person.sees(change) {
        return None;
    }
    let event = match change {
        // Gone already if it was deleted right after.
        Change::Message { id, .. } => {
            json!({ "type": "message", "message": view::message(world, person, &person.message(*id)?) })
        }
        Change::Deleted { channel, id, .. } => {
            json!({ "type": "delete", "channel": channel.to_string(), "id": id.to_string() })
        }
        Change::Typing { channel, user } => {
            json!({ "type": "typing", "channel": channel.to_string(), "user": user.to_string() })
        }
        Change::Interaction { id, state, .. } => {
            let id = id.to_string();
            match state {
                InteractionState::Acknowledged => {
                    json!({ "type": "interaction", "id": id, "state": "acknowledged" })
                }
                InteractionState::Failed(why) => {
                    json!({ "type": "interaction", "id": id, "state": "failed", "message": why })
                }
            }
        }
        Change::Modal { modal, .. } => json!({ "type": "modal", "modal": view::modal(modal) }),
        Change::Faults => json!({ "type": "faults" }),
        Change::Clock => json!({ "type": "clock", "clock": world.now() }),
        Change::Commands => json!({ "type": "commands" }),
        Change::Bot { online } => json!({ "type": "bot", "online": online }),
        Change::Reset => json!({ "type": "reset" }),
    };
    Some(event)
}
