//! What the bot learns over the gateway: which session gets an event, and how much of it.

use serde_json::Value;
use twilight_model::{
    channel::{ChannelType, message::EmojiReactionType},
    gateway::Intents,
};

use super::{Dispatch, State, StoredMessage};
use crate::discord::wire;

impl State {
    /// An event without message content.
    pub fn dispatch(&mut self, name: &'static str, needs: Intents, data: Value) {
        self.gateway.dispatch(&Dispatch {
            name,
            needs,
            data,
            lesser: None,
        });
    }

    /// A message that was posted or edited, unless it is ephemeral or the bot can't see it.
    pub fn dispatch_message(&mut self, name: &'static str, channel: u64, id: u64) {
        let Some(stored) = self.stored(channel, id) else {
            return;
        };
        if stored.only.is_some() || !self.sees(self.application, channel) {
            return;
        }
        let mut data = wire::message_event(self, channel, stored, false);
        let mut blanked = wire::message_event(self, channel, stored, true);
        if let Some(nonce) = stored.nonce.as_ref().filter(|_| name == "MESSAGE_CREATE") {
            data["nonce"] = nonce.clone();
            blanked["nonce"] = nonce.clone();
        }
        let lesser = (blanked != data).then_some((Intents::MESSAGE_CONTENT, blanked));
        let needs = self.intent(channel, Intents::GUILD_MESSAGES, Intents::DIRECT_MESSAGES);
        self.gateway.dispatch(&Dispatch {
            name,
            needs,
            data,
            lesser,
        });
    }

    /// A message that is gone.
    pub fn dispatch_deleted(&mut self, channel: u64, id: u64) {
        if self.sees(self.application, channel) {
            let data = wire::deleted(self, channel, id);
            let needs = self.intent(channel, Intents::GUILD_MESSAGES, Intents::DIRECT_MESSAGES);
            self.dispatch("MESSAGE_DELETE", needs, data);
        }
    }

    /// Messages that are gone at once.
    pub fn dispatch_many_deleted(&mut self, channel: u64, ids: &[u64]) {
        if self.sees(self.application, channel) {
            let data = wire::many_deleted(self, channel, ids);
            let needs = self.intent(channel, Intents::GUILD_MESSAGES, Intents::DIRECT_MESSAGES);
            self.dispatch("MESSAGE_DELETE_BULK", needs, data);
        }
    }

    /// A reaction that came or went.
    pub fn dispatch_reaction(
        &mut self,
        name: &'static str,
        place: (u64, u64),
        user: u64,
        emoji: &EmojiReactionType,
    ) {
        let (channel, id) = place;
        if self.sees(self.application, channel) {
            let data = wire::reaction_event(self, (channel, id), user, emoji);
            let needs = self.intent(
                channel,
                Intents::GUILD_MESSAGE_REACTIONS,
                Intents::DIRECT_MESSAGE_REACTIONS,
            );
            self.dispatch(name, needs, data);
        }
    }

    /// Someone who types.
    pub fn dispatch_typing(&mut self, channel: u64, user: u64) {
        let data = wire::typing(self, channel, user);
        let needs = self.intent(
            channel,
            Intents::GUILD_MESSAGE_TYPING,
            Intents::DIRECT_MESSAGE_TYPING,
        );
        self.dispatch("TYPING_START", needs, data);
    }

    fn intent(&self, channel: u64, guild: Intents, direct: Intents) -> Intents {
        if self.is_direct(channel) {
            direct
        } else {
            guild
        }
    }

    /// Whether a channel is one person's and the bot's alone.
    pub fn is_direct(&self, channel: u64) -> bool {
        let room = self.rooms.get(&channel);
        room.is_some_and(|room| room.channel.kind == ChannelType::Private)
    }

    /// A message, wherever it is.
    pub fn stored(&self, channel: u64, id: u64) -> Option<&StoredMessage> {
        self.rooms.get(&channel)?.messages.get(&id)
    }

    /// A message, to change it.
    pub fn stored_mut(&mut self, channel: u64, id: u64) -> Option<&mut StoredMessage> {
        self.rooms.get_mut(&channel)?.messages.get_mut(&id)
    }

    /// The channel of a message.
    pub fn channel_of(&self, id: u64) -> Option<u64> {
        let holds = |(_, room): &(&u64, &super::Room)| room.messages.contains_key(&id);
        self.rooms.iter().find(holds).map(|(channel, _)| *channel)
    }
}
