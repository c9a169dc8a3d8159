//! Methods that post, change and delete messages.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::slack::{
    blocks,
    time::Ts,
    world::{Channel, Content, Kind, NewMessage, State},
};

/// Longer texts of new messages are cut.
const CUT: usize = 40_000;

/// The longest text of a changed message.
const LONGEST_EDIT: usize = 4_000;

/// The longest Markdown.
const MARKDOWN: usize = 12_000;

/// How many attachments a message may have.
const ATTACHMENTS: usize = 100;

/// The most bytes that a message's metadata may have as JSON.
const METADATA: usize = 8_000;

/// What a message is to say.
fn content(arguments: &Arguments, longest: Option<usize>) -> Result<Content, Error> {
    let list = |name: &str, wrong: &'static str| {
        let value = arguments.json(name).map_err(|()| Error::new(wrong))?;
        match value {
            None => Ok(Value::Null),
            Some(list @ Value::Array(_)) => Ok(list),
            Some(_) => Err(Error::new(wrong)),
        }
    };
    let blocks = list("blocks", "invalid_blocks_format")?;
    check_blocks(&blocks)?;
    let attachments = list("attachments", "invalid_blocks")?;
    let attachments = attachments.as_array().cloned().unwrap_or_default();
    if attachments.len() > ATTACHMENTS {
        return Err(Error::new("too_many_attachments"));
    }
    for attachment in &attachments {
        check_blocks(&attachment["blocks"])?;
    }
    let content = Content {
        text: text(arguments, longest, !blocks.is_null())?,
        blocks: blocks.as_array().cloned().unwrap_or_default(),
        attachments,
        metadata: metadata(arguments)?,
    };
    if content.text.trim().is_empty() && content.blocks.is_empty() && content.attachments.is_empty()
    {
        return Err(Error::new("no_text"));
    }
    Ok(content)
}

fn text(arguments: &Arguments, longest: Option<usize>, blocks: bool) -> Result<String, Error> {
    let text = arguments.text("text").unwrap_or_default();
    if let Some(markdown) = arguments.text("markdown_text") {
        if blocks || !text.is_empty() {
            return Err(Error::new("markdown_text_conflict"));
        }
        if markdown.chars().count() > MARKDOWN {
            return Err(Error::new("msg_too_long"));
        }
        return Ok(markdown);
    }
    if longest.is_some_and(|longest| text.chars().count() > longest) {
        return Err(Error::new("msg_too_long"));
    }
    Ok(text.chars().take(CUT).collect())
}

fn check_blocks(blocks: &Value) -> Result<(), Error> {
    if blocks.is_null() {
        return Ok(());
    }
    let faults = blocks::message_faults(blocks);
    if !faults.list.is_empty() {
        return Err(Error::new("invalid_blocks").with_messages(&faults.list));
    }
    if faults.too_long {
        return Err(Error::new("msg_blocks_too_long"));
    }
    Ok(())
}

fn metadata(arguments: &Arguments) -> Result<Option<Value>, Error> {
    let metadata = arguments
        .json("metadata")
        .map_err(|()| Error::new("invalid_metadata_format"))?;
    // An empty object takes away what there was.
    let Some(metadata) = metadata.filter(|metadata| *metadata != json!({})) else {
        return Ok(None);
    };
    let kind = metadata["event_type"].as_str().unwrap_or_default();
    let usual = |c: char| c.is_ascii_alphanumeric() || "_.:-".contains(c);
    let flat = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => items.iter().all(|item| !item.is_null()),
        _ => true,
    };
    let payload = metadata["event_payload"].as_object();
    if kind.is_empty()
        || !kind.chars().all(usual)
        || payload.is_none_or(|payload| !payload.values().all(flat))
    {
        return Err(Error::new("invalid_metadata_schema"));
    }
    if metadata.to_string().len() > METADATA {
        return Err(Error::new("metadata_too_large"));
    }
    Ok(Some(metadata))
}

/// Where something is to be posted: a channel by id or name, or the conversation with a user.
fn destination(state: &mut State, arguments: &Arguments) -> Result<String, Error> {
    let unknown = || Error::new("channel_not_found");
    let asked = arguments.text("channel").ok_or_else(unknown)?;
    if let Some(user) = state.user(&asked).filter(|user| !user.bot && !user.deleted) {
        let user = user.id.clone();
        let direct = state.direct(&user);
        return has_messages(state).map(|()| direct);
    }
    let id = state
        .channel_named(&asked)
        .map(|channel| channel.id.clone());
    let channel = id
        .and_then(|id| state.known_channel(&id))
        .ok_or_else(unknown)?;
    may_post(state, channel)?;
    Ok(channel.id.clone())
}

/// That the app has direct messages with people.
fn has_messages(state: &State) -> Result<(), Error> {
    if state.app.seed.messages_tab {
        Ok(())
    } else {
        Err(Error::new("messages_tab_disabled"))
    }
}

fn may_post(state: &State, channel: &Channel) -> Result<(), Error> {
    if channel.kind == Kind::Direct {
        has_messages(state)?;
    }
    if channel.archived {
        return Err(Error::new("is_archived"));
    }
    let open = channel.kind == Kind::Public && state.app.has_scope("chat:write.public");
    if !channel.has(&state.app.user) && !open {
        return Err(Error::new("not_in_channel"));
    }
    Ok(())
}

/// The thread that a message is to go to: that of the message named, which has to be there.
fn thread(state: &State, channel: &str, arguments: &Arguments) -> Result<Option<Ts>, Error> {
    let Some(text) = arguments.text("thread_ts").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let thread = state.thread_of(channel, &text);
    thread
        .map(Some)
        .ok_or(Error::new("cannot_reply_to_message"))
}

/// Warns of blocks without a text, as Slack does.
fn warned(mut answer: Value, content: &Content) -> Value {
    if content.text.is_empty() {
        answer["warning"] = json!("missing_text_in_message");
        answer["response_metadata"] = json!({ "warnings": ["missing_text_in_message"] });
    }
    answer
}

pub(super) fn post(state: &mut State, arguments: &Arguments) -> Outcome {
    let channel = destination(state, arguments)?;
    let content = content(arguments, None)?;
    let thread = thread(state, &channel, arguments)?;
    let new = NewMessage {
        user: state.app.user.clone(),
        content: content.clone(),
        thread,
        broadcast: thread.is_some() && arguments.flag("reply_broadcast"),
        files: Vec::new(),
    };
    let ts = state.post(&channel, new);
    let message = state.message_json(&channel, ts, true);
    Ok(warned(
        json!({ "channel": channel, "ts": ts.json(), "message": message }),
        &content,
    ))
}

pub(super) fn post_ephemeral(state: &mut State, arguments: &Arguments) -> Outcome {
    let channel = destination(state, arguments)?;
    let room = state
        .channels
        .get(&channel)
        .ok_or(Error::new("channel_not_found"))?;
    // Scopes make up for it where everyone is to see a message, but not here.
    if !room.has(&state.app.user) {
        return Err(Error::new("not_in_channel"));
    }
    let user = arguments.text("user").unwrap_or_default();
    let someone = state.user(&user).filter(|user| !user.bot && !user.deleted);
    if someone.is_none() || !room.has(&user) {
        return Err(Error::new("user_not_in_channel"));
    }
    let content = content(arguments, None)?;
    let thread = thread(state, &channel, arguments)?;
    let ts = state.whisper(&channel, &user, content.clone(), thread);
    Ok(warned(json!({ "message_ts": ts.json() }), &content))
}

/// The message that a call is about: one that the bot wrote. An ephemeral one is found by none of these methods.
fn own(state: &State, arguments: &Arguments, foreign: &'static str) -> Result<(String, Ts), Error> {
    let id = arguments.text("channel").unwrap_or_default();
    let channel = state
        .known_channel(&id)
        .ok_or(Error::new("channel_not_found"))?;
    let message = arguments.ts("ts").and_then(|ts| channel.messages.get(ts));
    let message = message.ok_or(Error::new("message_not_found"))?;
    if message.user != state.app.user {
        return Err(Error::new(foreign));
    }
    Ok((id, message.ts))
}

pub(super) fn update(state: &mut State, arguments: &Arguments) -> Outcome {
    let (channel, ts) = own(state, arguments, "cant_update_message")?;
    let room = state
        .channels
        .get(&channel)
        .ok_or(Error::new("channel_not_found"))?;
    if room.archived {
        return Err(Error::new("is_inactive"));
    }
    if state.faults.close_edits {
        return Err(Error::new("edit_window_closed"));
    }
    let before = room.messages.get(ts).map(|message| message.content.clone());
    let before = before.unwrap_or_default();
    let given = ["text", "blocks", "attachments", "markdown_text"]
        .iter()
        .any(|name| arguments.has(name));
    let mut content = if given {
        content(arguments, Some(LONGEST_EDIT))?
    } else if arguments.has("metadata") {
        Content {
            metadata: metadata(arguments)?,
            ..before.clone()
        }
    } else {
        return Err(Error::new("no_text"));
    };
    if mismatched(&before.blocks, &content.blocks) {
        return Err(Error::new("block_mismatch"));
    }
    // What is not named stays as it is, but a text stands in place of all there was.
    if !arguments.has("metadata") {
        content.metadata = before.metadata;
    }
    let text_given = arguments.has("text") || arguments.has("markdown_text");
    if !arguments.has("blocks") && !text_given {
        content.blocks = before.blocks;
    }
    if !arguments.has("attachments") && !text_given {
        content.attachments = before.attachments;
    }
    let text = content.text.clone();
    state.edit(&channel, ts, content.clone());
    let mut message = state.message_json(&channel, ts, true);
    // It stands beside the message, and not in it.
    if let Some(fields) = message.as_mut().and_then(Value::as_object_mut) {
        fields.remove("ts");
    }
    Ok(warned(
        json!({ "channel": channel, "ts": ts.json(), "text": text, "message": message }),
        &content,
    ))
}

/// Whether rich text would be replaced by blocks without any.
fn mismatched(before: &[Value], after: &[Value]) -> bool {
    let rich = |blocks: &[Value]| blocks.iter().any(|block| block["type"] == "rich_text");
    rich(before) && !after.is_empty() && !rich(after)
}

pub(super) fn delete(state: &mut State, arguments: &Arguments) -> Outcome {
    let (channel, ts) = own(state, arguments, "cant_delete_message")?;
    state.delete(&channel, ts);
    Ok(json!({ "channel": channel, "ts": ts.json() }))
}
