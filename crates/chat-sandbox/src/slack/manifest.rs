//! What a manifest says of an app.

use serde_json::Value;

use super::app_seed::{AppSeed, CommandSeed, EVENTS, ShortcutSeed};

impl AppSeed {
    /// The app that a manifest describes, which is Slack's JSON of version 1 or 2. The log says which of its events
    /// never happen here.
    ///
    /// # Errors
    /// When it names no app, gives its bot no scopes, names a command wrongly or twice, or asks for token rotation,
    /// which is not there.
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
        let settings = &manifest["settings"];
        if settings["token_rotation_enabled"] == true {
            return Err("token rotation is not there (settings.token_rotation_enabled)".to_owned());
        }
        let events = texts(&settings["event_subscriptions"]["bot_events"]);
        for event in events
            .iter()
            .filter(|event| !EVENTS.contains(&event.as_str()))
        {
            tracing::warn!(event, "this event of the manifest never happens here");
        }
        let commands = features["slash_commands"].as_array().into_iter().flatten();
        let shortcuts = features["shortcuts"].as_array().into_iter().flatten();
        let home = &features["app_home"];
        Ok(Self {
            display: match features["bot_user"]["display_name"].as_str() {
                Some(display) => display.to_owned(),
                None => name.clone(),
            },
            name,
            scopes,
            events,
            commands: named_once(commands)?,
            shortcuts: shortcuts
                .map(|shortcut| ShortcutSeed {
                    name: text(&shortcut["name"]),
                    callback_id: text(&shortcut["callback_id"]),
                    on_message: shortcut["type"] == "message",
                })
                .collect(),
            any_command: false,
            interactivity: settings["interactivity"]["is_enabled"] == true,
            socket_mode: settings["socket_mode_enabled"] == true,
            home_tab: home["home_tab_enabled"] == true,
            messages_tab: home["messages_tab_enabled"] != false,
            messages_read_only: home["messages_tab_read_only_enabled"] == true,
        })
    }
}

/// The slash commands of a manifest, each of another name.
fn named_once<'a>(commands: impl Iterator<Item = &'a Value>) -> Result<Vec<CommandSeed>, String> {
    let mut all: Vec<CommandSeed> = Vec::new();
    for command in commands {
        let text = |key: &str| command[key].as_str().unwrap_or_default().to_owned();
        let name = text("command");
        let rest = name.strip_prefix('/').unwrap_or_default();
        if rest.is_empty() || name.contains(char::is_whitespace) {
            return Err(format!("{name:?} is not the name of a slash command"));
        }
        if all.iter().any(|known| known.name == name) {
            return Err(format!("the slash command {name} is there twice"));
        }
        all.push(CommandSeed {
            name,
            hint: text("usage_hint"),
            escape: command["should_escape"] == true,
        });
    }
    Ok(all)
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
        assert!(!app.any_command && !app.interactivity && !app.socket_mode && !app.home_tab);
        assert!(app.messages_tab && !app.messages_read_only);
        let mut other = manifest.clone();
        other["settings"] =
            json!({ "interactivity": { "is_enabled": true }, "socket_mode_enabled": true });
        other["features"]["app_home"] = json!({
            "home_tab_enabled": true, "messages_tab_enabled": false, "messages_tab_read_only_enabled": true,
        });
        let app = AppSeed::from_manifest(&other).expect("an app");
        assert!(app.interactivity && app.socket_mode && app.home_tab);
        assert!(!app.messages_tab && app.messages_read_only);
        assert!(AppSeed::from_manifest(&json!({})).is_err());
    }

    #[test]
    fn a_manifest_that_cannot_be_had_here_is_refused() {
        let refused = |more: Value| {
            let mut manifest = json!({
                "display_information": { "name": "Echo" },
                "oauth_config": { "scopes": { "bot": ["commands"] } },
            });
            for (key, value) in more.as_object().into_iter().flatten() {
                manifest[key] = value.clone();
            }
            AppSeed::from_manifest(&manifest).err().unwrap_or_default()
        };
        let commands = |names: &[&str]| {
            let commands: Vec<Value> = names
                .iter()
                .map(|name| json!({ "command": name }))
                .collect();
            refused(json!({ "features": { "slash_commands": commands } }))
        };
        assert_eq!(commands(&["/echo", "/other"]), "");
        assert!(commands(&["/echo", "/echo"]).contains("/echo is there twice"));
        assert!(commands(&["echo"]).contains("not the name of a slash command"));
        assert!(
            refused(json!({ "settings": { "token_rotation_enabled": true } })).contains("rotation")
        );
    }
}
