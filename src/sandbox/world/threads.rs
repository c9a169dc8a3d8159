//! Threads started from messages.

use serde_json::json;
use twilight_model::{
    channel::{
        ChannelType,
        message::MessageFlags,
        thread::{AutoArchiveDuration, ThreadMetadata},
    },
    gateway::Intents,
    id::Id,
};

use super::{Change, Room, State};

impl State {
    /// Starts a thread from a message, whose id it shares. `None` when the message has one already.
    pub fn start_thread(
        &mut self,
        channel: u64,
        message: u64,
        name: String,
        archive_after: AutoArchiveDuration,
    ) -> Option<u64> {
        if self.rooms.contains_key(&message) {
            return None;
        }
        let now = self.timestamp();
        let mut thread = super::seed::bare_channel(message, ChannelType::PublicThread);
        thread.guild_id = self.guild_of(channel).map(Id::new);
        thread.parent_id = Some(Id::new(channel));
        thread.name = Some(name);
        thread.owner_id = Some(Id::new(self.application));
        thread.message_count = Some(0);
        thread.member_count = Some(1);
        thread.rate_limit_per_user = Some(0);
        thread.thread_metadata = Some(ThreadMetadata {
            archived: false,
            auto_archive_duration: archive_after,
            archive_timestamp: now,
            create_timestamp: Some(now),
            invitable: None,
            locked: false,
        });
        let mut event = json!(thread);
        event["newly_created"] = json!(true);
        if let Some(stored) = self.stored_mut(channel, message) {
            stored.message.thread = Some(thread.clone());
            let flags = stored.message.flags.get_or_insert(MessageFlags::empty());
            flags.insert(MessageFlags::HAS_THREAD);
        }
        self.rooms.insert(
            message,
            Room {
                channel: thread,
                messages: Default::default(),
            },
        );
        self.announce(Change::Reset);
        self.dispatch("THREAD_CREATE", Intents::GUILDS, event);
        self.dispatch_message("MESSAGE_UPDATE", channel, message);
        Some(message)
    }
}
