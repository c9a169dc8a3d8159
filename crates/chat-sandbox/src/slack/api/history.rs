//! Methods that tell what was said.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    conversations::{channel, page},
    error::{Error, Outcome},
};
use crate::slack::{
    time::Ts,
    world::{Message, State},
};

/// The channel whose history is asked for: the bot has to be in it.
fn readable(state: &State, arguments: &Arguments, outside: &'static str) -> Result<String, Error> {
    let channel = channel(state, arguments)?;
    state.need(&format!("{}:history", channel.kind.family()))?;
    if !channel.has(&state.app.user) {
        return Err(Error::new(outside));
    }
    Ok(channel.id.clone())
}

/// The times between which messages are asked for, the ends included or not.
struct Span {
    oldest: Option<Ts>,
    latest: Option<Ts>,
    inclusive: bool,
    ends: Option<Ts>,
}

impl Span {
    fn of(state: &State, arguments: &Arguments) -> Result<Self, Error> {
        let read = |name: &'static str, wrong: &'static str| match arguments.text(name) {
            None => Ok(None),
            Some(text) if text.is_empty() => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Error::new(wrong)),
        };
        Ok(Self {
            oldest: read("oldest", "invalid_ts_oldest")?,
            latest: read("latest", "invalid_ts_latest")?,
            inclusive: arguments.flag("inclusive"),
            ends: state.history_ends().map(Ts::at),
        })
    }

    fn holds(&self, ts: Ts) -> bool {
        let inside = |after: bool, at: Ts, end: Ts| after || (self.inclusive && at == end);
        self.oldest
            .is_none_or(|oldest| inside(ts > oldest, ts, oldest))
            && self
                .latest
                .is_none_or(|latest| inside(ts < latest, ts, latest))
            && self.ends.is_none_or(|ends| ts <= ends)
    }
}

/// The page asked for of some messages of a channel, as far as the span holds them.
fn answered<'a>(
    state: &State,
    id: &str,
    arguments: &Arguments,
    messages: impl Iterator<Item = &'a Message>,
) -> Outcome {
    let span = Span::of(state, arguments)?;
    let metadata = arguments.flag("include_all_metadata");
    let held = messages
        .map(|message| message.ts)
        .filter(|ts| span.holds(*ts));
    let (page, next) = page(&held.collect::<Vec<_>>(), arguments)?;
    let messages = page
        .into_iter()
        .filter_map(|ts| state.message_json(id, ts, metadata));
    let messages: Vec<Value> = messages.collect();
    let mut answer = json!({ "messages": messages, "has_more": !next.is_empty() });
    if !next.is_empty() {
        answer["response_metadata"] = json!({ "next_cursor": next });
    }
    Ok(answer)
}

pub(super) fn history(state: &mut State, arguments: &Arguments) -> Outcome {
    let id = readable(state, arguments, "not_in_channel")?;
    let room = state
        .channels
        .get(&id)
        .ok_or(Error::new("channel_not_found"))?;
    let shown = |message: &&Message| message.thread.is_none() || message.broadcast;
    let newest = room.messages.iter().rev().filter(shown);
    let mut answer = answered(state, &id, arguments, newest)?;
    answer["pin_count"] = json!(0);
    answer["channel_actions_ts"] = Value::Null;
    answer["channel_actions_count"] = json!(0);
    Ok(answer)
}

pub(super) fn replies(state: &mut State, arguments: &Arguments) -> Outcome {
    let id = readable(state, arguments, "channel_not_found")?;
    let ts = arguments.ts("ts").ok_or(Error::new("thread_not_found"))?;
    let room = state
        .channels
        .get(&id)
        .ok_or(Error::new("channel_not_found"))?;
    let thread = room
        .messages
        .get(ts)
        .ok_or(Error::new("thread_not_found"))?;
    let root = thread.thread.unwrap_or(ts);
    let first = room.messages.get(root).into_iter();
    let thread = first.chain(room.messages.replies(root));
    answered(state, &id, arguments, thread)
}
