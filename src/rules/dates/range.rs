//! Ranges of dates. An end without a year is the date nearest to the other end, so that a range over New Year needs no
//! year, and one with its ends swapped doesn't last for most of a year.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, TimeDelta};

use super::bad_date::BadDate;
use super::weekend::weekend;
use super::written::{Anchor, Calendar, Parts, Reading, Written, is_dash, parse_date, tokens};

/// Words between the two ends.
const BETWEEN: [&str; 5] = [" to ", " until ", " till ", " through ", " thru "];
/// How long a range that is written without a year can be.
const HALF_A_YEAR: TimeDelta = TimeDelta::days(183);
/// How long a text in which the ends are looked for can be, in bytes.
const LONGEST: usize = 100;

/// Reads the dates from `text` to `until`; without it a range ("24 Dec to 2 Jan", "Dec 24-26", "24-26 Dec",
/// "friday - sunday", "this weekend"), or one date as [`parse_date`] reads it. The last date, or the only one, is the next from `today`
/// on if it lacks a year; the first is the nearest to the last.
///
/// # Errors
/// When an end isn't a date or can be several, or the last is before the first.
pub fn parse_range(
    text: &str,
    until: Option<&str>,
    today: NaiveDate,
) -> Result<RangeInclusive<NaiveDate>, BadDate> {
    if let Some(weekend) = weekend(text, today).filter(|_| until.is_none()) {
        return weekend;
    }
    let ends = until.map(|until| (text, until)).or_else(|| ends(text));
    let (first, last) = match ends {
        Some(ends) => ends,
        None => match parse_date(text, today, today) {
            Ok(date) => return Ok(date..=date),
            // It may have a dash that isn't part of a date.
            Err(error) => dashed(text, today, &error).ok_or(error)?,
        },
    };
    let (from, to) = (End::of(first, today)?, End::of(last, today)?);
    let (from, to) = match (from, to) {
        (End::Whole(from), End::Whole(to)) => (from, to),
        (End::Day(day), End::Whole(to)) => (day.of_month(&to, first)?, to),
        (End::Whole(from), End::Day(day)) => {
            let to = day.of_month(&from, last)?;
            (from, to)
        }
        (End::Day(_), End::Day(_)) => return Err(BadDate::Unknown(text.trim().to_owned())),
    };
    let (first, last) = if from.lacks_year() && !matches!(to, Written::Weekday(..)) {
        let last = to.date(last, Anchor::From(today))?;
        (from.date(first, Anchor::Near(last))?, last)
    } else {
        let first = from.date(first, Anchor::From(today))?;
        let anchor = if to.lacks_year() {
            Anchor::Near(first)
        } else {
            Anchor::From(first)
        };
        (first, to.date(last, anchor)?)
    };
    // The nearest 29 February may be years away.
    let lacks_year = from.lacks_year() || to.lacks_year();
    let too_long = lacks_year && last.signed_duration_since(first) > HALF_A_YEAR;
    if last < first || too_long {
        return Err(BadDate::OutOfOrder);
    }
    Ok(first..=last)
}

/// The two ends of a range that has a word between them.
fn ends(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_ascii_lowercase();
    let after = |word: &str| lower.trim_start().starts_with(word).then_some(word.len());
    let skipped = lower.len() - lower.trim_start().len();
    let (between, begin) = match (after("from "), after("between ")) {
        (_, Some(length)) => (&[" and "][..], skipped + length),
        (from, None) => (&BETWEEN[..], skipped + from.unwrap_or(0)),
    };
    let at = |word: &&str| Some((lower[begin..].find(*word)? + begin, word.len()));
    let (at, length) = between.iter().find_map(at)?;
    let ends = (&text[begin..at], &text[at + length..]);
    (!ends.1.trim().is_empty()).then_some(ends)
}

/// The two ends of a range that has a dash between them, in a text that can't be read as one date.
fn dashed<'a>(text: &'a str, today: NaiveDate, error: &BadDate) -> Option<(&'a str, &'a str)> {
    let unread = |error: &BadDate| matches!(error, BadDate::Unknown(_) | BadDate::NoSuchMonth(_));
    if !unread(error) || text.len() > LONGEST {
        return None;
    }
    let is_whole = |end: &str| !parse_date(end, today, today).is_err_and(|error| unread(&error));
    let is_day = |end: &str| matches!(End::of(end, today), Ok(End::Day(_)));
    let dashes = text.char_indices().filter(|(_, c)| is_dash(*c));
    let splits = dashes.map(|(at, dash)| (&text[..at], &text[at + dash.len_utf8()..]));
    let mut splits = splits.filter(|(first, last)| match (is_whole(first), is_whole(last)) {
        (true, true) => true,
        (true, false) => is_day(last),
        (false, true) => is_day(first),
        (false, false) => false,
    });
    splits.next()
}

/// An end of a range.
enum End {
    Whole(Written),
    Day(Day),
}

/// A day whose month is written at the other end.
struct Day {
    day: u32,
    year: Option<i32>,
    weekday: Option<chrono::Weekday>,
}

impl End {
    fn of(text: &str, today: NaiveDate) -> Result<Self, BadDate> {
        if let Some(whole) = Written::of(text, today) {
            return Ok(Self::Whole(whole));
        }
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let day = Parts::of(&words).and_then(|parts| {
            let (day, year) = parts.day_alone()?;
            let weekday = parts.weekday;
            Some(Self::Day(Day { day, year, weekday }))
        });
        day.ok_or_else(|| BadDate::Unknown(text.trim().to_owned()))
    }
}

impl Day {
    /// The date in the month of the other end; `text` is how it is written.
    fn of_month(&self, other: &Written, text: &str) -> Result<Written, BadDate> {
        let Written::Calendar(other) = other else {
            return Err(BadDate::Unknown(text.trim().to_owned()));
        };
        let readings = other.readings.iter().map(|reading| Reading {
            year: self.year.or(reading.year),
            month: reading.month,
            day: self.day,
        });
        Ok(Written::Calendar(Calendar {
            weekday: self.weekday,
            readings: readings.collect(),
        }))
    }
}
