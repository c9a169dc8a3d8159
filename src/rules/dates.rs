//! Dates and ranges of dates as people write them. What can be two dates is asked about.

mod bad_date;
mod near;
mod range;
mod weekend;
mod written;

pub use bad_date::BadDate;
pub use near::near_date;
pub use range::parse_range;
pub use written::parse_date;

#[cfg(test)]
mod tests;
