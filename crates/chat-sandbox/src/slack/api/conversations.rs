//! Methods about channels and direct messages, but for what was said in them.

use serde_json::{Value, json};

use super::{
    arguments::Arguments,
    error::{Error, Outcome},
};
use crate::slack::world::{Channel, State};

/// How many items a page has, if nothing else is asked for, and at most.
const PAGE: u64 = 100;
const MOST: u64 = 1_000;

/// A page of a list, and the cursor of the next one, which is empty at the end.
pub(super) fn page<T: Clone>(all: &[T], arguments: &Arguments) -> Result<(Vec<T>, String), Error> {
    let limit = arguments.number("limit").unwrap_or(PAGE);
    if limit > MOST {
        return Err(Error::new("invalid_limit"));
    }
    let limit = if limit == 0 { PAGE } else { limit };
    let cursor = arguments.text("cursor").unwrap_or_default();
    let start = match cursor.strip_prefix("next:") {
        Some(number) => number.parse().map_err(|_| Error::new("invalid_cursor"))?,
        None if cursor.is_empty() => 0,
        None => return Err(Error::new("invalid_cursor")),
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let items: Vec<T> = all.iter().skip(start).take(limit).cloned().collect();
    let end = start.saturating_add(items.len());
    let next = if end < all.len() {
        format!("next:{end}")
    } else {
        String::new()
    };
    Ok((items, next))
}

/// The channel that a call is about, which the bot may know of.
pub(super) fn channel<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a Channel, Error> {
    let id = arguments.text("channel").unwrap_or_default();
    state
        .known_channel(&id)
        .ok_or(Error::new("channel_not_found"))
}

pub(super) fn info(state: &mut State, arguments: &Arguments) -> Outcome {
    let channel = channel(state, arguments)?;
    state.need(&format!("{}:read", channel.kind.family()))?;
    let mut json = state.channel_json(channel);
    if arguments.flag("include_num_members") {
        json["num_members"] = json!(channel.members.len());
    }
    Ok(json!({ "channel": json }))
}

/// The channels of those kinds that were asked for.
fn of_kinds(state: &State, arguments: &Arguments, member: Option<&str>) -> Outcome {
    let mut types = arguments.list("types");
    if types.is_empty() {
        types.push("public_channel".to_owned());
    }
    let known = ["public_channel", "private_channel", "im", "mpim"];
    if types.iter().any(|kind| !known.contains(&kind.as_str())) {
        return Err(Error::new("invalid_types"));
    }
    let member_of = member.is_some();
    let mut all = Vec::new();
    for channel in state.channels.values() {
        let wanted = types.iter().any(|kind| kind == channel.kind.name());
        let hidden = channel.archived && arguments.flag("exclude_archived");
        let member = member.is_none_or(|member| channel.has(member));
        if !wanted || hidden || !member || state.known_channel(&channel.id).is_none() {
            continue;
        }
        state.need(&format!("{}:read", channel.kind.family()))?;
        let mut json = state.channel_json(channel);
        // Where somebody's channels are asked for, Slack leaves that out.
        if let Some(fields) = json.as_object_mut().filter(|_| member_of) {
            fields.remove("is_member");
        }
        all.push(json);
    }
    let (channels, next) = page(&all, arguments)?;
    Ok(json!({ "channels": channels, "response_metadata": { "next_cursor": next } }))
}

pub(super) fn list(state: &mut State, arguments: &Arguments) -> Outcome {
    of_kinds(state, arguments, None)
}

pub(super) fn of_user(state: &mut State, arguments: &Arguments) -> Outcome {
    let user = arguments
        .text("user")
        .unwrap_or_else(|| state.app.user.clone());
    if state.user(&user).is_none() {
        return Err(Error::new("invalid_arguments"));
    }
    of_kinds(state, arguments, Some(&user))
}

pub(super) fn members(state: &mut State, arguments: &Arguments) -> Outcome {
    let channel = channel(state, arguments)?;
    state.need(&format!("{}:read", channel.kind.family()))?;
    let all: Vec<Value> = channel.members.iter().map(|id| json!(id)).collect();
    let (members, next) = page(&all, arguments)?;
    Ok(json!({ "members": members, "response_metadata": { "next_cursor": next } }))
}

pub(super) fn open(state: &mut State, arguments: &Arguments) -> Outcome {
    if let Some(id) = arguments.text("channel") {
        let channel = state
            .known_channel(&id)
            .ok_or(Error::new("channel_not_found"))?;
        return Ok(json!({ "channel": { "id": channel.id }, "no_op": true, "already_open": true }));
    }
    let users = arguments.list("users");
    let [user] = users.as_slice() else {
        // Conversations of several people are not there.
        return Err(Error::new(if users.is_empty() {
            "users_list_not_supplied"
        } else {
            "method_not_supported_for_channel_type"
        }));
    };
    let someone = state.user(user).ok_or(Error::new("user_not_found"))?;
    if someone.bot {
        return Err(Error::new("invalid_user_combination"));
    }
    if someone.deleted {
        return Err(Error::new("user_disabled"));
    }
    state.need("im:write")?;
    let id = state.direct(user);
    let Some(channel) = state.channels.get(&id) else {
        return Err(Error::new("channel_not_found"));
    };
    if arguments.flag("return_im") {
        return Ok(json!({ "channel": state.channel_json(channel) }));
    }
    Ok(json!({ "channel": { "id": id } }))
}
