//! What a person does on the page.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::application::interaction::application_command::CommandDataOption;

use super::{view, who::person};
use crate::{
    common::page::{Advance, Body, Refusal, id},
    discord::World,
};

type Answer = Result<Json<Value>, Refusal>;

#[derive(Deserialize)]
pub(super) struct Come {
    #[serde(rename = "as")]
    who: String,
    member: bool,
}

/// `POST /page/membership`: joins the guild, or leaves it.
pub(super) async fn membership(State(world): State<Arc<World>>, Body(come): Body<Come>) -> Answer {
    let person = person(&world, &come.who)?;
    if come.member {
        person.join()?;
    } else {
        person.leave()?;
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Say {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    content: String,
    reply_to: Option<String>,
    mention: Option<bool>,
}

/// `POST /page/say`
pub(super) async fn say(State(world): State<Arc<World>>, Body(say): Body<Say>) -> Answer {
    let person = person(&world, &say.who)?;
    let to = say.reply_to.as_deref().map(id).transpose()?;
    let sent = person.try_say(&say.channel, &say.content, to, say.mention.unwrap_or(true))?;
    Ok(Json(view::message(&world, &person, &sent)))
}

#[derive(Deserialize)]
pub(super) struct Use {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    /// A command's id or name.
    command: String,
    options: Vec<CommandDataOption>,
}

/// `POST /page/command`
pub(super) async fn command(State(world): State<Arc<World>>, Body(used): Body<Use>) -> Answer {
    let person = person(&world, &used.who)?;
    let name = command_name(&world, &used.command);
    let interaction = person.start_command(&used.channel, &name, used.options)?;
    Ok(started(interaction))
}

/// `POST /page/autocomplete`
pub(super) async fn autocomplete(State(world): State<Arc<World>>, Body(used): Body<Use>) -> Answer {
    let person = person(&world, &used.who)?;
    let name = command_name(&world, &used.command);
    let choices = person.choices(&used.channel, &name, used.options).await?;
    let choice =
        |choice: &crate::discord::Choice| json!({ "name": choice.name, "value": choice.value });
    Ok(Json(
        json!({ "choices": choices.iter().map(choice).collect::<Vec<_>>() }),
    ))
}

fn command_name(world: &World, command: &str) -> String {
    let state = world.lock();
    let known = command
        .parse()
        .ok()
        .and_then(|id: u64| state.commands.get(&id));
    known.map_or_else(|| command.to_owned(), |known| known.name.clone())
}

#[derive(Deserialize)]
pub(super) struct Click {
    #[serde(rename = "as")]
    who: String,
    message: String,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

/// `POST /page/click`
pub(super) async fn click(State(world): State<Arc<World>>, Body(click): Body<Click>) -> Answer {
    let person = person(&world, &click.who)?;
    let message = id(&click.message)?;
    Ok(started(person.start_component(
        message,
        &click.custom_id,
        click.values,
    )?))
}

#[derive(Deserialize)]
pub(super) struct Menu {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    command: String,
    /// The message or the person in whose menu the command is.
    message: Option<String>,
    person: Option<String>,
}

/// `POST /page/menu`: uses a command in the menu of a message or a person.
pub(super) async fn menu(State(world): State<Arc<World>>, Body(menu): Body<Menu>) -> Answer {
    let person = person(&world, &menu.who)?;
    let interaction = match (menu.message, menu.person) {
        (Some(message), None) => person.start_on_message(id(&message)?, &menu.command)?,
        (None, Some(other)) => person.start_on_person(&menu.channel, id(&other)?, &menu.command)?,
        _ => return Err(Refusal::bad("It takes a message or a person.")),
    };
    Ok(started(interaction))
}

#[derive(Deserialize)]
pub(super) struct Submit {
    #[serde(rename = "as")]
    who: String,
    modal: String,
    values: BTreeMap<String, Given>,
}

/// What was written into a field, or chosen in it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Chosen(Vec<String>),
}

/// `POST /page/submit`
pub(super) async fn submit(State(world): State<Arc<World>>, Body(submit): Body<Submit>) -> Answer {
    let person = person(&world, &submit.who)?;
    let each = |(field, given): (String, Given)| {
        let values = match given {
            Given::Text(text) => vec![text],
            Given::Chosen(values) => values,
        };
        values.into_iter().map(move |value| (field.clone(), value))
    };
    let values: Vec<_> = submit.values.into_iter().flat_map(each).collect();
    Ok(started(person.start_submit(id(&submit.modal)?, &values)?))
}

#[derive(Deserialize)]
pub(super) struct React {
    #[serde(rename = "as")]
    who: String,
    message: String,
    emoji: String,
    on: bool,
}

/// `POST /page/react`
pub(super) async fn react(State(world): State<Arc<World>>, Body(react): Body<React>) -> Answer {
    // A family emoji has seven code points; Discord's custom ones do not exist here.
    if react.emoji.is_empty() || react.emoji.chars().count() > 16 {
        return Err(Refusal::bad("That is not an emoji."));
    }
    let person = person(&world, &react.who)?;
    person.try_react(id(&react.message)?, &react.emoji, react.on)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Dismiss {
    #[serde(rename = "as")]
    who: String,
    message: String,
}

/// `POST /page/dismiss`
pub(super) async fn dismiss(
    State(world): State<Arc<World>>,
    Body(dismiss): Body<Dismiss>,
) -> Answer {
    person(&world, &dismiss.who)?.try_dismiss(id(&dismiss.message)?)?;
    Ok(Json(json!({})))
}

/// `POST /page/advance`
pub(super) async fn advance(
    State(world): State<Arc<World>>,
    Body(advance): Body<Advance>,
) -> Answer {
    world.advance_by_stops(advance.by()?).await;
    Ok(Json(json!({ "clock": world.now() })))
}

fn started(interaction: u64) -> Json<Value> {
    Json(json!({ "interaction": interaction.to_string() }))
}
