//! What is said of times of day.

use chrono::NaiveTime;

use crate::rules::times::BadTime;

/// A time of day as people read it: "09:00".
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// To somebody whose text isn't a time of day.
pub fn bad_time(BadTime(written): &BadTime) -> String {
    format!("“{written}” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_is_quoted() {
        assert_eq!(
            bad_time(&BadTime("25:00".into())),
            "“25:00” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm"
        );
    }
}
