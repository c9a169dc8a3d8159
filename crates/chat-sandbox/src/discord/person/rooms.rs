//! What someone sees around them: channels, people, and the messages of a channel.

use tokio::{sync::broadcast::error::RecvError, time};
use twilight_model::{application::command::Command, channel::ChannelType, guild::Permissions};

use super::{Failure, MessageView, PATIENCE, Person, refused, view};
use crate::discord::world::{State, World};

/// A channel someone sees.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChannelView {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub topic: String,
    /// The channel it is a thread of.
    pub parent: Option<u64>,
    /// Whether it is an archived thread.
    pub archived: bool,
    /// Whether it is theirs and the bot's alone.
    pub direct: bool,
}

/// A member of the guild, or the bot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MemberView {
    /// Who.
    pub author: view::AuthorView,
    /// The names of their roles.
    pub roles: Vec<String>,
    /// Whether they may manage the guild.
    pub admin: bool,
    /// Whether they left it, and may come back.
    pub away: bool,
}

impl World {
    /// Everyone in the first guild, the bot first; also those who left it.
    pub fn members(&self) -> Vec<MemberView> {
        let state = self.lock();
        let member = |someone: &crate::discord::world::Someone| {
            let id = someone.user.id.get();
            let held = state
                .roles_of(Some(state.home))
                .iter()
                .filter(|role| state.held(state.home, id).contains(&role.id.get()));
            MemberView {
                author: view::author(&state, id),
                roles: held.map(|role| role.name.clone()).collect(),
                admin: state
                    .guild_permissions(state.home, id)
                    .contains(Permissions::MANAGE_GUILD),
                away: state.is_away(state.home, id),
            }
        };
        state.people.iter().map(member).collect()
    }

    /// The first guild's id and name.
    pub fn guild(&self) -> (u64, String) {
        let state = self.lock();
        (state.home, state.guilds[&state.home].name.clone())
    }

    /// The application's id and name.
    pub fn application(&self) -> (u64, String) {
        let state = self.lock();
        (
            state.application,
            view::author(&state, state.application).display,
        )
    }
}

impl Person {
    /// Leaves the guild.
    ///
    /// # Errors
    /// When it is theirs, or they are not in it.
    pub fn leave(&self) -> Result<(), Failure> {
        let mut state = self.world.lock();
        if state.owner == self.id {
            return refused("An owner can't leave their server");
        }
        let left = state.leave(self.guild, self.id);
        left.then_some(())
            .ok_or_else(|| Failure::Refused("You aren't in this server".to_owned()))
    }

    /// Joins the guild again.
    ///
    /// # Errors
    /// When they are in it, or banned from it.
    pub fn join(&self) -> Result<(), Failure> {
        let mut state = self.world.lock();
        let banned = state.ban_of(self.guild, self.id).is_some();
        if state.join(self.guild, self.id) {
            return Ok(());
        }
        refused(if banned {
            "You are banned from this server"
        } else {
            "You are in this server already"
        })
    }

    /// The channels they see: their guild's in its order, then threads, then their direct one.
    pub fn channels(&self) -> Vec<ChannelView> {
        let state = self.world.lock();
        let seen = state
            .rooms
            .values()
            .filter(|room| self.around(room.channel.guild_id))
            .filter(|room| state.sees(self.id, room.channel.id.get()));
        let mut channels: Vec<_> = seen
            .map(|room| {
                let view = ChannelView {
                    id: room.channel.id.get(),
                    name: state.room_name(room),
                    topic: room.channel.topic.clone().unwrap_or_default(),
                    parent: room.channel.parent_id.map(|parent| parent.get()),
                    archived: state.archived(room.channel.id.get()),
                    direct: room.channel.kind == ChannelType::Private,
                };
                (
                    view.direct,
                    view.parent.is_some(),
                    room.channel.position,
                    view,
                )
            })
            .collect();
        channels
            .sort_by_key(|(direct, thread, position, view)| (*direct, *thread, *position, view.id));
        channels.into_iter().map(|(.., view)| view).collect()
    }

    /// The commands they may use in a channel, by name.
    pub fn commands(&self, channel: &str) -> Vec<Command> {
        let mut state = self.world.lock();
        let room = state.room_named(self.guild, self.id, channel);
        room.map(|room| state.commands_for(self.id, room))
            .unwrap_or_default()
    }

    /// The names of the commands that they may not use in a channel, each with the reason.
    pub fn withheld(&self, channel: &str) -> Vec<(String, String)> {
        let mut state = self.world.lock();
        let room = state.room_named(self.guild, self.id, channel);
        room.map(|room| state.withheld_from(self.id, room))
            .unwrap_or_default()
    }

    /// All messages of a channel that they see, oldest first.
    ///
    /// # Panics
    /// When they see no such channel.
    pub fn messages(&self, channel: &str) -> Vec<MessageView> {
        let all = self.page(channel, None, usize::MAX);
        all.unwrap_or_else(|why| panic!("{} reads #{channel}: {why}", self.name()))
            .0
    }

    /// The last `limit` messages of a channel before one of them, oldest first, and whether there are
    /// older ones.
    ///
    /// # Errors
    /// When they see no such channel.
    pub fn page(
        &self,
        channel: &str,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(Vec<MessageView>, bool), Failure> {
        let mut state = self.world.lock();
        let room = self.room(&mut state, channel)?;
        let stored = state.rooms[&room]
            .messages
            .range(..before.unwrap_or(u64::MAX))
            .rev();
        let mut seen = stored.filter(|(_, stored)| stored.visible_to(self.id));
        let newest = seen.by_ref().take(limit);
        let mut views: Vec<MessageView> = newest
            .map(|(_, stored)| MessageView::of(&state, self.id, stored))
            .collect();
        views.reverse();
        Ok((views, seen.next().is_some()))
    }

    /// A message, if they see it.
    pub fn message(&self, id: u64) -> Option<MessageView> {
        let state = self.world.lock();
        let channel = state
            .channel_of(id)
            .filter(|channel| state.sees(self.id, *channel))?;
        let stored = state
            .stored(channel, id)
            .filter(|stored| stored.visible_to(self.id))?;
        Some(MessageView::of(&state, self.id, stored))
    }

    /// The newest message of a channel that `wanted` holds for, as soon as there is one.
    ///
    /// # Panics
    /// After 10 seconds, naming what was seen instead; and when they see no such channel.
    pub async fn wait_for(
        &self,
        channel: &str,
        wanted: impl Fn(&MessageView) -> bool,
    ) -> MessageView {
        let mut changes = self.world.changes();
        let deadline = time::Instant::now() + PATIENCE;
        loop {
            let messages = self.messages(channel);
            if let Some(found) = messages.iter().rev().find(|message| wanted(message)) {
                return found.clone();
            }
            match time::timeout_at(deadline, changes.recv()).await {
                // Whoever lags behind reads everything anew, as after any change.
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) | Err(_) => {
                    panic!(
                        "{} waited in vain in #{channel}, and saw:\n{}",
                        self.name(),
                        list(&messages)
                    )
                }
            }
        }
    }

    /// The id of a channel they see.
    pub(super) fn room(&self, state: &mut State, channel: &str) -> Result<u64, Failure> {
        let room = state.room_named(self.guild, self.id, channel);
        match room.filter(|room| state.sees(self.id, *room)) {
            Some(room) => Ok(room),
            None => refused(format!("{} sees no channel called {channel}", self.name())),
        }
    }
}

fn list(messages: &[MessageView]) -> String {
    let line = |message: &MessageView| {
        let mark = if message.ephemeral {
            " (ephemeral)"
        } else {
            ""
        };
        format!(
            "- {}{mark}: {}",
            message.author.name,
            message.text().replace('\n', "\n    ")
        )
    };
    messages.iter().map(line).collect::<Vec<_>>().join("\n")
}
