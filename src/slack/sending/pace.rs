//! When a call may be made: so often a method, so often a channel, and not before Slack wants it.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use tokio::time::{Instant, sleep};

use super::methods::{Method, POSTING, Tier};
use crate::calling::Routes;

/// Messages that come to a channel at once; after them there is one a second.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(3).expect("it is not zero");
/// From so many channels on, those without a message of late are forgotten.
const CHANNELS: usize = 1_000;

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, DefaultClock>;

/// The calls of one workspace, as far as they matter for when there may be another.
pub(super) struct Pace {
    tiers: [(Tier, Limiter<&'static str>); 4],
    channels: Limiter<String>,
    /// The methods that Slack has closed for a while.
    closed: Routes,
}

impl Pace {
    pub(super) fn new() -> Self {
        let tiers = Tier::ALL.map(|tier| (tier, RateLimiter::hashmap(quota(tier))));
        let a_second = Quota::per_second(NonZeroU32::MIN).allow_burst(AT_ONCE);
        Self {
            tiers,
            channels: RateLimiter::hashmap(a_second),
            closed: Routes::default(),
        }
    }

    /// Waits for a call's turn.
    ///
    /// # Errors
    /// When that comes after more than `patience`: how long it is still.
    pub(super) async fn turn(
        &self,
        method: Method,
        channel: Option<&str>,
        patience: Duration,
    ) -> Result<(), Duration> {
        let begun = Instant::now();
        let limiter = self.tiers.iter().find(|(tier, _)| *tier == method.tier);
        loop {
            let closed = self.closed.closed_for(method.name);
            let wait = if closed.is_zero() {
                limiter.map_or(Duration::ZERO, |(_, limiter)| wait(limiter, &method.name))
            } else {
                closed
            };
            if wait.is_zero() {
                break;
            }
            patiently(begun, wait, patience).await?;
        }
        let Some(channel) = channel.filter(|_| method.name == POSTING) else {
            return Ok(());
        };
        if self.channels.len() > CHANNELS {
            self.channels.retain_recent();
        }
        let channel = channel.to_owned();
        loop {
            let wait = wait(&self.channels, &channel);
            if wait.is_zero() {
                return Ok(());
            }
            patiently(begun, wait, patience).await?;
        }
    }

    /// Lets nobody call a method for so long.
    pub(super) fn close(&self, method: Method, wait: Duration) {
        self.closed.close(method.name, wait);
    }
}

/// Half of a tier's calls at once and half of them in a minute: in no minute there are more than all.
fn quota(tier: Tier) -> Quota {
    let half = NonZeroU32::new(tier.a_minute() / 2).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(half)
}

/// Takes a turn, or says how long there is none.
fn wait<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Duration {
    match limiter.check_key(key) {
        Ok(()) => Duration::ZERO,
        Err(not_yet) => {
            let wait = not_yet.wait_time_from(limiter.clock().now());
            wait.max(Duration::from_millis(1))
        }
    }
}

async fn patiently(begun: Instant, wait: Duration, patience: Duration) -> Result<(), Duration> {
    if begun.elapsed() + wait > patience {
        return Err(wait);
    }
    sleep(wait).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::super::methods::method;
    use super::*;

    #[tokio::test]
    async fn a_method_that_slack_closed_waits_and_no_other_does() {
        let (pace, soon) = (Pace::new(), Duration::from_secs(1));
        let (posting, editing) = (method(POSTING), method("chat.update"));
        pace.close(posting, Duration::from_secs(30));
        let wait = pace.turn(posting, Some("C1"), soon).await;
        let wait = wait.expect_err("it is closed");
        assert!(
            wait > Duration::from_secs(29) && wait <= Duration::from_secs(30),
            "{wait:?}"
        );
        assert_eq!(pace.turn(editing, Some("C1"), soon).await, Ok(()));
    }

    #[tokio::test]
    async fn a_channel_takes_three_messages_at_once_and_others_as_many() {
        let (pace, posting) = (Pace::new(), method(POSTING));
        for channel in ["C1", "C2"] {
            for _ in 0..3 {
                let turn = pace.turn(posting, Some(channel), Duration::ZERO).await;
                assert_eq!(turn, Ok(()), "{channel}");
            }
            let turn = pace.turn(posting, Some(channel), Duration::ZERO).await;
            let wait = turn.expect_err("one a second");
            assert!(wait <= Duration::from_secs(1), "{wait:?}");
        }
    }

    #[test]
    fn in_no_minute_there_are_more_calls_than_the_tier_allows() {
        for tier in Tier::ALL {
            let clock = FakeRelativeClock::default();
            let limiter = RateLimiter::direct_with_clock(quota(tier), clock.clone());
            // When each call is made, in tenths of a second, if every turn is taken.
            let mut calls = Vec::new();
            for at in 0..1_800_usize {
                while limiter.check().is_ok() {
                    calls.push(at);
                }
                clock.advance(Duration::from_millis(100));
            }
            let within_a_minute = |(number, begun): (usize, &usize)| {
                let later = calls.iter().skip(number);
                later.take_while(|at| **at < begun + 600).count()
            };
            let most = calls.iter().enumerate().map(within_a_minute).max();
            let allowed = tier.a_minute() as usize;
            let most = most.expect("there are calls");
            assert!(most <= allowed && most > allowed / 2, "{tier:?}: {most}");
        }
    }
}
