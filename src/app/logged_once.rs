//! What was logged of a schedule's dates.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

/// How many dates are remembered: those looked back at, and more than there are at once around the world.
const REMEMBERED: usize = 16;

/// The dates that were logged, with their schedules, so that each is logged once.
#[derive(Default)]
pub(super) struct LoggedOnce(Mutex<BTreeMap<NaiveDate, HashSet<i64>>>);

impl LoggedOnce {
    /// Notes a date of a schedule. Returns whether it is new. Once there are too many dates, the one farthest from this
    /// one is forgotten.
    pub(super) fn insert(&self, schedule: i64, date: NaiveDate) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = told.entry(date).or_default().insert(schedule);
        if told.len() > REMEMBERED {
            let ends = told.keys().next().copied().zip(told.keys().last().copied());
            let farthest = ends.map(|(first, last)| match date - first > last - date {
                true => first,
                false => last,
            });
            farthest.and_then(|date| told.remove(&date));
        }
        first
    }

    /// Whether a date of a schedule was noted.
    pub(super) fn contains(&self, schedule: i64, date: NaiveDate) -> bool {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(&date).is_some_and(|told| told.contains(&schedule))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn what_was_logged_is_remembered_for_a_while_and_not_for_ever() {
        let logged = LoggedOnce::default();
        let on = |day: i64| NaiveDate::default() + Duration::days(day);
        for day in (0..100).chain([5_000]).chain(50..100) {
            logged.insert(1, on(day));
            assert!(logged.insert(2, on(day)) || day >= 84, "{day}");
            assert!(!logged.insert(2, on(day)), "once");
        }
        let told = logged.0.lock().expect("whole");
        assert_eq!(told.len(), REMEMBERED);
        assert!(told.contains_key(&on(99)) && !told.contains_key(&on(5_000)));
    }
}
