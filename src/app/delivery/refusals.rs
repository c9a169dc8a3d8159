//! Results that the platform refuses to show: each is tried again, more and more seldom, and given up after a week.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use super::lane::locked;
use crate::rules::suspensions;

/// The most refusals in a row: by then a week is over.
const MOST: u32 = 12;

/// How often in a row each result was refused, by its daily. A process that starts anew begins anew.
#[derive(Default)]
pub(super) struct Refusals(Mutex<HashMap<i64, u32>>);

impl Refusals {
    /// One is refused. Returns how long it waits; nothing when it is given up.
    pub(super) fn refused(&self, daily: i64) -> Option<Duration> {
        let mut refusals = locked(&self.0);
        let times = refusals.entry(daily).or_default();
        *times += 1;
        let wait = (*times < MOST).then(|| suspensions::wait(*times));
        if wait.is_none() {
            refusals.remove(&daily);
        }
        wait.and_then(|wait| wait.to_std().ok())
    }

    /// One is shown.
    pub(super) fn over(&self, daily: i64) {
        locked(&self.0).remove(&daily);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_that_is_refused_waits_an_hour_and_longer_each_time_for_a_week() {
        let refusals = Refusals::default();
        let hours = |wait: Duration| wait.as_secs() / 3_600;
        let waits = std::iter::from_fn(|| refusals.refused(1).map(hours));
        let waits: Vec<u64> = waits.collect();
        assert!(waits.iter().sum::<u64>() >= 7 * 24);
        assert_eq!(waits, [1, 2, 4, 8, 16, 24, 24, 24, 24, 24, 24]);
        assert_eq!(refusals.refused(2).map(hours), Some(1));
        assert_eq!(refusals.refused(2).map(hours), Some(2));
        refusals.over(2);
        assert_eq!(refusals.refused(2).map(hours), Some(1));
    }
}
