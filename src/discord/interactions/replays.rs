//! Each interaction and message is acted on once, also when Discord tells of it again: a connection
//! that is resumed is sent what it may have missed, and some of that may have arrived.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many ids are kept: more than can arrive while a connection is taken up again.
const KEPT: usize = 4_096;

/// The ids that came last.
pub(super) struct Replays(Mutex<VecDeque<u64>>);

impl Replays {
    pub(super) fn new() -> Self {
        Self(Mutex::new(VecDeque::with_capacity(KEPT)))
    }

    /// Whether an interaction or message comes for the first time; their ids never coincide
    /// (<https://docs.discord.com/developers/reference#snowflakes>).
    pub(super) fn is_new(&self, id: u64) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.contains(&id) {
            tracing::debug!(id, "Discord told this before");
            return false;
        }
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(id);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_not_new_and_the_oldest_are_forgotten() {
        let replays = Replays::new();
        let ids = 0..KEPT as u64;
        assert!(ids.clone().all(|id| replays.is_new(id)));
        assert!(!ids.clone().any(|id| replays.is_new(id)));
        assert!(replays.is_new(KEPT as u64));
        assert!(replays.is_new(0), "it was the oldest");
    }
}
