//! Threads started from messages, archived threads, and channels that are deleted.

use serde_json::json;
use twilight_model::{
    channel::{
        Channel, ChannelType,
        message::MessageFlags,
        thread::{AutoArchiveDuration, ThreadMetadata},
    },
    gateway::Intents,
    guild::Permissions,
    id::Id,
};

use super::{Change, Refused, Room, State, World};

/// What one does in a thread, as far as archived and locked ones tell it apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum InThread {
    Post,
    Edit,
    React,
    Delete,
}

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
        let kind = ChannelType::PublicThread;
        let thread = self.new_thread((message, kind), channel, name, archive_after);
        if let Some(stored) = self.stored_mut(channel, message) {
            stored.message.thread = Some(thread.clone());
            let flags = stored.message.flags.get_or_insert(MessageFlags::empty());
            flags.insert(MessageFlags::HAS_THREAD);
        }
        self.open_thread(thread);
        self.dispatch_message("MESSAGE_UPDATE", channel, message);
        Some(message)
    }

    /// Starts a thread that belongs to no message.
    pub fn start_thread_alone(
        &mut self,
        kind: ChannelType,
        channel: u64,
        name: String,
        archive_after: AutoArchiveDuration,
    ) -> u64 {
        let id = self.next_id();
        let thread = self.new_thread((id, kind), channel, name, archive_after);
        self.open_thread(thread);
        id
    }

    fn new_thread(
        &self,
        (id, kind): (u64, ChannelType),
        channel: u64,
        name: String,
        archive_after: AutoArchiveDuration,
    ) -> Channel {
        let now = self.timestamp();
        let mut thread = super::seed::bare_channel(id, kind);
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
            invitable: (kind == ChannelType::PrivateThread).then_some(true),
            locked: false,
        });
        thread
    }

    fn open_thread(&mut self, thread: Channel) {
        let mut event = json!(thread);
        event["newly_created"] = json!(true);
        let room = Room {
            channel: thread,
            messages: Default::default(),
        };
        self.rooms.insert(room.channel.id.get(), room);
        self.announce(Change::Reset);
        self.dispatch("THREAD_CREATE", Intents::GUILDS, event);
    }

    /// Whether a channel, if it is a thread, lets someone do something in it ("Locked Threads", "Active &
    /// Archived Threads").
    pub fn thread_lets(&self, id: u64, channel: u64, what: InThread) -> Result<(), Refused> {
        let room = self.rooms.get(&channel);
        let Some(thread) = room.and_then(|room| room.channel.thread_metadata.as_ref()) else {
            return Ok(());
        };
        let manages = self
            .permissions(id, channel)
            .contains(Permissions::MANAGE_THREADS);
        let locked = thread.locked && !manages;
        let archived = match what {
            InThread::Post | InThread::Delete => thread.archived && locked,
            InThread::Edit | InThread::React => thread.archived,
        };
        if archived {
            Err(Refused::Archived)
        } else if locked && matches!(what, InThread::Post | InThread::Edit) {
            Err(Refused::Locked)
        } else {
            Ok(())
        }
    }

    /// Whether a channel is an archived thread.
    pub fn archived(&self, channel: u64) -> bool {
        let room = self.rooms.get(&channel);
        let thread = room.and_then(|room| room.channel.thread_metadata.as_ref());
        thread.is_some_and(|thread| thread.archived)
    }

    /// Archives the threads in which nothing has been said for as long as they say themselves.
    pub fn archive_idle(&mut self) {
        let now = self.timestamp().as_secs();
        let is_idle = |room: &Room| {
            let thread = room.channel.thread_metadata.as_ref();
            thread
                .filter(|thread| !thread.archived)
                .is_some_and(|thread| {
                    let said = room.messages.values().next_back();
                    let said = said.map(|said| said.message.timestamp.as_secs());
                    let last = thread
                        .archive_timestamp
                        .as_secs()
                        .max(said.unwrap_or_default());
                    let patience = i64::from(thread.auto_archive_duration.number()) * 60;
                    now.saturating_sub(last) >= patience
                })
        };
        let idle = self.rooms.iter().filter(|(_, room)| is_idle(room));
        let locked = |room: &Room| {
            room.channel
                .thread_metadata
                .as_ref()
                .is_some_and(|it| it.locked)
        };
        let idle: Vec<(u64, bool)> = idle.map(|(id, room)| (*id, locked(room))).collect();
        for (id, locked) in idle {
            self.set_archived(id, true, locked);
        }
    }

    /// Archives a thread or makes it active again. Whether there is such a thread.
    pub fn set_archived(&mut self, id: u64, archived: bool, locked: bool) -> bool {
        let now = self.timestamp();
        let room = self.rooms.get_mut(&id);
        let Some(thread) = room.and_then(|room| room.channel.thread_metadata.as_mut()) else {
            return false;
        };
        thread.archived = archived;
        thread.locked = locked;
        thread.archive_timestamp = now;
        let thread = json!(self.rooms[&id].channel);
        if self.sees(self.application, id) {
            self.dispatch("THREAD_UPDATE", Intents::GUILDS, thread);
        }
        self.announce(Change::Reset);
        true
    }

    /// Takes a channel away, with the threads in it.
    pub fn remove(&mut self, id: u64) -> bool {
        let known = self.sees(self.application, id);
        let Some(Room { channel, .. }) = self.rooms.remove(&id) else {
            return false;
        };
        let inside = |room: &Room| room.channel.parent_id == Some(Id::new(id));
        self.rooms.retain(|_, room| !inside(room));
        let rooms = &self.rooms;
        self.files
            .retain(|_, file| rooms.contains_key(&file.channel));
        if !channel.kind.is_thread() {
            self.dispatch("CHANNEL_DELETE", Intents::GUILDS, json!(channel));
        } else if known {
            let thread = json!({
                "id": channel.id,
                "guild_id": channel.guild_id,
                "parent_id": channel.parent_id,
                "type": channel.kind,
            });
            self.dispatch("THREAD_DELETE", Intents::GUILDS, thread);
        }
        self.announce(Change::Reset);
        true
    }
}

impl World {
    /// Deletes a guild's channel, with its threads, or a thread. Who asks for it afterwards is told 10003.
    ///
    /// # Panics
    /// When there is no such channel.
    pub fn delete_channel(&self, id: u64) {
        let mut state = self.lock();
        let guilds = state.guild_of(id).is_some();
        assert!(guilds && state.remove(id), "there is no channel {id}");
    }

    /// Archives a thread. A message posted there makes it active again, unless it is `locked`: then
    /// posting is refused with 50083, as editing and reacting always are.
    ///
    /// # Panics
    /// When there is no such thread.
    pub fn archive_thread(&self, id: u64, locked: bool) {
        let known = self.lock().set_archived(id, true, locked);
        assert!(known, "there is no thread {id}");
    }
}

#[cfg(test)]
mod tests {
    use twilight_model::util::Timestamp;

    use super::*;
    use crate::discord::{Options, Sandbox};

    #[tokio::test(start_paused = true)]
    async fn an_idle_thread_is_archived_without_anybody_moving_the_clock() {
        let sandbox = Sandbox::start(Options::default())
            .await
            .expect("a free port");
        let thread = {
            let mut state = sandbox.world().lock();
            let channel = *state.rooms.keys().next().expect("a channel");
            let (kind, hour) = (ChannelType::PublicThread, AutoArchiveDuration::Hour);
            let thread = state.start_thread_alone(kind, channel, "aside".to_owned(), hour);
            let room = state.rooms.get_mut(&thread).expect("it was started");
            let metadata = room.channel.thread_metadata.as_mut().expect("it is one");
            let long_ago = metadata.archive_timestamp.as_secs() - 3_601;
            metadata.archive_timestamp = Timestamp::from_secs(long_ago).expect("a time");
            thread
        };
        assert!(!sandbox.world().lock().archived(thread));
        tokio::time::sleep(std::time::Duration::from_secs(61)).await;
        assert!(sandbox.world().lock().archived(thread));
        sandbox.stop().await;
    }
}
