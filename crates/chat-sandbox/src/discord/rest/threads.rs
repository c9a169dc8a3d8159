//! Threads.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::{Value, json};
use twilight_model::{
    channel::{ChannelType, thread::AutoArchiveDuration},
    guild::Permissions,
    id::Id,
};
use twilight_validate::channel::{
    CHANNEL_NAME_LENGTH_MAX, CHANNEL_NAME_LENGTH_MIN, CHANNEL_RATE_LIMIT_PER_USER_MAX,
};

use super::{
    body::Body,
    error::{Answer, Error, Faults, Outcome},
    guilds::known,
    messages::public,
};
use crate::discord::world::{self, World};

/// The most seconds that someone may have to wait between two messages.
pub(super) const SLOWEST: u64 = CHANNEL_RATE_LIMIT_PER_USER_MAX as u64;

/// The minutes after which a thread may be archived.
const ARCHIVE_MINUTES: [u16; 4] = [60, 1_440, 4_320, 10_080];

/// What a body says of a new thread: its name, and after how long it is archived.
fn read(body: &Value) -> Result<(String, AutoArchiveDuration), Error> {
    let mut faults = Faults::default();
    let name = body["name"].as_str().unwrap_or_default().to_owned();
    if !(CHANNEL_NAME_LENGTH_MIN..=CHANNEL_NAME_LENGTH_MAX).contains(&name.chars().count()) {
        faults.bad_length("name", CHANNEL_NAME_LENGTH_MIN, CHANNEL_NAME_LENGTH_MAX);
    }
    let minutes = body["auto_archive_duration"].as_u64().unwrap_or(1_440);
    let minutes = u16::try_from(minutes)
        .ok()
        .filter(|m| ARCHIVE_MINUTES.contains(m));
    if minutes.is_none() {
        faults.not_among("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    let slow = body["rate_limit_per_user"].as_u64().unwrap_or_default();
    faults.range("rate_limit_per_user", slow, 0, SLOWEST);
    faults.finish()?;
    Ok((name, AutoArchiveDuration::from(minutes.unwrap_or(1_440))))
}

pub(super) async fn start(
    State(world): State<Arc<World>>,
    Path((channel, message)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::CREATE_PUBLIC_THREADS)?;
    public(&state, channel, message)?;
    let (name, archive) = read(&body.json)?;
    let thread = state
        .start_thread(channel, message, name, archive)
        .ok_or(Error::thread_exists())?;
    Ok(Answer::Created(json!(state.rooms[&thread].channel)))
}

/// A thread that belongs to no message, private unless it is said to be public.
pub(super) async fn start_alone(
    State(world): State<Arc<World>>,
    Path(channel): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    let (kind, needed) = match body.json["type"].as_u64() {
        Some(11) => (
            ChannelType::PublicThread,
            Permissions::CREATE_PUBLIC_THREADS,
        ),
        None | Some(12) => (
            ChannelType::PrivateThread,
            Permissions::CREATE_PRIVATE_THREADS,
        ),
        Some(_) => {
            let mut faults = Faults::default();
            faults.not_among("type", "11, 12");
            return Err(faults.into_error());
        }
    };
    state.bot_may(channel, needed)?;
    let (name, archive) = read(&body.json)?;
    let thread = state.start_thread_alone(kind, channel, name, archive);
    Ok(Answer::Created(json!(state.rooms[&thread].channel)))
}

/// The active threads of a guild that the bot sees. It is a member of those that it started.
pub(super) async fn active(State(world): State<Arc<World>>, Path(guild): Path<u64>) -> Outcome {
    let state = known(&world, guild)?;
    let threads = state.rooms_of(guild).map(|room| &room.channel);
    let threads = threads.filter(|channel| channel.kind.is_thread());
    let active = threads.filter(|thread| !state.archived(thread.id.get()));
    let seen: Vec<_> = active
        .filter(|thread| state.sees(state.application, thread.id.get()))
        .collect();
    Ok(Answer::Json(json!({ "threads": seen, "members": [] })))
}

/// Joining and leaving a thread, which all threads here are open to.
pub(super) async fn join(State(world): State<Arc<World>>, Path(channel): Path<u64>) -> Outcome {
    world.lock().bot_may(channel, Permissions::empty())?;
    Ok(Answer::Empty)
}

/// Whether a change of a thread is one that its own bot may make without the permission to manage threads.
pub(super) fn is_own(state: &world::State, id: u64, change: &Value) -> bool {
    let room = state.rooms.get(&id);
    let own = room.is_some_and(|room| room.channel.owner_id == Some(Id::new(state.application)));
    let locks = change.get("locked").is_some_and(|locked| !locked.is_null());
    own && !locks
}
