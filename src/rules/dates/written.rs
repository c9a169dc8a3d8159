//! One date, read as far as possible without knowing from when its year or week counts.

use chrono::{Datelike, NaiveDate, Weekday};
use unicode_normalization::UnicodeNormalization;

use super::super::weekdays::day_named;
use super::bad_date::BadDate;
use crate::time::DateSums;

const LEAP_YEAR: i32 = 2000;
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Words that add nothing to a date.
pub(super) const FILLERS: [&str; 9] = ["the", "of", "on", "st", "nd", "rd", "th", "am", "pm"];

/// Reads a date: "2026-12-24", "24.12.2026", "24 Dec", "Dec 24th", "Thu 24 December 2026", "tomorrow",
/// "in 3 days", "next monday". A date without a year is the first one on or after `from`, and so is a day of the week.
///
/// # Errors
/// When it is written in another way, is in no calendar, or can be several dates.
pub fn parse_date(text: &str, today: NaiveDate, from: NaiveDate) -> Result<NaiveDate, BadDate> {
    Written::of(text, today)
        .ok_or_else(|| BadDate::Unknown(text.trim().to_owned()))?
        .date(text, Anchor::From(from))
}

/// Where to look for a date without a year.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    /// The next from this date on.
    From(NaiveDate),
    /// The nearest to this date, before it or after.
    Near(NaiveDate),
}

/// A date as it is written.
pub(super) enum Written {
    /// This one, as "tomorrow".
    Fixed(NaiveDate),
    /// A day of the week, with the word before it that says which: "next friday".
    Weekday(&'static str, Weekday),
    /// A day of a month.
    Calendar(Calendar),
}

impl Written {
    /// `None` when it isn't a date.
    pub(super) fn of(text: &str, today: NaiveDate) -> Option<Self> {
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        if let Some(date) = relative(&words, today) {
            return Some(Self::Fixed(date));
        }
        if let Some((which, day)) = weekday(&words) {
            return Some(Self::Weekday(which, day));
        }
        let read = Parts::of(&words)?;
        let readings = read.readings();
        let weekday = read.weekday;
        (!readings.is_empty()).then_some(Self::Calendar(Calendar { weekday, readings }))
    }

    /// Whether it is a day of a month in a year that is not written.
    pub(super) fn lacks_year(&self) -> bool {
        match self {
            Self::Calendar(calendar) => calendar.readings.iter().all(|it| it.year.is_none()),
            Self::Fixed(_) | Self::Weekday(..) => false,
        }
    }

    /// The date; `text` is how it is written.
    pub(super) fn date(&self, text: &str, anchor: Anchor) -> Result<NaiveDate, BadDate> {
        let written = text.trim().to_owned();
        match self {
            Self::Fixed(date) => Ok(*date),
            Self::Weekday(which, day) => {
                let (Anchor::From(from) | Anchor::Near(from)) = anchor;
                one(written, on_weekday(which, *day, from), None)
            }
            Self::Calendar(calendar) => calendar.date(written, anchor),
        }
    }
}

/// A day of a month, in each order in which it can be read.
pub(super) struct Calendar {
    pub(super) weekday: Option<Weekday>,
    /// At least one.
    pub(super) readings: Vec<Reading>,
}

impl Calendar {
    fn date(&self, written: String, anchor: Anchor) -> Result<NaiveDate, BadDate> {
        let dates = self.readings.iter().filter_map(|it| it.date(anchor));
        let dates: Vec<NaiveDate> = dates.collect();
        if !dates.is_empty() {
            return one(written, dates, self.weekday);
        }
        let mut readings = self.readings.iter();
        match readings.find(|reading| (1..=12).contains(&reading.month)) {
            Some(reading) => {
                let year = reading.year.or(match anchor {
                    Anchor::From(_) => None,
                    Anchor::Near(date) => Some(date.year()),
                });
                Err(BadDate::NoSuchDay {
                    written,
                    month: reading.month,
                    year,
                    days: days(year.unwrap_or(LEAP_YEAR), reading.month),
                })
            }
            None => Err(BadDate::NoSuchMonth(written)),
        }
    }
}

/// The one of several that falls on the day of the week, if that was written.
pub(super) fn one(
    written: String,
    mut dates: Vec<NaiveDate>,
    weekday: Option<Weekday>,
) -> Result<NaiveDate, BadDate> {
    dates.sort_unstable();
    dates.dedup();
    let fits = |date: &NaiveDate| weekday.is_none_or(|weekday| date.weekday() == weekday);
    let fitting: Vec<NaiveDate> = dates.iter().copied().filter(fits).collect();
    match (&fitting[..], &dates[..]) {
        ([date], _) => Ok(*date),
        ([], [date, ..]) => Err(BadDate::OtherWeekday {
            written,
            date: *date,
        }),
        _ => Err(BadDate::Several { written, dates }),
    }
}

/// Whether people write it between the two ends of a range, or the parts of a date.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '→')
}

/// Runs of digits and of letters, and the signs `-`, `/` and `.` between digits; without a time of day
/// that follows.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let text = text.split(" at ").next().unwrap_or_default();
    let text = text.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let dates = text.split_whitespace().filter(|word| !word.contains(':'));
    let mut tokens: Vec<String> = Vec::new();
    for word in dates {
        let mut last = None;
        for c in word.chars() {
            let c = if is_dash(c) { '-' } else { c };
            let kind = if c.is_ascii_digit() {
                'd'
            } else if c.is_alphabetic() {
                'a'
            } else if matches!(c, '-' | '/' | '.') {
                c
            } else {
                ' '
            };
            if kind == ' ' {
                // It parts what is before it from what is after.
            } else if let Some(token) = tokens.last_mut().filter(|_| last == Some(kind)) {
                token.push(c);
            } else {
                tokens.push(c.to_string());
            }
            last = Some(kind);
        }
        tokens.push(" ".to_owned());
    }
    tokens.retain(|token| !FILLERS.contains(&token.as_str()) && token != " ");
    tokens
}

/// Words that count from today.
fn relative(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let days = match words {
        ["today"] => 0,
        ["tomorrow" | "tmrw" | "tmr"] => 1,
        ["day", "after", "tomorrow"] => 2,
        ["yesterday"] => return Some(today.minus_days(1)),
        ["in", "a", unit] => counted("1", unit)?,
        ["in", count, unit] | [count, unit] => counted(count, unit)?,
        _ => return None,
    };
    Some(today.plus_days(days))
}

fn counted(count: &str, unit: &str) -> Option<u64> {
    let days = match unit {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        _ => return None,
    };
    Some(u64::from(count.parse::<u16>().ok()?) * days)
}

fn weekday(words: &[&str]) -> Option<(&'static str, Weekday)> {
    let (which, day) = match words {
        [day] => ("", day),
        ["this", day] => ("this", day),
        ["next", day] => ("next", day),
        ["coming", day] => ("coming", day),
        _ => return None,
    };
    Some((which, day_named(day)?))
}

/// The dates that a day of the week can mean: "next friday" on a Wednesday is two days ahead for some,
/// nine for others.
pub(super) fn on_weekday(which: &str, day: Weekday, from: NaiveDate) -> Vec<NaiveDate> {
    let ahead = u64::from(day.days_since(from.weekday()));
    let soon = from.plus_days(ahead);
    let later = soon.plus_days(7);
    let this_week = day.num_days_from_monday() > from.weekday().num_days_from_monday();
    match (which, ahead) {
        ("", 0) => vec![soon, later],
        ("next" | "coming", 0) => vec![later],
        ("next", _) if this_week => vec![soon, later],
        _ => vec![soon],
    }
}

/// What a text holds of a date.
pub(super) struct Parts<'a> {
    pub(super) weekday: Option<Weekday>,
    /// The month, if it has a name, and how many numbers are before it.
    month: Option<(u32, usize)>,
    numbers: Vec<&'a str>,
    /// What stands after the first number.
    signs: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    /// None when there is anything else in it.
    pub(super) fn of(words: &[&'a str]) -> Option<Self> {
        let mut read = Self {
            weekday: None,
            month: None,
            numbers: Vec::new(),
            signs: Vec::new(),
        };
        for word in words {
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                read.numbers.push(word);
            } else if matches!(*word, "-" | "/" | ".") {
                if !read.numbers.is_empty() {
                    read.signs.push(word);
                }
            } else if let (None, Some(month)) = (read.month, month_named(word)) {
                read.month = Some((month, read.numbers.len()));
            } else if let (None, Some(weekday)) = (read.weekday, day_named(word)) {
                read.weekday = Some(weekday);
            } else {
                return None;
            }
        }
        Some(read)
    }

    /// A day alone, without its month, and the year if it is written: "24", "26, 2026".
    pub(super) fn day_alone(&self) -> Option<(u32, Option<i32>)> {
        let (day, year) = match (self.month, &self.numbers[..]) {
            (None, [day]) => (day, None),
            (None, [day, year]) if year.len() == 4 => (day, Some(full_year(year)?)),
            _ => return None,
        };
        Some((two_digits(day)?, year))
    }

    /// The orders in which it can be read.
    fn readings(&self) -> Vec<Reading> {
        let readings = match (self.month, &self.numbers[..]) {
            (Some((month, at)), numbers) => self.named(&month.to_string(), at, numbers),
            // Two kinds of signs are of two dates.
            (None, _) if self.signs.iter().any(|sign| *sign != self.signs[0]) => Vec::new(),
            (None, numbers) => self.numeric(numbers),
        };
        let mut readings: Vec<Reading> = readings.into_iter().flatten().collect();
        // With dots the day comes first, unless there is no such month.
        let dotted = self.month.is_none() && self.signs.first() == Some(&".");
        if dotted && readings.first().is_some_and(|first| first.month <= 12) {
            readings.truncate(1);
        }
        readings
    }

    /// With the month's name, before which there are `at` of the numbers.
    fn named(&self, month: &str, at: usize, numbers: &[&str]) -> Vec<Option<Reading>> {
        let dashes = self.signs.iter().filter(|sign| **sign == "-").count();
        vec![match numbers {
            [day] => reading(None, month, day),
            [year, day] if year.len() == 4 => reading(Some(year), month, day),
            [day, year] if year.len() == 4 => reading(Some(year), month, day),
            // "24 Dec 26" and "24-Dec-26" end with a year; "Dec 24-26" and "24 Dec-26" with a day.
            [day, year] if at == 1 && dashes != 1 => reading(Some(year), month, day),
            _ => None,
        }]
    }

    fn numeric(&self, numbers: &[&str]) -> Vec<Option<Reading>> {
        match numbers {
            [compact] if compact.len() == 8 => {
                vec![reading(Some(&compact[..4]), &compact[4..6], &compact[6..])]
            }
            [year, month, day] if year.len() == 4 => vec![reading(Some(year), month, day)],
            [a, b, year] => {
                let iso = self.signs.first() == Some(&"-") && year.len() == 2;
                let mut all = vec![reading(Some(year), b, a), reading(Some(year), a, b)];
                all.extend(iso.then(|| reading(Some(a), b, year)));
                all
            }
            [a, b] => vec![reading(None, b, a), reading(None, a, b)],
            _ => Vec::new(),
        }
    }
}

/// One way to read a date; its parts may be greater than any calendar has.
pub(super) struct Reading {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
}

fn reading(year: Option<&str>, month: &str, day: &str) -> Option<Reading> {
    let year = match year {
        Some(year) => Some(full_year(year)?),
        None => None,
    };
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    Some(Reading { year, month, day })
}

impl Reading {
    fn date(&self, anchor: Anchor) -> Option<NaiveDate> {
        let of = |year| NaiveDate::from_ymd_opt(year, self.month, self.day);
        match (self.year, anchor) {
            (Some(year), _) => of(year),
            // A 29 February may be eight years off.
            (None, Anchor::From(from)) => (0..=8).find_map(|later| {
                let year = from.year().checked_add(later)?;
                of(year).filter(|date| *date >= from)
            }),
            (None, Anchor::Near(near)) => (-1..=1)
                .filter_map(|later| of(near.year().checked_add(later)?))
                .min_by_key(|date| date.signed_duration_since(near).abs()),
        }
    }
}

/// A number from 1 on of one or two digits.
fn two_digits(text: &str) -> Option<u32> {
    let number = (text.len() <= 2).then(|| text.parse().ok())?;
    number.filter(|number| *number > 0)
}

/// A year of two or four digits.
fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// The number of a month, 1 to 12, by the first three letters of its name or more.
pub(super) fn month_named(word: &str) -> Option<u32> {
    let known = |month: &&str| word.len() >= 3 && month.starts_with(word);
    let at = MONTHS.iter().position(known)?;
    u32::try_from(at + 1).ok()
}

/// How many days a month has.
fn days(year: i32, month: u32) -> u32 {
    let days = (28..=31).rev();
    let mut days = days.filter(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some());
    days.next().unwrap_or(31)
}
