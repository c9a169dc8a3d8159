//! What was looked for and not found, since when, and what needs no second look. Slack has no keys that keep a message
//! from being posted twice, and a channel's history lags behind: what may have been posted counts as not posted only
//! after two looks with some time between them.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The most that is remembered of each. Whatever is forgotten is looked for once more.
const KEPT: usize = 10_000;

/// The looks of a process; a new one begins anew.
#[derive(Default)]
pub(super) struct Looks(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    /// When each was looked for first and not found.
    missed: HashMap<String, Instant>,
    /// The dailies of which certainly nothing was posted.
    unsent: HashSet<i64>,
}

impl Looks {
    /// Something was looked for and not found. Returns how long to wait for the look that decides; nothing when this was
    /// it.
    pub(super) fn missed(&self, what: &str, settle: Duration) -> Option<Duration> {
        let mut memory = self.memory();
        let Some(since) = memory.missed.get(what) else {
            if memory.missed.len() >= KEPT {
                memory.missed.clear();
            }
            memory.missed.insert(what.to_owned(), Instant::now());
            return Some(settle);
        };
        let left = settle.saturating_sub(since.elapsed());
        if !left.is_zero() {
            return Some(left);
        }
        memory.missed.remove(what);
        None
    }

    /// Something was posted, or may have been: looks before don't count.
    pub(super) fn forget(&self, what: &str) {
        self.memory().missed.remove(what);
    }

    /// Nothing was posted of a daily so far.
    pub(super) fn unsent(&self, daily: i64) {
        let mut memory = self.memory();
        if memory.unsent.len() >= KEPT {
            memory.unsent.clear();
        }
        memory.unsent.insert(daily);
    }

    /// Something was posted of a daily, or may have been.
    pub(super) fn may_be_sent(&self, daily: i64) {
        self.memory().unsent.remove(&daily);
    }

    pub(super) fn is_unsent(&self, daily: i64) -> bool {
        self.memory().unsent.contains(&daily)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_a_second_look_after_some_time_decides() {
        let (looks, settle) = (Looks::default(), Duration::from_secs(10));
        assert_eq!(looks.missed("a", settle), Some(settle));
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(looks.missed("a", settle), Some(Duration::from_secs(6)));
        assert_eq!(looks.missed("b", settle), Some(settle));
        tokio::time::advance(Duration::from_secs(6)).await;
        assert_eq!(looks.missed("a", settle), None);
        assert_eq!(looks.missed("a", settle), Some(settle), "it begins anew");
        looks.forget("b");
        assert_eq!(looks.missed("b", settle), Some(settle));
    }

    #[test]
    fn no_more_is_kept_than_is_bounded() {
        let looks = Looks::default();
        for number in 0..2 * KEPT {
            looks.missed(&number.to_string(), Duration::ZERO);
            looks.unsent(i64::try_from(number).expect("a small number"));
        }
        let memory = looks.memory();
        assert!(memory.missed.len() <= KEPT && memory.unsent.len() <= KEPT);
    }
}
