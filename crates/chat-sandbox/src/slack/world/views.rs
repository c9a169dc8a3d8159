//! Modals, of which each person has a stack, and their App Home.

use serde_json::{Value, json};

use super::{
    state::State,
    view::{OpenView, View, initial, titled},
};
use crate::common::secret;

/// How many modals may lie on each other.
const STACK: usize = 3;

impl State {
    /// Gives a view its id, hash and block ids.
    pub fn new_view(&mut self, sent: Value) -> View {
        let id = self.next_id("V");
        self.kept_view(id, sent)
    }

    fn kept_view(&mut self, id: String, mut sent: Value) -> View {
        if let Some(blocks) = sent["blocks"].as_array_mut() {
            let mut named = std::mem::take(blocks);
            self.name_blocks(&mut named);
            sent["blocks"] = Value::Array(named);
        }
        let hash = format!("{}.{}", self.now().timestamp(), &secret()[..8]);
        View { id, hash, sent }
    }

    /// Puts a modal on top of someone's screen. None when there are as many as there may be.
    pub fn push_view(&mut self, person: &str, sent: Value) -> Option<String> {
        let stack = self.views.get(person).map_or(0, Vec::len);
        if stack >= STACK {
            return None;
        }
        let view = self.new_view(sent);
        let id = view.id.clone();
        let stack = self.views.entry(person.to_owned()).or_default();
        let open = OpenView {
            root: stack
                .first()
                .map_or_else(|| id.clone(), |first| first.view.id.clone()),
            previous: stack.last().map(|last| last.view.id.clone()),
            values: initial(&view.sent),
            view,
        };
        stack.push(open);
        self.changed();
        Some(id)
    }

    /// Publishes someone's App Home, in place of the one before.
    pub fn publish(&mut self, person: &str, sent: Value) {
        let known = self.homes.get(person).map(|home| home.view.id.clone());
        if let Some(id) = known {
            self.replace_view(&id, sent);
            return;
        }
        let view = self.new_view(sent);
        let home = OpenView {
            root: view.id.clone(),
            previous: None,
            values: initial(&view.sent),
            view,
        };
        self.homes.insert(person.to_owned(), home);
        self.changed();
    }

    /// Replaces what a modal or home shows, wherever it is. Returns whether it is there.
    pub fn replace_view(&mut self, id: &str, sent: Value) -> bool {
        let view = self.kept_view(id.to_owned(), sent);
        let Some(open) = self.view_mut(id) else {
            return false;
        };
        // What is in a field stays as long as its block and action do.
        let mut values = initial(&view.sent);
        for (block, actions) in values.as_object_mut().into_iter().flatten() {
            for (action, value) in actions.as_object_mut().into_iter().flatten() {
                let known = &open.values[block.as_str()][action.as_str()];
                if known["type"] == value["type"] {
                    *value = known.clone();
                }
            }
        }
        open.values = values;
        open.view = view;
        self.changed();
        true
    }

    /// Whether a view that is to be shown, in place of another or not, has the `external_id` of one that is shown.
    pub fn is_taken(&self, sent: &Value, instead: Option<&str>) -> bool {
        let external = sent["external_id"].as_str().unwrap_or_default();
        let open = self.views.values().flatten();
        let mut all = open.chain(self.homes.values()).map(|open| &open.view);
        !external.is_empty()
            && all.any(|view| {
                view.sent["external_id"] == external && Some(view.id.as_str()) != instead
            })
    }

    /// A modal or App Home, whoever sees it.
    pub fn view(&self, id: &str) -> Option<&OpenView> {
        let mut all = self.views.values().flatten().chain(self.homes.values());
        all.find(|open| open.view.id == id)
    }

    pub fn view_mut(&mut self, id: &str) -> Option<&mut OpenView> {
        let modals = self.views.values_mut().flatten();
        let mut all = modals.chain(self.homes.values_mut());
        all.find(|open| open.view.id == id)
    }

    /// A view as Slack has it in answers and payloads.
    pub fn view_json(&self, open: &OpenView) -> Value {
        let (view, sent) = (&open.view, &open.view.sent);
        let text = |key: &str| sent[key].as_str().unwrap_or_default();
        let flag = |key: &str| sent[key] == true;
        json!({
            "id": view.id,
            "team_id": self.team.id,
            "type": text("type"),
            "blocks": sent["blocks"],
            "private_metadata": text("private_metadata"),
            "callback_id": text("callback_id"),
            "state": { "values": open.values },
            "hash": view.hash,
            "title": titled(&sent["title"]),
            "submit": titled(&sent["submit"]),
            "close": titled(&sent["close"]),
            "clear_on_close": flag("clear_on_close"),
            "notify_on_close": flag("notify_on_close"),
            "previous_view_id": open.previous,
            "root_view_id": open.root,
            "app_id": self.app.id,
            "external_id": text("external_id"),
            "app_installed_team_id": self.team.id,
            "bot_id": self.app.bot_id,
        })
    }
}
