//! Roles.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::{Value, json};
use twilight_model::{
    guild::{Permissions, Role},
    id::Id,
};

use super::{
    body::Body,
    error::{Answer, Error, Faults, Outcome},
    guilds::known,
    members::{grantable, may},
};
use crate::discord::world::{self, World, plain_role};

type Shared = State<Arc<World>>;

/// "Max 250 roles."
const MOST: usize = 250;

/// The longest name, in characters.
const NAME: usize = 100;

/// Changes a role as a body asks for. What it may do is never more than what the bot may.
#[expect(
    deprecated,
    reason = "clients still read the field that `colors` replaces"
)]
fn change(state: &world::State, guild: u64, role: &mut Role, body: &Value) -> Result<(), Error> {
    let mut faults = Faults::default();
    if let Some(name) = body["name"].as_str() {
        if name.chars().count() > NAME {
            faults.too_long("name", NAME);
        }
        role.name = name.to_owned();
    }
    let color = body["colors"]["primary_color"]
        .as_u64()
        .or(body["color"].as_u64());
    if let Some(color) = color {
        faults.range("color", color, 0, 0xff_ff_ff);
        role.color = u32::try_from(color).unwrap_or_default();
        role.colors.primary_color = role.color;
    }
    role.hoist = body["hoist"].as_bool().unwrap_or(role.hoist);
    role.mentionable = body["mentionable"].as_bool().unwrap_or(role.mentionable);
    faults.finish()?;
    let bits = &body["permissions"];
    let bits = bits
        .as_str()
        .and_then(|bits| bits.parse().ok())
        .or(bits.as_u64());
    if let Some(bits) = bits {
        role.permissions = Permissions::from_bits_truncate(bits);
        may(state, guild, role.permissions)?;
    }
    Ok(())
}

fn found(state: &world::State, guild: u64, role: u64) -> Result<Role, Error> {
    let mut roles = state.roles_of(Some(guild)).iter();
    let role = roles.find(|other| other.id.get() == role);
    role.cloned().ok_or(Error::unknown_role())
}

pub(super) async fn one(State(world): Shared, Path((guild, role)): Path<(u64, u64)>) -> Outcome {
    let state = known(&world, guild)?;
    Ok(Answer::Json(json!(found(&state, guild, role)?)))
}

pub(super) async fn create(
    State(world): Shared,
    Path(guild): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::MANAGE_ROLES)?;
    if state.roles_of(Some(guild)).len() >= MOST {
        return Err(Error::too_many_roles());
    }
    let id = state.next_id();
    let mut role = plain_role(id, "new role");
    change(&state, guild, &mut role, &body.json)?;
    state.put_role(guild, role);
    Ok(Answer::Json(json!(found(&state, guild, id)?)))
}

pub(super) async fn edit(
    State(world): Shared,
    Path((guild, role)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::MANAGE_ROLES)?;
    grantable(&state, guild, role)?;
    let mut changed = found(&state, guild, role)?;
    change(&state, guild, &mut changed, &body.json)?;
    state.put_role(guild, changed);
    Ok(Answer::Json(json!(found(&state, guild, role)?)))
}

pub(super) async fn delete(State(world): Shared, Path((guild, role)): Path<(u64, u64)>) -> Outcome {
    let mut state = known(&world, guild)?;
    may(&state, guild, Permissions::MANAGE_ROLES)?;
    grantable(&state, guild, role)?;
    let managed = found(&state, guild, role)?.managed;
    // Nor can the role of everybody be deleted, whose id is the guild's.
    if managed || Id::new(role) == found(&state, guild, guild)?.id {
        return Err(Error::invalid_role());
    }
    state.remove_role(guild, role);
    Ok(Answer::Empty)
}
