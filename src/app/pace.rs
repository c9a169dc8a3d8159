//! The rate limit of each member, so that nobody slows the others down.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::model::UserId;

/// How many commands, presses and requests for suggestions a member may make in a minute, and at once. Members who read
/// the answers don't come near it.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("it is not zero");

/// After so many requests, users without any in the last minute are forgotten.
const TIDY_EVERY: u32 = 1_024;

/// The recent request rate of each member. It goes by real time, which moving the clock doesn't change.
pub(super) struct Pace<C: Clock = DefaultClock> {
    limiter: RateLimiter<UserId, HashMapStateStore<UserId>, C, NoOpMiddleware<C::Instant>>,
    asked: AtomicU32,
}

impl Default for Pace {
    fn default() -> Self {
        Self::with_clock(DefaultClock::default())
    }
}

impl<C: Clock> Pace<C> {
    fn with_clock(clock: C) -> Self {
        Self {
            limiter: RateLimiter::hashmap_with_clock(Quota::per_minute(A_MINUTE), clock),
            asked: AtomicU32::new(0),
        }
    }

    /// Counts a request. Returns whether the user is within the limit.
    pub(super) fn admits(&self, user: &UserId) -> bool {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        if asked.is_multiple_of(TIDY_EVERY) {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter.check_key(user).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn a_user_who_never_stops_gets_so_many_a_minute_and_others_are_unaffected() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::with_clock(clock.clone());
        let (ben, chloe) = (UserId::discord("ben"), UserId::discord("chloe"));
        let mut admitted = 0;
        for _ in 0..10_000 {
            clock.advance(Duration::from_millis(6));
            admitted += u32::from(pace.admits(&ben));
        }
        let most = 2 * A_MINUTE.get();
        assert!((most - 2..=most).contains(&admitted), "{admitted}");
        assert!(pace.admits(&chloe));
        clock.advance(Duration::from_secs(1));
        assert!(pace.admits(&ben), "after a moment");
    }

    #[test]
    fn a_quiet_user_is_forgotten() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::with_clock(clock.clone());
        for number in 0..100 * TIDY_EVERY {
            clock.advance(Duration::from_millis(100));
            assert!(pace.admits(&UserId::discord(format!("user {number}").as_str())));
            let most = usize::try_from(2 * TIDY_EVERY).expect("few");
            assert!(pace.limiter.len() <= most, "{}", pace.limiter.len());
        }
    }
}
