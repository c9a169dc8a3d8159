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
        self.offered(person, channel, CommandType::ChatInput)
    }

    /// The commands of a kind that someone may use in a channel, by name.
    pub fn offered(&self, person: u64, channel: u64, kind: CommandType) -> Vec<Command> {
        let mut commands: Vec<Command> = self
            .commands
            .values()
            .filter(|command| command.kind == kind)
            .filter(|command| self.may_use(person, channel, command))
            .cloned()
            .collect();
        commands.sort_by(|a, b| a.name.cmp(&b.name));
        commands
    }

    /// The chat commands there are that someone may not use in a channel, by name, each with the reason.
    pub fn withheld_from(&self, person: u64, channel: u64) -> Vec<(String, String)> {
        let withheld = |command: &Command| {
            let why = self.withheld(person, channel, command)?;
            let why = self.in_words(&why, channel, command)?;
            Some((command.name.clone(), why))
        };
        let mut all: Vec<_> = self
            .commands
            .values()
            .filter(|command| command.kind == CommandType::ChatInput)
            .filter_map(withheld)
            .collect();
        all.sort();
        all
    }

    /// Whether a client offers someone a command in a channel.
    pub fn may_use(&self, person: u64, channel: u64, command: &Command) -> bool {
        self.withheld(person, channel, command).is_none()
    }

    /// Why a client does not offer someone a command in a channel.
    #[expect(
        deprecated,
        reason = "`dm_permission` is still honoured where `contexts` is not given"
    )]
    fn withheld(&self, person: u64, channel: u64, command: &Command) -> Option<Withheld> {
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
        if scope.is_some() && scope != self.guild_of(channel) {
            return Some(Withheld::Elsewhere);
        }
        if !offered {
            return Some(Withheld::Place { direct });
        }
        if self.presence(channel) != Presence::Member {
            return Some(Withheld::Elsewhere);
        }
        let held = self.permissions(person, channel);
        if direct || held.contains(Permissions::ADMINISTRATOR) {
            return None;
        }
        // "0" keeps everyone out but administrators, who hold everything.
        let needed = match command.default_member_permissions {
            Some(none) if none.is_empty() => Permissions::ADMINISTRATOR,
            needed => needed.unwrap_or(Permissions::empty()) | Permissions::USE_SLASH_COMMANDS,
        };
        (!held.contains(needed)).then(|| Withheld::Needs(needed.difference(held)))
    }

    /// The reason for whom it concerns; nothing where there is no such command at all.
    fn in_words(&self, why: &Withheld, channel: u64, command: &Command) -> Option<String> {
        let name = &command.name;
        let missing = match why {
            Withheld::Elsewhere => return None,
            Withheld::Place { direct: true } => {
                return Some(format!("/{name} is for servers, not for direct messages."));
            }
            Withheld::Place { direct: false } => {
                return Some(format!("/{name} is for direct messages, not for servers."));
            }
            Withheld::Needs(missing) => missing,
        };
        let names: Vec<String> = missing.iter_names().map(|(name, _)| shown(name)).collect();
        let (names, many) = (names.join(" and "), names.len() > 1);
        let others = self.people.iter().filter(|someone| !someone.user.bot);
        let able = others.filter(|other| self.may_use(other.user.id.get(), channel, command));
        let able: Vec<&str> = able
            .map(|other| {
                other
                    .user
                    .global_name
                    .as_deref()
                    .unwrap_or(&other.user.name)
            })
            .collect();
        let such_as = match able.first() {
            Some(one) => format!(", such as {one}"),
            None => String::new(),
        };
        let permission = if many { "permissions" } else { "permission" };
        Some(format!(
            "Only members with the {permission} {names} can use /{name} here{such_as}."
        ))
    }
}

/// Why a command is not offered.
enum Withheld {
    /// It is another guild's, or the bot is not here.
    Elsewhere,
    /// It is not for direct messages, or only for these.
    Place { direct: bool },
    /// These permissions are missing.
    Needs(Permissions),
}

/// What Discord's client calls permissions whose names on the wire are others.
const CALLED: [(&str, &str); 15] = [
    ("CREATE_GUILD_EXPRESSIONS", "Create Expressions"),
    ("KICK_MEMBERS", "Kick, Approve, and Reject Members"),
    ("MANAGE_GUILD", "Manage Server"),
    ("MANAGE_GUILD_EXPRESSIONS", "Manage Expressions"),
    (
        "MENTION_EVERYONE",
        "Mention @everyone, @here, and All Roles",
    ),
    ("MODERATE_MEMBERS", "Timeout Members"),
    ("SEND_POLLS", "Create Polls"),
    ("SEND_TTS_MESSAGES", "Send Text-to-Speech Messages"),
    ("STREAM", "Video"),
    ("USE_EMBEDDED_ACTIVITIES", "Use Activities"),
    ("USE_EXTERNAL_EMOJIS", "Use External Emoji"),
    ("USE_SLASH_COMMANDS", "Use Application Commands"),
    ("USE_VAD", "Use Voice Activity"),
    ("VIEW_CHANNEL", "View Channels"),
    ("VIEW_GUILD_INSIGHTS", "View Server Insights"),
];

/// A permission as Discord's client calls it: in most cases as the wire does, word by word.
fn shown(permission: &str) -> String {
    if let Some((_, called)) = CALLED.iter().find(|(name, _)| *name == permission) {
        return (*called).to_owned();
    }
    let capital = |word: &str| {
        let word = word.to_lowercase();
        let mut signs = word.chars();
        let first = signs.next().map(|sign| sign.to_ascii_uppercase());
        first.into_iter().chain(signs).collect()
    };
    let words: Vec<String> = permission.split('_').map(capital).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_called_as_in_the_client() {
        for (name, _) in CALLED {
            assert!(Permissions::from_name(name).is_some(), "{name} is none");
        }
        let needed = Permissions::MODERATE_MEMBERS
            | Permissions::USE_SLASH_COMMANDS
            | Permissions::MANAGE_ROLES;
        let names: Vec<String> = needed.iter_names().map(|(name, _)| shown(name)).collect();
        assert_eq!(
            names,
            [
                "Manage Roles",
                "Use Application Commands",
                "Timeout Members"
            ]
        );
    }
}
