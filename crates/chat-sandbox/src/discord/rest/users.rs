//! Users, and the direct channels the bot opens with them.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{Body, id},
    error::{Answer, Error, Faults, Outcome},
    guilds::known,
};
use crate::discord::{
    wire,
    world::{Guild, World},
};

type Shared = State<Arc<World>>;

/// The most guilds that are listed at once.
const MOST_GUILDS: usize = 200;

pub(super) async fn me(State(world): Shared) -> Outcome {
    Ok(Answer::Json(json!(wire::current_user(&world.lock()))))
}

pub(super) async fn one(State(world): Shared, Path(user): Path<u64>) -> Outcome {
    let state = world.lock();
    let someone = state.someone(user).ok_or(Error::unknown_user())?;
    Ok(Answer::Json(json!(someone.user)))
}

/// Which part of a list of guilds: at most `limit` of them, 200 unless told.
#[derive(Deserialize)]
pub(super) struct Page {
    before: Option<u64>,
    after: Option<u64>,
    limit: Option<usize>,
}

pub(super) async fn guilds(State(world): Shared, Query(page): Query<Page>) -> Outcome {
    let state = world.lock();
    let wanted = |guild: &&Guild| {
        page.before.is_none_or(|before| guild.id < before)
            && page.after.is_none_or(|after| guild.id > after)
    };
    let wanted: Vec<&Guild> = state.joined().filter(wanted).collect();
    let mut faults = Faults::default();
    let limit = page.limit.unwrap_or(MOST_GUILDS);
    faults.range("limit", limit, 1, MOST_GUILDS);
    faults.finish()?;
    let backwards = page.before.is_some() && page.after.is_none();
    let skipped = wanted.len().saturating_sub(limit);
    let wanted = wanted.iter().skip(if backwards { skipped } else { 0 });
    let guild = |guild: &&Guild| {
        json!({
            "id": guild.id.to_string(),
            "name": guild.name,
            "icon": null,
            "banner": null,
            "owner": false,
            "permissions": state.guild_permissions(guild.id, state.application),
            "features": [],
        })
    };
    let guilds: Vec<Value> = wanted.take(limit).map(guild).collect();
    Ok(Answer::Json(json!(guilds)))
}

pub(super) async fn direct(State(world): Shared, Extension(body): Extension<Body>) -> Outcome {
    let mut state = world.lock();
    let Some(recipient) = id(&body.json["recipient_id"]) else {
        let mut faults = Faults::default();
        faults.required("recipient_id");
        return Err(faults.into_error());
    };
    if state
        .someone(recipient)
        .is_none_or(|someone| someone.user.bot)
    {
        return Err(Error::unknown_user());
    }
    let room = state.direct_room(recipient);
    Ok(Answer::Json(json!(state.rooms[&room].channel)))
}

pub(super) async fn leave(State(world): Shared, Path(guild): Path<u64>) -> Outcome {
    drop(known(&world, guild)?);
    world.remove_bot(guild);
    Ok(Answer::Empty)
}
