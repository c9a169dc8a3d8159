//! Guilds.

use std::sync::{Arc, MutexGuard};

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;

use super::{
    Outcome,
    error::{Answer, Error, Faults},
};
use crate::{
    wire,
    world::{self, Presence, World},
};

type Shared = State<Arc<World>>;

/// The most members that are listed at once.
const MOST_MEMBERS: usize = 1_000;

fn known(world: &World, guild: u64) -> Result<MutexGuard<'_, world::State>, Error> {
    let state = world.lock();
    match state.guilds.get(&guild).map(|guild| guild.presence) {
        Some(Presence::Member) => Ok(state),
        Some(Presence::Unavailable) => Err(Error::unavailable()),
        Some(Presence::Removed) | None => Err(Error::unknown_guild()),
    }
}

pub(super) async fn one(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    Ok(Answer::Json(wire::guild(&*known(&world, guild)?, guild)))
}

pub(super) async fn channels(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    let state = known(&world, guild)?;
    // Discord lists every channel, also those the bot can't see, but no threads.
    let channels = state.rooms_of(guild).map(|room| &room.channel);
    let channels: Vec<_> = channels
        .filter(|channel| !channel.kind.is_thread())
        .collect();
    Ok(Answer::Json(json!(channels)))
}

pub(super) async fn roles(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    let state = known(&world, guild)?;
    Ok(Answer::Json(json!(state.roles_of(Some(guild)))))
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
    let mut faults = Faults::default();
    let limit = page.limit.unwrap_or(1);
    faults.range("limit", limit, 1, MOST_MEMBERS);
    faults.finish()?;
    let mut ids: Vec<u64> = state
        .people
        .iter()
        .map(|someone| someone.user.id.get())
        .collect();
    ids.sort_unstable();
    let members: Vec<_> = ids
        .into_iter()
        .filter(|id| page.after.is_none_or(|after| *id > after))
        .take(limit)
        .filter_map(|id| state.member(guild, id))
        .collect();
    Ok(Answer::Json(json!(members)))
}

pub(super) async fn member(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let state = known(&world, guild)?;
    Ok(Answer::Json(json!(
        state.member(guild, user).ok_or(Error::unknown_member())?
    )))
}
