//! How long to wait before another socket is opened.

use std::time::Duration;

use crate::slack::timing::Timing;

/// The longest wait for the successor of a socket of which Slack has said that it will end: it does within ten seconds.
const ANNOUNCED: Duration = Duration::from_secs(5);

/// Counts the failures in a row. A socket that lived for a short time only is one, however it ended.
pub(super) struct BackOff<'a> {
    timing: &'a Timing,
    failures: u32,
}

impl<'a> BackOff<'a> {
    pub(super) fn new(timing: &'a Timing) -> Self {
        let failures = 0;
        Self { timing, failures }
    }

    /// Whether it didn't go well of late.
    pub(super) fn is_on(&self) -> bool {
        self.failures > 0
    }

    /// How long to wait after a further failure: twice as long each time, with chance in it, so that not all bots come back
    /// at once.
    pub(super) fn failed(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let doublings = self.failures.saturating_sub(1).min(16);
        let whole = self.timing.first_wait.saturating_mul(1 << doublings);
        whole
            .min(self.timing.longest_wait)
            .mul_f64(rand::random_range(0.5..=1.0))
    }

    /// How long to wait after a socket that has ended after that time.
    pub(super) fn ended(&mut self, lived: Duration) -> Duration {
        if lived >= self.timing.silence {
            self.failures = 0;
            return Duration::ZERO;
        }
        self.failed()
    }

    /// How long to wait for the successor of a socket that Slack will end, after that time. Whatever Slack says, sockets
    /// are not opened more often than by the first wait.
    pub(super) fn ends(&mut self, lived: Duration) -> Duration {
        let least = self.timing.first_wait.saturating_sub(lived);
        self.ended(lived).min(ANNOUNCED).max(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_that_live_shortly_are_followed_more_and_more_slowly() {
        let timing = Timing::default();
        let mut waits = BackOff::new(&timing);
        let seconds = Duration::from_secs;
        assert_eq!(waits.ends(seconds(3_600)), Duration::ZERO);
        assert!(!waits.is_on());
        let between =
            |wait: Duration, most: u64| wait >= seconds(most) / 2 && wait <= seconds(most);
        for most in [1, 2, 4] {
            assert!(between(waits.ends(seconds(2)), most));
        }
        for _ in 0..20 {
            // Until then the one before is still there.
            assert!(waits.ends(seconds(2)) <= ANNOUNCED);
        }
        assert!(between(waits.failed(), 60));
        assert!(between(waits.ended(seconds(2)), 60));
        assert_eq!(waits.ended(seconds(46)), Duration::ZERO);
        assert_eq!(waits.ends(Duration::ZERO), timing.first_wait);
    }
}
