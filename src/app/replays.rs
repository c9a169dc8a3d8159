//! Each interaction and message is acted on once, also when the platform tells of it again: what it may not have
//! delivered it sends once more, and some of that has arrived.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

/// How many ids are kept: more than can arrive until the platform has told of one for the last time.
const KEPT: usize = 4_096;

/// The ids that came last.
pub struct Replays<Id>(Mutex<VecDeque<Id>>);

impl<Id> Default for Replays<Id> {
    fn default() -> Self {
        Self(Mutex::new(VecDeque::with_capacity(KEPT)))
    }
}

impl<Id: PartialEq + Debug> Replays<Id> {
    /// Whether an interaction or message comes for the first time. Ids of the two must never coincide.
    pub fn is_new(&self, id: Id) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.contains(&id) {
            tracing::debug!(?id, "this came before");
            return false;
        }
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(id);
        true
    }

    /// What came could not be kept: when it comes again, that is for the first time.
    pub fn forget(&self, id: &Id) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|known| known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_not_new_and_the_oldest_are_forgotten() {
        let replays = Replays::default();
        let ids = 0..KEPT as u64;
        assert!(ids.clone().all(|id| replays.is_new(id)));
        assert!(!ids.clone().any(|id| replays.is_new(id)));
        assert!(replays.is_new(KEPT as u64));
        assert!(replays.is_new(0), "it was the oldest");
        replays.forget(&0);
        assert!(replays.is_new(0) && !replays.is_new(0));
    }
}
