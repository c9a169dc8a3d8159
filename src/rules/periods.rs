//! The periods that a leaderboard covers.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::time::DateSums;

/// What a leaderboard covers.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// This week, from Monday (ISO 8601).
    Week,
    /// This calendar month.
    Month,
    /// Since the beginning.
    All,
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Period; 3] = [Period::Week, Period::Month, Period::All];

    /// The first day of the period that `today` is in; `None` for all time.
    pub fn first_day(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Period::Week => Some(
                today
                    .week(Weekday::Mon)
                    .checked_first_day()
                    .unwrap_or(today),
            ),
            Period::Month => today.with_day(1),
            Period::All => None,
        }
    }

    /// The first and last day of the period that `today` is in; `None` for all time. It has an end because elsewhere it
    /// may be tomorrow already: an answer given there on Monday counts for the week that begins then, not for this one.
    pub fn days(self, today: NaiveDate) -> Option<RangeInclusive<NaiveDate>> {
        let first = self.first_day(today)?;
        let last = match self {
            Period::Week => first.plus_days(6),
            Period::Month => first
                .checked_add_months(Months::new(1))
                .map_or(NaiveDate::MAX, |next| next.minus_days(1)),
            Period::All => return None,
        };
        Some(first..=last)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Period::Week => "week",
            Period::Month => "month",
            Period::All => "all",
        })
    }
}

/// A word that isn't a [`Period`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPeriod(pub String);

impl FromStr for Period {
    type Err = UnknownPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Period::ALL
            .into_iter()
            .find(|period| period.to_string() == text)
            .ok_or_else(|| UnknownPeriod(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_week_starts_on_monday() {
        assert_eq!(
            Period::Week.first_day(day(2026, 3, 1)),
            Some(day(2026, 2, 23))
        );
        assert_eq!(
            Period::Week.first_day(day(2026, 3, 2)),
            Some(day(2026, 3, 2))
        );
        assert_eq!(
            Period::Month.first_day(day(2026, 3, 31)),
            Some(day(2026, 3, 1))
        );
        assert_eq!(Period::All.first_day(day(2026, 3, 31)), None);
    }

    #[test]
    fn a_period_at_the_end_of_the_calendar_ends_with_it() {
        for period in [Period::Week, Period::Month] {
            for today in [NaiveDate::MIN, NaiveDate::MAX] {
                assert!(period.days(today).is_some_and(|days| days.contains(&today)));
            }
        }
    }

    #[test]
    fn a_period_reads_what_it_writes() {
        for period in Period::ALL {
            assert_eq!(period.to_string().parse(), Ok(period));
        }
        assert!("year".parse::<Period>().is_err());
    }

    proptest! {
        #[test]
        fn today_is_in_its_week_and_month(days in 0i32..60_000) {
            let today = NaiveDate::from_epoch_days(days).unwrap();
            let monday = Period::Week.first_day(today).unwrap();
            prop_assert_eq!(monday.weekday(), Weekday::Mon);
            prop_assert!((0..7).contains(&(today - monday).num_days()));
            let first = Period::Month.first_day(today).unwrap();
            prop_assert_eq!((first.year(), first.month(), first.day()), (today.year(), today.month(), 1));
            for period in [Period::Week, Period::Month] {
                let days = period.days(today).unwrap();
                prop_assert!(days.contains(&today));
                // The next period begins right after.
                let next = days.end().plus_days(1);
                prop_assert_eq!(period.first_day(*days.end()), period.first_day(today));
                prop_assert_eq!(period.first_day(next), Some(next));
            }
        }
    }
}
