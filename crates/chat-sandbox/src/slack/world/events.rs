//! Events, for those who subscribed to them.

use serde_json::{Value, json};

use super::{pending::Asked, state::State};

impl State {
    /// Tells the app of an event: if it subscribed, and if it happened where the bot is.
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
        if !self.app.seed.events.contains(&wanted) {
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
        let (bot, user) = (self.app.user.clone(), Vec::<String>::new());
        let revoked = json!({ "type": "tokens_revoked", "tokens": { "oauth": user, "bot": [bot] }, "event_ts": self.next_ts().json() });
        self.tell(None, revoked);
        let gone = json!({ "type": "app_uninstalled", "event_ts": self.next_ts().json() });
        self.tell(None, gone);
        self.app.revoked = true;
        self.changed();
    }
}
