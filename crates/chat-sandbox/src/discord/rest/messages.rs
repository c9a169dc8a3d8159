//! Messages of channels.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use chrono::Duration;
use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::{channel::message::MessageType, guild::Permissions};
use twilight_validate::request::{GET_CHANNEL_MESSAGES_LIMIT_MAX, GET_CHANNEL_MESSAGES_LIMIT_MIN};

use super::{
    body::{Body, id},
    error::{Answer, Error, Faults, Outcome},
    fields, limits,
};
use crate::discord::{
    wire,
    world::{self, Content, InThread, NewMessage, World},
};

type Shared = State<Arc<World>>;

/// For how long `enforce_nonce` looks back: "the past few minutes".
const NONCE_MINUTES: i64 = 5;

#[derive(Deserialize)]
pub(super) struct Page {
    around: Option<u64>,
    before: Option<u64>,
    after: Option<u64>,
    limit: Option<u16>,
}

pub(super) async fn list(
    State(world): Shared,
    Path(channel): Path<u64>,
    Query(page): Query<Page>,
) -> Outcome {
    let state = world.lock();
    state.bot_may(channel, Permissions::empty())?;
    let limit = page.limit.unwrap_or(50);
    let (least, most) = (
        GET_CHANNEL_MESSAGES_LIMIT_MIN,
        GET_CHANNEL_MESSAGES_LIMIT_MAX,
    );
    let mut faults = Faults::default();
    faults.range("limit", limit, least, most);
    faults.finish()?;
    // "If the current user is missing the READ_MESSAGE_HISTORY permission, no messages are returned."
    if state
        .bot_may(channel, Permissions::READ_MESSAGE_HISTORY)
        .is_err()
    {
        return Ok(Answer::Json(json!([])));
    }
    let room = &state.rooms[&channel];
    let shown = |(id, stored): (&u64, &world::StoredMessage)| stored.only.is_none().then_some(*id);
    let all: Vec<u64> = room.messages.iter().filter_map(shown).collect();
    let chosen = choose(&all, &page, usize::from(limit));
    let messages: Vec<Value> = chosen
        .iter()
        .rev()
        .filter_map(|id| state.stored(channel, *id))
        .map(|stored| wire::message(&state, channel, stored))
        .collect();
    Ok(Answer::Json(json!(messages)))
}

/// The part of a sorted list of ids that a request asks for, oldest first.
fn choose<'a>(all: &'a [u64], page: &Page, limit: usize) -> &'a [u64] {
    let (start, end) = match page {
        Page {
            around: Some(id), ..
        } => {
            let middle = all.partition_point(|other| other < id);
            let start = middle.saturating_sub(limit / 2);
            (start, (start + limit).min(all.len()))
        }
        Page {
            after: Some(id), ..
        } => {
            let start = all.partition_point(|other| other <= id);
            (start, (start + limit).min(all.len()))
        }
        Page {
            before: Some(id), ..
        } => {
            let end = all.partition_point(|other| other < id);
            (end.saturating_sub(limit), end)
        }
        _ => (all.len().saturating_sub(limit), all.len()),
    };
    &all[start..end]
}

/// A message that others can see too.
pub(super) fn public(
    state: &world::State,
    channel: u64,
    message: u64,
) -> Result<&world::StoredMessage, Error> {
    let stored = state
        .stored(channel, message)
        .filter(|stored| stored.only.is_none());
    stored.ok_or(Error::unknown_message())
}

pub(super) async fn one(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
) -> Outcome {
    let state = world.lock();
    state.bot_may(channel, Permissions::READ_MESSAGE_HISTORY)?;
    let stored = public(&state, channel, message)?;
    Ok(Answer::Json(wire::message(&state, channel, stored)))
}

/// The permissions it takes to send some content to a channel.
fn needed(state: &world::State, channel: u64, content: &Content) -> Permissions {
    let mut needed = state.send_permission(channel);
    if content
        .embeds
        .as_ref()
        .is_some_and(|embeds| !embeds.is_empty())
    {
        needed |= Permissions::EMBED_LINKS;
    }
    if !content.uploads.is_empty() {
        needed |= Permissions::ATTACH_FILES;
    }
    needed
}

pub(super) async fn create(
    State(world): Shared,
    Path(channel): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    let mut faults = Faults::default();
    let content = limits::content(&body.json, "", &body, &mut faults);
    state.bot_may(channel, needed(&state, channel, &content))?;
    state.thread_lets(state.application, channel, InThread::Post)?;
    let reply_to = reference(
        &state,
        channel,
        &body.json["message_reference"],
        &mut faults,
    );
    faults.finish()?;
    limits::not_empty(&content)?;
    let nonce = body
        .json
        .get("nonce")
        .filter(|nonce| !nonce.is_null())
        .cloned();
    if body.json["enforce_nonce"] == true
        && let Some(sent) = nonce.as_ref().and_then(|nonce| sent_before(&state, nonce))
    {
        let channel = sent.message.channel_id.get();
        return Ok(Answer::Json(wire::posted(&state, channel, sent)));
    }
    let author = state.application;
    let mut new = NewMessage::regular(author, channel, content);
    new.nonce = nonce;
    if let Some(to) = reply_to {
        new.kind = MessageType::Reply;
        new.reply_to = Some(to);
    }
    let id = state.post(new);
    Ok(Answer::Json(wire::posted(
        &state,
        channel,
        public(&state, channel, id)?,
    )))
}

/// The message to reply to. One that is unknown is a fault, unless the bot asked to send all the same.
fn reference(
    state: &world::State,
    channel: u64,
    reference: &Value,
    faults: &mut Faults,
) -> Option<u64> {
    let to = id(&reference["message_id"])?;
    if state
        .bot_may(channel, Permissions::READ_MESSAGE_HISTORY)
        .is_err()
    {
        let code = "REPLIES_CANNOT_REPLY_WITHOUT_READ_HISTORY";
        let message = "Cannot reply without permission to read message history";
        faults.add("message_reference", code, message);
        return None;
    }
    if public(state, channel, to).is_ok() {
        return Some(to);
    }
    if reference["fail_if_not_exists"] != false {
        faults.add(
            "message_reference",
            "REPLIES_UNKNOWN_MESSAGE",
            "Unknown message",
        );
    }
    None
}

/// "If another message was created by the same author with the same nonce, that message will be
/// returned and no new message will be created."
fn sent_before<'a>(state: &'a world::State, nonce: &Value) -> Option<&'a world::StoredMessage> {
    let text = |nonce: &Value| {
        let written = nonce.as_str().map(str::to_owned);
        written.unwrap_or_else(|| nonce.to_string())
    };
    let since = (state.now() - Duration::minutes(NONCE_MINUTES)).timestamp_micros();
    let recent = |room: &'a world::Room| {
        let messages = room.messages.values().rev();
        messages.take_while(|stored| stored.message.timestamp.as_micros() >= since)
    };
    let same = |stored: &&world::StoredMessage| {
        stored.message.author.id.get() == state.application
            && stored
                .nonce
                .as_ref()
                .is_some_and(|other| text(other) == text(nonce))
    };
    state.rooms.values().flat_map(recent).find(same)
}

/// Refuses an edit that would leave nothing.
pub(super) fn not_emptied(
    state: &world::State,
    (channel, message): (u64, u64),
    content: &Content,
) -> Result<(), Error> {
    let Some(stored) = state.stored(channel, message) else {
        return Err(Error::unknown_message());
    };
    let old = &stored.message;
    let text = content.content.as_deref().unwrap_or(&old.content);
    let none = |new: Option<bool>, old: bool| new.unwrap_or(old);
    let empty = text.trim().is_empty()
        && none(
            content.embeds.as_ref().map(Vec::is_empty),
            old.embeds.is_empty(),
        )
        && none(
            content.components.as_ref().map(Vec::is_empty),
            old.components.is_empty(),
        )
        && none(
            content.keep.as_ref().map(Vec::is_empty),
            old.attachments.is_empty(),
        )
        && content.uploads.is_empty();
    if empty {
        Err(Error::empty_message())
    } else {
        Ok(())
    }
}

pub(super) async fn edit(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::empty())?;
    let stored = public(&state, channel, message)?;
    if stored.message.author.id.get() != state.application {
        return Err(Error::not_the_author());
    }
    state.thread_lets(state.application, channel, InThread::Edit)?;
    let mut faults = Faults::default();
    let content = limits::content(&body.json, "", &body, &mut faults);
    faults.finish()?;
    not_emptied(&state, (channel, message), &content)?;
    state.edit(channel, message, content);
    Ok(Answer::Json(wire::message(
        &state,
        channel,
        public(&state, channel, message)?,
    )))
}

pub(super) async fn delete(
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::empty())?;
    let stored = public(&state, channel, message)?;
    if stored.message.author.id.get() != state.application {
        state.bot_may(channel, Permissions::MANAGE_MESSAGES)?;
    }
    state.thread_lets(state.application, channel, InThread::Delete)?;
    state.delete(channel, message);
    Ok(Answer::Empty)
}

/// "Any message IDs … older than 2 weeks" are refused.
const BULK_DAYS: i64 = 14;

pub(super) async fn delete_many(
    State(world): Shared,
    Path(channel): Path<u64>,
    Extension(body): Extension<Body>,
) -> Outcome {
    let mut state = world.lock();
    state.bot_may(channel, Permissions::MANAGE_MESSAGES)?;
    let mut faults = Faults::default();
    let list = fields::list(&body.json["messages"], "messages", &mut faults);
    if !(2..=100).contains(&list.len()) {
        faults.bad_length("messages", 2, 100);
    }
    faults.finish()?;
    let since = (state.now() - Duration::days(BULK_DAYS)).timestamp_micros();
    let mut found = Vec::new();
    for message in list.iter().filter_map(id) {
        // One that is gone already is no fault.
        let Ok(stored) = public(&state, channel, message) else {
            continue;
        };
        if stored.message.timestamp.as_micros() < since {
            return Err(Error::too_old());
        }
        found.push(message);
    }
    state.delete_many(channel, &found);
    Ok(Answer::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_cut_around_before_and_after() {
        let all: Vec<u64> = (1..=10).collect();
        let page = |around, before, after| Page {
            around,
            before,
            after,
            limit: None,
        };
        assert_eq!(choose(&all, &page(None, None, None), 3), [8, 9, 10]);
        assert_eq!(choose(&all, &page(None, Some(4), None), 2), [2, 3]);
        assert_eq!(choose(&all, &page(None, None, Some(4)), 2), [5, 6]);
        assert_eq!(choose(&all, &page(Some(5), None, None), 3), [4, 5, 6]);
        assert_eq!(choose(&all, &page(None, Some(1), None), 5), [0; 0]);
        assert_eq!(choose(&all, &page(None, None, Some(10)), 5), [0; 0]);
    }
}
