//! The app that a local Slack starts with.

/// The app: what its manifest says.
#[derive(Clone, Debug)]
pub struct AppSeed {
    /// The app's name.
    pub name: String,
    /// The display name of its bot.
    pub display: String,
    /// The scopes of its bot token.
    pub scopes: Vec<String>,
    /// The events that it subscribes to.
    pub events: Vec<String>,
    /// Its slash commands.
    pub commands: Vec<CommandSeed>,
    /// Its shortcuts.
    pub shortcuts: Vec<ShortcutSeed>,
    /// Whether every command is taken for one of its, where it names none.
    pub any_command: bool,
    /// Whether it is told when people press, choose and submit something.
    pub interactivity: bool,
    /// Whether it may connect by Socket Mode.
    pub socket_mode: bool,
    /// Whether it has a Home that it can publish.
    pub home_tab: bool,
    /// Whether it has direct messages with people.
    pub messages_tab: bool,
    /// Whether people can only read those.
    pub messages_read_only: bool,
}

/// A slash command.
#[derive(Clone, Debug, Default)]
pub struct CommandSeed {
    /// Its name, with the slash.
    pub name: String,
    /// What people are shown behind it while they type.
    pub hint: String,
    /// Whether mentions arrive as `<@U…>`.
    pub escape: bool,
}

/// A shortcut.
#[derive(Clone, Debug)]
pub struct ShortcutSeed {
    /// What people call it by.
    pub name: String,
    /// What the app knows it by.
    pub callback_id: String,
    /// Whether it is used on a message.
    pub on_message: bool,
}

/// The scopes that the methods here ask for.
const SCOPES: [&str; 20] = [
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "pins:read",
];

/// The events there are.
pub(super) const EVENTS: [&str; 19] = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_unarchive",
    "channel_rename",
    "group_archive",
    "group_deleted",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "pin_added",
    "reaction_added",
    "tokens_revoked",
];

impl Default for AppSeed {
    /// An app that may do everything, and hears everything.
    fn default() -> Self {
        let all = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self {
            name: "Sandbox Bot".to_owned(),
            display: "sandbox-bot".to_owned(),
            scopes: all(&SCOPES),
            events: all(&EVENTS),
            commands: Vec::new(),
            shortcuts: Vec::new(),
            any_command: true,
            interactivity: true,
            socket_mode: true,
            home_tab: true,
            messages_tab: true,
            messages_read_only: false,
        }
    }
}
