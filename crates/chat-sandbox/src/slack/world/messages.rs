//! Messages: posted, changed, deleted, and how Slack tells of them.

use serde_json::{Value, json};

use super::{
    channel::Channel,
    message::{Content, Message, NewMessage},
    state::State,
};
use crate::slack::time::Ts;

impl State {
    /// Posts a message, and tells the app. The channel must be there.
    pub fn post(&mut self, channel: &str, new: NewMessage) -> Ts {
        let ts = self.next_ts();
        let mut content = new.content;
        self.name_blocks(&mut content.blocks);
        let message = Message {
            ts,
            user: new.user,
            content,
            thread: new.thread,
            broadcast: new.broadcast,
            edited: None,
            files: new.files,
            reactions: Vec::new(),
            pinned: false,
        };
        if let Some(room) = self.channels.get_mut(channel) {
            room.messages.add(message);
        }
        self.tell_posted(channel, ts);
        self.changed();
        ts
    }

    /// Changes what a message says, and tells the app. Returns whether it is there.
    pub fn edit(&mut self, channel: &str, ts: Ts, mut content: Content) -> bool {
        let Some(before) = self.message_json(channel, ts, false) else {
            return false;
        };
        self.name_blocks(&mut content.blocks);
        let edited = self.next_ts();
        if let Some(room) = self.channels.get_mut(channel) {
            room.messages.change(ts, content, edited);
        }
        let kind = self.channel_type(channel);
        let event = json!({
            "type": "message", "subtype": "message_changed", "hidden": true, "channel": channel, "channel_type": kind,
            "message": self.message_json(channel, ts, false), "previous_message": before,
            "ts": edited.json(), "event_ts": edited.json(),
        });
        self.tell(Some(channel), event);
        self.changed();
        true
    }

    /// Deletes a message, and tells the app. Returns whether it was there.
    pub fn delete(&mut self, channel: &str, ts: Ts) -> bool {
        let Some(before) = self.message_json(channel, ts, false) else {
            return false;
        };
        if let Some(room) = self.channels.get_mut(channel) {
            room.messages.remove(ts);
        }
        let (now, kind) = (self.next_ts(), self.channel_type(channel));
        let event = json!({
            "type": "message", "subtype": "message_deleted", "hidden": true, "channel": channel, "channel_type": kind,
            "deleted_ts": ts.json(), "previous_message": before, "ts": now.json(), "event_ts": now.json(),
        });
        self.tell(Some(channel), event);
        self.changed();
        true
    }

    /// Gives blocks and elements without an id one, as Slack does.
    pub fn name_blocks(&mut self, blocks: &mut [Value]) {
        for block in blocks.iter_mut().filter(|block| block.is_object()) {
            if block["block_id"].as_str().is_none_or(str::is_empty) {
                block["block_id"] = Value::String(self.next_id("b"));
            }
            if block["type"] == "actions" {
                let elements = block["elements"].as_array_mut().into_iter().flatten();
                elements.for_each(|element| self.name_element(element));
            }
            for key in ["accessory", "element"] {
                if let Some(element) = block.get_mut(key) {
                    self.name_element(element);
                }
            }
        }
    }

    fn name_element(&mut self, element: &mut Value) {
        if element.is_object() && element["type"] != "image" && element["action_id"].is_null() {
            element["action_id"] = Value::String(self.next_id("a"));
        }
    }

    /// The thread that a message of a channel is in or begins, if it is there.
    pub fn thread_of(&self, channel: &str, message: &str) -> Option<Ts> {
        let room = self.channels.get(channel)?;
        let message = room.messages.get(message.parse().ok()?)?;
        Some(message.thread.unwrap_or(message.ts))
    }

    fn channel_type(&self, channel: &str) -> &'static str {
        let channel = self.channels.get(channel);
        channel.map_or("channel", |channel| channel.kind.channel_type())
    }

    fn tell_posted(&mut self, channel: &str, ts: Ts) {
        let Some(mut event) = self.message_json(channel, ts, false) else {
            return;
        };
        event["channel"] = json!(channel);
        event["channel_type"] = json!(self.channel_type(channel));
        event["event_ts"] = ts.json();
        let thread = event["thread_ts"].as_str().and_then(|ts| ts.parse().ok());
        if thread.is_some_and(|thread: Ts| thread != ts) && event["subtype"] == "thread_broadcast" {
            let root = thread.and_then(|thread| self.message_json(channel, thread, false));
            event["root"] = json!(root);
        }
        let mention = format!("<@{}>", self.app.user);
        let text = event["text"].as_str().unwrap_or_default();
        if text.contains(&mention) && event["bot_id"].is_null() {
            let mut mention = event.clone();
            mention["type"] = json!("app_mention");
            if let Some(fields) = mention.as_object_mut() {
                fields.remove("channel_type");
                fields.remove("parent_user_id");
            }
            self.tell(Some(channel), mention);
        }
        self.tell(Some(channel), event);
    }

    /// A message as Slack has it in answers and events, if it is there.
    pub fn message_json(&self, channel: &str, ts: Ts, metadata: bool) -> Option<Value> {
        let room = self.channels.get(channel)?;
        let message = room.messages.get(ts)?;
        let mut json = json!({
            "type": "message", "user": message.user, "text": message.content.text, "ts": ts.json(), "team": self.team.id,
        });
        if message.user == self.app.user {
            json["bot_id"] = json!(self.app.bot_id);
            json["app_id"] = json!(self.app.id);
            json["bot_profile"] = self.bot_json();
        } else {
            json["client_msg_id"] = json!(format!(
                "00000000-0000-4000-8000-{:0>12}",
                ts.to_string().replace('.', "")[4..].to_owned()
            ));
        }
        if !message.content.blocks.is_empty() {
            json["blocks"] = json!(message.content.blocks);
        }
        if !message.content.attachments.is_empty() {
            json["attachments"] = json!(message.content.attachments);
        }
        if let Some(known) = message.content.metadata.as_ref().filter(|_| metadata) {
            json["metadata"] = known.clone();
        }
        if let Some(edited) = message.edited {
            json["edited"] = json!({ "user": message.user, "ts": edited.json() });
        }
        if !message.files.is_empty() {
            let files = message.files.iter().filter_map(|id| self.file_json(id));
            json["files"] = files.collect();
            json["subtype"] = json!("file_share");
            json["upload"] = json!(true);
        }
        if !message.reactions.is_empty() {
            let reactions = message.reactions.iter();
            let reactions = reactions
                .map(|(name, users)| json!({ "name": name, "users": users, "count": users.len() }));
            json["reactions"] = reactions.collect();
        }
        self.add_thread(room, message, &mut json);
        Some(json)
    }

    /// What a message's place in a thread adds to it.
    fn add_thread(&self, room: &Channel, message: &Message, json: &mut Value) {
        if let Some(thread) = message.thread {
            json["thread_ts"] = thread.json();
            if message.broadcast {
                json["subtype"] = json!("thread_broadcast");
            }
            if let Some(parent) = room.messages.get(thread) {
                json["parent_user_id"] = json!(parent.user);
            }
            return;
        }
        let Some(last) = room.messages.replies(message.ts).next_back() else {
            return;
        };
        let mut users: Vec<&str> = Vec::new();
        for reply in room.messages.replies(message.ts) {
            if !users.contains(&reply.user.as_str()) {
                users.push(&reply.user);
            }
        }
        json["thread_ts"] = message.ts.json();
        json["reply_count"] = json!(room.messages.count_replies(message.ts));
        json["reply_users_count"] = json!(users.len());
        json["reply_users"] = json!(users);
        json["latest_reply"] = last.ts.json();
        json["is_locked"] = json!(false);
        json["subscribed"] = json!(false);
    }

    /// The bot as messages of it tell.
    pub fn bot_json(&self) -> Value {
        let icons = json!({
            "image_36": "https://a.slack-edge.com/bot_36.png",
            "image_48": "https://a.slack-edge.com/bot_48.png",
            "image_72": "https://a.slack-edge.com/bot_72.png",
        });
        json!({
            "id": self.app.bot_id, "app_id": self.app.id, "name": self.app.seed.name, "icons": icons, "deleted": false,
            "updated": self.clock.started().timestamp(), "team_id": self.team.id,
        })
    }

    /// Adds a reaction of someone to a message. Returns whether it is new.
    pub fn react(&mut self, channel: &str, ts: Ts, user: &str, name: &str) -> bool {
        let room = self.channels.get_mut(channel);
        let Some(message) = room.and_then(|room| room.messages.get_mut(ts)) else {
            return false;
        };
        let author = message.user.clone();
        let known = message
            .reactions
            .iter_mut()
            .find(|(known, _)| known == name);
        match known {
            Some((_, users)) if users.iter().any(|known| known == user) => return false,
            Some((_, users)) => users.push(user.to_owned()),
            None => message
                .reactions
                .push((name.to_owned(), vec![user.to_owned()])),
        }
        let now = self.next_ts();
        let item = json!({ "type": "message", "channel": channel, "ts": ts.json() });
        let event = json!({
            "type": "reaction_added", "user": user, "reaction": name, "item": item, "item_user": author, "event_ts": now.json(),
        });
        self.tell(Some(channel), event);
        self.changed();
        true
    }

    /// Tells the app that its bot pinned a message.
    pub fn tell_pinned(&mut self, channel: &str, ts: Ts) {
        let (now, user) = (self.next_ts(), self.app.user.clone());
        let message = self.message_json(channel, ts, false);
        let item = json!({
            "type": "message", "channel": channel, "message": message, "created": self.now().timestamp(), "created_by": user,
        });
        let event = json!({ "type": "pin_added", "user": user, "channel_id": channel, "item": item, "event_ts": now.json() });
        self.tell(Some(channel), event);
        self.changed();
    }
}
