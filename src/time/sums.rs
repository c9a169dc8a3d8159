//! Sums of dates and instants that end at the last (or first) one there is. What comes from outside, a date that
//! somebody types or a clock that is off, is never added to in another way: chrono's own `+` and `-` panic there.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// Sums of instants.
pub trait InstantSums {
    /// The instant this much later.
    fn plus(self, by: TimeDelta) -> Self;
    /// The instant this much earlier.
    fn minus(self, by: TimeDelta) -> Self;
}

impl InstantSums for DateTime<Utc> {
    fn plus(self, by: TimeDelta) -> Self {
        let end = if by < TimeDelta::zero() {
            Self::MIN_UTC
        } else {
            Self::MAX_UTC
        };
        self.checked_add_signed(by).unwrap_or(end)
    }

    fn minus(self, by: TimeDelta) -> Self {
        let end = if by < TimeDelta::zero() {
            Self::MAX_UTC
        } else {
            Self::MIN_UTC
        };
        self.checked_sub_signed(by).unwrap_or(end)
    }
}

/// Sums of dates.
pub trait DateSums {
    /// The date this many days later.
    fn plus_days(self, days: u64) -> Self;
    /// The date this many days earlier.
    fn minus_days(self, days: u64) -> Self;
}

impl DateSums for NaiveDate {
    fn plus_days(self, days: u64) -> Self {
        self.checked_add_days(Days::new(days)).unwrap_or(Self::MAX)
    }

    fn minus_days(self, days: u64) -> Self {
        self.checked_sub_days(Days::new(days)).unwrap_or(Self::MIN)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_span() -> impl Strategy<Value = TimeDelta> {
        any::<i64>().prop_map(|millis| TimeDelta::try_milliseconds(millis).unwrap_or_default())
    }

    fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        (first.timestamp()..=last.timestamp())
            .prop_map(|at| DateTime::from_timestamp(at, 0).unwrap_or_default())
    }

    proptest! {
        #[test]
        fn a_sum_is_exact_or_the_end(at in any_instant(), by in any_span()) {
            let (later, earlier) = (at.plus(by), at.minus(by));
            let none = TimeDelta::zero();
            prop_assert!(later - at == by || later == DateTime::<Utc>::MAX_UTC && by > none
                || later == DateTime::<Utc>::MIN_UTC && by < none);
            prop_assert!(at - earlier == by || earlier == DateTime::<Utc>::MIN_UTC && by > none
                || earlier == DateTime::<Utc>::MAX_UTC && by < none);
        }

        #[test]
        fn a_date_never_leaves_the_calendar(at in any_instant(), days: u64) {
            let date = at.date_naive();
            prop_assert!(date.plus_days(days) >= date && date.minus_days(days) <= date);
            prop_assert_eq!(date.plus_days(days % 1000).minus_days(days % 1000).min(date), date.min(NaiveDate::MAX.minus_days(days % 1000)));
        }
    }

    #[test]
    fn the_last_day_is_the_last() {
        assert_eq!(NaiveDate::MAX.plus_days(1), NaiveDate::MAX);
        assert_eq!(NaiveDate::MIN.minus_days(1), NaiveDate::MIN);
        assert_eq!(
            DateTime::<Utc>::MAX_UTC.plus(TimeDelta::MAX),
            DateTime::<Utc>::MAX_UTC
        );
        assert_eq!(
            DateTime::<Utc>::MAX_UTC.minus(TimeDelta::MIN),
            DateTime::<Utc>::MAX_UTC
        );
    }
}
