//! Channels that come, change and go while the world lasts.

use std::collections::BTreeMap;

use serde_json::json;
use twilight_model::{channel::Channel, gateway::Intents};

use super::{Change, Room, State};

impl State {
    /// Adds a channel to its guild, and tells of it.
    pub fn add_channel(&mut self, channel: Channel) {
        let event = json!(channel);
        let room = Room {
            messages: BTreeMap::new(),
            channel,
        };
        self.rooms.insert(room.channel.id.get(), room);
        self.dispatch("CHANNEL_CREATE", Intents::GUILDS, event);
        self.announce(Change::Reset);
    }

    /// Puts a channel in the place of the one with its id, and tells nobody.
    pub fn put_channel(&mut self, channel: Channel) {
        if let Some(room) = self.rooms.get_mut(&channel.id.get()) {
            room.channel = channel;
        }
    }

    /// Tells of a channel that changed.
    pub fn tell_changed(&mut self, id: u64) {
        let Some(room) = self.rooms.get(&id) else {
            return;
        };
        let event = json!(room.channel);
        self.announce(Change::Reset);
        self.dispatch("CHANNEL_UPDATE", Intents::GUILDS, event);
    }
}
