//! What a local Slack starts with: the workspace, its people and channels, and the app.

use serde_json::Value;

use crate::common::MOST;

/// A workspace, its people and its channels.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What it is called.
    pub name: String,
    /// The first part of its address, `…​.slack.com`.
    pub domain: String,
    /// The people, 1 to 80, each of another name. The first is the workspace's primary owner.
    pub people: Vec<PersonSeed>,
    /// The channels, 1 to 80. Everyone is in them, guests in the first one only.
    pub channels: Vec<ChannelSeed>,
}

/// Someone in the workspace.
#[derive(Clone, Debug)]
pub struct PersonSeed {
    /// The user name, in small letters.
    pub name: String,
    /// The name that others see.
    pub display: String,
    /// Whether they are an admin of the workspace.
    pub admin: bool,
    /// Whether they are a guest.
    pub guest: bool,
    /// Their time zone by its IANA name, and its distance from UTC in seconds.
    pub zone: (String, i32),
}

/// A channel.
#[derive(Clone, Debug)]
pub struct ChannelSeed {
    /// Its name, without `#`.
    pub name: String,
    /// What it is for, in a line.
    pub topic: String,
    /// Whether only its members see it.
    pub private: bool,
    /// Whether the bot is in it.
    pub bot: bool,
}

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
    /// Its slash commands. Without any, every command is taken for one of the app's.
    pub commands: Vec<CommandSeed>,
    /// Its shortcuts.
    pub shortcuts: Vec<ShortcutSeed>,
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

impl PersonSeed {
    /// A plain member in UTC.
    pub fn new(name: &str, display: &str) -> Self {
        Self {
            name: name.to_owned(),
            display: display.to_owned(),
            admin: false,
            guest: false,
            zone: ("Etc/UTC".to_owned(), 0),
        }
    }
}

impl ChannelSeed {
    /// A public channel that the bot is in.
    pub fn new(name: &str, topic: &str) -> Self {
        Self {
            name: name.to_owned(),
            topic: topic.to_owned(),
            private: false,
            bot: true,
        }
    }
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            name: "Sandbox".to_owned(),
            domain: "sandbox".to_owned(),
            people: vec![
                PersonSeed {
                    admin: true,
                    zone: ("Europe/Berlin".to_owned(), 3_600),
                    ..PersonSeed::new("ana", "Ana")
                },
                PersonSeed::new("ben", "Ben"),
                PersonSeed::new("chloe", "Chloe"),
                PersonSeed {
                    guest: true,
                    ..PersonSeed::new("dai", "Dai")
                },
            ],
            channels: vec![
                ChannelSeed::new("general", "Anything"),
                ChannelSeed::new("news", "What is new"),
                ChannelSeed {
                    bot: false,
                    ..ChannelSeed::new("random", "Everything else")
                },
                ChannelSeed {
                    private: true,
                    ..ChannelSeed::new("staff", "Members only")
                },
            ],
        }
    }
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
pub(super) const EVENTS: [&str; 15] = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "group_archive",
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
        }
    }
}

impl AppSeed {
    /// The app that a manifest describes, which is Slack's JSON of version 1 or 2.
    ///
    /// # Errors
    /// When it names no app or gives its bot no scopes.
    pub fn from_manifest(manifest: &Value) -> Result<Self, String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let name = text(&manifest["display_information"]["name"]);
        let features = &manifest["features"];
        let texts = |value: &Value| -> Vec<String> {
            let all = value.as_array().into_iter().flatten();
            all.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let scopes = texts(&manifest["oauth_config"]["scopes"]["bot"]);
        if name.is_empty() || scopes.is_empty() {
            return Err(
                "the manifest needs display_information.name and oauth_config.scopes.bot"
                    .to_owned(),
            );
        }
        let commands = features["slash_commands"].as_array().into_iter().flatten();
        let shortcuts = features["shortcuts"].as_array().into_iter().flatten();
        Ok(Self {
            display: match features["bot_user"]["display_name"].as_str() {
                Some(display) => display.to_owned(),
                None => name.clone(),
            },
            name,
            scopes,
            events: texts(&manifest["settings"]["event_subscriptions"]["bot_events"]),
            commands: commands
                .map(|command| CommandSeed {
                    name: text(&command["command"]),
                    hint: text(&command["usage_hint"]),
                    escape: command["should_escape"] == true,
                })
                .collect(),
            shortcuts: shortcuts
                .map(|shortcut| ShortcutSeed {
                    name: text(&shortcut["name"]),
                    callback_id: text(&shortcut["callback_id"]),
                    on_message: shortcut["type"] == "message",
                })
                .collect(),
        })
    }
}

impl Workspace {
    /// What keeps a local Slack from starting with it.
    pub(super) fn fault(&self) -> Option<String> {
        let counts = [
            ("people", self.people.len()),
            ("channels", self.channels.len()),
        ];
        let wrong = counts
            .into_iter()
            .find(|(_, count)| !(1..=MOST).contains(count));
        if let Some((what, count)) = wrong {
            return Some(format!(
                "a local Slack starts with 1 to {MOST} {what}, not with {count}"
            ));
        }
        let mut seen = std::collections::BTreeSet::new();
        let people = self.people.iter().map(|person| &person.name);
        let mut all = people.chain(self.channels.iter().map(|channel| &channel.name));
        let twice = all.find(|name| !seen.insert(*name))?;
        Some(format!("two are called {twice:?}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_manifest_says_what_the_app_may_do_and_hears() {
        let manifest = json!({
            "display_information": { "name": "Echo" },
            "features": {
                "slash_commands": [{ "command": "/echo", "description": "Says it again", "usage_hint": "[words]", "should_escape": true }],
                "shortcuts": [{ "name": "Echo this", "type": "message", "callback_id": "echo_this", "description": "Again" }],
            },
            "oauth_config": { "scopes": { "bot": ["commands", "chat:write"] } },
            "settings": { "event_subscriptions": { "bot_events": ["app_mention"] } },
        });
        let app = AppSeed::from_manifest(&manifest).expect("an app");
        assert_eq!((app.name.as_str(), app.display.as_str()), ("Echo", "Echo"));
        assert_eq!(app.scopes, ["commands", "chat:write"]);
        assert_eq!(app.events, ["app_mention"]);
        assert_eq!(app.commands[0].name, "/echo");
        assert!(app.commands[0].escape && app.shortcuts[0].on_message);
        assert!(AppSeed::from_manifest(&json!({})).is_err());
    }

    #[test]
    fn a_workspace_without_anybody_or_with_one_name_twice_is_refused() {
        let people = |names: &[&str]| Workspace {
            people: names
                .iter()
                .map(|name| PersonSeed::new(name, "P"))
                .collect(),
            ..Workspace::default()
        };
        assert!(
            people(&[])
                .fault()
                .is_some_and(|why| why.contains("not with 0"))
        );
        let twice = people(&["kim", "kim"]).fault();
        assert_eq!(twice.as_deref(), Some("two are called \"kim\""));
        assert_eq!(Workspace::default().fault(), None);
    }
}
