//! Dates as people write them. What can be two dates is asked about.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use super::weekdays::day_named;
use crate::time::DateSums;

const MONTHS: [&str; 12] = [
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
/// Words without which a date says the same.
const FILLERS: [&str; 9] = ["the", "of", "on", "st", "nd", "rd", "th", "am", "pm"];

/// A text that is no date, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadDate {
    /// It is written in a way that is not known.
    Unknown(String),
    /// No year has so many months.
    NoSuchMonth(String),
    /// The month does not have that day.
    NoSuchDay {
        /// What was written.
        written: String,
        /// Which month, 1 to 12.
        month: u32,
        /// Of which year, if one was written.
        year: Option<i32>,
    },
    /// It may be any of these.
    Several {
        /// What was written.
        written: String,
        /// In the order of the calendar.
        dates: Vec<NaiveDate>,
    },
    /// The date falls on another day of the week than was written.
    OtherWeekday {
        /// What was written.
        written: String,
        /// The date.
        date: NaiveDate,
    },
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(written) => write!(
                f,
                "“{written}” isn't a date that I can read; write it like 24 Dec, 2026-12-24 or tomorrow"
            ),
            Self::NoSuchMonth(written) => {
                write!(
                    f,
                    "“{written}”: a year has 12 months; write the date like 2026-12-24"
                )
            }
            Self::NoSuchDay {
                written,
                month,
                year,
            } => {
                let name = NaiveDate::from_ymd_opt(2000, *month, 1)
                    .map_or_else(String::new, |first| first.format("%B").to_string());
                match year {
                    Some(year) => {
                        write!(
                            f,
                            "“{written}”: {name} {year} has {} days",
                            days(*year, *month)
                        )
                    }
                    None => write!(
                        f,
                        "“{written}”: {name} has {} days at most",
                        days(2000, *month)
                    ),
                }
            }
            Self::Several { written, dates } => {
                let dates: Vec<String> = dates.iter().map(|date| shown(*date)).collect();
                write!(
                    f,
                    "“{written}” can be {}; write it like 2026-12-24",
                    dates.join(" or ")
                )
            }
            Self::OtherWeekday { written, date } => write!(
                f,
                "“{written}”: {} is a {}",
                date.format("%-d %B %Y"),
                date.format("%A")
            ),
        }
    }
}

impl std::error::Error for BadDate {}

/// A date as people read it: "Thu 24 December 2026".
pub fn shown(date: NaiveDate) -> String {
    date.format("%a %-d %B %Y").to_string()
}

/// Reads a date: "2026-12-24", "24.12.2026", "24 Dec", "Dec 24th", "Thu 24 December 2026", "tomorrow",
/// "in 3 days", "next monday". One without its year is the next such from `from` on, and so is a day
/// of the week.
///
/// # Errors
/// When it is written in another way, no calendar has it, or it may be several.
pub fn parse_date(text: &str, today: NaiveDate, from: NaiveDate) -> Result<NaiveDate, BadDate> {
    let written = text.trim().to_owned();
    let tokens = tokens(&written);
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let Some(date) = relative(&words, today) {
        return Ok(date);
    }
    if let Some(dates) = weekday(&words, from) {
        return one(written, dates, None);
    }
    let read = Read::of(&words).ok_or_else(|| BadDate::Unknown(written.clone()))?;
    let readings = read.readings();
    let valid: Vec<NaiveDate> = readings
        .iter()
        .filter_map(|reading| reading.date(from))
        .collect();
    if !valid.is_empty() {
        return one(written, valid, read.weekday);
    }
    match readings
        .iter()
        .find(|reading| (1..=12).contains(&reading.month))
    {
        Some(reading) => Err(BadDate::NoSuchDay {
            written,
            month: reading.month,
            year: reading.year,
        }),
        None if readings.is_empty() => Err(BadDate::Unknown(written)),
        None => Err(BadDate::NoSuchMonth(written)),
    }
}

/// The two ends of a range as it is shown: "24 Dec to 2 Jan".
pub fn ends(text: &str) -> Option<(&str, &str)> {
    const BETWEEN: [&str; 5] = [" to ", " until ", " till ", " – ", " - "];
    let ends = BETWEEN
        .iter()
        .find_map(|between| text.split_once(between))?;
    (!ends.1.trim().is_empty()).then_some(ends)
}

/// The one of several that falls on the day of the week, if that was written.
fn one(
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

/// Runs of digits and of letters, and the signs `-`, `/` and `.` between digits; without a time of day
/// that follows.
fn tokens(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let text = text.split(" at ").next().unwrap_or_default();
    let dates = text.split_whitespace().filter(|word| !word.contains(':'));
    let mut tokens: Vec<String> = Vec::new();
    for word in dates {
        let mut last = None;
        for c in word.chars() {
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

/// The dates that a day of the week can mean: "next friday" on a Wednesday is two days ahead for some,
/// nine for others.
fn weekday(words: &[&str], from: NaiveDate) -> Option<Vec<NaiveDate>> {
    let (which, day) = match words {
        [day] => ("", day_named(day)?),
        [which @ ("this" | "next" | "coming"), day] => (*which, day_named(day)?),
        _ => return None,
    };
    let ahead = u64::from(day.days_since(from.weekday()));
    let soon = from.plus_days(ahead);
    let later = soon.plus_days(7);
    let this_week = day.num_days_from_monday() > from.weekday().num_days_from_monday();
    Some(match (which, ahead) {
        ("", 0) => vec![soon, later],
        ("next" | "coming", 0) => vec![later],
        ("next", _) if this_week => vec![soon, later],
        _ => vec![soon],
    })
}

/// What a text holds of a date.
struct Read<'a> {
    weekday: Option<Weekday>,
    /// The month, if it has a name.
    month: Option<u32>,
    numbers: Vec<&'a str>,
    /// What stands between the numbers first.
    sign: &'a str,
}

impl<'a> Read<'a> {
    /// None when there is anything else in it.
    fn of(words: &[&'a str]) -> Option<Self> {
        let mut read = Self {
            weekday: None,
            month: None,
            numbers: Vec::new(),
            sign: "",
        };
        for word in words {
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                read.numbers.push(word);
            } else if matches!(*word, "-" | "/" | ".") {
                read.sign = if read.sign.is_empty() {
                    word
                } else {
                    read.sign
                };
            } else if let (None, Some(month)) = (read.month, month_named(word)) {
                read.month = Some(month);
            } else if let (None, Some(weekday)) = (read.weekday, day_named(word)) {
                read.weekday = Some(weekday);
            } else {
                return None;
            }
        }
        Some(read)
    }

    /// The orders in which it can be read.
    fn readings(&self) -> Vec<Reading> {
        let reading = |year: Option<&str>, month: &str, day: &str| {
            let year = match year {
                Some(year) => Some(full_year(year)?),
                None => None,
            };
            let two = |text: &str| (text.len() <= 2).then(|| text.parse().ok())?;
            let (month, day) = (two(month)?, two(day)?);
            Some(Reading { year, month, day })
        };
        let named = self.month.map(|month| month.to_string());
        let dotted = self.sign == ".";
        let readings = match (named.as_deref(), &self.numbers[..]) {
            (Some(month), [day]) => vec![reading(None, month, day)],
            (Some(month), [year, day]) if year.len() == 4 => vec![reading(Some(year), month, day)],
            (Some(month), [day, year]) => vec![reading(Some(year), month, day)],
            (None, [compact]) if compact.len() == 8 => {
                vec![reading(Some(&compact[..4]), &compact[4..6], &compact[6..])]
            }
            (None, [year, month, day]) if year.len() == 4 => {
                vec![reading(Some(year), month, day)]
            }
            (None, [a, b, year]) => {
                let iso = (self.sign == "-" && year.len() == 2).then(|| reading(Some(a), b, year));
                let mut all = vec![reading(Some(year), b, a), reading(Some(year), a, b)];
                all.extend(iso);
                all
            }
            (None, [a, b]) => vec![reading(None, b, a), reading(None, a, b)],
            _ => Vec::new(),
        };
        let mut readings: Vec<Reading> = readings.into_iter().flatten().collect();
        // With dots the day comes first, unless there is no such month.
        if dotted && readings.first().is_some_and(|first| first.month <= 12) {
            readings.truncate(1);
        }
        readings
    }
}

/// One way to read a date; its parts may be out of range.
struct Reading {
    year: Option<i32>,
    month: u32,
    day: u32,
}

impl Reading {
    /// The date; without a year the next one from `from` on.
    fn date(&self, from: NaiveDate) -> Option<NaiveDate> {
        let of = |year| NaiveDate::from_ymd_opt(year, self.month, self.day);
        match self.year {
            Some(year) => of(year),
            // A 29 February may be eight years off.
            None => (0..=8).find_map(|later| {
                let year = from.year().checked_add(later)?;
                of(year).filter(|date| *date >= from)
            }),
        }
    }
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

fn month_named(word: &str) -> Option<u32> {
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

#[cfg(test)]
mod tests;
