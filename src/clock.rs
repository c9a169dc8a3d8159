//! The time: the system's, or one that tests and the sandbox move by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, SubsecRound, Utc};
use tokio::sync::watch;

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

    /// The present instant, in whole milliseconds (as they are stored).
    pub fn now(&self) -> DateTime<Utc> {
        let base = self.0.fixed.unwrap_or_else(Utc::now).trunc_subsecs(3);
        base + Duration::milliseconds(self.0.moved_by.load(Ordering::SeqCst))
    }

    /// Moves the clock by `by` and wakes whoever waits on [`Clock::moves`].
    pub fn advance(&self, by: Duration) {
        self.0
            .moved_by
            .fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        self.0.moves.send_replace(());
    }

    /// Changes each time the clock is moved by hand.
    pub fn moves(&self) -> watch::Receiver<()> {
        self.0.moves.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
