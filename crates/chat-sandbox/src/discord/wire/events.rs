//! Events that are no object of their own.

use serde_json::{Value, json};
use twilight_model::channel::message::EmojiReactionType;

use super::State;

/// What MESSAGE_DELETE carries.
pub fn deleted(state: &State, channel: u64, id: u64) -> Value {
    let mut value = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
    }
    value
}

/// What MESSAGE_DELETE_BULK carries.
pub fn many_deleted(state: &State, channel: u64, ids: &[u64]) -> Value {
    let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
    let mut value = json!({ "ids": ids, "channel_id": channel.to_string() });
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
    }
    value
}

/// What MESSAGE_REACTION_REMOVE_ALL carries.
pub fn reactions_cleared(state: &State, channel: u64, id: u64) -> Value {
    let mut value = json!({ "message_id": id.to_string(), "channel_id": channel.to_string() });
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
    }
    value
}

/// What MESSAGE_REACTION_ADD and MESSAGE_REACTION_REMOVE carry.
pub fn reaction_event(
    state: &State,
    (channel, message): (u64, u64),
    user: u64,
    emoji: &EmojiReactionType,
) -> Value {
    let author = state
        .stored(channel, message)
        .map(|stored| stored.message.author.id);
    let mut emoji = json!(emoji);
    if emoji.get("id").is_none() {
        emoji["id"] = Value::Null;
    }
    let mut value = json!({
        "user_id": user.to_string(),
        "channel_id": channel.to_string(),
        "message_id": message.to_string(),
        "message_author_id": author,
        "emoji": emoji,
        "burst": false,
        "burst_colors": [],
        "type": 0,
    });
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
        value["member"] = json!(state.member(guild, user));
    }
    value
}

/// What TYPING_START carries.
pub fn typing(state: &State, channel: u64, user: u64) -> Value {
    let mut value = json!({
        "channel_id": channel.to_string(),
        "user_id": user.to_string(),
        "timestamp": state.now().timestamp(),
    });
    if let Some(guild) = state.guild_of(channel) {
        value["guild_id"] = json!(guild.to_string());
        value["member"] = json!(state.member(guild, user));
    }
    value
}
