//! Who is a member of a guild, and as what: nicknames, time-outs, roles, kicks and bans.

use serde_json::{Value, json};
use twilight_model::{gateway::Intents, guild::Role, id::Id};

use super::{Change, Membership, State};

impl State {
    /// What a guild knows of someone, if there is anything to know.
    pub fn membership(&self, guild: u64, id: u64) -> Option<&Membership> {
        self.guilds.get(&guild)?.memberships.get(&id)
    }

    fn membership_mut(&mut self, guild: u64, id: u64) -> Option<&mut Membership> {
        let guild = self.guilds.get_mut(&guild)?;
        Some(guild.memberships.entry(id).or_default())
    }

    /// Whether someone left a guild, or was thrown out of it.
    pub fn is_away(&self, guild: u64, id: u64) -> bool {
        self.membership(guild, id).is_some_and(|it| it.away)
    }

    /// Takes someone out of a guild. Whether they were in it.
    pub fn leave(&mut self, guild: u64, id: u64) -> bool {
        let member = self.membership_mut(guild, id);
        let Some(member) = member.filter(|member| !member.away) else {
            return false;
        };
        let ban = member.ban.take();
        *member = Membership {
            away: true,
            ban,
            ..Membership::default()
        };
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.held.remove(&id);
        }
        let event = json!({ "guild_id": guild.to_string(), "user": self.user(id) });
        self.dispatch("GUILD_MEMBER_REMOVE", Intents::GUILD_MEMBERS, event);
        self.announce(Change::Reset);
        true
    }

    /// Lets someone into a guild again. Whether they were away, and may.
    pub fn join(&mut self, guild: u64, id: u64) -> bool {
        let member = self.membership_mut(guild, id);
        let Some(member) = member.filter(|member| member.away && member.ban.is_none()) else {
            return false;
        };
        member.away = false;
        self.tell_joined(guild, id);
        true
    }

    /// Tells the bot of a new member.
    pub fn tell_joined(&mut self, guild: u64, id: u64) {
        let mut event = json!(self.member(guild, id));
        event["guild_id"] = json!(guild.to_string());
        self.dispatch("GUILD_MEMBER_ADD", Intents::GUILD_MEMBERS, event);
        self.announce(Change::Reset);
    }

    /// Bans someone, who leaves.
    pub fn ban(&mut self, guild: u64, id: u64, reason: Option<String>) {
        self.leave(guild, id);
        if let Some(member) = self.membership_mut(guild, id) {
            member.ban = Some(reason);
        }
        self.dispatch_ban("GUILD_BAN_ADD", guild, id);
    }

    /// Takes a ban back. Whether there was one.
    pub fn unban(&mut self, guild: u64, id: u64) -> bool {
        let member = self.membership_mut(guild, id);
        let was = member.is_some_and(|member| member.ban.take().is_some());
        if was {
            self.dispatch_ban("GUILD_BAN_REMOVE", guild, id);
        }
        was
    }

    fn dispatch_ban(&mut self, name: &'static str, guild: u64, id: u64) {
        let event = json!({ "guild_id": guild.to_string(), "user": self.user(id) });
        self.dispatch(name, Intents::GUILD_MODERATION, event);
    }

    /// The ban of someone, as the wire has it.
    pub fn ban_of(&self, guild: u64, id: u64) -> Option<Value> {
        let reason = self.membership(guild, id)?.ban.as_ref()?;
        Some(json!({ "reason": reason, "user": self.user(id) }))
    }

    /// Changes what a guild knows of a member, or their roles, and tells of it.
    pub fn edit_member(
        &mut self,
        guild: u64,
        id: u64,
        roles: Option<Vec<u64>>,
        change: impl FnOnce(&mut Membership),
    ) {
        if let Some(member) = self.membership_mut(guild, id) {
            change(member);
        }
        if let (Some(guild), Some(roles)) = (self.guilds.get_mut(&guild), roles) {
            guild.held.insert(id, roles);
        }
        let mut event = json!(self.member(guild, id));
        event["guild_id"] = json!(guild.to_string());
        self.dispatch("GUILD_MEMBER_UPDATE", Intents::GUILD_MEMBERS, event);
        self.announce(Change::Reset);
    }

    /// Puts a role into a guild, in place of the one of its id, and tells of it.
    pub fn put_role(&mut self, guild: u64, role: Role) {
        let event = json!({ "guild_id": guild.to_string(), "role": role });
        let Some(roles) = self.guilds.get_mut(&guild).map(|guild| &mut guild.roles) else {
            return;
        };
        let name = match roles.iter_mut().find(|old| old.id == role.id) {
            Some(old) => {
                *old = role;
                "GUILD_ROLE_UPDATE"
            }
            None => {
                // A new one is below all others but that of everybody.
                let others = roles
                    .iter_mut()
                    .filter(|other| other.position >= role.position);
                others.for_each(|other| other.position += 1);
                roles.push(role);
                "GUILD_ROLE_CREATE"
            }
        };
        self.dispatch(name, Intents::GUILDS, event);
        self.announce(Change::Reset);
    }

    /// Takes a role away from a guild and from all who have it.
    pub fn remove_role(&mut self, guild: u64, role: u64) {
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.roles.retain(|other| other.id != Id::new(role));
            for held in guild.held.values_mut() {
                held.retain(|other| *other != role);
            }
        }
        let event = json!({ "guild_id": guild.to_string(), "role_id": role.to_string() });
        self.dispatch("GUILD_ROLE_DELETE", Intents::GUILDS, event);
        self.announce(Change::Reset);
    }

    /// The highest position among someone's roles; that of a guild's owner is above all.
    pub fn rank(&self, guild: u64, id: u64) -> i64 {
        if id == self.owner {
            return i64::MAX;
        }
        let held = self.held(guild, id);
        let roles = self.roles_of(Some(guild)).iter();
        let held = roles.filter(|role| held.contains(&role.id.get()));
        held.map(|role| role.position).max().unwrap_or_default()
    }
}
