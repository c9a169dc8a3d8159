//! Channels: text channels of guilds, and threads.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::{Value, json};
use twilight_model::{
    channel::{
        Channel,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::Permissions,
    id::Id,
};
use twilight_validate::channel::{CHANNEL_NAME_LENGTH_MAX, CHANNEL_NAME_LENGTH_MIN};

use super::{
    body::Body,
    error::{Answer, Error, Faults, Outcome},
    fields,
    guilds::known,
    members::may,
    threads::{self, SLOWEST},
};
use crate::discord::world::{self, Change, World};

type Shared = State<Arc<World>>;

/// The longest topic, in characters.
const TOPIC: usize = 1_024;

/// "Max 500 channels."
const MOST: usize = 500;

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

/// Changes a channel as a body asks for.
fn change(channel: &mut Channel, body: &Value, faults: &mut Faults) {
    if let Some(name) = body["name"].as_str() {
        let (least, most) = (CHANNEL_NAME_LENGTH_MIN, CHANNEL_NAME_LENGTH_MAX);
        if !(least..=most).contains(&name.chars().count()) {
            faults.bad_length("name", least, most);
        }
        channel.name = Some(name.to_owned());
    }
    if let Some(topic) = body["topic"].as_str() {
        if topic.chars().count() > TOPIC {
            faults.too_long("topic", TOPIC);
        }
        channel.topic = Some(topic.to_owned());
    }
    if let Some(slow) = body["rate_limit_per_user"].as_u64() {
        faults.range("rate_limit_per_user", slow, 0, SLOWEST);
        channel.rate_limit_per_user = u16::try_from(slow).ok();
    }
    if let Some(nsfw) = body["nsfw"].as_bool() {
        channel.nsfw = Some(nsfw);
    }
    if let Some(position) = body["position"].as_i64() {
        channel.position = i32::try_from(position).ok();
    }
    if let Some(overwrites) = body.get("permission_overwrites") {
        let list = fields::list(overwrites, "permission_overwrites", faults).into_iter();
        let list = list.enumerate().filter_map(|(index, value)| {
            let path = format!("permission_overwrites.{index}");
            fields::read::<PermissionOverwrite>(value, &path, faults)
        });
        channel.permission_overwrites = Some(list.collect());
    }
}

pub(super) async fn create(
    State(world): Shared,
    Path(guild): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::MANAGE_CHANNELS)?;
    let mut faults = Faults::default();
    if !matches!(body.json["type"].as_u64(), None | Some(0)) {
        faults.not_among("type", "0");
    }
    if !body.json["name"].is_string() {
        faults.required("name");
    }
    let count = state
        .rooms_of(guild)
        .filter(|room| !room.channel.kind.is_thread());
    let count = count.count();
    if count >= MOST {
        return Err(Error::too_many_channels());
    }
    let id = state.next_id();
    let mut channel = world::text_channel(id, guild);
    channel.position = i32::try_from(count).ok();
    change(&mut channel, &body.json, &mut faults);
    faults.finish()?;
    state.add_channel(channel);
    Ok(Answer::Created(json!(state.rooms[&id].channel)))
}

/// The permission that changing a channel takes.
fn manages(state: &world::State, channel: u64) -> Permissions {
    let room = state.rooms.get(&channel);
    if room.is_some_and(|room| room.channel.kind.is_thread()) {
        Permissions::MANAGE_THREADS
    } else {
        Permissions::MANAGE_CHANNELS
    }
}

pub(super) async fn edit(
    State(world): Shared,
    Path(id): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(id, Permissions::empty())?;
    if !threads::is_own(&state, id, &body.json) {
        state.bot_may(id, manages(&state, id))?;
    }
    let mut faults = Faults::default();
    let mut channel = state.rooms[&id].channel.clone();
    change(&mut channel, &body.json, &mut faults);
    faults.finish()?;
    let thread = channel.thread_metadata.as_ref();
    let thread = thread.map(|thread| (thread.archived, thread.locked));
    if let Some((archived, locked)) = thread {
        let archived = body.json["archived"].as_bool().unwrap_or(archived);
        let locked = body.json["locked"].as_bool().unwrap_or(locked);
        state.put_channel(channel);
        state.set_archived(id, archived, locked);
    } else {
        state.put_channel(channel);
        state.tell_changed(id);
    }
    Ok(Answer::Json(json!(state.rooms[&id].channel)))
}

pub(super) async fn delete(State(world): Shared, Path(id): Path<u64>) -> Outcome {
    let mut state = world.lock();
    state.bot_may(id, Permissions::empty())?;
    let channel = state.rooms[&id].channel.clone();
    // A bot can close a direct channel, which comes back with the next message.
    if channel.guild_id.is_some() {
        state.bot_may(id, manages(&state, id))?;
        state.remove(id);
    }
    Ok(Answer::Json(json!(channel)))
}

pub(super) async fn set_permission(
    State(world): Shared,
    Path((channel, target)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::MANAGE_ROLES)?;
    let bits = |field: &str| {
        let bits = &body.json[field];
        let bits = bits
            .as_str()
            .and_then(|bits| bits.parse().ok())
            .or(bits.as_u64());
        Permissions::from_bits_truncate(bits.unwrap_or_default())
    };
    let kind = match body.json["type"].as_u64() {
        Some(0) => PermissionOverwriteType::Role,
        Some(1) => PermissionOverwriteType::Member,
        _ => {
            let mut faults = Faults::default();
            faults.not_among("type", "0, 1");
            return Err(faults.into_error());
        }
    };
    let id = Id::try_from(target).map_err(|_| Error::unknown_overwrite())?;
    let (allow, deny) = (bits("allow"), bits("deny"));
    let overwrite = PermissionOverwrite {
        allow,
        deny,
        id,
        kind,
    };
    state.overwrite(channel, overwrite);
    state.tell_changed(channel);
    Ok(Answer::Empty)
}

pub(super) async fn delete_permission(
    State(world): Shared,
    Path((channel, target)): Path<(u64, u64)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::MANAGE_ROLES)?;
    if !state.remove_overwrite(channel, target) {
        return Err(Error::unknown_overwrite());
    }
    state.tell_changed(channel);
    Ok(Answer::Empty)
}
