//! Dailies that came late or not at all: told in the log, and to admins by `/schedule list`.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::metrics;
use crate::model::{Schedule, ScheduleState};
use crate::rules::timetable::PUNCTUALITY;
use crate::time::{DateSums, InstantSums};

use super::App;
use super::outcome::Error;

/// How far back dailies are accounted for.
const LOOKED_BACK: Duration = Duration::days(7);

/// What went wrong with the dailies of a schedule in the last seven days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lateness {
    /// Dates with the time from when their daily was due until it was posted, if over a minute.
    pub late: Vec<(NaiveDate, Duration)>,
    /// Dates without a daily.
    pub missed: Vec<NaiveDate>,
}

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

impl App {
    /// What went wrong in the last seven days. A paused schedule misses nothing, and one that was set again starts
    /// afresh.
    pub(super) async fn lateness(
        &self,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<Lateness, Error> {
        let from = now.minus(LOOKED_BACK).max(schedule.since);
        let timetable = &schedule.settings.timetable;
        let first = timetable.local_date(from).minus_days(1);
        let posted = self.store.posted_dailies(schedule.id, first).await?;
        let had: HashSet<NaiveDate> = posted.iter().map(|daily| daily.date).collect();
        let late = posted.iter().filter(|daily| daily.due_at > from);
        let late = late.filter_map(|daily| {
            let late = daily.posted_at? - daily.due_at;
            (late > PUNCTUALITY).then_some((daily.date, late))
        });
        let missed = timetable.passed(from, now).map(|(date, _)| date);
        let posts = schedule.state == ScheduleState::Active && schedule.damage.is_none();
        let missed = missed.filter(|date| posts && !had.contains(date));
        Ok(Lateness {
            late: late.collect(),
            missed: missed.collect(),
        })
    }

    /// Logs each date that will no longer get its daily, once.
    pub(super) fn log_missed(&self, schedule: &Schedule, now: DateTime<Utc>) {
        let from = now.minus(LOOKED_BACK).max(schedule.since);
        for (date, _) in schedule.settings.timetable.passed(from, now) {
            if schedule.newest_posted < Some(date) && self.logged.insert(schedule.id, date) {
                metrics::daily(metrics::Daily::Missed);
                tracing::warn!(space = %schedule.space, schedule = schedule.id, name = schedule.name, %date,
                    "no daily was posted: it was over six hours late");
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
