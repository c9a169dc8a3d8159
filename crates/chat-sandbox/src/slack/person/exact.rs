//! What someone does with the very element that they point at, as on the page: by its ids, where `acts.rs` and
//! `forms.rs` take what is written on it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    elements::{Element, elements},
    limits,
    payloads::{Surface, held},
    view::MessageView,
    who::Person,
};
use crate::slack::{
    blocks,
    failure::Failure,
    time::Ts,
    world::{State, World, value_keys},
};

/// The most that is typed into a field, in characters.
const LONGEST: usize = 3_000;

/// The most that is chosen in one element.
const MOST: usize = 1_000;

impl Person {
    /// One of the people, by their id.
    pub(in crate::slack) fn with_id(world: &Arc<World>, id: &str) -> Option<Self> {
        let name = world.lock().user(id)?.name.clone();
        Self::named(world, &name)
    }

    /// A message that they see, by the id of its channel and its timestamp.
    pub(in crate::slack) fn message(
        &self,
        channel: &str,
        ts: &str,
    ) -> Result<MessageView, Failure> {
        let (id, ts) = (self.channel(channel)?, ts.parse());
        let state = self.world.lock();
        let found = ts.ok().and_then(|ts| state.seen_one(&self.id, &id, ts));
        found.ok_or_else(|| Failure::refused("the message is gone"))
    }

    /// Uses an element, of which the app is told. `given` is what was chosen: the value of an option, an id, a date;
    /// a list where several may be; of what the app offered, the whole option.
    pub(in crate::slack) async fn use_at(
        &self,
        surface: &Surface,
        (block, action): (&str, &str),
        given: Value,
    ) -> Result<(), Failure> {
        let element = self.element_at(surface, block, action)?;
        if element.is_button() {
            return self.used(surface, &element, Value::Null).await;
        }
        let value = self.taken(&element, given)?;
        if let Surface::View { id } = surface {
            self.hold(id, &element, value.clone())?;
        }
        self.used(surface, &element, value).await
    }

    /// Fills in fields of a message or modal, by block and action, and tells nobody.
    pub(in crate::slack) fn fill_at(
        &self,
        surface: &Surface,
        values: &Value,
    ) -> Result<(), Failure> {
        for (block, actions) in values.as_object().into_iter().flatten() {
            for (action, given) in actions.as_object().into_iter().flatten() {
                let element = self.element_at(surface, block, action)?;
                let value = self.taken(&element, given.clone())?;
                match surface {
                    Surface::View { id } => self.hold(id, &element, value)?,
                    Surface::Message { ts, .. } => {
                        let mut state = self.world.lock();
                        let key = (self.id.clone(), *ts);
                        let mut values = state.chosen.get(&key).cloned().unwrap_or_default();
                        values[block.as_str()][action.as_str()] = held(&element, value);
                        state.chosen.insert(key, values);
                    }
                }
            }
        }
        Ok(())
    }

    /// Fills in fields of the modal on top and submits it, if it is that one.
    pub(in crate::slack) async fn submit_at(
        &self,
        form: &str,
        values: &Value,
    ) -> Result<(), Failure> {
        self.top_is(form)?;
        let surface = Surface::View {
            id: form.to_owned(),
        };
        self.fill_at(&surface, values)?;
        self.within_limits()?;
        self.submit(&[]).await
    }

    /// Closes the modal on top, if it is that one.
    pub(in crate::slack) async fn close_at(&self, form: &str) -> Result<(), Failure> {
        self.top_is(form)?;
        self.close_modal().await
    }

    /// The options that the app offers while someone types.
    pub(in crate::slack) async fn offered_at(
        &self,
        surface: &Surface,
        (block, action): (&str, &str),
        typed: &str,
    ) -> Result<Vec<Value>, Failure> {
        let element = self.element_at(surface, block, action)?;
        self.suggested(surface, &element, typed).await
    }

    /// Whether what is in the fields of the modal on top is what they take.
    fn within_limits(&self) -> Result<(), Failure> {
        let form = self.modal();
        let form = form.ok_or_else(|| Failure::refused("the form is gone"))?;
        let wrong = elements(&form.blocks).into_iter().find_map(|element| {
            let held = &form.values[element.block.as_str()][element.action.as_str()];
            let value = &held[value_keys(&element.kind).0];
            if value.is_null() {
                return None;
            }
            limits::refusal(&element, value)
        });
        wrong.map_or(Ok(()), |why| Err(Failure::Refused(why)))
    }

    fn top_is(&self, form: &str) -> Result<(), Failure> {
        let top = self.modal().filter(|top| top.id == form);
        top.map(drop)
            .ok_or_else(|| Failure::refused("the form is gone"))
    }

    /// An element of a message, modal or Home that they see.
    fn element_at(&self, surface: &Surface, block: &str, action: &str) -> Result<Element, Failure> {
        let blocks = match surface {
            Surface::Message { channel, ts } => self.message(channel, &ts.to_string())?.blocks,
            Surface::View { id } => self.blocks_of(id)?,
        };
        let mut all = elements(&blocks).into_iter();
        let found = all.find(|element| element.block == block && element.action == action);
        found.ok_or_else(|| Failure::refused("that is gone"))
    }

    fn blocks_of(&self, view: &str) -> Result<Vec<Value>, Failure> {
        let state = self.world.lock();
        let open = state.views.get(&self.id).into_iter().flatten();
        let home = state.homes.get(&self.id).into_iter();
        let mut all = open.chain(home).map(|open| &open.view);
        let found = all.find(|known| known.id == view);
        let found = found.ok_or_else(|| Failure::refused("the form is gone"))?;
        Ok(found.sent["blocks"].as_array().cloned().unwrap_or_default())
    }

    /// What an element holds once that was given.
    fn taken(&self, element: &Element, given: Value) -> Result<Value, Failure> {
        let kind = element.kind.as_str();
        if !kind.starts_with("multi_") && kind != "checkboxes" {
            return match given {
                Value::Null => Ok(Value::Null),
                given => self.taken_once(element, given),
            };
        }
        let Value::Array(all) = given else {
            return Err(Failure::refused("a list is to be chosen there"));
        };
        let most = element.value["max_selected_items"].as_u64();
        let most = most.and_then(|most| usize::try_from(most).ok());
        let most = most.map_or(MOST, |most| most.min(MOST));
        if all.len() > most {
            return Err(Failure::refused(format!("{most} may be chosen there")));
        }
        let all = all.into_iter().map(|one| self.taken_once(element, one));
        all.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn taken_once(&self, element: &Element, given: Value) -> Result<Value, Failure> {
        let none = || Failure::refused("there is no such option");
        let kind = element.kind.trim_start_matches("multi_");
        let text = given.as_str();
        let state = self.world.lock();
        match (kind, text) {
            ("static_select" | "radio_buttons" | "overflow" | "checkboxes", Some(value)) => {
                let mut options = element.options().into_iter();
                options
                    .find(|option| option["value"] == value)
                    .ok_or_else(none)
            }
            ("external_select", _) => {
                let faults = blocks::option_faults(&json!({ "options": [given] }));
                if faults.is_empty() {
                    Ok(given)
                } else {
                    Err(none())
                }
            }
            ("users_select", Some(id)) if state.user(id).is_some() => Ok(given),
            ("conversations_select" | "channels_select", Some(id))
                if state.may_choose(&self.id, id) =>
            {
                Ok(given)
            }
            ("users_select" | "conversations_select" | "channels_select", _) => Err(none()),
            ("datetimepicker", _) => given.as_i64().map(Value::from).ok_or_else(none),
            (_, Some(text)) if text.chars().count() <= LONGEST => Ok(given),
            _ => Err(Failure::refused("that is too long to be typed there")),
        }
    }
}

impl State {
    fn may_choose(&self, person: &str, channel: &str) -> bool {
        let channel = self.channels.get(channel);
        channel.is_some_and(|channel| channel.has(person))
    }
}

impl Surface {
    /// A message, by the id of its channel and its timestamp.
    pub(in crate::slack) fn message(channel: &str, ts: &str) -> Result<Self, Failure> {
        let ts: Result<Ts, _> = ts.parse();
        let ts = ts.map_err(|_| Failure::refused("that is no timestamp"))?;
        Ok(Self::Message {
            channel: channel.to_owned(),
            ts,
        })
    }
}
