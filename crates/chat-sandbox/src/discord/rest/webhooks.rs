//! What comes after the first response to an interaction: follow-ups, edits, deletions.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use twilight_model::channel::message::MessageFlags;

use super::{
    body::Body,
    error::{Answer, Error, Faults, Outcome},
    limits,
};
use crate::discord::{
    wire,
    world::{self, Acknowledged, TokenRefused, World},
};

type Shared = State<Arc<World>>;

impl From<TokenRefused> for Error {
    fn from(refused: TokenRefused) -> Self {
        match refused {
            TokenRefused::NoResponseYet => Self::unknown_webhook(),
            TokenRefused::Invalid => Self::invalid_webhook_token(),
        }
    }
}

/// Where a message of an interaction is.
struct Place {
    interaction: u64,
    channel: u64,
    message: u64,
}

/// Finds a message by an interaction's token: `@original`, or the id of an answer to that interaction.
fn find(
    state: &world::State,
    (application, token, which): &(u64, String, String),
) -> Result<Place, Error> {
    if *application != state.application {
        return Err(Error::unknown_webhook());
    }
    let interaction = state.by_token(token)?;
    if !state.rooms.contains_key(&interaction.channel) {
        return Err(Error::unknown_channel());
    }
    let original = interaction.acknowledged.and_then(Acknowledged::original);
    let message = match which.as_str() {
        "@original" => original,
        id => id.parse().ok(),
    };
    let message = message.ok_or(Error::unknown_message())?;
    let stored = state
        .stored(interaction.channel, message)
        .ok_or(Error::unknown_message())?;
    let metadata = stored.message.interaction_metadata.as_ref();
    let answers = metadata.is_some_and(|metadata| metadata.id.get() == interaction.id);
    if original != Some(message) && !answers {
        return Err(Error::unknown_message());
    }
    Ok(Place {
        interaction: interaction.id,
        channel: interaction.channel,
        message,
    })
}

fn answer(state: &world::State, channel: u64, message: u64) -> Outcome {
    let stored = state
        .stored(channel, message)
        .ok_or(Error::unknown_message())?;
    Ok(Answer::Json(wire::message(state, channel, stored)))
}

pub(super) async fn follow_up(
    State(world): Shared,
    Path((application, token)): Path<(u64, String)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    if application != state.application {
        return Err(Error::unknown_webhook());
    }
    let interaction = state.by_token(&token)?;
    let (id, channel) = (interaction.id, interaction.channel);
    if !state.rooms.contains_key(&channel) {
        return Err(Error::unknown_channel());
    }
    let mut faults = Faults::default();
    let content = limits::content(&body.json, "", &body, &mut faults);
    faults.finish()?;
    limits::not_empty(&content)?;
    let flags = content.flags.unwrap_or(MessageFlags::empty());
    let message = state.follow_up(id, content, flags.contains(MessageFlags::EPHEMERAL));
    answer(&state, channel, message.ok_or(Error::unknown_webhook())?)
}

pub(super) async fn one(State(world): Shared, Path(path): Path<(u64, String, String)>) -> Outcome {
    let state = world.lock();
    let place = find(&state, &path)?;
    answer(&state, place.channel, place.message)
}

pub(super) async fn edit(
    State(world): Shared,
    Path(path): Path<(u64, String, String)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    let place = find(&state, &path)?;
    let mut faults = Faults::default();
    let content = limits::content(&body.json, "", &body, &mut faults);
    faults.finish()?;
    super::messages::not_emptied(&state, (place.channel, place.message), &content)?;
    state.edit_answer(place.interaction, place.message, content);
    answer(&state, place.channel, place.message)
}

pub(super) async fn delete(
    State(world): Shared,
    Path(path): Path<(u64, String, String)>,
) -> Outcome {
    let mut state = world.lock();
    let place = find(&state, &path)?;
    state.delete_answer(place.interaction, place.message);
    Ok(Answer::Empty)
}
