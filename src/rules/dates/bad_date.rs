//! Texts that are not one date.

use chrono::NaiveDate;

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
