//! Which events there are. The table in the README is made of this list.

use serde_json::Value;
use twilight_model::gateway::Intents;

/// The events that are sent, and the intent that a session has to declare for each; for none of them, all are told.
pub const EVENTS: [(&str, &str); 30] = [
    ("READY", ""),
    ("RESUMED", ""),
    ("INTERACTION_CREATE", ""),
    ("GUILD_CREATE", "GUILDS"),
    ("GUILD_DELETE", "GUILDS"),
    ("GUILD_ROLE_CREATE", "GUILDS"),
    ("GUILD_ROLE_UPDATE", "GUILDS"),
    ("GUILD_ROLE_DELETE", "GUILDS"),
    ("CHANNEL_CREATE", "GUILDS"),
    ("CHANNEL_UPDATE", "GUILDS"),
    ("CHANNEL_DELETE", "GUILDS"),
    ("CHANNEL_PINS_UPDATE", "GUILDS or DIRECT_MESSAGES"),
    ("THREAD_CREATE", "GUILDS"),
    ("THREAD_UPDATE", "GUILDS"),
    ("THREAD_DELETE", "GUILDS"),
    ("GUILD_MEMBER_ADD", "GUILD_MEMBERS"),
    ("GUILD_MEMBER_UPDATE", "GUILD_MEMBERS"),
    ("GUILD_MEMBER_REMOVE", "GUILD_MEMBERS"),
    ("GUILD_MEMBERS_CHUNK", "asked for; GUILD_MEMBERS for all"),
    ("SOUNDBOARD_SOUNDS", "asked for"),
    ("GUILD_BAN_ADD", "GUILD_MODERATION"),
    ("GUILD_BAN_REMOVE", "GUILD_MODERATION"),
    ("MESSAGE_CREATE", "GUILD_MESSAGES or DIRECT_MESSAGES"),
    ("MESSAGE_UPDATE", "GUILD_MESSAGES or DIRECT_MESSAGES"),
    ("MESSAGE_DELETE", "GUILD_MESSAGES or DIRECT_MESSAGES"),
    ("MESSAGE_DELETE_BULK", "GUILD_MESSAGES"),
    (
        "MESSAGE_REACTION_ADD",
        "GUILD_MESSAGE_REACTIONS or DIRECT_MESSAGE_REACTIONS",
    ),
    (
        "MESSAGE_REACTION_REMOVE",
        "GUILD_MESSAGE_REACTIONS or DIRECT_MESSAGE_REACTIONS",
    ),
    (
        "MESSAGE_REACTION_REMOVE_ALL",
        "GUILD_MESSAGE_REACTIONS or DIRECT_MESSAGE_REACTIONS",
    ),
    (
        "TYPING_START",
        "GUILD_MESSAGE_TYPING or DIRECT_MESSAGE_TYPING",
    ),
];

/// An event for the bot.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// Its name on the wire.
    pub name: &'static str,
    /// The intent a session must have declared; none for events that always come.
    pub needs: Intents,
    /// What it carries.
    pub data: Value,
    /// The intent without which a session is told less, and what that is.
    pub lesser: Option<(Intents, Value)>,
}

impl Dispatch {
    /// The guild it is about, if any.
    pub fn guild(&self) -> Option<u64> {
        let named = match self.name {
            "GUILD_CREATE" | "GUILD_DELETE" => &self.data["id"],
            _ => &self.data["guild_id"],
        };
        named.as_str()?.parse().ok()
    }
}
