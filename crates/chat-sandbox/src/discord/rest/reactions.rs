//! Reactions.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{
    error::{Answer, Error, Outcome},
    messages::public,
};
use crate::discord::world::{InThread, World};

type Shared = State<Arc<World>>;

/// How many different reactions a message may have.
const MOST: usize = 20;

/// An emoji of the standard set; the guild has none of its own.
fn known(emoji: &str) -> Result<(), Error> {
    let plain = emoji
        .chars()
        .all(|c| c.is_ascii() && !c.is_ascii_digit() && !"#*".contains(c));
    if emoji.is_empty() || plain || emoji.contains(':') {
        Err(Error::unknown_emoji())
    } else {
        Ok(())
    }
}

pub(super) async fn add(
    State(world): Shared,
    Path((channel, message, emoji)): Path<(u64, u64, String)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::READ_MESSAGE_HISTORY)?;
    let stored = public(&state, channel, message)?;
    known(&emoji)?;
    // One may join in with a reaction that is there already.
    if stored.reactions.iter().all(|(name, _)| *name != emoji) {
        state.bot_may(channel, Permissions::ADD_REACTIONS)?;
        if stored.reactions.len() >= MOST {
            return Err(Error::too_many_reactions());
        }
    }
    let bot = state.application;
    state.thread_lets(bot, channel, InThread::React)?;
    state.react(channel, message, bot, &emoji);
    Ok(Answer::Empty)
}

pub(super) async fn remove(
    State(world): Shared,
    Path((channel, message, emoji)): Path<(u64, u64, String)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::empty())?;
    public(&state, channel, message)?;
    let bot = state.application;
    state.thread_lets(bot, channel, InThread::React)?;
    state.unreact(channel, message, bot, &emoji);
    Ok(Answer::Empty)
}

pub(super) async fn remove_of(
    State(world): Shared,
    Path((channel, message, emoji, user)): Path<(u64, u64, String, u64)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::MANAGE_MESSAGES)?;
    public(&state, channel, message)?;
    state.unreact(channel, message, user, &emoji);
    Ok(Answer::Empty)
}

pub(super) async fn clear(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::MANAGE_MESSAGES)?;
    public(&state, channel, message)?;
    state.clear_reactions(channel, message);
    Ok(Answer::Empty)
}

pub(super) async fn list(
    State(world): Shared,
    Path((channel, message, emoji)): Path<(u64, u64, String)>,
) -> Outcome {
    let state = world.lock();
    state.bot_may(channel, Permissions::READ_MESSAGE_HISTORY)?;
    let stored = public(&state, channel, message)?;
    let users = stored.reactions.iter().find(|(name, _)| *name == emoji);
    let users = users.map(|(_, users)| users.as_slice()).unwrap_or_default();
    let users: Vec<Value> = users.iter().map(|id| json!(state.user(*id))).collect();
    Ok(Answer::Json(json!(users)))
}
