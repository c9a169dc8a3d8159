//! Dates and ranges of dates as people write them. What can be two dates is asked about.

mod range;
mod written;

use std::fmt;

use chrono::NaiveDate;

use written::{Anchor, Written};

pub use range::parse_range;

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
    /// A range ends before it begins.
    OutOfOrder,
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
                            written::days(*year, *month)
                        )
                    }
                    None => write!(
                        f,
                        "“{written}”: {name} has {} days at most",
                        written::days(2000, *month)
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
            Self::OutOfOrder => f.write_str(
                "The last date must not be before the first; over more than half a year, write the years too.",
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
    Written::of(text, today)
        .ok_or_else(|| BadDate::Unknown(text.trim().to_owned()))?
        .date(text, Anchor::From(from))
}

#[cfg(test)]
mod tests;
