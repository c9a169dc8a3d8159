//! Pins.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{
    error::{Answer, Error, Outcome},
    messages::public,
};
use crate::discord::{
    wire,
    world::{self, StoredMessage, World},
};

type Shared = State<Arc<World>>;

/// How many messages a channel may have pinned.
const MOST: usize = 250;

/// Refuses what takes the permission to pin. That to manage messages includes it, for as long as Discord lets it.
fn may(state: &world::State, channel: u64) -> Result<(), Error> {
    let manages = state.bot_may(channel, Permissions::MANAGE_MESSAGES);
    Ok(manages.or(state.bot_may(channel, Permissions::PIN_MESSAGES))?)
}

pub(super) async fn pin(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
) -> Outcome {
    let mut state = world.lock();
    may(&state, channel)?;
    let pinned = public(&state, channel, message)?.message.pinned;
    if !pinned && state.pinned(channel).len() >= MOST {
        return Err(Error::too_many_pins());
    }
    state.pin(channel, message, true);
    Ok(Answer::Empty)
}

pub(super) async fn unpin(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
) -> Outcome {
    let mut state = world.lock();
    may(&state, channel)?;
    public(&state, channel, message)?;
    state.pin(channel, message, false);
    Ok(Answer::Empty)
}

fn pinned(
    world: &World,
    channel: u64,
    each: impl Fn(&StoredMessage, Value) -> Value,
) -> Result<Vec<Value>, Error> {
    let state = world.lock();
    state.bot_may(channel, Permissions::READ_MESSAGE_HISTORY)?;
    let pinned = state.pinned(channel).into_iter();
    let pinned = pinned.map(|stored| each(stored, wire::message(&state, channel, stored)));
    Ok(pinned.collect())
}

pub(super) async fn list(State(world): Shared, Path(channel): Path<u64>) -> Outcome {
    let item = |stored: &StoredMessage, message| {
        // When it was pinned is not kept; it was there by then.
        json!({ "pinned_at": stored.message.timestamp, "message": message })
    };
    let items = pinned(&world, channel, item)?;
    Ok(Answer::Json(json!({ "items": items, "has_more": false })))
}

/// The route that the one above replaces.
pub(super) async fn list_old(State(world): Shared, Path(channel): Path<u64>) -> Outcome {
    let items = pinned(&world, channel, |_, message| message)?;
    Ok(Answer::Json(json!(items)))
}
