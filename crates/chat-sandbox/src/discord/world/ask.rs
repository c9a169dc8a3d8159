//! Asking the application: an interaction is sent to the bot and its time to acknowledge starts.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::time;
use twilight_model::{
    application::interaction::{
        InteractionChannel, InteractionDataResolved, InteractionMember,
        application_command::{CommandDataOption, CommandOptionValue},
    },
    gateway::Intents,
    guild::Permissions,
    id::Id,
};

use super::{Asked, State, World};
use crate::discord::wire;

/// "You must send an initial response within 3 seconds of receiving the event."
const ACKNOWLEDGE_WITHIN: Duration = Duration::from_secs(3);
/// Counted in so many steps: a machine that stands still in one of them is not taken for a slow bot.
const STEPS: u32 = 6;

impl World {
    /// Sends an interaction to the bot. What comes of it is told by [`World::changes`] and by the
    /// interaction's own progress.
    pub(crate) fn ask(self: &Arc<Self>, asked: Asked) -> u64 {
        let id = {
            let mut state = self.lock();
            let (id, token) = state.begin(&asked);
            // The channel may have been deleted since the person looked.
            if state.rooms.contains_key(&asked.channel) {
                let event = wire::interaction(&state, id, &token, asked);
                state.dispatch("INTERACTION_CREATE", Intents::empty(), event);
            }
            id
        };
        let world = Arc::downgrade(self);
        tokio::spawn(async move {
            for _ in 0..STEPS {
                time::sleep(ACKNOWLEDGE_WITHIN / STEPS).await;
            }
            if let Some(world) = world.upgrade() {
                world.lock().deadline(id);
            }
        });
        id
    }
}

impl State {
    /// What the ids among the options of a command used in a guild stand for; `None` when there are none.
    pub fn resolve(
        &self,
        guild: Option<u64>,
        person: u64,
        options: &[CommandDataOption],
    ) -> Option<InteractionDataResolved> {
        let mut resolved = nothing();
        self.resolve_into(&mut resolved, guild, person, options);
        (resolved != nothing()).then_some(resolved)
    }

    fn resolve_into(
        &self,
        resolved: &mut InteractionDataResolved,
        guild: Option<u64>,
        person: u64,
        options: &[CommandDataOption],
    ) {
        for option in options {
            match &option.value {
                CommandOptionValue::SubCommand(inner)
                | CommandOptionValue::SubCommandGroup(inner) => {
                    self.resolve_into(resolved, guild, person, inner);
                }
                CommandOptionValue::User(id) => self.resolve_user(resolved, guild, id.get()),
                CommandOptionValue::Channel(id) => self.resolve_channel(resolved, person, id.get()),
                CommandOptionValue::Role(id) => self.resolve_role(resolved, guild, id.get()),
                CommandOptionValue::Mentionable(id) => {
                    self.resolve_user(resolved, guild, id.get());
                    self.resolve_role(resolved, guild, id.get());
                }
                _ => {}
            }
        }
    }

    /// Adds a user, and in a guild their membership, to what is resolved.
    pub fn resolve_user(
        &self,
        resolved: &mut InteractionDataResolved,
        guild: Option<u64>,
        id: u64,
    ) {
        if let Some(someone) = self.someone(id) {
            let user = someone.user.clone();
            resolved.users.insert(user.id, user);
        }
        let member = guild.and_then(|guild| Some((guild, self.member(guild, id)?)));
        let Some((guild, member)) = member else {
            return;
        };
        let partial = InteractionMember {
            avatar: None,
            avatar_decoration_data: None,
            banner: None,
            communication_disabled_until: None,
            flags: member.flags,
            joined_at: member.joined_at,
            nick: member.nick,
            pending: member.pending,
            permissions: self.guild_permissions(guild, id),
            premium_since: None,
            roles: member.roles,
        };
        resolved.members.insert(member.user.id, partial);
    }

    /// Adds a channel to what is resolved, with the permissions `person` has there.
    pub fn resolve_channel(&self, resolved: &mut InteractionDataResolved, person: u64, id: u64) {
        let Some(room) = self.rooms.get(&id) else {
            return;
        };
        let partial = InteractionChannel {
            id: Id::new(id),
            kind: room.channel.kind,
            name: self.room_name(room),
            parent_id: room.channel.parent_id,
            permissions: self.permissions(person, id),
            app_permissions: Some(self.permissions(self.application, id)),
            thread_metadata: room.channel.thread_metadata.clone(),
        };
        resolved.channels.insert(partial.id, partial);
    }

    /// Adds a role to what is resolved.
    pub fn resolve_role(
        &self,
        resolved: &mut InteractionDataResolved,
        guild: Option<u64>,
        id: u64,
    ) {
        let mut roles = self.roles_of(guild).iter();
        if let Some(role) = roles.find(|role| role.id.get() == id) {
            resolved.roles.insert(role.id, role.clone());
        }
    }

    /// What the application may do where an interaction comes from. In a channel it can't see, it can
    /// still answer.
    pub fn app_permissions(&self, channel: u64) -> Permissions {
        self.permissions(self.application, channel)
    }
}

/// Nothing resolved yet.
pub fn nothing() -> InteractionDataResolved {
    InteractionDataResolved {
        attachments: HashMap::new(),
        channels: HashMap::new(),
        members: HashMap::new(),
        messages: HashMap::new(),
        roles: HashMap::new(),
        users: HashMap::new(),
    }
}
