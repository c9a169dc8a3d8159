//! Channels.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::json;
use twilight_model::guild::Permissions;

use super::{Outcome, error::Answer};
use crate::world::{Change, World};

type Shared = State<Arc<World>>;

pub(super) async fn one(State(world): Shared, Path(channel): Path<u64>) -> Outcome {
    let state = world.lock();
    state.bot_may(channel, Permissions::empty())?;
    Ok(Answer::Json(json!(state.rooms[&channel].channel)))
}

pub(super) async fn typing(State(world): Shared, Path(channel): Path<u64>) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, state.send_permission(channel))?;
    let user = state.application;
    state.announce(Change::Typing { channel, user });
    state.dispatch_typing(channel, user);
    Ok(Answer::Empty)
}
