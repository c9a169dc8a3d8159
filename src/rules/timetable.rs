//! When a schedule's dailies are due: a local time on chosen weekdays, whatever the zone's clocks do.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use crate::model::Timetable;
use crate::time::{DateSums, InstantSums};

pub use super::{
    times::{BadTime, parse_time},
    weekdays::UnknownWeekdays,
    zones::{UnknownZone, parse_zone},
};

/// How late a daily may still be posted; after that the schedule waits for its next date.
pub const LATENESS: TimeDelta = TimeDelta::hours(6);

/// How late a daily may be without being called late.
pub const PUNCTUALITY: TimeDelta = TimeDelta::minutes(1);

impl Timetable {
    /// The one instant of a local date, whatever its weekday.
    ///
    /// Where clocks go forward over the time it is the first valid minute after, where they go back over it the earlier of
    /// the two. None when the zone skipped the whole date (Pacific/Apia had no 30 December 2011).
    pub fn instant(&self, date: NaiveDate) -> Option<DateTime<Utc>> {
        let local = date.and_time(self.time);
        let earliest = self.zone.earliest(local);
        earliest.or_else(|| self.after_gap(date, local))
    }

    /// The first whole minute after the gap that swallows `local`, unless it swallows all of `date` before it, too.
    fn after_gap(&self, date: NaiveDate, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let end = self.zone.gap_end(local)?;
        let shown = self.zone.local(end);
        let midnight = date.and_time(NaiveTime::MIN);
        let date_begins = self.zone.earliest(midnight).is_some();
        if !date_begins && shown.date() > date {
            return None;
        }
        // Gaps of the nineteenth and twentieth centuries may end within a minute.
        let past_minute = shown.second();
        let wait = if past_minute == 0 {
            0
        } else {
            60 - past_minute
        };
        Some(end.plus(TimeDelta::seconds(wait.into())))
    }

    /// The date in the schedule's zone.
    pub fn local_date(&self, now: DateTime<Utc>) -> NaiveDate {
        self.zone.date(now)
    }

    /// The dates to come with their instants, strictly after `after` and after `last`, the newest local date that already
    /// has a daily. Practically without end.
    pub fn upcoming(
        &self,
        after: DateTime<Utc>,
        last: Option<NaiveDate>,
    ) -> impl Iterator<Item = (NaiveDate, DateTime<Utc>)> {
        let today = self.local_date(after);
        // A gap at midnight can put a date's instant on the next local date, so look from yesterday on.
        let first = today
            .minus_days(1)
            .max(last.map_or(today, |last| last.plus_days(1)));
        first
            .iter_days()
            .filter_map(|date| self.occurrence(date))
            .filter(move |(date, instant)| *instant > after && last.is_none_or(|last| *date > last))
    }

    /// The daily that should be posted now: of the newest date whose instant is after `since` (when the schedule was set
    /// or resumed), not after `now`, at most [`LATENESS`] ago, and whose date is after `last`, the newest local date that
    /// already has a daily.
    pub fn due(
        &self,
        now: DateTime<Utc>,
        last: Option<NaiveDate>,
        since: DateTime<Utc>,
    ) -> Option<(NaiveDate, DateTime<Utc>)> {
        // A zone's clocks may have been set back or forward over midnight since, by up to a day.
        let newest = self.local_date(now).plus_days(1);
        (0..=3)
            .map(|days| newest.minus_days(days))
            .filter_map(|date| self.occurrence(date))
            .find(|(_, instant)| *instant <= now)
            .filter(|(date, instant)| {
                *instant > since
                    && now - *instant <= LATENESS
                    && last.is_none_or(|last| *date > last)
            })
    }

    /// When to look next if nothing is due `now`: when a date falls due, or becomes too late to be made up for.
    pub fn next_look(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut recent = self.upcoming(now.minus(LATENESS), None);
        let too_late = recent
            .next()
            .map(|(_, instant)| instant.plus(LATENESS).plus(TimeDelta::milliseconds(1)));
        let next = self.upcoming(now, None).next();
        let next = next.map(|(_, instant)| instant);
        too_late.into_iter().chain(next).min()
    }

    /// The dates whose instant is after `since` and passed so long ago that they are not made up for.
    pub fn passed(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = (NaiveDate, DateTime<Utc>)> {
        self.upcoming(since, None)
            .take_while(move |(_, instant)| now - *instant > LATENESS)
    }

    /// Whether none of these dates is on a day of the week on which the schedule posts.
    pub fn is_idle(&self, dates: &RangeInclusive<NaiveDate>) -> bool {
        let last = *dates.end();
        let mut dates = dates.start().iter_days().take_while(|date| *date <= last);
        !dates.any(|date| self.weekdays.contains(date.weekday()))
    }

    /// The first date after this one on which the schedule posts.
    pub fn date_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut later = date.iter_days().skip(1);
        later.find(|date| self.occurrence(*date).is_some())
    }

    /// The date with its instant, if the schedule posts on that date.
    fn occurrence(&self, date: NaiveDate) -> Option<(NaiveDate, DateTime<Utc>)> {
        let left_out = self.skipped.contains(&date) || self.taken.contains(&date);
        if left_out || !self.weekdays.contains(date.weekday()) {
            return None;
        }
        self.instant(date).map(|instant| (date, instant))
    }
}

#[cfg(test)]
mod tests;
