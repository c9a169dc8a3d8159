//! Users, and the direct channels the bot opens with them.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::json;

use super::{
    Outcome,
    body::{Body, id},
    error::{Answer, Error, Faults},
};
use crate::sandbox::{wire, world::World};

type Shared = State<Arc<World>>;

pub(super) async fn me(State(world): Shared) -> Outcome {
    Ok(Answer::Json(json!(wire::current_user(&world.lock()))))
}

pub(super) async fn one(State(world): Shared, Path(user): Path<u64>) -> Outcome {
    let state = world.lock();
    let someone = state.someone(user).ok_or(Error::unknown_user())?;
    Ok(Answer::Json(json!(someone.user)))
}

pub(super) async fn guilds(State(world): Shared) -> Outcome {
    let state = world.lock();
    Ok(Answer::Json(json!([{
        "id": state.guild.to_string(),
        "name": state.guild_name,
        "icon": null,
        "owner": false,
        "permissions": state.guild_permissions(state.application),
        "features": [],
    }])))
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
