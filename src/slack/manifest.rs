//! What an app is to Slack, as its manifest says: commands, scopes, events, and where Slack reaches it.
//! <https://docs.slack.dev/reference/app-manifest>

use serde_json::{Value, json};

use super::interactions::commands;
use super::scopes::SCOPES;
use super::settings::Commands;
use crate::app::wording;
use crate::model::PlatformId;

/// What a manifest is for.
#[derive(Clone, Debug, Default)]
pub struct ManifestOptions {
    /// What the commands are called.
    pub commands: Commands,
    /// Whether the app may not read what is written in channels. Typed answers don't count then, and a daily whose
    /// posting was left in doubt is not posted again by itself.
    pub buttons_only: bool,
    /// The address at which Slack reaches the bot over HTTP; none for sockets, which the bot opens.
    pub http: Option<String>,
}

/// The events that the bot hears, each with whether it is of what is written in channels.
const EVENTS: [(&str, bool); 8] = [
    ("app_home_opened", false),
    ("app_uninstalled", false),
    ("channel_unarchive", false),
    ("group_unarchive", false),
    ("member_joined_channel", false),
    ("message.channels", true),
    ("message.groups", true),
    ("tokens_revoked", false),
];

const NAME: &str = "Greenroom";

/// The app's manifest.
pub fn manifest(options: &ManifestOptions) -> Value {
    let of = |names: &[(&'static str, bool)]| -> Vec<&'static str> {
        let wanted = names
            .iter()
            .filter(|(_, reads)| !(options.buttons_only && *reads));
        wanted.map(|(name, _)| *name).collect()
    };
    let url = options.http.as_deref();
    let with_url = |mut object: Value, key: &str| {
        if let Some(url) = url {
            object[key] = json!(url);
        }
        object
    };
    let commands = commands::listed().into_iter().map(|command| {
        let mut entry = json!({
            "command": format!("/{}", options.commands.called(command.name)),
            "description": command.described.text_on(PlatformId::Slack),
            "should_escape": true,
        });
        if !command.hint.is_empty() {
            entry["usage_hint"] = json!(command.hint);
        }
        with_url(entry, "url")
    });
    let quiz = wording::described("quiz").map(|quiz| quiz.text_on(PlatformId::Slack));
    let interactivity = with_url(json!({ "is_enabled": true }), "request_url");
    json!({
        "_metadata": { "major_version": 2, "minor_version": 1 },
        "display_information": {
            "name": NAME,
            "description": wording::WHAT_IT_IS,
            "background_color": "#1f6f54",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": true,
                "messages_tab_read_only_enabled": true,
            },
            "bot_user": { "display_name": NAME, "always_online": true },
            "shortcuts": [{
                "name": wording::START_A_QUIZ,
                "type": "global",
                // There is one, so that it needs no telling from others.
                "callback_id": "quiz",
                "description": quiz,
            }],
            "slash_commands": commands.collect::<Vec<_>>(),
        },
        "oauth_config": { "scopes": { "bot": of(&SCOPES) } },
        "settings": {
            "event_subscriptions": with_url(json!({ "bot_events": of(&EVENTS) }), "request_url"),
            "interactivity": with_url(interactivity, "message_menu_options_url"),
            "org_deploy_enabled": false,
            "socket_mode_enabled": url.is_none(),
            "token_rotation_enabled": false,
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    fn texts(list: &Value) -> BTreeSet<&str> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(Value::as_str).collect()
    }

    fn scopes(manifest: &Value) -> BTreeSet<&str> {
        texts(&manifest["oauth_config"]["scopes"]["bot"])
    }

    fn events(manifest: &Value) -> BTreeSet<&str> {
        texts(&manifest["settings"]["event_subscriptions"]["bot_events"])
    }

    #[test]
    fn every_command_is_in_it_by_its_name_here() {
        let renamed = BTreeMap::from([("question".to_owned(), "ask".to_owned())]);
        let options = ManifestOptions {
            commands: Commands(renamed),
            ..ManifestOptions::default()
        };
        let manifest = manifest(&options);
        let listed = manifest["features"]["slash_commands"]
            .as_array()
            .expect("a list");
        let names: Vec<&str> = listed
            .iter()
            .filter_map(|it| it["command"].as_str())
            .collect();
        assert_eq!(
            names,
            [
                "/ask",
                "/topics",
                "/quiz",
                "/daily",
                "/leaderboard",
                "/stats",
                "/schedule",
                "/privacy",
                "/greenroom"
            ]
        );
        for command in listed {
            assert_eq!(command["should_escape"], true, "{command}");
            assert!(
                command["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            assert!(command.get("url").is_none());
        }
        assert_eq!(listed[0]["usage_hint"], "[query] [easy | medium | hard]");
        assert!(
            listed[1].get("usage_hint").is_none(),
            "Slack refuses empty ones"
        );
    }

    #[test]
    fn with_buttons_only_it_reads_nothing_that_is_written() {
        let all = manifest(&ManifestOptions::default());
        let buttons = manifest(&ManifestOptions {
            buttons_only: true,
            ..ManifestOptions::default()
        });
        let left_out = |of: fn(&Value) -> BTreeSet<&str>| -> Vec<String> {
            let gone = of(&all)
                .into_iter()
                .filter(|name| !of(&buttons).contains(name));
            gone.map(str::to_owned).collect()
        };
        assert_eq!(left_out(scopes), ["channels:history", "groups:history"]);
        assert_eq!(left_out(events), ["message.channels", "message.groups"]);
    }

    #[test]
    fn over_http_every_address_is_the_one_given_and_there_is_no_socket() {
        let url = "https://bot.example.com/slack";
        let manifest = manifest(&ManifestOptions {
            http: Some(url.to_owned()),
            ..ManifestOptions::default()
        });
        let settings = &manifest["settings"];
        assert_eq!(settings["socket_mode_enabled"], false);
        assert_eq!(settings["event_subscriptions"]["request_url"], url);
        assert_eq!(settings["interactivity"]["request_url"], url);
        assert_eq!(settings["interactivity"]["message_menu_options_url"], url);
        let commands = manifest["features"]["slash_commands"]
            .as_array()
            .expect("a list");
        assert!(commands.iter().all(|command| command["url"] == url));
    }

    /// Scopes any of which a method or event needs: <https://docs.slack.dev/reference/methods>, …/events.
    const NEEDED: [(&str, &[&str]); 30] = [
        ("apps.connections.open", &[]),
        ("auth.test", &[]),
        ("chat.delete", &["chat:write"]),
        ("chat.postEphemeral", &["chat:write"]),
        ("chat.postMessage", &["chat:write"]),
        ("chat.update", &["chat:write"]),
        (
            "conversations.history",
            &["channels:history", "groups:history"],
        ),
        ("conversations.info", &["channels:read", "groups:read"]),
        ("conversations.open", &["im:write"]),
        (
            "conversations.replies",
            &["channels:history", "groups:history"],
        ),
        ("files.completeUploadExternal", &["files:write"]),
        ("files.getUploadURLExternal", &["files:write"]),
        ("users.conversations", &["channels:read", "groups:read"]),
        ("users.info", &["users:read"]),
        ("users.list", &["users:read"]),
        ("views.open", &[]),
        ("views.publish", &[]),
        ("views.update", &[]),
        ("app_home_opened", &[]),
        ("app_uninstalled", &[]),
        ("channel_archive", &["channels:read"]),
        ("channel_deleted", &["channels:read"]),
        ("channel_unarchive", &["channels:read"]),
        ("group_archive", &["groups:read"]),
        ("group_deleted", &["groups:read"]),
        ("group_unarchive", &["groups:read"]),
        ("member_joined_channel", &["channels:read", "groups:read"]),
        ("message.channels", &["channels:history"]),
        ("message.groups", &["groups:history"]),
        ("tokens_revoked", &[]),
    ];

    /// The methods that the sources of this folder call.
    fn called() -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/slack");
        let (mut folders, mut called) = (vec![folder], BTreeSet::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    let tests = path.ends_with("tests");
                    folders.extend((!tests).then_some(path));
                    continue;
                }
                // What those name is not called there.
                if path.ends_with("manifest.rs") || path.ends_with("methods.rs") {
                    continue;
                }
                let text = std::fs::read_to_string(path).expect("a text");
                let quoted = text.split('"');
                let groups = [
                    "apps.",
                    "auth.",
                    "chat.",
                    "conversations.",
                    "files.",
                    "users.",
                    "views.",
                ];
                let methods = quoted.filter(|text| {
                    let name = text.chars().all(|c| c.is_ascii_alphabetic() || c == '.');
                    name && groups.iter().any(|group| text.starts_with(group))
                });
                called.extend(methods.map(str::to_owned));
            }
        }
        // Named by a constant.
        called.insert("chat.postMessage".to_owned());
        called
    }

    #[test]
    fn it_has_the_scopes_of_what_is_called_and_heard_and_no_other() {
        let manifest = manifest(&ManifestOptions::default());
        let (scopes, events) = (scopes(&manifest), events(&manifest));
        let called = called();
        assert!(called.contains("views.open"), "{called:?}");
        let mut used = BTreeSet::from(["commands"]);
        let heard = events.iter().map(|event| (*event).to_owned());
        for what in called.iter().cloned().chain(heard) {
            let needed = NEEDED.iter().find(|(name, _)| *name == what);
            let (_, any) = needed.unwrap_or_else(|| panic!("what does {what} need?"));
            let has = any.iter().any(|scope| scopes.contains(scope));
            assert!(any.is_empty() || has, "{what}");
            used.extend(*any);
        }
        // What isn't called needs nothing.
        let is_event = |name: &str| !name.contains('.') || name.starts_with("message.");
        let mut methods = NEEDED.iter().map(|(name, _)| *name);
        let uncalled = methods.find(|name| !is_event(name) && !called.contains(*name));
        assert_eq!(uncalled, None, "it is not called");
        let idle: Vec<&&str> = scopes.iter().filter(|it| !used.contains(*it)).collect();
        assert!(idle.is_empty(), "nothing needs {idle:?}");
    }

    #[test]
    fn it_subscribes_to_the_events_that_something_is_done_about() {
        let file = "src/slack/interactions/dispatch.rs";
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let dispatch = std::fs::read_to_string(file).expect("it is there");
        let manifest = manifest(&ManifestOptions::default());
        let events = events(&manifest);
        let all = NEEDED.iter().map(|(name, _)| *name);
        // Those have a group before the dot.
        let is_method = |name: &&str| name.contains('.') && !name.starts_with("message.");
        for event in all.filter(|name| !is_method(name)) {
            let name = event.split('.').next().unwrap_or_default();
            let heard = dispatch.contains(&format!("\"{name}\""));
            assert_eq!(events.contains(event), heard, "{event}");
        }
    }

    #[test]
    fn it_keeps_to_the_lengths_that_slack_takes() {
        let manifest = manifest(&ManifestOptions::default());
        let length = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
        let shown = &manifest["display_information"];
        assert!((1..=35).contains(&length(&shown["name"])));
        assert!((1..=140).contains(&length(&shown["description"])));
        let shortcut = &manifest["features"]["shortcuts"][0];
        assert!((1..=24).contains(&length(&shortcut["name"])), "{shortcut}");
        assert!(
            (1..=150).contains(&length(&shortcut["description"])),
            "{shortcut}"
        );
        for command in manifest["features"]["slash_commands"]
            .as_array()
            .expect("a list")
        {
            assert!(length(&command["command"]) <= 32, "{command}");
            assert!(
                length(&command["description"]) <= 2_000 && length(&command["usage_hint"]) <= 1_000
            );
        }
    }
}
