//! Modals and the App Home, as someone sees and uses them.

use serde_json::{Value, json};

use super::{
    acts,
    elements::{self, Element, element_called},
    payloads::{Surface, held},
    who::Person,
};
use crate::slack::{
    failure::Failure,
    world::{Asked, OpenView},
};

/// A modal or an App Home, as someone sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct ModalView {
    /// Its id, `V…`.
    pub id: String,
    /// Its title; an App Home has none.
    pub title: String,
    /// What the app knows it by.
    pub callback_id: String,
    /// Its blocks.
    pub blocks: Vec<Value>,
    /// What is in its fields: by block, by action.
    pub values: Value,
    /// What is written on the button that submits it, if it has one.
    pub submit: Option<String>,
    /// What is written on the button that closes it.
    pub close: Option<String>,
}

impl ModalView {
    fn new(open: &OpenView) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let sent = &open.view.sent;
        Self {
            id: open.view.id.clone(),
            title: text(&sent["title"]["text"]),
            callback_id: text(&sent["callback_id"]),
            blocks: sent["blocks"].as_array().cloned().unwrap_or_default(),
            values: open.values.clone(),
            submit: sent["submit"]["text"].as_str().map(str::to_owned),
            close: sent["close"]["text"].as_str().map(str::to_owned),
        }
    }

    /// All there is to read in it.
    pub fn text(&self) -> String {
        elements::read(&self.blocks)
    }

    fn element(&self, name: &str) -> Result<Element, Failure> {
        element_called(&self.blocks, name)
    }

    fn surface(&self) -> Surface {
        Surface::View {
            id: self.id.clone(),
        }
    }

    /// The label of a field that has to be filled in and is not.
    fn unfilled(&self) -> Option<String> {
        let empty = |value: &Value| value.is_null() || *value == json!("") || *value == json!([]);
        let needed = |block: &&Value| block["type"] == "input" && block["optional"] != true;
        let mut needed = self.blocks.iter().filter(needed);
        let unfilled = needed.find(|block| {
            let id = block["block_id"].as_str().unwrap_or_default();
            let held = self.values[id].as_object().into_iter().flatten();
            let mut held = held.filter_map(|(_, held)| held.as_object()).flatten();
            held.all(|(key, value)| key == "type" || empty(value))
        })?;
        Some(
            unfilled["label"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    }
}

impl Person {
    /// The modal on top of their screen, if there is one.
    pub fn modal(&self) -> Option<ModalView> {
        let state = self.world.lock();
        let open = state.views.get(&self.id)?.last()?;
        Some(ModalView::new(open))
    }

    /// Waits until a modal is on their screen of which something holds.
    ///
    /// # Panics
    /// When there is none within 10 seconds.
    pub async fn wait_for_modal(&self, holds: impl Fn(&ModalView) -> bool) -> ModalView {
        let found = self.until(|| self.modal().filter(|form| holds(form))).await;
        found.unwrap_or_else(|| {
            panic!(
                "{} never saw such a form; there is {:#?}",
                self.name,
                self.modal()
            )
        })
    }

    fn top(&self) -> Result<ModalView, Failure> {
        self.modal()
            .ok_or_else(|| Failure::refused("no form is open"))
    }

    /// Fills in a field of the modal on top, named by its label, block or action. The options of a select are named
    /// by their texts, several on lines of their own. The app is told where the block has `dispatch_action`.
    ///
    /// # Errors
    /// When there is no such field or option.
    pub async fn fill(&self, field: &str, text: &str) -> Result<(), Failure> {
        self.fill_in(&self.top()?, field, text).await
    }

    /// Fills in a field of a modal or home, and tells the app where it is to be told.
    async fn fill_in(&self, form: &ModalView, field: &str, text: &str) -> Result<(), Failure> {
        let element = form.element(field)?;
        let value = self.value_of(&form.surface(), &element, text).await?;
        self.hold(&form.id, &element, value.clone())?;
        let mut blocks = form.blocks.iter();
        let block = blocks.find(|block| block["block_id"] == element.block.as_str());
        let told =
            block.is_some_and(|block| block["type"] != "input" || block["dispatch_action"] == true);
        if told {
            self.used(&form.surface(), &element, value).await?;
        }
        Ok(())
    }

    /// Puts a value into a field of a modal, and tells nobody.
    pub(super) fn hold(&self, form: &str, element: &Element, value: Value) -> Result<(), Failure> {
        let mut state = self.world.lock();
        let open = state.view_mut(form);
        let open = open.ok_or_else(|| Failure::refused("the form is gone"))?;
        open.values[element.block.as_str()][element.action.as_str()] = held(element, value);
        state.changed();
        Ok(())
    }

    /// Presses a button in the modal on top.
    ///
    /// # Errors
    /// When there is none, or the app did not acknowledge it.
    pub async fn click_in_modal(&self, button: &str) -> Result<(), Failure> {
        self.press_in(&self.top()?, button).await
    }

    async fn press_in(&self, form: &ModalView, button: &str) -> Result<(), Failure> {
        let element = form.element(button)?;
        if !element.is_button() {
            return Err(Failure::refused(format!("{button:?} is no button")));
        }
        self.used(&form.surface(), &element, Value::Null).await
    }

    /// The texts of the options that the app offers in a select of the modal on top while someone types.
    ///
    /// # Errors
    /// When there is no such select, or the app offers nothing that makes sense.
    pub async fn offered_in_modal(
        &self,
        select: &str,
        typed: &str,
    ) -> Result<Vec<String>, Failure> {
        self.offered_in(&self.top()?, select, typed).await
    }

    async fn offered_in(
        &self,
        form: &ModalView,
        select: &str,
        typed: &str,
    ) -> Result<Vec<String>, Failure> {
        let element = form.element(select)?;
        let options = self.suggested(&form.surface(), &element, typed).await?;
        Ok(acts::texts(&options))
    }

    /// Fills in fields of the modal on top, and submits it.
    ///
    /// # Errors
    /// When a field is empty that may not be, when the app finds fault with fields, which leaves the modal open, or
    /// does not acknowledge it.
    pub async fn submit(&self, fields: &[(&str, &str)]) -> Result<(), Failure> {
        for (field, text) in fields {
            self.fill(field, text).await?;
        }
        let form = self.top()?;
        if let Some(label) = form.unfilled() {
            let why = format!("{label}: Please complete this required field.");
            return Err(Failure::refused(why));
        }
        let payload = self.world.lock().submission(&self.id, &form.id);
        let (person, view) = (self.id.clone(), form.id);
        let asked = Asked::Submission { person, view };
        self.ask(payload, asked).await.map(drop)
    }

    /// Closes the modal on top without submitting it. The app is told if the view asked for that.
    ///
    /// # Errors
    /// When none is open, or the app did not acknowledge it.
    pub async fn close_modal(&self) -> Result<(), Failure> {
        let form = self.top()?;
        let payload = {
            let mut state = self.world.lock();
            let sent = state.view(&form.id).map(|open| open.view.sent.clone());
            let sent = sent.unwrap_or_default();
            let cleared = sent["clear_on_close"] == true;
            let told = sent["notify_on_close"] == true;
            let payload = told.then(|| state.closed(&self.id, &form.id, cleared));
            if cleared {
                state.views.remove(&self.id);
            }
            state.close_view(&self.id, &form.id);
            payload
        };
        match payload {
            Some(payload) => self.ask(payload, Asked::Other).await.map(drop),
            None => Ok(()),
        }
    }

    /// Opens the app's Home, of which the app is told.
    ///
    /// # Errors
    /// When the app has none.
    pub fn open_home(&self) -> Result<(), Failure> {
        let mut state = self.world.lock();
        if !state.app.seed.home_tab {
            return Err(Failure::refused("the app has no Home"));
        }
        let channel = state.direct(&self.id);
        let ts = state.next_ts();
        let mut event = json!({
            "type": "app_home_opened", "user": self.id, "channel": channel, "tab": "home", "event_ts": ts.json(),
        });
        if let Some(home) = state.homes.get(&self.id) {
            event["view"] = state.view_json(home);
        }
        state.tell(None, event);
        Ok(())
    }

    /// What the app's Home shows them, if it was published.
    pub fn home(&self) -> Option<ModalView> {
        let state = self.world.lock();
        Some(ModalView::new(state.homes.get(&self.id)?))
    }

    fn at_home(&self) -> Result<ModalView, Failure> {
        self.home()
            .ok_or_else(|| Failure::refused("the app's Home is empty"))
    }

    /// Presses a button in the app's Home.
    ///
    /// # Errors
    /// When there is none, or the app did not acknowledge it.
    pub async fn click_at_home(&self, button: &str) -> Result<(), Failure> {
        self.press_in(&self.at_home()?, button).await
    }

    /// Chooses in a select of the app's Home, or fills in a field there.
    ///
    /// # Errors
    /// When there is no such select, field or option, or the app did not acknowledge it.
    pub async fn select_at_home(&self, select: &str, option: &str) -> Result<(), Failure> {
        self.fill_in(&self.at_home()?, select, option).await
    }

    /// The texts of the options that the app offers in a select of its Home while someone types.
    ///
    /// # Errors
    /// When there is no such select, or the app offers nothing that makes sense.
    pub async fn offered_at_home(&self, select: &str, typed: &str) -> Result<Vec<String>, Failure> {
        self.offered_in(&self.at_home()?, select, typed).await
    }
}
