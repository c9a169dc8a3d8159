//! Reactions.

use serde_json::{Value, json};
use twilight_model::{channel::message::EmojiReactionType, gateway::Intents};

use super::{Change, State, StoredMessage};
use crate::discord::wire;

impl State {
    /// Adds someone's reaction; adding it twice changes nothing.
    pub fn react(&mut self, channel: u64, id: u64, user: u64, emoji: &str) {
        let Some(stored) = self.stored_mut(channel, id) else {
            return;
        };
        let only = stored.only;
        match stored.reactions.iter_mut().find(|(name, _)| name == emoji) {
            Some((_, users)) if users.contains(&user) => return,
            Some((_, users)) => users.push(user),
            None => stored.reactions.push((emoji.to_owned(), vec![user])),
        }
        self.announce(Change::Message { channel, id, only });
        self.dispatch_reaction("MESSAGE_REACTION_ADD", (channel, id), user, &unicode(emoji));
    }

    /// Takes someone's reaction back, if it is there.
    pub fn unreact(&mut self, channel: u64, id: u64, user: u64, emoji: &str) {
        let Some(stored) = self.stored_mut(channel, id) else {
            return;
        };
        let only = stored.only;
        let Some((_, users)) = stored.reactions.iter_mut().find(|(name, _)| name == emoji) else {
            return;
        };
        let before = users.len();
        users.retain(|other| *other != user);
        if users.len() == before {
            return;
        }
        stored.reactions.retain(|(_, users)| !users.is_empty());
        self.announce(Change::Message { channel, id, only });
        self.dispatch_reaction(
            "MESSAGE_REACTION_REMOVE",
            (channel, id),
            user,
            &unicode(emoji),
        );
    }

    /// Takes all reactions to a message away.
    pub fn clear_reactions(&mut self, channel: u64, id: u64) {
        let Some(stored) = self.stored_mut(channel, id) else {
            return;
        };
        stored.reactions.clear();
        let only = stored.only;
        self.announce(Change::Message { channel, id, only });
        let event = wire::reactions_cleared(self, channel, id);
        let needs = if self.is_direct(channel) {
            Intents::DIRECT_MESSAGE_REACTIONS
        } else {
            Intents::GUILD_MESSAGE_REACTIONS
        };
        self.dispatch("MESSAGE_REACTION_REMOVE_ALL", needs, event);
    }
}

impl StoredMessage {
    /// The reactions as the wire has them for `reader`.
    pub fn wire_reactions(&self, reader: u64) -> Vec<Value> {
        let reaction = |(emoji, users): &(String, Vec<u64>)| {
            json!({
                "count": users.len(),
                "count_details": { "burst": 0, "normal": users.len() },
                "emoji": { "id": null, "name": emoji },
                "me": users.contains(&reader),
                "me_burst": false,
                "burst_colors": [],
            })
        };
        self.reactions.iter().map(reaction).collect()
    }
}

fn unicode(emoji: &str) -> EmojiReactionType {
    EmojiReactionType::Unicode {
        name: emoji.to_owned(),
    }
}
