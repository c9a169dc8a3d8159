//! The application, where its gateway is, and the commands it registers.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use serde_json::{Value, json};
use twilight_model::application::command::Command;

use super::{
    Outcome,
    body::Body,
    command_limits,
    error::{Answer, Error, Faults},
};
use crate::sandbox::{
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
    Ok(Answer::Json(json!({
        "url": wire::gateway_url(&world.lock()),
        "shards": 1,
        "session_start_limit": {
            "total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1,
        },
    })))
}

pub(super) async fn me(State(world): Shared) -> Outcome {
    Ok(Answer::Json(wire::application(&world.lock())))
}

/// The state, if the application is ours and the guild, if any, is the one there is.
fn scope(
    world: &World,
    application: u64,
    guild: Option<u64>,
) -> Result<std::sync::MutexGuard<'_, world::State>, Error> {
    let state = world.lock();
    if application != state.application {
        return Err(Error::unknown_application());
    }
    if guild.is_some_and(|guild| guild != state.guild) {
        return Err(Error::missing_access());
    }
    Ok(state)
}

fn do_list(world: &World, application: u64, guild: Option<u64>) -> Outcome {
    let state = scope(world, application, guild)?;
    Ok(Answer::Json(json!(state.commands_of(guild))))
}

fn do_create(world: &World, application: u64, guild: Option<u64>, body: &Value) -> Outcome {
    let mut state = scope(world, application, guild)?;
    let mut faults = Faults::default();
    let command = command_limits::command(body, "", &mut faults);
    faults.finish()?;
    let Some(command) = command else {
        return Err(Error::not_json());
    };
    let (id, new) = state.register(command, guild);
    let command = json!(state.commands.get(&id));
    Ok(if new {
        Answer::Created(command)
    } else {
        Answer::Json(command)
    })
}

fn do_overwrite(world: &World, application: u64, guild: Option<u64>, body: &Value) -> Outcome {
    let mut state = scope(world, application, guild)?;
    let mut faults = Faults::default();
    let commands = command_limits::commands(body, &mut faults);
    faults.finish()?;
    Ok(Answer::Json(json!(
        state.overwrite_commands(commands, guild)
    )))
}

fn find(state: &world::State, id: u64, guild: Option<u64>) -> Result<Command, Error> {
    let command = state
        .commands
        .get(&id)
        .filter(|c| c.guild_id.map(|guild| guild.get()) == guild);
    command.cloned().ok_or(Error::unknown_command())
}

fn do_one(world: &World, (application, id): (u64, u64), guild: Option<u64>) -> Outcome {
    let state = scope(world, application, guild)?;
    Ok(Answer::Json(json!(find(&state, id, guild)?)))
}

fn do_edit(
    world: &World,
    (application, id): (u64, u64),
    guild: Option<u64>,
    body: &Value,
) -> Outcome {
    let mut state = scope(world, application, guild)?;
    let mut whole = json!(find(&state, id, guild)?);
    if let (Some(whole), Some(changes)) = (whole.as_object_mut(), body.as_object()) {
        whole.extend(changes.clone());
    }
    let mut faults = Faults::default();
    let command = command_limits::command(&whole, "", &mut faults);
    faults.finish()?;
    // Under a new name it is still the same command.
    if let Some(mut command) = command {
        command.id = find(&state, id, guild)?.id;
        state.commands.insert(id, command.clone());
        state.register(command, guild);
    }
    Ok(Answer::Json(json!(find(&state, id, guild)?)))
}

fn do_delete(world: &World, (application, id): (u64, u64), guild: Option<u64>) -> Outcome {
    let mut state = scope(world, application, guild)?;
    find(&state, id, guild)?;
    state.commands.remove(&id);
    state.announce(world::Change::Commands);
    Ok(Answer::Empty)
}

pub(super) async fn list(State(world): Shared, Path(application): Path<u64>) -> Outcome {
    do_list(&world, application, None)
}

pub(super) async fn list_guild(
    State(world): Shared,
    Path((application, guild)): Path<(u64, u64)>,
) -> Outcome {
    do_list(&world, application, Some(guild))
}

pub(super) async fn create(
    State(world): Shared,
    Path(application): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_create(&world, application, None, &body.json)
}

pub(super) async fn create_guild(
    State(world): Shared,
    Path((application, guild)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_create(&world, application, Some(guild), &body.json)
}

pub(super) async fn overwrite(
    State(world): Shared,
    Path(application): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_overwrite(&world, application, None, &body.json)
}

pub(super) async fn overwrite_guild(
    State(world): Shared,
    Path((application, guild)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_overwrite(&world, application, Some(guild), &body.json)
}

pub(super) async fn one(State(world): Shared, Path(ids): Path<(u64, u64)>) -> Outcome {
    do_one(&world, ids, None)
}

pub(super) async fn one_guild(
    State(world): Shared,
    Path((application, guild, id)): Path<(u64, u64, u64)>,
) -> Outcome {
    do_one(&world, (application, id), Some(guild))
}

pub(super) async fn edit(
    State(world): Shared,
    Path(ids): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_edit(&world, ids, None, &body.json)
}

pub(super) async fn edit_guild(
    State(world): Shared,
    Path((application, guild, id)): Path<(u64, u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    do_edit(&world, (application, id), Some(guild), &body.json)
}

pub(super) async fn delete(State(world): Shared, Path(ids): Path<(u64, u64)>) -> Outcome {
    do_delete(&world, ids, None)
}

pub(super) async fn delete_guild(
    State(world): Shared,
    Path((application, guild, id)): Path<(u64, u64, u64)>,
) -> Outcome {
    do_delete(&world, (application, id), Some(guild))
}
