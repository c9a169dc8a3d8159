//! The time: the system's, or one that tests and the sandbox move by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, NaiveDate, SubsecRound, Utc};
use tokio::sync::watch;

use crate::time::InstantSums;

/// Where the product reads "now". Clones share one time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// `None`: the system clock runs underneath.
    fixed: Option<DateTime<Utc>>,
    /// Milliseconds by which the clock was moved.
    moved_by: AtomicI64,
    moves: watch::Sender<()>,
}

impl Clock {
    /// The system's clock, which can still be moved forward.
    pub fn system() -> Self {
        Self::new(None)
    }

    /// A clock that stands still at `at` until it is moved.
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::new(Some(at))
    }

    fn new(fixed: Option<DateTime<Utc>>) -> Self {
        Self(Arc::new(Inner {
            fixed,
            moved_by: AtomicI64::new(0),
            moves: watch::Sender::new(()),
        }))
    }

    /// The present instant, in whole milliseconds (as they are stored). It stays within the years of four digits, which
    /// is how dates are written and compared; so whatever is a few days off it is an instant too.
    pub fn now(&self) -> DateTime<Utc> {
        let base = self.0.fixed.unwrap_or_else(Utc::now).trunc_subsecs(3);
        let moved = Duration::try_milliseconds(self.0.moved_by.load(Ordering::SeqCst));
        base.plus(moved.unwrap_or_default()).clamp(
            start_of(1, DateTime::<Utc>::MIN_UTC),
            start_of(10_000, DateTime::<Utc>::MAX_UTC) - Duration::milliseconds(1),
        )
    }

    /// Moves the clock by `by`, back if it is negative, and wakes whoever waits on [`Clock::moves`].
    pub fn advance(&self, by: Duration) {
        let moved = |before: i64| {
            let moved = before.saturating_add(by.num_milliseconds());
            Some(moved.max(Duration::MIN.num_milliseconds()))
        };
        // It always moves, so there is nothing to be told.
        let _ = self
            .0
            .moved_by
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved);
        self.0.moves.send_replace(());
    }

    /// Changes each time the clock is moved by hand.
    pub fn moves(&self) -> watch::Receiver<()> {
        self.0.moves.subscribe()
    }
}

/// Midnight in UTC that begins a year.
fn start_of(year: i32, otherwise: DateTime<Utc>) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(year, 1, 1);
    date.map_or(otherwise, |date| {
        date.and_time(Default::default()).and_utc()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_moved_too_far_stops_at_the_years_of_four_digits() {
        let clock = Clock::manual(DateTime::UNIX_EPOCH);
        for _ in 0..3 {
            clock.advance(Duration::MAX);
            assert_eq!(clock.now().to_string(), "9999-12-31 23:59:59.999 UTC");
        }
        for _ in 0..3 {
            clock.advance(Duration::MIN);
            clock.advance(Duration::MIN);
            assert_eq!(clock.now().to_string(), "0001-01-01 00:00:00 UTC");
        }
    }

    #[tokio::test]
    async fn a_manual_clock_stands_still_until_moved_and_wakes_its_waiters() {
        let start = DateTime::UNIX_EPOCH;
        let clock = Clock::manual(start);
        let mut moves = clock.moves();
        assert_eq!(clock.now(), start);

        clock.clone().advance(Duration::days(1));

        moves.changed().await.expect("the clock is alive");
        assert_eq!(clock.now(), start + Duration::days(1));
    }
}
