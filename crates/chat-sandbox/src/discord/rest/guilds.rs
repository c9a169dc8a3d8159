//! Guilds.

use std::sync::{Arc, MutexGuard};

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;
use twilight_model::guild::Member;

use super::error::{Answer, Error, Faults, Outcome};
use crate::discord::{
    wire,
    world::{self, Presence, World, is_called},
};

type Shared = State<Arc<World>>;

/// The most members that are listed at once.
const MOST_MEMBERS: usize = 1_000;

/// The state, if the bot is in the guild.
pub(super) fn known(world: &World, guild: u64) -> Result<MutexGuard<'_, world::State>, Error> {
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
    let members = state.members_of(guild).into_iter();
    let wanted = |member: &Member| page.after.is_none_or(|after| member.user.id.get() > after);
    let members: Vec<_> = members.filter(wanted).take(limit).collect();
    Ok(Answer::Json(json!(members)))
}

#[derive(Deserialize)]
pub(super) struct Search {
    query: String,
    limit: Option<usize>,
}

pub(super) async fn search(
    State(world): Shared,
    Path(guild): Path<u64>,
    Query(search): Query<Search>,
) -> Outcome {
    let state = known(&world, guild)?;
    let mut faults = Faults::default();
    let limit = search.limit.unwrap_or(1);
    faults.range("limit", limit, 1, MOST_MEMBERS);
    faults.finish()?;
    let start = search.query.to_lowercase();
    let members = state.members_of(guild).into_iter();
    let members: Vec<_> = members
        .filter(|member| is_called(member, &start))
        .take(limit)
        .collect();
    Ok(Answer::Json(json!(members)))
}

pub(super) async fn member(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let state = known(&world, guild)?;
    Ok(Answer::Json(json!(
        state.member(guild, user).ok_or(Error::unknown_member())?
    )))
}

/// What guilds have none of here.
pub(super) async fn none(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    drop(known(&world, guild)?);
    Ok(Answer::Json(json!([])))
}

pub(super) async fn sounds(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    drop(known(&world, guild)?);
    Ok(Answer::Json(json!({ "items": [] })))
}

/// The sounds that everybody has.
pub(super) async fn default_sounds() -> Outcome {
    Ok(Answer::Json(json!([
        { "name": "quack", "sound_id": "1", "volume": 1.0, "emoji_id": null, "emoji_name": "🦆", "available": true },
    ])))
}
