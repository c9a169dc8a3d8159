//! The guild.

use std::sync::{Arc, MutexGuard};

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;

use super::{
    Outcome,
    error::{Answer, Error},
};
use crate::sandbox::{
    wire,
    world::{self, World},
};

type Shared = State<Arc<World>>;

fn known(world: &World, guild: u64) -> Result<MutexGuard<'_, world::State>, Error> {
    let state = world.lock();
    if guild == state.guild {
        Ok(state)
    } else {
        Err(Error::unknown_guild())
    }
}

pub(super) async fn one(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    Ok(Answer::Json(wire::guild(&*known(&world, guild)?)))
}

pub(super) async fn channels(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    let state = known(&world, guild)?;
    // Discord lists every channel, also those the bot can't see, but no threads.
    let channels = state.rooms.values().map(|room| &room.channel);
    let channels: Vec<_> = channels
        .filter(|channel| channel.guild_id.is_some() && !channel.kind.is_thread())
        .collect();
    Ok(Answer::Json(json!(channels)))
}

pub(super) async fn roles(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    Ok(Answer::Json(json!(known(&world, guild)?.roles)))
}

#[derive(Deserialize)]
pub(super) struct Page {
    limit: Option<usize>,
    after: Option<u64>,
}

pub(super) async fn members(
    State(world): Shared,
    Path(guild): Path<u64>,
    Query(page): Query<Page>,
) -> Outcome {
    let state = known(&world, guild)?;
    let mut ids: Vec<u64> = state
        .people
        .iter()
        .map(|someone| someone.user.id.get())
        .collect();
    ids.sort_unstable();
    let members: Vec<_> = ids
        .into_iter()
        .filter(|id| page.after.is_none_or(|after| *id > after))
        .take(page.limit.unwrap_or(1))
        .filter_map(|id| state.member(id))
        .collect();
    Ok(Answer::Json(json!(members)))
}

pub(super) async fn member(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let state = known(&world, guild)?;
    Ok(Answer::Json(json!(
        state.member(user).ok_or(Error::unknown_member())?
    )))
}
