//! The names of the days of the week, and what is said of them.

use std::fmt::{self, Display, Formatter};

use chrono::{Month, Weekday};

use crate::model::Weekdays;
use crate::rules::near_days::near_day;
use crate::rules::weekdays::UnknownWeekdays;

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];
const EVERY_DAY: &str = "every day";
const WORKDAYS: &str = "weekdays";
const WEEKENDS: &str = "weekends";

/// The name of a day.
pub fn weekday(day: Weekday) -> &'static str {
    let mut week = WEEK.iter();
    week.find(|(other, _)| *other == day)
        .map_or("", |(_, name)| name)
}

/// Its first three letters.
pub(in crate::app) fn short_weekday(day: Weekday) -> &'static str {
    &weekday(day)[..3]
}

/// Days of the week: "every day", "weekdays", "weekends" or "mon, wed, fri".
pub(in crate::app) fn weekdays(days: Weekdays) -> String {
    match days {
        Weekdays::EVERY_DAY => EVERY_DAY.to_owned(),
        Weekdays::WORKDAYS => WORKDAYS.to_owned(),
        Weekdays::WEEKENDS => WEEKENDS.to_owned(),
        days => {
            let days = WEEK.iter().filter(|(day, _)| days.contains(*day));
            let days: Vec<String> = days
                .map(|(day, _)| short_weekday(*day).to_lowercase())
                .collect();
            days.join(", ")
        }
    }
}

/// What is offered to somebody who types days: first several at once, then each.
pub(in crate::app) fn offered_days() -> ([&'static str; 3], [String; 7]) {
    let each = WEEK.map(|(_, name)| name.to_lowercase());
    ([EVERY_DAY, WORKDAYS, WEEKENDS], each)
}

/// Words that may be meant, with the names of days and months as English writes them: "next Friday".
pub(super) fn with_capitals(near: &str) -> String {
    let word = |word: &str| {
        let named = word.parse::<Weekday>().is_ok() || word.parse::<Month>().is_ok();
        let (first, rest) = word.split_at(named.into());
        first.to_uppercase() + rest
    };
    near.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

impl Display for UnknownWeekdays {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const WRITTEN: &str = "mon,wed,fri, mon-fri, weekdays, weekends or every day";
        match self {
            Self::None => f.write_str(
                "A schedule posts on at least one day of the week; /schedule pause keeps it from posting",
            ),
            Self::Rhythm(written) => write!(
                f,
                "A schedule posts on the same days every week, so not “{written}”. Name those days: {WRITTEN}. \
                 /schedule skip leaves out single dates, and /schedule pause keeps it from posting"
            ),
            Self::Unknown(written) => {
                write!(f, "I don't know which days “{written}” means")?;
                match near_day(written) {
                    Some(near) => write!(f, "; did you mean {}?", with_capitals(near))?,
                    None => f.write_str(".")?,
                }
                write!(f, " Write them in English: {WRITTEN}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_of_days_is_read_as_it_is_written() {
        for bits in 1..128 {
            let days = Weekdays::from_bits(bits).unwrap();
            assert_eq!(weekdays(days).parse(), Ok(days));
        }
        let (sets, each) = offered_days();
        let read = sets.iter().map(|set| set.parse::<Weekdays>());
        assert_eq!(
            read.collect::<Vec<_>>(),
            [Weekdays::EVERY_DAY, Weekdays::WORKDAYS, Weekdays::WEEKENDS].map(Ok)
        );
        for ((day, _), offered) in WEEK.into_iter().zip(each) {
            let read: Weekdays = offered.parse().unwrap();
            assert_eq!(read.bits(), Weekdays::bit(day), "{offered}");
        }
    }
}
