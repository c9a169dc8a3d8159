//! Dates as people read them, and what admins read of dates: those that can't be read, those to skip, and those that went
//! wrong.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};
use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate};

use super::super::lateness::Lateness;
use super::super::outcome::Refusal;
use super::super::text::Text;
use super::labels::{ALREADY_POSTED, FEWER_DATES, NOTHING_TO_CHANGE, WHICH_DATE};
use super::lists::BREAK;
use super::weekdays::{short_weekday, weekday, weekdays, with_capitals};
use crate::model::Schedule;
use crate::rules::dates::{BadDate, near_date};
use crate::rules::zones;
use crate::told::counted;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, 1 to 12.
fn month(number: u32) -> &'static str {
    let at = usize::try_from(number).unwrap_or_default();
    MONTHS
        .get(at.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// "24 December 2026".
fn calendar_date(date: NaiveDate) -> String {
    format!("{} {} {:04}", date.day(), month(date.month()), date.year())
}

/// A date: "Thu 24 December 2026".
pub(in crate::app) fn date(date: NaiveDate) -> String {
    let weekday = short_weekday(date.weekday());
    format!("{weekday} {}", calendar_date(date))
}

/// A date with the whole name of its weekday: "Thursday, 24 December 2026".
pub(in crate::app) fn long_date(date: NaiveDate) -> String {
    let weekday = weekday(date.weekday());
    format!("{weekday}, {}", calendar_date(date))
}

/// The date of a schedule, which may be another one where its reader lives: "Thu 24 December 2026 (Europe/Berlin)".
pub(in crate::app) fn date_of(schedule: &Schedule, date: NaiveDate) -> String {
    dates_of(schedule, &(date..=date))
}

/// Dates of a schedule: "Thu 24 December 2026 to Sat 26 December 2026 (Europe/Berlin)".
pub(in crate::app) fn dates_of(schedule: &Schedule, dates: &RangeInclusive<NaiveDate>) -> String {
    format!("{}{}", range(dates), of_zone(schedule))
}

fn range(dates: &RangeInclusive<NaiveDate>) -> String {
    match (dates.start(), dates.end()) {
        (first, last) if first == last => date(*first),
        (first, last) => format!("{} to {}", date(*first), date(*last)),
    }
}

/// In whose zone the dates before it are. Instants beside them are shown in the reader's.
fn of_zone(schedule: &Schedule) -> String {
    format!(" ({})", zones::shown(schedule.settings.timetable.zone))
}

impl Display for BadDate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(written) => match near_date(written) {
                Some(near) => {
                    let near = with_capitals(&near);
                    write!(f, "“{written}” isn't a date; did you mean {near}?")
                }
                None => write!(
                    f,
                    "“{written}” isn't a date that I can read; write it like 24 Dec, 2026-12-24 or tomorrow"
                ),
            },
            Self::NoSuchMonth(written) => write!(
                f,
                "“{written}”: a year has 12 months; write the date like 2026-12-24"
            ),
            Self::NoSuchDay {
                written,
                month,
                year,
                days,
            } => {
                let month = self::month(*month);
                match year {
                    Some(year) => write!(f, "“{written}”: {month} {year} has {days} days"),
                    None => write!(f, "“{written}”: {month} has {days} days at most"),
                }
            }
            Self::Several { written, dates } => {
                let dates: Vec<String> = dates.iter().map(|date| self::date(*date)).collect();
                let dates = dates.join(" or ");
                write!(f, "“{written}” could be {dates}; write it like 2026-12-24")
            }
            Self::OtherWeekday { written, date } => write!(
                f,
                "“{written}”: {} is a {}",
                calendar_date(*date),
                weekday(date.weekday())
            ),
            Self::OutOfOrder => f.write_str(
                "The last date must not be before the first; over more than half a year, write the years too.",
            ),
        }
    }
}

pub(in crate::app) fn skip_posted(schedule: &Schedule, date: NaiveDate, today: bool) -> Refusal {
    let instead = if today {
        " `/daily replace` gives it another question."
    } else {
        ""
    };
    Refusal::neutral(
        ALREADY_POSTED,
        format!(
            "{} already has its daily.{instead}",
            date_of(schedule, date)
        ),
    )
}

pub(in crate::app) fn date_passed(
    schedule: &Schedule,
    date: NaiveDate,
    today: NaiveDate,
) -> Refusal {
    Refusal::neutral(
        WHICH_DATE,
        format!(
            "{} has passed. Name a date from {} on.",
            date_of(schedule, date),
            self::date(today)
        ),
    )
}

pub(in crate::app) fn date_too_far(date: NaiveDate) -> Refusal {
    Refusal::neutral(
        WHICH_DATE,
        format!(
            "{} is too far ahead. Name dates within the next two years.",
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

pub(in crate::app) fn not_skipped(
    schedule: &Schedule,
    dates: &RangeInclusive<NaiveDate>,
) -> Refusal {
    let any = match dates.start() == dates.end() {
        true => "",
        false => "any date from ",
    };
    skips(schedule, format!("doesn't skip {any}"), dates)
}

/// To an admin who wants it to skip no date any longer.
pub(in crate::app) fn skips_none(schedule: &Schedule) -> Refusal {
    let text = Text::from("“").plain(&schedule.name);
    Refusal::neutral(NOTHING_TO_CHANGE, text.md("” skips no date."))
}

pub(in crate::app) fn skipped_already(
    schedule: &Schedule,
    dates: &RangeInclusive<NaiveDate>,
) -> Refusal {
    skips(schedule, "already skips ".to_owned(), dates)
}

fn skips(schedule: &Schedule, how: String, dates: &RangeInclusive<NaiveDate>) -> Refusal {
    let dates = dates_of(schedule, dates);
    let text = Text::from("“").plain(&schedule.name).md(format!(
        "” {how}{dates}. `/schedule list` shows the dates that it skips."
    ));
    Refusal::neutral(NOTHING_TO_CHANGE, text)
}

/// The coming dates that a schedule skips, below its settings.
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
            .map(|dates| range(&dates))
            .collect();
        (!shown.is_empty()).then(|| format!("{}{more}{}", shown.join(", "), of_zone(schedule)))
    };
    let timetable = &schedule.settings.timetable;
    let mut text = Text::new();
    if let Some(skipped) = listed(&timetable.skipped) {
        text = text.md(format!("{BREAK}Skips: {skipped}"));
    }
    if let Some(taken) = listed(&timetable.taken) {
        text = text.md(format!(
            "{BREAK}My clock was once ahead, so these dates have already had their daily and get no other: {taken}"
        ));
    }
    text
}

/// That a schedule posts on none of some dates anyway, and when it does next: of the dates that an admin named, or else of
/// those that it skips from today on.
pub(in crate::app) fn idle_dates(
    schedule: &Schedule,
    today: NaiveDate,
    named: Option<&RangeInclusive<NaiveDate>>,
) -> Option<Text> {
    const SHOWN: usize = 3;
    let timetable = &schedule.settings.timetable;
    let dates = match named {
        Some(dates) => vec![dates.clone()],
        None => ranges(timetable.skipped.range(today..)),
    };
    let idle = dates.iter().filter(|dates| timetable.is_idle(dates));
    let lines: Vec<String> = idle
        .take(SHOWN)
        .map(|dates| {
            let next = timetable.date_after(*dates.end());
            let next = next.map_or(String::new(), |next| {
                format!(" The first date after that is {}.", date(next))
            });
            let none = format!("Nothing is due on {} anyway", range(dates));
            let days = weekdays(timetable.weekdays);
            format!("{none}: the schedule posts on {days}.{next}")
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join(BREAK).into())
}

/// Sorted dates as ranges of consecutive days.
fn ranges<'a>(dates: impl Iterator<Item = &'a NaiveDate>) -> Vec<RangeInclusive<NaiveDate>> {
    let mut ranges: Vec<RangeInclusive<NaiveDate>> = Vec::new();
    for date in dates {
        match ranges.last_mut() {
            Some(dates) if dates.end().succ_opt() == Some(*date) => *dates = *dates.start()..=*date,
            _ => ranges.push(*date..=*date),
        }
    }
    ranges
}

/// What went wrong in the last seven days, below the settings of a schedule.
pub(in crate::app) fn lateness(schedule: &Schedule, lateness: &Lateness) -> Text {
    let late = lateness.late.iter();
    let late: Vec<String> = late
        .map(|(on, by)| format!("{} by {}", date_of(schedule, *on), how_long(*by)))
        .collect();
    let missed: Vec<String> = lateness.missed.iter().map(|on| date(*on)).collect();
    let mut text = Text::new();
    if !late.is_empty() {
        text = text.md(format!("{BREAK}Posted late: {}", late.join(", ")));
    }
    if !missed.is_empty() {
        text = text.md(format!(
            "{BREAK}Missed: {}{}. I could not post within six hours; nobody's streak is affected.",
            missed.join(", "),
            of_zone(schedule)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::dates::{parse_date, parse_range};
    use crate::time::DateSums;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn what_is_no_date_is_answered_with_the_reason() {
        let today = day("2026-03-04");
        let mut told: Vec<String> = [
            "soon",
            "2026-13-01",
            "2026-02-30",
            "30 Feb",
            "03/04/2026",
            "Tue 30 November 2026",
        ]
        .map(|text| {
            parse_date(text, today, today)
                .expect_err("no date")
                .to_string()
        })
        .into();
        let swapped = parse_range("26 Dec to 24 Dec", None, today);
        told.push(swapped.expect_err("no range").to_string());
        insta::assert_snapshot!(told.join("\n"), @r"
        “soon” isn't a date that I can read; write it like 24 Dec, 2026-12-24 or tomorrow
        “2026-13-01”: a year has 12 months; write the date like 2026-12-24
        “2026-02-30”: February 2026 has 28 days
        “30 Feb”: February has 29 days at most
        “03/04/2026” could be Wed 4 March 2026 or Fri 3 April 2026; write it like 2026-12-24
        “Tue 30 November 2026”: 30 November 2026 is a Monday
        The last date must not be before the first; over more than half a year, write the years too.
        ");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(days in 0..40_000_u64) {
            let shown_on = day("1990-01-01").plus_days(days);
            let read = |text: &str| parse_date(text, day("2026-03-04"), day("2026-03-04"));
            prop_assert_eq!(read(&date(shown_on)), Ok(shown_on));
            prop_assert_eq!(read(&long_date(shown_on)), Ok(shown_on));
        }
    }
}
