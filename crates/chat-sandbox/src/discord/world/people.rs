//! People, roles and channels: who is who, and who may do what where.

use chrono::DateTime;
use twilight_model::{
    channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    guild::{Member, MemberFlags, PartialMember, Permissions},
    id::Id,
    user::User,
    util::Timestamp,
};
use twilight_util::permission_calculator::PermissionCalculator;

use super::{Change, Presence, Refused, Room, Someone, State};

/// What someone calls the channel that is only theirs and the bot's.
const DIRECT: &str = "@bot";

impl State {
    pub fn someone(&self, id: u64) -> Option<&Someone> {
        self.people
            .iter()
            .find(|someone| someone.user.id.get() == id)
    }

    pub fn someone_named(&self, name: &str) -> Option<&Someone> {
        self.people.iter().find(|someone| {
            someone.user.name == name || someone.user.global_name.as_deref() == Some(name)
        })
    }

    /// The user with that id, who must exist: ids of people never go.
    pub fn user(&self, id: u64) -> User {
        self.someone(id)
            .expect("every id of a person in the state is someone's")
            .user
            .clone()
    }

    /// What people call the channel that is theirs and the bot's alone.
    pub fn room_name(&self, room: &Room) -> String {
        room.channel
            .name
            .clone()
            .unwrap_or_else(|| DIRECT.to_owned())
    }

    /// The channel that `person` calls by that name in a guild, with or without its `#`, or the channel of
    /// any guild that has that id. Who joined later gets a direct channel when they first name it.
    pub fn room_named(&mut self, guild: u64, person: u64, name: &str) -> Option<u64> {
        if name == DIRECT {
            return Some(self.direct_room(person));
        }
        let name = name.strip_prefix('#').unwrap_or(name);
        let named = |room: &&Room| room.channel.name.as_deref() == Some(name);
        let mut rooms = self.rooms_of(guild);
        let named = rooms.find(named).map(|room| room.channel.id.get());
        drop(rooms);
        named.or_else(|| name.parse().ok().filter(|id| self.rooms.contains_key(id)))
    }

    /// The channel of one person and the bot.
    pub fn direct_room(&mut self, person: u64) -> u64 {
        let theirs = |room: &&Room| recipient(room) == Some(person);
        if let Some(room) = self.rooms.values().find(theirs) {
            return room.channel.id.get();
        }
        let id = self.next_id();
        let room = super::seed::direct(id, &self.user(person));
        self.rooms.insert(id, room);
        self.announce(Change::Reset);
        id
    }

    /// What someone may do in a guild as a whole.
    pub fn guild_permissions(&self, guild: u64, id: u64) -> Permissions {
        let roles = self.role_permissions(guild, id);
        self.calculator(guild, id, &roles).root()
    }

    /// What someone may do in a channel; nothing in one that does not exist, nor may the bot in a guild it
    /// is not in.
    pub fn permissions(&self, id: u64, channel: u64) -> Permissions {
        let Some(room) = self.rooms.get(&channel) else {
            return Permissions::empty();
        };
        let Some(guild) = self.guild_of(channel) else {
            return self.direct_permissions(id, room);
        };
        let without = id == self.application && self.presence(channel) != Presence::Member;
        if without || self.is_away(guild, id) {
            return Permissions::empty();
        }
        // A thread has its parent's overwrites.
        let parent = room
            .channel
            .parent_id
            .and_then(|parent| self.rooms.get(&parent.get()));
        let holder = parent.unwrap_or(room);
        let overwrites = holder
            .channel
            .permission_overwrites
            .as_deref()
            .unwrap_or_default();
        let roles = self.role_permissions(guild, id);
        let granted = self
            .calculator(guild, id, &roles)
            .in_channel(holder.channel.kind, overwrites);
        // "Implicit permissions": without a view of the channel, nothing else counts there.
        if granted.contains(Permissions::VIEW_CHANNEL) {
            granted
        } else {
            Permissions::empty()
        }
    }

    fn direct_permissions(&self, id: u64, room: &Room) -> Permissions {
        if id == self.application || recipient(room) == Some(id) {
            Permissions::VIEW_CHANNEL
                | Permissions::SEND_MESSAGES
                | Permissions::EMBED_LINKS
                | Permissions::ATTACH_FILES
                | Permissions::ADD_REACTIONS
                | Permissions::READ_MESSAGE_HISTORY
        } else {
            Permissions::empty()
        }
    }

    fn role_permissions(
        &self,
        guild: u64,
        id: u64,
    ) -> Vec<(Id<twilight_model::id::marker::RoleMarker>, Permissions)> {
        let held = self.held(guild, id);
        let roles = self
            .roles_of(Some(guild))
            .iter()
            .filter(|role| held.contains(&role.id.get()));
        roles.map(|role| (role.id, role.permissions)).collect()
    }

    fn calculator<'a>(
        &self,
        guild: u64,
        id: u64,
        roles: &'a [(Id<twilight_model::id::marker::RoleMarker>, Permissions)],
    ) -> PermissionCalculator<'a> {
        let mut all = self.roles_of(Some(guild)).iter();
        let everyone = all.find(|role| role.id.get() == guild);
        let everyone = everyone.map_or(Permissions::empty(), |role| role.permissions);
        PermissionCalculator::new(Id::new(guild), Id::new(id), everyone, roles)
            .owner_id(Id::new(self.owner))
    }

    /// Whether someone sees a channel.
    pub fn sees(&self, id: u64, channel: u64) -> bool {
        self.permissions(id, channel)
            .contains(Permissions::VIEW_CHANNEL)
    }

    /// Whether the bot may do what needs these permissions in a channel.
    pub fn bot_may(&self, channel: u64, needed: Permissions) -> Result<(), Refused> {
        if !self.rooms.contains_key(&channel) {
            return Err(Refused::UnknownChannel);
        }
        if self.presence(channel) == Presence::Unavailable {
            return Err(Refused::Unavailable);
        }
        let granted = self.permissions(self.application, channel);
        if !granted.contains(Permissions::VIEW_CHANNEL) {
            Err(Refused::MissingAccess)
        } else if !granted.contains(needed) {
            Err(Refused::MissingPermissions)
        } else {
            Ok(())
        }
    }

    /// The permission that sending a message to this channel takes.
    pub fn send_permission(&self, channel: u64) -> Permissions {
        let thread = self
            .rooms
            .get(&channel)
            .is_some_and(|room| room.channel.kind.is_thread());
        if thread {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        }
    }

    /// The member object of someone in a guild.
    pub fn member(&self, guild: u64, id: u64) -> Option<Member> {
        let someone = self.someone(id)?;
        if id == self.application && self.guilds.get(&guild)?.presence == Presence::Removed {
            return None;
        }
        let known = self.membership(guild, id);
        if known.is_some_and(|known| known.away) {
            return None;
        }
        let held = self.held(guild, id);
        Some(Member {
            avatar: None,
            avatar_decoration_data: None,
            banner: None,
            communication_disabled_until: known.and_then(|known| known.silent_until),
            deaf: false,
            flags: MemberFlags::empty(),
            joined_at: Some(joined()),
            mute: false,
            nick: known.and_then(|known| known.nick.clone()),
            pending: false,
            premium_since: None,
            roles: held.iter().map(|role| Id::new(*role)).collect(),
            user: someone.user.clone(),
        })
    }

    /// The member object without the user, as messages carry it; with it and the permissions in a
    /// channel, as interactions do.
    pub fn partial_member(
        &self,
        guild: u64,
        id: u64,
        in_channel: Option<u64>,
    ) -> Option<PartialMember> {
        let member = self.member(guild, id)?;
        Some(PartialMember {
            avatar: None,
            avatar_decoration_data: None,
            banner: None,
            communication_disabled_until: member.communication_disabled_until,
            deaf: member.deaf,
            flags: member.flags,
            joined_at: member.joined_at,
            mute: member.mute,
            nick: member.nick,
            permissions: in_channel.map(|channel| self.permissions(id, channel)),
            premium_since: None,
            roles: member.roles,
            user: in_channel.map(|_| member.user),
        })
    }

    /// Sets an overwrite of a role or member in a channel, in place of the one it may have.
    pub fn overwrite(&mut self, channel: u64, overwrite: PermissionOverwrite) {
        if let Some(room) = self.rooms.get_mut(&channel) {
            let all = room.channel.permission_overwrites.get_or_insert_default();
            all.retain(|old| old.id != overwrite.id);
            all.push(overwrite);
        }
    }

    /// Takes an overwrite away from a channel. Whether there was one.
    pub fn remove_overwrite(&mut self, channel: u64, target: u64) -> bool {
        let room = self.rooms.get_mut(&channel);
        let all = room.and_then(|room| room.channel.permission_overwrites.as_mut());
        all.is_some_and(|all| {
            let before = all.len();
            all.retain(|old| old.id.get() != target);
            all.len() < before
        })
    }

    /// The role or member of that name in a guild, as the target of an overwrite.
    pub fn overwrite_target(
        &self,
        guild: Option<u64>,
        name: &str,
    ) -> Option<(u64, PermissionOverwriteType)> {
        if name == "bot" {
            return Some((self.application, PermissionOverwriteType::Member));
        }
        let mut roles = self.roles_of(guild).iter();
        let role = roles.find(|role| role.name == name);
        let role = role.map(|role| (role.id.get(), PermissionOverwriteType::Role));
        let member = || self.someone_named(name);
        role.or_else(|| member().map(|m| (m.user.id.get(), PermissionOverwriteType::Member)))
    }
}

/// The person on the other side of a direct channel.
pub(super) fn recipient(room: &Room) -> Option<u64> {
    let all = room.channel.recipients.as_deref()?;
    all.first().map(|user| user.id.get())
}

/// When everyone joined: long ago, so that nobody is new.
fn joined() -> Timestamp {
    let day = DateTime::from_timestamp(1_704_067_200, 0).expect("the first day of 2024");
    Timestamp::from_micros(day.timestamp_micros()).expect("a time within four-digit years")
}
