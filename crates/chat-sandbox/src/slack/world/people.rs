//! Users, as Slack tells of them.

use serde_json::{Value, json};

use super::{state::State, user::User};

impl State {
    pub fn user(&self, id: &str) -> Option<&User> {
        self.people.iter().find(|user| user.id == id)
    }

    pub fn user_named(&self, name: &str) -> Option<&User> {
        self.people.iter().find(|user| user.name == name)
    }

    /// What others see as someone's name.
    pub fn display(&self, id: &str) -> String {
        self.user(id)
            .map_or_else(|| id.to_owned(), |user| user.display.clone())
    }

    /// As `users.info` has it.
    pub fn user_json(&self, user: &User) -> Value {
        let label = user.zone.0.rsplit('/').next().unwrap_or_default();
        let mut profile = json!({
            "real_name": user.display,
            "real_name_normalized": user.display,
            "display_name": user.display,
            "display_name_normalized": user.display,
            "title": "",
            "phone": "",
            "skype": "",
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g0000000000",
            "team": self.team.id,
        });
        if user.bot {
            profile["api_app_id"] = json!(self.app.id);
            profile["bot_id"] = json!(self.app.bot_id);
        }
        json!({
            "id": user.id,
            "team_id": self.team.id,
            "name": user.name,
            "real_name": user.display,
            "deleted": user.deleted,
            "color": "9f69e7",
            "tz": user.zone.0,
            "tz_label": label.replace('_', " "),
            "tz_offset": user.zone.1,
            "profile": profile,
            "is_admin": user.admin,
            "is_owner": user.owner,
            "is_primary_owner": user.owner,
            "is_restricted": user.guest,
            "is_ultra_restricted": false,
            "is_stranger": user.stranger,
            "is_bot": user.bot,
            "is_app_user": false,
            "is_email_confirmed": true,
            "updated": self.clock.started().timestamp(),
        })
    }

    /// As interactions name who acted.
    pub fn actor_json(&self, id: &str) -> Value {
        let name = self.user(id).map_or("", |user| user.name.as_str());
        json!({ "id": id, "username": name, "name": name, "team_id": self.team.id })
    }

    /// As interactions name the workspace.
    pub fn team_json(&self) -> Value {
        json!({ "id": self.team.id, "domain": self.team.domain })
    }
}
