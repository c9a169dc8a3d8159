//! What admins read of dates: those to skip, and those that went wrong.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};

use super::super::lateness::Lateness;
use super::super::outcome::Refusal;
use super::super::text::Text;
use super::{ALREADY_POSTED, BREAK, FEWER_DATES, NOTHING_TO_CHANGE, WHICH_DATE, counted};
use crate::model::Schedule;
use crate::rules::dates;

pub(in crate::app) fn date(date: NaiveDate) -> String {
    dates::shown(date)
}

pub(in crate::app) fn skip_posted(date: NaiveDate, today: bool) -> Refusal {
    let instead = if today {
        " `/daily skip` gives it another question."
    } else {
        ""
    };
    Refusal::neutral(
        ALREADY_POSTED,
        format!("{} has its daily already.{instead}", self::date(date)),
    )
}

pub(in crate::app) fn date_passed(date: NaiveDate) -> Refusal {
    Refusal::neutral(
        WHICH_DATE,
        format!(
            "{} has passed. Name a date from today on.",
            self::date(date)
        ),
    )
}

pub(in crate::app) fn date_too_far(date: NaiveDate) -> Refusal {
    Refusal::neutral(
        WHICH_DATE,
        format!(
            "{} is too far ahead. Name dates of the next two years.",
            self::date(date)
        ),
    )
}

pub(in crate::app) fn too_many_dates(most: u64) -> Refusal {
    Refusal::neutral(
        FEWER_DATES,
        format!("You can name at most {most} dates at once."),
    )
}

pub(in crate::app) fn not_skipped(schedule: &Schedule) -> Refusal {
    Refusal::neutral(
        NOTHING_TO_CHANGE,
        Text::from("“")
            .plain(&schedule.name)
            .md("” skips none of these dates. `/schedule list` shows those it does."),
    )
}

pub(in crate::app) fn skipped_already(schedule: &Schedule) -> Refusal {
    Refusal::neutral(
        NOTHING_TO_CHANGE,
        Text::from("“")
            .plain(&schedule.name)
            .md("” already skips that. `/schedule list` shows every date it skips."),
    )
}

/// The dates to come that a schedule skips, below what the schedule is.
pub(in crate::app) fn dates_to_skip(schedule: &Schedule, today: NaiveDate) -> Text {
    const SHOWN: usize = 10;
    let listed = |dates: &BTreeSet<NaiveDate>| {
        let ranges = ranges(dates.range(today..));
        let more = match ranges.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown: Vec<String> = ranges
            .into_iter()
            .take(SHOWN)
            .map(|(first, last)| match first == last {
                true => date(first),
                false => format!("{} to {}", date(first), date(last)),
            })
            .collect();
        (!shown.is_empty()).then(|| format!("{}{more}", shown.join(", ")))
    };
    let timetable = &schedule.settings.timetable;
    let mut text = Text::new();
    if let Some(skipped) = listed(&timetable.skipped) {
        text = text.md(format!("{BREAK}Skips: {skipped}"));
    }
    if let Some(taken) = listed(&timetable.taken) {
        text = text.md(format!(
            "{BREAK}My clock was ahead once, so these dates have had their daily and get no other: {taken}"
        ));
    }
    text
}

/// Dates in order as runs of days in a row.
fn ranges<'a>(dates: impl Iterator<Item = &'a NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut ranges: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in dates {
        match ranges.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*date) => *last = *date,
            _ => ranges.push((*date, *date)),
        }
    }
    ranges
}

/// What went wrong in the last seven days, below what the schedule is.
pub(in crate::app) fn lateness(lateness: &Lateness) -> Text {
    let late = lateness.late.iter();
    let late: Vec<String> = late
        .map(|(on, by)| format!("{} by {}", date(*on), how_long(*by)))
        .collect();
    let missed: Vec<String> = lateness.missed.iter().map(|on| date(*on)).collect();
    let mut text = Text::new();
    if !late.is_empty() {
        text = text.md(format!("{BREAK}Posted late: {}", late.join(", ")));
    }
    if !missed.is_empty() {
        text = text.md(format!(
            "{BREAK}Missed: {}. I could not post within six hours; no streak breaks by that.",
            missed.join(", ")
        ));
    }
    text
}

fn how_long(time: Duration) -> String {
    let (hours, minutes) = (time.num_hours(), time.num_minutes() % 60);
    let of = |number: i64, noun| counted(usize::try_from(number).unwrap_or_default(), noun);
    match (hours, minutes) {
        (0, minutes) => of(minutes, "minute"),
        (hours, 0) => of(hours, "hour"),
        (hours, minutes) => format!("{} {}", of(hours, "hour"), of(minutes, "minute")),
    }
}
