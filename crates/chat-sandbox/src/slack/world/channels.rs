//! Channels, direct messages among them, and who is in them.

use serde_json::{Value, json};

use super::{
    channel::{Channel, Kind, Messages},
    state::State,
};

impl State {
    /// A channel that the bot may know of: a public one, or one that it is in.
    pub fn known_channel(&self, id: &str) -> Option<&Channel> {
        let channel = self.channels.get(id)?;
        let known = channel.kind == Kind::Public || channel.has(&self.app.user);
        known.then_some(channel)
    }

    /// A channel by its name, with or without `#`, or by its id.
    pub fn channel_named(&self, name: &str) -> Option<&Channel> {
        let name = name.strip_prefix('#').unwrap_or(name);
        let by_name = |channel: &&Channel| channel.name == name && channel.kind != Kind::Direct;
        self.channels
            .get(name)
            .or_else(|| self.channels.values().find(by_name))
    }

    /// The conversation of the bot with someone, which begins when it is first asked for.
    pub fn direct(&mut self, person: &str) -> String {
        let theirs = |channel: &&Channel| channel.kind == Kind::Direct && channel.has(person);
        if let Some(channel) = self.channels.values().find(theirs) {
            return channel.id.clone();
        }
        let (id, created) = (self.next_id("D"), self.now());
        let channel = Channel {
            id: id.clone(),
            name: String::new(),
            topic: String::new(),
            kind: Kind::Direct,
            members: vec![person.to_owned(), self.app.user.clone()],
            archived: false,
            general: false,
            created,
            creator: person.to_owned(),
            messages: Messages::default(),
        };
        self.channels.insert(id.clone(), channel);
        id
    }

    /// As `conversations.info` has it.
    pub fn channel_json(&self, channel: &Channel) -> Value {
        let created = channel.created.timestamp();
        let context = &self.team.id;
        if channel.kind == Kind::Direct {
            let mut others = channel.members.iter();
            let other = others.find(|member| **member != self.app.user);
            return json!({
                "id": channel.id, "created": created, "is_archived": false, "is_im": true, "is_org_shared": false,
                "user": other, "is_user_deleted": false, "priority": 0, "is_open": true, "context_team_id": context,
                "updated": channel.created.timestamp_millis(),
            });
        }
        let private = channel.kind == Kind::Private;
        json!({
            "id": channel.id,
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": !private,
            "is_group": private,
            "is_im": false,
            "is_mpim": false,
            "is_private": private,
            "is_archived": channel.archived,
            "is_general": channel.general,
            "is_member": channel.has(&self.app.user),
            "is_shared": false,
            "is_ext_shared": false,
            "is_org_shared": false,
            "is_pending_ext_shared": false,
            "pending_shared": [],
            "pending_connected_team_ids": [],
            "parent_conversation": null,
            "unlinked": 0,
            "created": created,
            "updated": channel.created.timestamp_millis(),
            "creator": channel.creator,
            "context_team_id": context,
            "shared_team_ids": [context],
            "previous_names": [],
            "topic": { "value": channel.topic, "creator": channel.creator, "last_set": created },
            "purpose": { "value": "", "creator": "", "last_set": 0 },
        })
    }

    /// Adds someone to a channel, and tells the app.
    pub fn join(&mut self, channel: &str, user: &str) {
        let Some(room) = self.channels.get_mut(channel) else {
            return;
        };
        if room.has(user) {
            return;
        }
        room.members.push(user.to_owned());
        let letter = if room.kind == Kind::Private { "G" } else { "C" };
        let ts = self.next_ts();
        let event = json!({
            "type": "member_joined_channel", "user": user, "channel": channel, "channel_type": letter,
            "team": self.team.id, "event_ts": ts.json(),
        });
        self.tell(Some(channel), event);
        self.changed();
    }

    /// Takes someone out of a channel, and tells the app.
    pub fn leave(&mut self, channel: &str, user: &str) {
        let Some(room) = self.channels.get_mut(channel) else {
            return;
        };
        let letter = if room.kind == Kind::Private { "G" } else { "C" };
        let ts = self.next_ts();
        let event = json!({
            "type": "member_left_channel", "user": user, "channel": channel, "channel_type": letter,
            "team": self.team.id, "event_ts": ts.json(),
        });
        // Who leaves is told that they did.
        self.tell(Some(channel), event);
        if let Some(room) = self.channels.get_mut(channel) {
            room.members.retain(|member| member != user);
        }
        self.changed();
    }

    /// Archives a channel or brings it back, and tells the app.
    pub fn set_archived(&mut self, channel: &str, by: &str, archived: bool) {
        let Some(room) = self.channels.get_mut(channel) else {
            return;
        };
        room.archived = archived;
        let kind = match (room.kind, archived) {
            (Kind::Private, true) => "group_archive",
            (Kind::Private, false) => "group_unarchive",
            (_, true) => "channel_archive",
            (_, false) => "channel_unarchive",
        };
        let ts = self.next_ts();
        let mut event = json!({ "type": kind, "channel": channel, "event_ts": ts.json() });
        // Of private channels Slack tells it in other words.
        let who = if kind == "group_unarchive" {
            "actor_id"
        } else {
            "user"
        };
        event[who] = json!(by);
        if kind == "group_archive" {
            event["is_moved"] = json!(0);
        }
        self.tell(Some(channel), event);
        self.changed();
    }

    /// Deletes a channel with all that was said in it, and tells the app.
    pub fn delete_channel(&mut self, channel: &str, by: &str) {
        let Some(room) = self.channels.get(channel) else {
            return;
        };
        let private = room.kind == Kind::Private;
        let kind = if private {
            "group_deleted"
        } else {
            "channel_deleted"
        };
        let ts = self.next_ts();
        let mut event = json!({ "type": kind, "channel": channel, "event_ts": ts.json() });
        if private {
            event["actor_id"] = json!(by);
            event["date_deleted"] = json!(self.now().timestamp());
        }
        self.tell(Some(channel), event);
        self.channels.remove(channel);
        self.ephemerals.retain(|known| known.channel != channel);
        self.changed();
    }

    /// Renames a channel, and tells the app.
    pub fn rename(&mut self, channel: &str, name: &str) {
        let Some(room) = self.channels.get_mut(channel) else {
            return;
        };
        name.clone_into(&mut room.name);
        let created = room.created.timestamp();
        let kind = if room.kind == Kind::Private {
            "group_rename"
        } else {
            "channel_rename"
        };
        let about = json!({ "id": channel, "name": name, "name_normalized": name, "created": created, "is_channel": true, "is_mpim": false });
        let ts = self.next_ts();
        let event = json!({ "type": kind, "channel": about, "event_ts": ts.json() });
        self.tell(Some(channel), event);
        self.changed();
    }
}
