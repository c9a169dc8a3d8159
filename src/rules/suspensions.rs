//! How long a schedule waits when its channel can't be posted to.

use chrono::TimeDelta;

/// The first wait.
const FIRST: TimeDelta = TimeDelta::hours(1);
/// The longest wait.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);

/// The wait after this many failures in a row, at least 1: an hour, doubled each time, a day at most.
pub fn wait(times: u32) -> TimeDelta {
    let doubled = 2_i32.saturating_pow(times.saturating_sub(1));
    FIRST
        .checked_mul(doubled)
        .map_or(LONGEST, |wait| wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_an_hour_to_a_day() {
        let hours: Vec<i64> = (1..=7).map(|times| wait(times).num_hours()).collect();
        assert_eq!(hours, [1, 2, 4, 8, 16, 24, 24]);
        assert_eq!(wait(u32::MAX), LONGEST);
    }
}
