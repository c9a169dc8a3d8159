//! Files, which are uploaded outside of the Web API.

use serde_json::{Value, json};

use super::state::State;

impl State {
    /// As messages and answers have it.
    pub fn file_json(&self, id: &str) -> Option<Value> {
        let file = self.files.get(id)?;
        let kind = file.name.rsplit_once('.').map_or("text", |(_, kind)| kind);
        let created = self.clock.started().timestamp();
        Some(json!({
            "id": id, "created": created, "timestamp": created, "name": file.name, "title": file.title,
            "mimetype": "application/octet-stream", "filetype": kind, "pretty_type": kind, "user": self.app.user,
            "user_team": self.team.id, "editable": false, "size": file.length, "mode": "hosted", "is_external": false,
            "external_type": "", "is_public": true, "public_url_shared": false, "display_as_bot": false, "username": "",
            "url_private": format!("http://{}/files/{id}", self.address),
            "permalink": format!("http://{}/files/{id}", self.address), "file_access": "visible",
        }))
    }
}
