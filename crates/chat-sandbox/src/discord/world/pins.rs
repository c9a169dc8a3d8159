//! Pinned messages.

use serde_json::json;
use twilight_model::{
    channel::message::{MessageFlags, MessageReference, MessageReferenceType, MessageType},
    gateway::Intents,
    id::Id,
};

use super::{Change, Content, NewMessage, State, StoredMessage};

impl State {
    /// The pinned messages of a channel, the newest first.
    pub fn pinned(&self, channel: u64) -> Vec<&StoredMessage> {
        let room = self.rooms.get(&channel);
        let messages = room
            .into_iter()
            .flat_map(|room| room.messages.values().rev());
        messages.filter(|stored| stored.message.pinned).collect()
    }

    /// Pins a message that exists, or no longer does, and tells of it. A pin is a message too.
    pub fn pin(&mut self, channel: u64, id: u64, pinned: bool) {
        let Some(stored) = self.stored_mut(channel, id) else {
            return;
        };
        if stored.message.pinned == pinned {
            return;
        }
        stored.message.pinned = pinned;
        self.announce(Change::Message {
            channel,
            id,
            only: None,
        });
        self.dispatch_message("MESSAGE_UPDATE", channel, id);
        let mut event = json!({ "channel_id": channel.to_string() });
        if let Some(guild) = self.guild_of(channel) {
            event["guild_id"] = json!(guild.to_string());
        }
        event["last_pin_timestamp"] = json!(pinned.then(|| self.timestamp()));
        let needs = if self.is_direct(channel) {
            Intents::DIRECT_MESSAGES
        } else {
            Intents::GUILDS
        };
        self.dispatch("CHANNEL_PINS_UPDATE", needs, event);
        if pinned {
            let mut told = NewMessage::regular(self.application, channel, Content::default());
            told.kind = MessageType::ChannelMessagePinned;
            let told = self.post(told);
            let guild_id = self.guild_of(channel).map(Id::new);
            if let Some(told) = self.stored_mut(channel, told) {
                told.message.flags = Some(MessageFlags::empty());
                told.message.reference = Some(MessageReference {
                    channel_id: Some(Id::new(channel)),
                    guild_id,
                    kind: MessageReferenceType::Default,
                    message_id: Some(Id::new(id)),
                    fail_if_not_exists: None,
                });
            }
        }
    }
}
