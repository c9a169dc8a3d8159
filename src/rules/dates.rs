//! Dates and ranges of dates as people write them. What can be two dates is asked about.

mod range;
mod written;

use chrono::NaiveDate;

use written::{Anchor, Written};

pub use range::parse_range;

/// A text that isn't a date, or can be several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadDate {
    /// It is written in an unknown way.
    Unknown(String),
    /// No year has so many months.
    NoSuchMonth(String),
    /// The month doesn't have that day.
    NoSuchDay {
        /// What was written.
        written: String,
        /// Which month, 1 to 12.
        month: u32,
        /// Of which year, if one was written.
        year: Option<i32>,
        /// How many days it has, in a leap year if no year was written.
        days: u32,
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
    /// A range ends before it begins.
    OutOfOrder,
}

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

#[cfg(test)]
mod tests;
