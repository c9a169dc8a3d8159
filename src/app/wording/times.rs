//! What is said of times of day.

use std::fmt::{self, Display, Formatter};

use chrono::{NaiveTime, TimeDelta};

use super::super::card::cut;
use super::super::text::Text;
use crate::model::Schedule;
use crate::rules::times::BadTime;

/// A time of day as people read it: "09:00".
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// To an admin who typed a time of this schedule that may be one after noon as well, and was read as one before.
pub(in crate::app) fn read_before_noon(typed: &str, schedule: &Schedule) -> Text {
    let before = schedule.settings.timetable.time;
    let (after, _) = before.overflowing_add_signed(TimeDelta::hours(12));
    let (before, after) = (time(before), time(after));
    let name = schedule.name.replace('`', "");
    Text::from("“").plain(cut(typed.trim(), 100)).md(format!(
        "” is read as {before}. For {after}, send `/schedule set schedule:{name} time:{after}`."
    ))
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
