//! Reactions and pins.

use serde_json::json;

use super::{
    arguments::Arguments,
    conversations::channel,
    error::{Error, Outcome},
};
use crate::slack::{time::Ts, world::State};

/// The message that a call is about, in a channel that the bot is in and that is not archived; or how it is refused
/// otherwise.
fn message(
    state: &State,
    arguments: &Arguments,
    [outside, archived]: [&'static str; 2],
) -> Result<(String, Ts), Error> {
    let channel = channel(state, arguments)?;
    if !channel.has(&state.app.user) {
        return Err(Error::new(outside));
    }
    if channel.archived {
        return Err(Error::new(archived));
    }
    let text = arguments
        .text("timestamp")
        .ok_or(Error::new("no_item_specified"))?;
    let ts: Ts = text.parse().map_err(|_| Error::new("bad_timestamp"))?;
    if channel.messages.get(ts).is_none() {
        return Err(Error::new("message_not_found"));
    }
    Ok((channel.id.clone(), ts))
}

pub(super) fn react(state: &mut State, arguments: &Arguments) -> Outcome {
    let name = arguments
        .need("name")
        .map_err(|_| Error::new("invalid_name"))?;
    let usual = |c: char| c.is_ascii_alphanumeric() || "_-+':".contains(c);
    if !name.chars().all(usual) || name.chars().count() > 100 {
        return Err(Error::new("invalid_name"));
    }
    let (channel, ts) = message(state, arguments, ["no_access", "is_archived"])?;
    let user = state.app.user.clone();
    if !state.react(&channel, ts, &user, &name) {
        return Err(Error::new("already_reacted"));
    }
    Ok(json!({}))
}

pub(super) fn pin(state: &mut State, arguments: &Arguments) -> Outcome {
    let (channel, ts) = message(state, arguments, ["not_in_channel", "not_pinnable"])?;
    let room = state.channels.get_mut(&channel);
    let message = room.and_then(|room| room.messages.get_mut(ts));
    let message = message.ok_or(Error::new("message_not_found"))?;
    if std::mem::replace(&mut message.pinned, true) {
        return Err(Error::new("already_pinned"));
    }
    state.tell_pinned(&channel, ts);
    Ok(json!({}))
}
