//! The application, where its gateway is, and the commands it registers.

use std::sync::{Arc, MutexGuard};

use axum::{
    Extension,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::{application::command::Command, id::Id};

use super::{
    body::Body,
    command_limits,
    error::{Answer, Error, Faults, Outcome},
};
use crate::discord::{
    wire,
    world::{self, World},
};

type Shared = State<Arc<World>>;

pub(super) async fn gateway(State(world): Shared) -> Outcome {
    Ok(Answer::Json(
        json!({ "url": wire::gateway_url(&world.lock()) }),
    ))
}

pub(super) async fn gateway_bot(State(world): Shared) -> Outcome {
    let state = world.lock();
    Ok(Answer::Json(json!({
        "url": wire::gateway_url(&state),
        "shards": state.gateway.shards,
        "session_start_limit": {
            "total": state.gateway.starts,
            "remaining": state.gateway.starts_left(),
            "reset_after": 86_400_000,
            "max_concurrency": state.gateway.identifies.max_concurrency,
        },
    })))
}

pub(super) async fn me(State(world): Shared) -> Outcome {
    Ok(Answer::Json(wire::application(&world.lock())))
}

/// What the address of a command route names: one guild's commands or, without a guild, the global ones.
#[derive(Deserialize)]
pub(super) struct Scope {
    application: u64,
    guild: Option<u64>,
    command: Option<u64>,
}

impl Scope {
    /// The state, if the application is ours and the guild, if any, is one it is in.
    fn open<'a>(&self, world: &'a World) -> Result<MutexGuard<'a, world::State>, Error> {
        let state = world.lock();
        if self.application != state.application {
            return Err(Error::unknown_application());
        }
        let known = |guild| state.joined().any(|joined| joined.id == guild);
        if !self.guild.is_none_or(known) {
            return Err(Error::missing_access());
        }
        Ok(state)
    }

    /// The one command that is named.
    fn find(&self, state: &world::State) -> Result<Command, Error> {
        let known = self.command.and_then(|id| state.commands.get(&id));
        let guild = |command: &&Command| command.guild_id.map(Id::get) == self.guild;
        known.filter(guild).cloned().ok_or(Error::unknown_command())
    }
}

/// Reads one command, or refuses it.
fn read(body: &Value) -> Result<Command, Error> {
    let mut faults = Faults::default();
    let command = command_limits::command(body, "", &mut faults);
    faults.finish()?;
    command.ok_or(Error::not_json())
}

pub(super) async fn list(State(world): Shared, Path(scope): Path<Scope>) -> Outcome {
    let state = scope.open(&world)?;
    Ok(Answer::Json(json!(state.commands_of(scope.guild))))
}

pub(super) async fn create(
    State(world): Shared,
    Path(scope): Path<Scope>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = scope.open(&world)?;
    let command = read(&body.json)?;
    let there = state.commands_of(scope.guild);
    let same = there.iter().filter(|other| other.kind == command.kind);
    let replaces = same.clone().any(|other| other.name == command.name);
    if !replaces && same.count() >= command_limits::most(command.kind) {
        return Err(Error::too_many_commands());
    }
    let (id, new) = state.register(command, scope.guild);
    let command = json!(state.commands.get(&id));
    Ok(if new {
        Answer::Created(command)
    } else {
        Answer::Json(command)
    })
}

pub(super) async fn overwrite(
    State(world): Shared,
    Path(scope): Path<Scope>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = scope.open(&world)?;
    let mut faults = Faults::default();
    let commands = command_limits::commands(&body.json, &mut faults);
    faults.finish()?;
    Ok(Answer::Json(json!(
        state.overwrite_commands(commands, scope.guild)
    )))
}

pub(super) async fn one(State(world): Shared, Path(scope): Path<Scope>) -> Outcome {
    let state = scope.open(&world)?;
    Ok(Answer::Json(json!(scope.find(&state)?)))
}

pub(super) async fn edit(
    State(world): Shared,
    Path(scope): Path<Scope>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = scope.open(&world)?;
    let old = scope.find(&state)?;
    let mut whole = json!(old);
    if let (Some(whole), Some(changes)) = (whole.as_object_mut(), body.json.as_object()) {
        whole.extend(changes.clone());
    }
    let mut command = read(&whole)?;
    command.id = old.id;
    state.replace_command(command);
    Ok(Answer::Json(json!(scope.find(&state)?)))
}

pub(super) async fn delete(State(world): Shared, Path(scope): Path<Scope>) -> Outcome {
    let mut state = scope.open(&world)?;
    let command = scope.find(&state)?;
    state.forget_command(&command);
    Ok(Answer::Empty)
}

/// The permissions that members set for commands: nobody can here, so that no guild has any.
pub(super) async fn permissions(State(world): Shared, Path(scope): Path<Scope>) -> Outcome {
    drop(scope.open(&world)?);
    Ok(Answer::Json(json!([])))
}

pub(super) async fn permissions_of_one(State(world): Shared, Path(scope): Path<Scope>) -> Outcome {
    drop(scope.open(&world)?);
    Err(Error::unknown_command_permissions())
}
