//! What tests may ask of a world besides acting as someone in it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::{file::StoredFile, queue::ToClient, shared::World, user::User};
use crate::slack::seed::PersonSeed;

impl World {
    /// What went wrong so far: what was not acknowledged, unknown methods, payloads that Slack would have refused.
    /// The oldest of many are forgotten.
    pub fn problems(&self) -> Vec<String> {
        self.lock().recorder.problems()
    }

    /// All that went to and from the app so far, one line of JSON each. The oldest of many are forgotten. Tokens
    /// are left out.
    pub fn traffic(&self) -> Vec<Value> {
        let lines = self.lock().traffic.lines();
        lines.iter().map(|line| Value::clone(line)).collect()
    }

    /// The calls of a method so far: what was asked and answered.
    pub fn calls(&self, method: &str) -> Vec<(Value, Value)> {
        let path = format!("/api/{method}");
        let all = self.lock().traffic.lines();
        let calls = all.iter().filter(|line| line["path"] == path.as_str());
        calls
            .map(|line| (line["request"].clone(), line["response"].clone()))
            .collect()
    }

    /// The time in this world.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Moves the clock ahead, and tells everyone. Whatever is late by then is given up.
    ///
    /// # Panics
    /// When `by` is negative.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.lock().lapse();
        self.clock.tell(by);
    }

    /// How many connections the app has.
    pub fn connections(&self) -> usize {
        self.lock().sockets.count()
    }

    /// How many connections it has had so far.
    pub fn connections_opened(&self) -> u64 {
        self.lock().sockets.opened()
    }

    /// Closes every connection, and those that a fault holds up.
    pub(in crate::slack) fn close_sockets(&self) {
        self.cleared.notify_waiters();
        self.lock().sockets.everywhere(&ToClient::Close);
    }

    /// The names of all people.
    pub fn names(&self) -> Vec<String> {
        let state = self.lock();
        let people = state.people.iter().filter(|user| !user.bot);
        people.map(|user| user.name.clone()).collect()
    }

    /// The workspace's id.
    pub fn team_id(&self) -> String {
        self.lock().team.id.clone()
    }

    /// The ids and names of the channels, direct messages left out.
    pub fn channels(&self) -> Vec<(String, String)> {
        let state = self.lock();
        let named = state
            .channels
            .values()
            .filter(|channel| !channel.name.is_empty());
        named
            .map(|channel| (channel.id.clone(), channel.name.clone()))
            .collect()
    }

    /// Lets one more person come into the workspace, and into its first channel.
    pub fn add_person(self: &Arc<Self>, seed: &PersonSeed) {
        let mut state = self.lock();
        if state.user_named(&seed.name).is_some() {
            return;
        }
        let id = state.next_id("U");
        state.people.push(User::new(id.clone(), seed, false));
        let first = state.channels.values().find(|channel| channel.general);
        if let Some(first) = first.map(|channel| channel.id.clone()) {
            state.join(&first, &id);
        }
    }

    /// Has someone be of another workspace that shares the channels, or be removed from this one.
    ///
    /// # Panics
    /// When nobody has that name.
    pub fn set_person(&self, name: &str, stranger: bool, deleted: bool) {
        let mut state = self.lock();
        let user = state.people.iter_mut().find(|user| user.name == name);
        let user = user.unwrap_or_else(|| panic!("nobody is called {name:?} here"));
        (user.stranger, user.deleted) = (stranger, deleted);
    }

    /// Makes someone an admin, or one no more, nor an owner.
    ///
    /// # Panics
    /// When nobody has that name.
    pub fn set_admin(&self, name: &str, admin: bool) {
        let mut state = self.lock();
        let user = state.people.iter_mut().find(|user| user.name == name);
        let user = user.unwrap_or_else(|| panic!("nobody is called {name:?} here"));
        (user.admin, user.owner) = (admin, user.owner && admin);
    }

    /// Archives a channel, or brings it back.
    ///
    /// # Panics
    /// When there is no such channel.
    pub fn archive(&self, channel: &str, archived: bool) {
        let (id, owner) = self.channel_and_owner(channel);
        self.lock().set_archived(&id, &owner, archived);
    }

    /// Deletes a channel.
    ///
    /// # Panics
    /// When there is no such channel.
    pub fn delete_channel(&self, channel: &str) {
        let (id, owner) = self.channel_and_owner(channel);
        self.lock().delete_channel(&id, &owner);
    }

    /// Renames a channel.
    ///
    /// # Panics
    /// When there is no such channel.
    pub fn rename(&self, channel: &str, name: &str) {
        let (id, _) = self.channel_and_owner(channel);
        self.lock().rename(&id, name);
    }

    /// Takes the bot out of a channel.
    ///
    /// # Panics
    /// When there is no such channel.
    pub fn remove_bot(&self, channel: &str) {
        let (id, _) = self.channel_and_owner(channel);
        let mut state = self.lock();
        let bot = state.app.user.clone();
        state.leave(&id, &bot);
    }

    fn channel_and_owner(&self, channel: &str) -> (String, String) {
        let state = self.lock();
        let id = state
            .channel_named(channel)
            .map(|channel| channel.id.clone());
        let id = id.unwrap_or_else(|| panic!("there is no channel {channel:?}"));
        let owner = state.people.iter().find(|user| user.owner);
        (id, owner.map_or_else(String::new, |owner| owner.id.clone()))
    }

    /// Takes the app out of the workspace: it is told, and its bot token is revoked.
    pub fn uninstall(&self) {
        self.lock().uninstall();
    }

    /// Revokes the app's bot token, and tells the app.
    pub fn revoke(&self) {
        self.lock().revoke();
    }

    /// Takes a scope from the app, or gives it one.
    pub fn set_scope(&self, scope: &str, granted: bool) {
        let scopes = &mut self.lock().app.seed.scopes;
        scopes.retain(|known| known != scope);
        if granted {
            scopes.push(scope.to_owned());
        }
    }

    /// The files that were uploaded, oldest first.
    pub fn files(&self) -> Vec<StoredFile> {
        self.lock().files.values().cloned().collect()
    }
}
