//! What is said of times of day.

use std::fmt::{self, Display, Formatter};

use chrono::NaiveTime;

use crate::rules::times::BadTime;

/// A time of day as people read it: "09:00".
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl Display for BadTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(written) = self;
        write!(
            f,
            "“{written}” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_is_quoted() {
        assert_eq!(
            BadTime("25:00".into()).to_string(),
            "“25:00” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm"
        );
    }
}
