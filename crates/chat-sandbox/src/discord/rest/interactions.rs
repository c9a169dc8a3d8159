//! The first response to an interaction.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::{
    application::{
        command::{CommandOptionChoice, CommandOptionType},
        interaction::InteractionType,
    },
    channel::message::MessageFlags,
};

use super::{
    body::Body,
    error,
    error::{Error, Faults, Outcome},
    fields, limits,
    messages::not_emptied,
    modals, option_limits,
};
use crate::discord::{
    wire,
    world::{self, Acknowledged, Answer, Interaction, World, describe},
};

/// Response types, as "Interaction Callback Type" numbers them.
mod kind {
    pub const MESSAGE: u64 = 4;
    pub const DEFERRED_MESSAGE: u64 = 5;
    pub const DEFERRED_UPDATE: u64 = 6;
    pub const UPDATE: u64 = 7;
    pub const CHOICES: u64 = 8;
    pub const MODAL: u64 = 9;
}

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    with_response: Option<String>,
}

pub(super) async fn callback(
    State(world): State<Arc<World>>,
    Path((id, token)): Path<(u64, String)>,
    Query(parameters): Query<Parameters>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    let found = state
        .interactions
        .get(&id)
        .filter(|interaction| interaction.token == token);
    let interaction = found
        .filter(|interaction| !interaction.expired)
        .ok_or(Error::unknown_interaction())?;
    if !state.rooms.contains_key(&interaction.channel) {
        return Err(Error::unknown_channel());
    }
    if interaction.acknowledged.is_some() {
        let what = describe(interaction);
        if !interaction.disturbed {
            state
                .recorder
                .problem(format!("{what} was acknowledged a second time"));
        }
        return Err(Error::already_acknowledged());
    }
    let answer = read(interaction, &body)?;
    if let (Answer::Update(content), Some(message)) = (&answer, interaction.message) {
        not_emptied(&state, (interaction.channel, message), content)?;
    }
    let answer = place(&mut state, id, answer);
    state.answer(id, answer);
    if parameters
        .with_response
        .as_deref()
        .is_some_and(|wanted| wanted == "true" || wanted == "1")
    {
        return Ok(error::Answer::Json(response(
            &state,
            id,
            &body.json["type"],
        )));
    }
    Ok(error::Answer::Empty)
}

/// The response types that make sense for an interaction.
fn allowed(interaction: &Interaction) -> &'static [u64] {
    use kind::{CHOICES, DEFERRED_MESSAGE, DEFERRED_UPDATE, MESSAGE, MODAL, UPDATE};
    match interaction.kind {
        InteractionType::ApplicationCommandAutocomplete => &[CHOICES],
        InteractionType::ApplicationCommand => &[MESSAGE, DEFERRED_MESSAGE, MODAL],
        InteractionType::MessageComponent => {
            &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL]
        }
        // A form that came from a component can still change that component's message.
        InteractionType::ModalSubmit if interaction.message.is_some() => {
            &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE]
        }
        _ => &[MESSAGE, DEFERRED_MESSAGE],
    }
}

fn read(interaction: &Interaction, body: &Body) -> Result<Answer, Error> {
    let mut faults = Faults::default();
    let data = body.json.get("data").unwrap_or(&Value::Null);
    let chosen = body.json["type"].as_u64().unwrap_or_default();
    let allowed = allowed(interaction);
    if !allowed.contains(&chosen) {
        let list: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        faults.not_among("type", &list.join(", "));
        return Err(faults.into_error());
    }
    let flags = MessageFlags::from_bits_truncate(data["flags"].as_u64().unwrap_or_default());
    let ephemeral = flags.contains(MessageFlags::EPHEMERAL);
    let answer = match chosen {
        kind::DEFERRED_MESSAGE => Answer::Thinking { ephemeral },
        kind::DEFERRED_UPDATE => Answer::UpdateLater,
        kind::UPDATE => Answer::Update(limits::content(data, "data.", body, &mut faults)),
        kind::CHOICES => Answer::Choices(choices(data, interaction.focused, &mut faults)),
        kind::MODAL => Answer::Modal(Box::new(modals::modal(data, &mut faults))),
        _ => {
            let content = limits::content(data, "data.", body, &mut faults);
            Answer::Message { content, ephemeral }
        }
    };
    faults.finish()?;
    if let Answer::Message { content, .. } = &answer {
        limits::not_empty(content)?;
    }
    Ok(answer)
}

fn choices(
    data: &Value,
    focused: Option<CommandOptionType>,
    faults: &mut Faults,
) -> Vec<CommandOptionChoice> {
    let Some(list) = data.get("choices") else {
        faults.required("data.choices");
        return Vec::new();
    };
    let choices: Vec<CommandOptionChoice> =
        fields::read(list.clone(), "data.choices", faults).unwrap_or_default();
    option_limits::choices(&choices, "data.choices", faults);
    if let Some(kind) = focused {
        option_limits::of_kind(&choices, kind, "data.choices", faults);
    }
    choices
}

/// Notes on a form whose it is and where it came from.
fn place(state: &mut world::State, id: u64, mut answer: Answer) -> Answer {
    if let Answer::Modal(modal) = &mut answer {
        modal.id = state.next_id();
        if let Some(interaction) = state.interactions.get(&id) {
            modal.person = interaction.person;
            modal.channel = interaction.channel;
            modal.message = interaction.message;
            modal.command.clone_from(&interaction.command);
        }
    }
    answer
}

/// "Interaction Callback Response Object".
fn response(state: &world::State, id: u64, kind: &Value) -> Value {
    let Some(interaction) = state.interactions.get(&id) else {
        return Value::Null;
    };
    let original = interaction.acknowledged.and_then(Acknowledged::original);
    let stored = original.and_then(|message| state.stored(interaction.channel, message));
    let mut callback = json!({
        "interaction": { "id": id.to_string(), "type": interaction.kind },
    });
    if let Some(stored) = stored {
        let loading = matches!(interaction.acknowledged, Some(Acknowledged::Thinking(_)));
        callback["interaction"]["response_message_id"] = json!(stored.message.id);
        callback["interaction"]["response_message_loading"] = json!(loading);
        callback["interaction"]["response_message_ephemeral"] = json!(stored.only.is_some());
        callback["resource"] = json!({
            "type": kind,
            "message": wire::message(state, interaction.channel, stored),
        });
    }
    callback
}
