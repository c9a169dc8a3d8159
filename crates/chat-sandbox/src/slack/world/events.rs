//! Events, for those who subscribed to them.

use serde_json::{Value, json};

use super::{pending::Asked, state::State};

impl State {
    /// Tells the app of an event: if it subscribed, may know of it, and it happened where the bot is.
    pub fn tell(&mut self, channel: Option<&str>, event: Value) {
        if self.app.revoked {
            return;
        }
        let room = channel.and_then(|id| self.channels.get(id));
        if room.is_some_and(|room| !room.has(&self.app.user)) {
            return;
        }
        let kind = event["type"].as_str().unwrap_or_default();
        let wanted = match (kind, room) {
            ("message", Some(room)) => format!("message.{}", room.kind.family()),
            _ => kind.to_owned(),
        };
        let family = room.map_or("channels", |room| room.kind.family());
        let may_know = scope(kind, family).is_none_or(|scope| self.app.has_scope(&scope));
        if !self.app.seed.events.contains(&wanted) || !may_know {
            return;
        }
        let id = self.next_id("Ev");
        let authorization = json!({
            "enterprise_id": null, "team_id": self.team.id, "user_id": self.app.user, "is_bot": true,
            "is_enterprise_install": false,
        });
        let payload = json!({
            "token": self.app.verification,
            "team_id": self.team.id,
            "context_team_id": self.team.id,
            "context_enterprise_id": null,
            "api_app_id": self.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": id,
            "event_time": self.now().timestamp(),
            "authorizations": [authorization],
            "is_ext_shared_channel": false,
            "event_context": format!("4-{id}"),
        });
        self.send("events_api", payload, Asked::Event { attempt: 0 }, None);
    }

    /// Takes the app out of the workspace: its tokens no longer work.
    pub fn uninstall(&mut self) {
        self.tell_revoked();
        let gone = json!({ "type": "app_uninstalled", "event_ts": self.next_ts().json() });
        self.tell(None, gone);
        self.app.revoked = true;
        self.changed();
    }

    /// Takes its bot token from the app.
    pub fn revoke(&mut self) {
        self.tell_revoked();
        self.app.revoked = true;
        self.changed();
    }

    fn tell_revoked(&mut self) {
        let (bot, user) = (self.app.user.clone(), Vec::<String>::new());
        let revoked = json!({ "type": "tokens_revoked", "tokens": { "oauth": user, "bot": [bot] }, "event_ts": self.next_ts().json() });
        self.tell(None, revoked);
    }
}

/// The scope that an event needs which happened in a conversation of that family, if it needs any.
fn scope(event: &str, family: &str) -> Option<String> {
    let scope = match event {
        "message" => format!("{family}:history"),
        "app_mention" => "app_mentions:read".to_owned(),
        "reaction_added" => "reactions:read".to_owned(),
        "pin_added" => "pins:read".to_owned(),
        "member_joined_channel" | "member_left_channel" => format!("{family}:read"),
        _ if event.starts_with("channel_") => "channels:read".to_owned(),
        _ if event.starts_with("group_") => "groups:read".to_owned(),
        _ => return None,
    };
    Some(scope)
}
