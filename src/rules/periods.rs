//! The stretches of time that a leaderboard covers.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

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

    /// The first day of the period that `today` is in; none for all time.
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

/// A word that is no [`Period`].
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("`{0}` is no period; use week, month or all")]
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
        }
    }
}
