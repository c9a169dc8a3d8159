//! Trigger ids, each of which lets the app open one modal, within three seconds.

use chrono::Duration;

use super::{
    state::State,
    trigger::{Trigger, TriggerRefused},
};
use crate::common::secret;

/// For how many seconds one can be used.
const LIFE: i64 = 3;

impl State {
    /// A new one, for what someone just did.
    pub fn trigger(&mut self, person: &str) -> String {
        let now = self.now();
        let id = format!("{}.{}.{}", now.timestamp(), self.last_id, secret());
        let trigger = Trigger {
            person: person.to_owned(),
            until: now + Duration::seconds(LIFE),
            spent: false,
        };
        self.triggers.insert(id.clone(), trigger);
        id
    }

    /// Whose it is, if it can be used.
    pub fn trigger_of(&self, id: &str) -> Result<String, TriggerRefused> {
        let trigger = self
            .triggers
            .get(&id.to_owned())
            .ok_or(TriggerRefused::Unknown)?;
        if trigger.spent {
            return Err(TriggerRefused::Spent);
        }
        if trigger.until <= self.now() {
            return Err(TriggerRefused::Expired);
        }
        Ok(trigger.person.clone())
    }

    /// Uses it up.
    pub fn spend_trigger(&mut self, id: &str) {
        if let Some(trigger) = self.triggers.get_mut(&id.to_owned()) {
            trigger.spent = true;
        }
    }
}
