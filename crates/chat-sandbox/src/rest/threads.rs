//! Threads.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::json;
use twilight_model::{channel::thread::AutoArchiveDuration, guild::Permissions};
use twilight_validate::channel::{
    CHANNEL_NAME_LENGTH_MAX, CHANNEL_NAME_LENGTH_MIN, CHANNEL_RATE_LIMIT_PER_USER_MAX,
};

use super::{
    Outcome,
    body::Body,
    error::{Answer, Error, Faults},
    messages::public,
};
use crate::world::World;

/// The most seconds that someone may have to wait between two messages.
const SLOWEST: u64 = CHANNEL_RATE_LIMIT_PER_USER_MAX as u64;

/// The minutes after which a thread may be archived.
const ARCHIVE_MINUTES: [u16; 4] = [60, 1_440, 4_320, 10_080];

pub(super) async fn start(
    State(world): State<Arc<World>>,
    Path((channel, message)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::CREATE_PUBLIC_THREADS)?;
    public(&state, channel, message)?;
    let mut faults = Faults::default();
    let name = body.json["name"].as_str().unwrap_or_default().to_owned();
    if !(CHANNEL_NAME_LENGTH_MIN..=CHANNEL_NAME_LENGTH_MAX).contains(&name.chars().count()) {
        faults.bad_length("name", CHANNEL_NAME_LENGTH_MIN, CHANNEL_NAME_LENGTH_MAX);
    }
    let minutes = body.json["auto_archive_duration"].as_u64().unwrap_or(1_440);
    let minutes = u16::try_from(minutes)
        .ok()
        .filter(|m| ARCHIVE_MINUTES.contains(m));
    if minutes.is_none() {
        faults.not_among("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    let slow = body.json["rate_limit_per_user"]
        .as_u64()
        .unwrap_or_default();
    faults.range("rate_limit_per_user", slow, 0, SLOWEST);
    faults.finish()?;
    let archive = AutoArchiveDuration::from(minutes.unwrap_or(1_440));
    let thread = state
        .start_thread(channel, message, name, archive)
        .ok_or(Error::thread_exists())?;
    Ok(Answer::Created(json!(state.rooms[&thread].channel)))
}
