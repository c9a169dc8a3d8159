//! What the app is sent of what someone does.

use serde_json::{Value, json};

use super::{elements::Element, view::MessageView};
use crate::slack::{
    time::Ts,
    world::{Kind, State, value_keys},
};

/// Where something is used.
#[derive(Clone, Debug)]
pub enum Surface {
    Message { channel: String, ts: Ts },
    View { id: String },
}

impl Surface {
    /// Where a message is.
    pub fn of(message: &MessageView) -> Self {
        Self::Message {
            channel: message.channel.clone(),
            ts: message.at,
        }
    }
}

/// What an element holds once something was chosen in it.
pub fn held(element: &Element, value: Value) -> Value {
    let mut held = json!({ "type": element.kind });
    if !element.is_button() {
        held[value_keys(&element.kind).0] = value;
    }
    held
}

impl State {
    /// What every interaction tells.
    fn interaction(&self, kind: &str, person: &str) -> Value {
        json!({
            "type": kind,
            "user": self.actor_json(person),
            "api_app_id": self.app.id,
            "token": self.app.verification,
            "team": self.team_json(),
            "enterprise": null,
            "is_enterprise_install": false,
        })
    }

    /// A channel as interactions name it.
    fn place(&self, id: &str) -> Value {
        let name = match self.channels.get(id) {
            Some(channel) if channel.kind == Kind::Direct => "directmessage",
            Some(channel) if channel.kind == Kind::Private => "privategroup",
            Some(channel) => &channel.name,
            None => "",
        };
        json!({ "id": id, "name": name })
    }

    /// A modal or home as payloads have it.
    fn shown(&self, id: &str) -> Value {
        let open = self.view(id);
        open.map_or(Value::Null, |open| self.view_json(open))
    }

    /// Adds where something was used to what is told of it.
    fn add_surface(&self, payload: &mut Value, surface: &Surface) {
        match surface {
            Surface::Message { channel, ts } => {
                payload["container"] = self.container(channel, *ts);
                payload["channel"] = self.place(channel);
                if let Some(message) = self.message_json(channel, *ts, false) {
                    payload["message"] = message;
                }
            }
            Surface::View { id } => {
                payload["container"] = json!({ "type": "view", "view_id": id });
                payload["view"] = self.shown(id);
            }
        }
    }

    /// What the app is sent when an element is used; `held` is what it holds then.
    pub(super) fn pressed(
        &mut self,
        person: &str,
        surface: &Surface,
        element: &Element,
        held: &Value,
    ) -> Value {
        let mut payload = self.interaction("block_actions", person);
        payload["trigger_id"] = json!(self.trigger(person));
        if let Surface::Message { channel, ts } = surface {
            let key = (person.to_owned(), *ts);
            let known = self.chosen.get(&key).cloned();
            let mut values = known.unwrap_or_else(|| json!({}));
            if element.kind != "button" && element.kind != "overflow" {
                values[element.block.as_str()][element.action.as_str()] = held.clone();
                self.chosen.insert(key, values.clone());
            }
            payload["state"] = json!({ "values": values });
            let thread = self.container(channel, *ts)["thread_ts"]
                .as_str()
                .and_then(|ts| ts.parse().ok());
            payload["response_url"] = json!(self.response_url(person, channel, Some(*ts), thread));
        }
        self.add_surface(&mut payload, surface);
        let mut action = held.clone();
        action["action_id"] = json!(element.action);
        action["block_id"] = json!(element.block);
        action["action_ts"] = self.next_ts().json();
        let told: &[&str] = if element.is_button() {
            &["text", "value", "style"]
        } else {
            &["placeholder"]
        };
        for key in told {
            if let Some(value) = element.value.get(*key) {
                action[*key] = value.clone();
            }
        }
        payload["actions"] = json!([action]);
        payload
    }

    /// What the app is sent when options are to be offered.
    pub(super) fn suggestion(
        &self,
        person: &str,
        surface: &Surface,
        element: &Element,
        typed: &str,
    ) -> Value {
        let mut payload = self.interaction("block_suggestion", person);
        payload["action_id"] = json!(element.action);
        payload["block_id"] = json!(element.block);
        payload["value"] = json!(typed);
        self.add_surface(&mut payload, surface);
        payload
    }

    /// What the app is sent when a form is submitted.
    pub(super) fn submission(&mut self, person: &str, view: &str) -> Value {
        let mut payload = self.interaction("view_submission", person);
        payload["trigger_id"] = json!(self.trigger(person));
        payload["view"] = self.shown(view);
        payload["response_urls"] = json!([]);
        payload
    }

    /// What the app is sent when a form is closed; `cleared` when all of them are.
    pub(super) fn closed(&self, person: &str, view: &str, cleared: bool) -> Value {
        let mut payload = self.interaction("view_closed", person);
        payload["view"] = self.shown(view);
        payload["is_cleared"] = json!(cleared);
        payload
    }

    /// What the app is sent when a shortcut is used, on a message or not.
    pub(super) fn shortcut(
        &mut self,
        person: &str,
        callback: &str,
        message: Option<(&str, Ts)>,
    ) -> Value {
        let kind = if message.is_some() {
            "message_action"
        } else {
            "shortcut"
        };
        let mut payload = self.interaction(kind, person);
        payload["callback_id"] = json!(callback);
        payload["trigger_id"] = json!(self.trigger(person));
        payload["action_ts"] = self.next_ts().json();
        if let Some(fields) = payload.as_object_mut() {
            fields.remove("api_app_id");
        }
        if let Some(user) = payload["user"]
            .as_object_mut()
            .filter(|_| message.is_none())
        {
            user.remove("name");
        }
        if let Some((channel, ts)) = message {
            payload["channel"] = self.place(channel);
            payload["message_ts"] = ts.json();
            payload["message"] = json!(self.message_json(channel, ts, false));
            payload["response_url"] = json!(self.response_url(person, channel, None, None));
        }
        payload
    }

    /// What the app is sent of a slash command: texts only.
    pub(super) fn command(
        &mut self,
        person: &str,
        channel: &str,
        command: &str,
        text: &str,
    ) -> Value {
        let place = self.place(channel);
        let name = self
            .user(person)
            .map_or_else(String::new, |user| user.name.clone());
        json!({
            "token": self.app.verification,
            "team_id": self.team.id,
            "team_domain": self.team.domain,
            "channel_id": channel,
            "channel_name": place["name"],
            "user_id": person,
            "user_name": name,
            "command": command,
            "text": text,
            "api_app_id": self.app.id,
            "is_enterprise_install": "false",
            "response_url": self.response_url(person, channel, None, None),
            "trigger_id": self.trigger(person),
        })
    }
}
