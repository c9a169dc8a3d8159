//! Guilds: which there are, and whether the bot is in them.

use serde_json::json;
use twilight_model::{gateway::Intents, guild::Role};

use super::{Change, Dispatch, Guild, Presence, State, World, seed};
use crate::discord::wire;

impl State {
    /// The guild of a channel; none for a direct one.
    pub fn guild_of(&self, channel: u64) -> Option<u64> {
        let room = self.rooms.get(&channel)?;
        room.channel.guild_id.map(|guild| guild.get())
    }

    /// Whether the bot is in the guild of a channel. In direct channels it always is.
    pub fn presence(&self, channel: u64) -> Presence {
        let guild = self.guild_of(channel).and_then(|id| self.guilds.get(&id));
        guild.map_or(Presence::Member, |guild| guild.presence)
    }

    /// The guilds the bot is in, those that are out of order included.
    pub fn joined(&self) -> impl Iterator<Item = &Guild> {
        let all = self.guilds.values();
        all.filter(|guild| guild.presence != Presence::Removed)
    }

    /// The roles of a guild.
    pub fn roles_of(&self, guild: Option<u64>) -> &[Role] {
        let guild = guild.and_then(|guild| self.guilds.get(&guild));
        guild.map_or(&[], |guild| &guild.roles)
    }

    /// The ids of the roles someone has in a guild, besides `@everyone`.
    pub fn held(&self, guild: u64, id: u64) -> &[u64] {
        let guild = self.guilds.get(&guild);
        let held = guild.and_then(|guild| guild.held.get(&id));
        held.map_or(&[], Vec::as_slice)
    }

    /// The channels and threads of a guild, by id.
    pub fn rooms_of(&self, guild: u64) -> impl Iterator<Item = &super::Room> {
        let theirs = move |room: &&super::Room| {
            let of = room.channel.guild_id;
            of.is_some_and(|of| of.get() == guild)
        };
        self.rooms.values().filter(theirs)
    }

    fn enter(&mut self, guild: u64, presence: Presence) -> bool {
        let guild = self.guilds.get_mut(&guild);
        let guild = guild.filter(|guild| guild.presence != presence);
        let changed = guild.is_some();
        if let Some(guild) = guild {
            guild.presence = presence;
        }
        changed
    }

    fn arrive(&mut self, guild: u64) {
        if self.enter(guild, Presence::Member) {
            let lesser = wire::guild_create(self, guild, false);
            self.gateway.dispatch(&Dispatch {
                name: "GUILD_CREATE",
                needs: Intents::GUILDS,
                data: wire::guild_create(self, guild, true),
                lesser: Some((Intents::GUILD_MEMBERS, lesser)),
            });
            self.announce(Change::Reset);
        }
    }
}

impl World {
    /// Ids and names of all guilds, the oldest first.
    pub fn guilds(&self) -> Vec<(u64, String)> {
        let state = self.lock();
        let guilds = state.guilds.values();
        guilds.map(|guild| (guild.id, guild.name.clone())).collect()
    }

    /// Founds one more guild, which the bot is in and all people are members of, with the channels
    /// that every guild has. Returns its id.
    pub fn add_guild(&self, name: &str) -> u64 {
        let mut state = self.lock();
        let number = state.guilds.len() as u64;
        let (guild, rooms) = seed::guild(&state.seed, number, name);
        let id = guild.id;
        state.guilds.insert(
            id,
            Guild {
                presence: Presence::Removed,
                ..guild
            },
        );
        state.rooms.extend(rooms);
        state.arrive(id);
        id
    }

    /// Throws the bot out of a guild, which sends `GUILD_DELETE`. What it asks of the guild from then on
    /// is refused as Discord does, with 50001 or 10004, and people are offered none of its commands there.
    pub fn remove_bot(&self, guild: u64) {
        let mut state = self.lock();
        if state.enter(guild, Presence::Removed) {
            let event = json!({ "id": guild.to_string() });
            state.dispatch("GUILD_DELETE", Intents::GUILDS, event);
            state.announce(Change::Reset);
        }
    }

    /// Lets the bot into a guild again, which sends `GUILD_CREATE`.
    pub fn add_bot(&self, guild: u64) {
        self.lock().arrive(guild);
    }

    /// Puts a guild out of order (`GUILD_DELETE` with `unavailable`; requests that concern it are
    /// answered 503), or back into it (`GUILD_CREATE`).
    pub fn guild_unavailable(&self, guild: u64, unavailable: bool) {
        let mut state = self.lock();
        if !unavailable {
            state.arrive(guild);
        } else if state.enter(guild, Presence::Unavailable) {
            let event = json!({ "id": guild.to_string(), "unavailable": true });
            state.dispatch("GUILD_DELETE", Intents::GUILDS, event);
            state.announce(Change::Reset);
        }
    }
}
