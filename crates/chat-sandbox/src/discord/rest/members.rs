//! What a bot does with members: nicknames, time-outs, roles, kicks and bans.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
};
use serde_json::{Value, json};
use twilight_model::{guild::Permissions, util::Timestamp};

use super::{
    body::{Body, id},
    error::{Answer, Error, Faults, Outcome},
    guilds::known,
};
use crate::discord::world::{self, World};

type Shared = State<Arc<World>>;

/// The longest nickname, in characters.
const NICK: usize = 32;

/// The header that says why something was done.
const REASON: &str = "x-audit-log-reason";

/// Refuses what the bot may not do in a guild.
pub(super) fn may(state: &world::State, guild: u64, needed: Permissions) -> Result<(), Error> {
    let granted = state.guild_permissions(guild, state.application);
    if granted.contains(Permissions::ADMINISTRATOR) || granted.contains(needed) {
        Ok(())
    } else {
        Err(Error::missing_permissions())
    }
}

/// Refuses what is done to someone who is as high as the bot, or higher, or not there.
fn below(state: &world::State, guild: u64, user: u64) -> Result<(), Error> {
    state.member(guild, user).ok_or(Error::unknown_member())?;
    if state.rank(guild, user) < state.rank(guild, state.application) {
        Ok(())
    } else {
        Err(Error::missing_permissions())
    }
}

fn reason(headers: &HeaderMap) -> Option<String> {
    let reason = headers.get(REASON)?.to_str().ok()?;
    Some(reason.to_owned())
}

/// The nickname that a body asks for; null or nothing takes it away.
fn nick(body: &Value, faults: &mut Faults) -> Option<Option<String>> {
    let nick = body.get("nick")?.as_str().unwrap_or_default();
    if nick.chars().count() > NICK {
        faults.too_long("nick", NICK);
    }
    Some(Some(nick.to_owned()).filter(|nick| !nick.is_empty()))
}

pub(super) async fn edit_own(
    State(world): Shared,
    Path(guild): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = known(&world, guild)?;
    let bot = state.application;
    let mut faults = Faults::default();
    let nick = nick(&body.json, &mut faults);
    faults.finish()?;
    if let Some(nick) = nick {
        may(&state, guild, Permissions::CHANGE_NICKNAME)?;
        state.edit_member(guild, bot, None, |member| member.nick = nick);
    }
    Ok(Answer::Json(json!(state.member(guild, bot))))
}

pub(super) async fn edit(
    State(world): Shared,
    Path((guild, user)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = known(&world, guild)?;
    let mut faults = Faults::default();
    let nick = nick(&body.json, &mut faults);
    let silent = body.json.get("communication_disabled_until");
    let silent = silent.map(|until| until.as_str().map(Timestamp::parse).transpose());
    if let Some(Err(_)) = silent {
        let message = "Could not be parsed. Should be ISO8601.";
        faults.add(
            "communication_disabled_until",
            "DATE_TIME_TYPE_PARSE",
            message,
        );
    }
    let roles = body.json.get("roles").and_then(Value::as_array);
    let roles = roles.map(|roles| roles.iter().filter_map(id).collect::<Vec<u64>>());
    faults.finish()?;
    let needed = [
        (nick.is_some(), Permissions::MANAGE_NICKNAMES),
        (silent.is_some(), Permissions::MODERATE_MEMBERS),
        (roles.is_some(), Permissions::MANAGE_ROLES),
    ];
    let needed = needed.into_iter().filter(|(asked, _)| *asked);
    may(
        &state,
        guild,
        needed.map(|(_, permission)| permission).collect(),
    )?;
    below(&state, guild, user)?;
    for role in roles.iter().flatten() {
        grantable(&state, guild, *role)?;
    }
    state.edit_member(guild, user, roles, |member| {
        if let Some(nick) = nick {
            member.nick = nick;
        }
        if let Some(Ok(until)) = silent {
            member.silent_until = until;
        }
    });
    Ok(Answer::Json(json!(state.member(guild, user))))
}

/// Refuses a role that there is not, or that is not below the bot's own.
pub(super) fn grantable(state: &world::State, guild: u64, role: u64) -> Result<(), Error> {
    let role = state
        .roles_of(Some(guild))
        .iter()
        .find(|it| it.id.get() == role);
    let role = role.ok_or(Error::unknown_role())?;
    let below = role.position < state.rank(guild, state.application);
    below.then_some(()).ok_or(Error::missing_permissions())
}

async fn hold(world: &World, (guild, user, role): (u64, u64, u64), hold: bool) -> Outcome {
    let mut state = known(world, guild)?;
    state.member(guild, user).ok_or(Error::unknown_member())?;
    may(&state, guild, Permissions::MANAGE_ROLES)?;
    grantable(&state, guild, role)?;
    let mut held = state.held(guild, user).to_vec();
    held.retain(|other| *other != role);
    held.extend(hold.then_some(role));
    state.edit_member(guild, user, Some(held), |_| {});
    Ok(Answer::Empty)
}

pub(super) async fn give_role(State(world): Shared, Path(path): Path<(u64, u64, u64)>) -> Outcome {
    hold(&world, path, true).await
}

pub(super) async fn take_role(State(world): Shared, Path(path): Path<(u64, u64, u64)>) -> Outcome {
    hold(&world, path, false).await
}

pub(super) async fn kick(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::KICK_MEMBERS)?;
    below(&state, guild, user)?;
    state.leave(guild, user);
    Ok(Answer::Empty)
}

pub(super) async fn bans(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    let state = known(&world, guild)?;
    may(&state, guild, Permissions::BAN_MEMBERS)?;
    let ids = state.people.iter().map(|someone| someone.user.id.get());
    let bans: Vec<Value> = ids.filter_map(|id| state.ban_of(guild, id)).collect();
    Ok(Answer::Json(json!(bans)))
}

pub(super) async fn ban_of(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let state = known(&world, guild)?;
    may(&state, guild, Permissions::BAN_MEMBERS)?;
    Ok(Answer::Json(
        state.ban_of(guild, user).ok_or(Error::unknown_ban())?,
    ))
}

pub(super) async fn ban(
    State(world): Shared,
    Path((guild, user)): Path<(u64, u64)>,
    headers: HeaderMap,
) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::BAN_MEMBERS)?;
    state.someone(user).ok_or(Error::unknown_user())?;
    if !state.is_away(guild, user) {
        below(&state, guild, user)?;
    }
    state.ban(guild, user, reason(&headers));
    Ok(Answer::Empty)
}

pub(super) async fn unban(State(world): Shared, Path((guild, user)): Path<(u64, u64)>) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::BAN_MEMBERS)?;
    let was = state.unban(guild, user);
    was.then_some(Answer::Empty).ok_or(Error::unknown_ban())
}
