//! The commands the application registered.

use twilight_model::{
    application::command::{Command, CommandType},
    guild::Permissions,
    id::Id,
};

use super::{Change, Presence, State};

impl State {
    /// Registers a command, in place of one of the same name and kind in the same scope, whose id it
    /// keeps. Tells whether it is a new one.
    pub fn register(&mut self, mut command: Command, guild: Option<u64>) -> (u64, bool) {
        let guild_id = guild.map(Id::new);
        let same = |old: &&Command| {
            old.name == command.name && old.kind == command.kind && old.guild_id == guild_id
        };
        let old = self.commands.values().find(same).and_then(|old| old.id);
        let id = old.map_or_else(|| self.next_id(), Id::get);
        command.id = Some(Id::new(id));
        command.guild_id = guild_id;
        command.application_id = Some(Id::new(self.application));
        command.version = Id::new(self.next_id());
        self.commands.insert(id, command);
        self.announce(Change::Commands);
        (id, old.is_none())
    }

    /// Puts a registered command in the place of the one with its id.
    pub fn replace_command(&mut self, mut command: Command) {
        command.version = Id::new(self.next_id());
        if let Some(id) = command.id {
            self.commands.insert(id.get(), command);
            self.announce(Change::Commands);
        }
    }

    /// Forgets a registered command.
    pub fn forget_command(&mut self, command: &Command) {
        self.commands.retain(|_, other| other.id != command.id);
        self.announce(Change::Commands);
    }

    /// Registers these commands and forgets all others of the scope.
    pub fn overwrite_commands(
        &mut self,
        commands: Vec<Command>,
        guild: Option<u64>,
    ) -> Vec<Command> {
        let kept: Vec<u64> = commands
            .into_iter()
            .map(|command| self.register(command, guild).0)
            .collect();
        let guild = guild.map(Id::new);
        self.commands
            .retain(|id, command| command.guild_id != guild || kept.contains(id));
        self.announce(Change::Commands);
        kept.iter()
            .filter_map(|id| self.commands.get(id))
            .cloned()
            .collect()
    }

    /// The commands of a scope, oldest first.
    pub fn commands_of(&self, guild: Option<u64>) -> Vec<Command> {
        let guild = guild.map(Id::new);
        self.commands
            .values()
            .filter(|command| command.guild_id == guild)
            .cloned()
            .collect()
    }

    /// The chat commands that someone may use in a channel, by name.
    pub fn commands_for(&self, person: u64, channel: u64) -> Vec<Command> {
        let mut commands: Vec<Command> = self
            .commands
            .values()
            .filter(|command| command.kind == CommandType::ChatInput)
            .filter(|command| self.may_use(person, channel, command))
            .cloned()
            .collect();
        commands.sort_by(|a, b| a.name.cmp(&b.name));
        commands
    }

    /// Whether a client offers someone a command in a channel.
    #[expect(
        deprecated,
        reason = "`dm_permission` is still honoured where `contexts` is not given"
    )]
    pub fn may_use(&self, person: u64, channel: u64, command: &Command) -> bool {
        use twilight_model::application::interaction::InteractionContextType as Context;
        let direct = self.is_direct(channel);
        let context = if direct {
            Context::BotDm
        } else {
            Context::Guild
        };
        let offered = match &command.contexts {
            Some(contexts) => contexts.contains(&context),
            None => !direct || command.dm_permission != Some(false),
        };
        let scope = command.guild_id.map(Id::get);
        let elsewhere = scope.is_some() && scope != self.guild_of(channel);
        if !offered || elsewhere || self.presence(channel) != Presence::Member {
            return false;
        }
        let held = self.permissions(person, channel);
        let needed = command
            .default_member_permissions
            .unwrap_or(Permissions::empty());
        // "0" keeps everyone out but administrators, who hold everything.
        let nobody = command.default_member_permissions == Some(Permissions::empty());
        direct
            || held.contains(Permissions::ADMINISTRATOR)
            || (held.contains(needed | Permissions::USE_SLASH_COMMANDS) && !nobody)
    }
}
