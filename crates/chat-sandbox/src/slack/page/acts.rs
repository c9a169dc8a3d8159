//! What a person does on the page.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::who::person;
use crate::{
    common::page::{Advance, Body, Refusal},
    slack::{Failure, World, person::Surface},
};

type Answer = Result<Json<Value>, Refusal>;

/// The longest name of an emoji.
const LONGEST_EMOJI: usize = 100;

fn done() -> Json<Value> {
    Json(json!({}))
}

/// What became of something that the app was told of. That it failed is an answer as well.
fn outcome(outcome: Result<(), Failure>) -> Answer {
    match outcome {
        Ok(()) => Ok(done()),
        Err(Failure::Errors(errors)) => Ok(Json(json!({ "errors": errors }))),
        Err(failure @ (Failure::NotConnected | Failure::NotAcknowledged)) => {
            Ok(Json(json!({ "failed": failure.to_string() })))
        }
        Err(failure) => Ok(Json(json!({ "refused": failure.to_string() }))),
    }
}

#[derive(Deserialize)]
pub(super) struct Who {
    #[serde(rename = "as")]
    who: String,
}

/// `POST /page/reload`: the page was loaded anew.
pub(super) async fn reload(State(world): State<Arc<World>>, Body(asked): Body<Who>) -> Answer {
    person(&world, &asked.who)?.reload();
    Ok(done())
}

/// `POST /page/home`: opens the app's Home.
pub(super) async fn home(State(world): State<Arc<World>>, Body(asked): Body<Who>) -> Answer {
    person(&world, &asked.who)?.open_home()?;
    Ok(done())
}

#[derive(Deserialize)]
pub(super) struct Say {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    text: String,
    thread: Option<String>,
}

/// `POST /page/say`: in a channel, or in a thread of it.
pub(super) async fn say(State(world): State<Arc<World>>, Body(say): Body<Say>) -> Answer {
    let person = person(&world, &say.who)?;
    let said = match &say.thread {
        None => person.try_say(&say.channel, &say.text)?,
        Some(thread) => person.try_reply(&person.message(&say.channel, thread)?, &say.text)?,
    };
    Ok(Json(json!({ "ts": said.ts })))
}

#[derive(Deserialize)]
pub(super) struct Line {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    line: String,
}

/// `POST /page/command`
pub(super) async fn command(State(world): State<Arc<World>>, Body(used): Body<Line>) -> Answer {
    let person = person(&world, &used.who)?;
    outcome(person.slash(&used.channel, &used.line).await)
}

/// Where an element is: in a message, or else in a modal or the app's Home.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    channel: Option<String>,
    message: Option<String>,
    view: Option<String>,
}

impl Place {
    fn surface(self) -> Result<Surface, Refusal> {
        match (self.channel, self.message, self.view) {
            (Some(channel), Some(ts), None) => Ok(Surface::message(&channel, &ts)?),
            (None, None, Some(id)) => Ok(Surface::View { id }),
            _ => Err(Refusal::bad("An element is in a message or a view.")),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Act {
    #[serde(rename = "as")]
    who: String,
    place: Place,
    block: String,
    action: String,
    #[serde(default)]
    given: Value,
    /// What is in the fields of the modal that it is in.
    #[serde(default)]
    values: Value,
}

/// `POST /page/act`: presses a button, or chooses in an element that tells the app at once.
pub(super) async fn act(State(world): State<Arc<World>>, Body(act): Body<Act>) -> Answer {
    let person = person(&world, &act.who)?;
    let surface = act.place.surface()?;
    let element = (act.block.as_str(), act.action.as_str());
    let used = match person.fill_at(&surface, &act.values) {
        Ok(()) => person.use_at(&surface, element, act.given).await,
        Err(failure) => Err(failure),
    };
    outcome(used)
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(rename = "as")]
    who: String,
    place: Place,
    block: String,
    action: String,
    typed: String,
}

/// `POST /page/offered`: the options that the app offers for what was typed.
pub(super) async fn offered(State(world): State<Arc<World>>, Body(asked): Body<Typed>) -> Answer {
    let person = person(&world, &asked.who)?;
    let surface = asked.place.surface()?;
    let element = (asked.block.as_str(), asked.action.as_str());
    let options = person.offered_at(&surface, element, &asked.typed).await?;
    Ok(Json(json!({ "options": options })))
}

#[derive(Deserialize)]
pub(super) struct Form {
    #[serde(rename = "as")]
    who: String,
    view: String,
    #[serde(default)]
    values: Value,
}

/// `POST /page/submit`
pub(super) async fn submit(State(world): State<Arc<World>>, Body(form): Body<Form>) -> Answer {
    let person = person(&world, &form.who)?;
    outcome(person.submit_at(&form.view, &form.values).await)
}

/// `POST /page/close`: closes the modal on top.
pub(super) async fn close(State(world): State<Arc<World>>, Body(form): Body<Form>) -> Answer {
    let person = person(&world, &form.who)?;
    outcome(person.close_at(&form.view).await)
}

#[derive(Deserialize)]
pub(super) struct Shortcut {
    #[serde(rename = "as")]
    who: String,
    name: String,
    /// The message that it is used on, if it is for messages.
    channel: Option<String>,
    message: Option<String>,
}

/// `POST /page/shortcut`
pub(super) async fn shortcut(
    State(world): State<Arc<World>>,
    Body(used): Body<Shortcut>,
) -> Answer {
    let person = person(&world, &used.who)?;
    let used = match (used.channel, used.message) {
        (Some(channel), Some(ts)) => {
            let message = person.message(&channel, &ts)?;
            person.use_on_message(&message, &used.name).await
        }
        _ => person.shortcut(&used.name).await,
    };
    outcome(used)
}

#[derive(Deserialize)]
pub(super) struct React {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    message: String,
    emoji: String,
}

/// `POST /page/react`
pub(super) async fn react(State(world): State<Arc<World>>, Body(react): Body<React>) -> Answer {
    let named = |letter: char| letter.is_ascii_alphanumeric() || "+-_".contains(letter);
    if react.emoji.is_empty()
        || react.emoji.len() > LONGEST_EMOJI
        || !react.emoji.chars().all(named)
    {
        return Err(Refusal::bad("That is not the name of an emoji."));
    }
    let person = person(&world, &react.who)?;
    let message = person.message(&react.channel, &react.message)?;
    person.react(&message, &react.emoji).await;
    Ok(done())
}

#[derive(Deserialize)]
pub(super) struct Invite {
    #[serde(rename = "as")]
    who: String,
    channel: String,
}

/// `POST /page/invite`: brings the app's bot into a channel.
pub(super) async fn invite(State(world): State<Arc<World>>, Body(invite): Body<Invite>) -> Answer {
    person(&world, &invite.who)?.invite_bot(&invite.channel)?;
    Ok(done())
}

/// `POST /page/advance`
pub(super) async fn advance(
    State(world): State<Arc<World>>,
    Body(advance): Body<Advance>,
) -> Answer {
    let by = advance.by()?;
    let clock = Arc::clone(&world.clock);
    clock.advance_by_stops(by, |by| world.advance(by)).await;
    Ok(Json(json!({ "clock": world.now() })))
}
