//! What the page loads: the state around a person, messages, commands.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::application::command::Command;

use super::{view, who::person};
use crate::{
    common::page::{Asked, Refusal, id},
    discord::{Person, World},
};

const MOST_MESSAGES: usize = 100;

/// Who asks.
#[derive(Deserialize)]
pub(super) struct Viewer {
    #[serde(rename = "as")]
    who: Option<String>,
    channel: Option<String>,
}

impl Viewer {
    /// The person asked for, or the first.
    pub fn person(&self, world: &Arc<World>) -> Result<Person, Refusal> {
        match &self.who {
            Some(who) => person(world, who),
            None => {
                let first = world.people().into_iter().next();
                first.ok_or_else(|| Refusal::unknown("Nobody is here."))
            }
        }
    }
}

/// `GET /page/state`
pub(super) async fn state(
    State(world): State<Arc<World>>,
    viewer: Asked<Viewer>,
) -> Result<Json<Value>, Refusal> {
    let Query(viewer) = viewer?;
    let person = viewer.person(&world)?;
    let (guild, application) = (world.guild(), world.application());
    let mut people: Vec<Value> = world.members().iter().map(view::member).collect();
    // People first: they are who one can be.
    people.sort_by_key(|someone| someone["bot"] == true);
    Ok(Json(json!({
        "me": person.id().to_string(),
        "started": world.started(),
        "clock": world.now(),
        "application": { "id": application.0.to_string(), "name": application.1 },
        "guild": { "id": guild.0.to_string(), "name": guild.1 },
        "bot_online": world.bot_online(),
        "people": people,
        "roles": view::roles(&world),
        "channels": channels(&person),
        "previews": !world.previews.borrow().is_empty(),
        "introduction": view::introduction(&world),
        "sibling": world.sibling(),
    })))
}

fn channels(person: &Person) -> Vec<Value> {
    let last = |channel: u64| {
        let page = person.page(&channel.to_string(), None, 1).ok();
        page.and_then(|(messages, _)| messages.last().map(|message| message.id.to_string()))
    };
    let channel = |channel: crate::discord::ChannelView| {
        json!({
            "id": channel.id.to_string(),
            "name": channel.name,
            "topic": channel.topic,
            "parent": channel.parent.map(|parent| parent.to_string()),
            "direct": channel.direct,
            "archived": channel.archived,
            "last_message": last(channel.id),
        })
    };
    person.channels().into_iter().map(channel).collect()
}

/// Which messages.
#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(rename = "as")]
    who: String,
    channel: String,
    before: Option<String>,
    limit: Option<usize>,
}

/// `GET /page/messages`
pub(super) async fn messages(
    State(world): State<Arc<World>>,
    page: Asked<Page>,
) -> Result<Json<Value>, Refusal> {
    let Query(page) = page?;
    let person = person(&world, &page.who)?;
    let before = page.before.as_deref().map(id).transpose()?;
    let limit = page.limit.unwrap_or(50).min(MOST_MESSAGES);
    let (messages, more) = person.page(&page.channel, before, limit)?;
    let messages: Vec<Value> = messages
        .iter()
        .map(|m| view::message(&world, &person, m))
        .collect();
    Ok(Json(json!({ "messages": messages, "more": more })))
}

/// `GET /page/commands`: those the person may use in a channel, the first one unless named; and which others there
/// are, with the reason.
pub(super) async fn commands(
    State(world): State<Arc<World>>,
    viewer: Asked<Viewer>,
) -> Result<Json<Value>, Refusal> {
    let Query(viewer) = viewer?;
    let person = viewer.person(&world)?;
    let first = || {
        person
            .channels()
            .first()
            .map(|channel| channel.id.to_string())
    };
    let channel = viewer.channel.clone().or_else(first).unwrap_or_default();
    let withheld = person.withheld(&channel).into_iter();
    let withheld = withheld.map(|(name, why)| json!({ "name": name, "why": why }));
    let names = |commands: Vec<Command>| {
        let names = commands.into_iter().map(|command| command.name);
        names.collect::<Vec<_>>()
    };
    let menus = json!({
        "message": names(person.message_commands(&channel)),
        "person": names(person.user_commands(&channel)),
    });
    Ok(Json(json!({
        "commands": person.commands(&channel),
        "menus": menus,
        "withheld": withheld.collect::<Vec<_>>(),
    })))
}
