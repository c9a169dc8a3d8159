//! Dailies that came late or not at all: told in the log, and to admins by `/schedule list`.

use std::collections::HashSet;

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
