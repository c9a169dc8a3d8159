//! How many requests the bot made lately, and how many it may still make ("Rate Limits").

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

/// "All bots can make up to 50 requests per second to our API": in no second more than that.
const GLOBAL: Rate = Rate {
    limit: 50,
    per: Duration::from_secs(1),
};

/// When so many buckets are known, those that are full again are forgotten.
const BUCKETS: usize = 4_096;

/// What counts as used of a bucket that was closed.
const CLOSED: u32 = u32::MAX;

/// So many requests in so much time.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub limit: u32,
    pub per: Duration,
}

/// A route and the channel, guild or webhook in it: what is counted together.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Bucket {
    /// The route, as `X-RateLimit-Bucket` names it.
    pub route: u64,
    pub resource: String,
}

/// What is left of a bucket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Quota {
    pub limit: u32,
    pub remaining: u32,
    pub reset_after: Duration,
}

/// Whether a request may be made now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Admission {
    /// It may; the quota is none where nothing is counted.
    Granted(Option<Quota>),
    /// Its bucket is empty.
    Exhausted(Quota),
    /// All of the bot's requests have to wait so long.
    Closed(Duration),
}

/// The bot's requests. Their times are real ones, which moving the clock does not change.
#[derive(Debug, Default)]
pub struct Rates {
    /// Whether requests are counted at all.
    counting: bool,
    /// How many requests were answered 429.
    pub refused: usize,
    recent: VecDeque<Instant>,
    closed_until: Option<Instant>,
    buckets: HashMap<Bucket, Window>,
}

/// A bucket from its first request until it is full again.
#[derive(Debug)]
struct Window {
    used: u32,
    limit: u32,
    resets: Instant,
}

impl Window {
    fn quota(&self, now: Instant) -> Quota {
        Quota {
            limit: self.limit,
            remaining: self.limit.saturating_sub(self.used),
            reset_after: self.resets - now,
        }
    }
}

impl Rates {
    /// No requests yet, which will be `counting` or not.
    pub fn new(counting: bool) -> Self {
        Self {
            counting,
            ..Self::default()
        }
    }

    /// Counts a request, if it may be made. One that its bucket refuses counts for the global limit all
    /// the same; `exempt` ones have none.
    pub fn admit(&mut self, bucket: &Bucket, rate: Rate, exempt: bool, now: Instant) -> Admission {
        let admission = self.judge(bucket, rate, exempt, now);
        if !matches!(admission, Admission::Granted(_)) {
            self.refused += 1;
        }
        admission
    }

    fn judge(&mut self, bucket: &Bucket, rate: Rate, exempt: bool, now: Instant) -> Admission {
        if !exempt && let Some(wait) = self.closed(now) {
            return Admission::Closed(wait);
        }
        let known = self.buckets.get(bucket);
        if known.is_some_and(|window| window.resets <= now) {
            self.buckets.remove(bucket);
        }
        if !self.counting {
            let closed = self.buckets.get(bucket).map(|window| window.quota(now));
            return closed.map_or(Admission::Granted(None), Admission::Exhausted);
        }
        if self.buckets.len() >= BUCKETS {
            self.buckets.retain(|_, window| window.resets > now);
        }
        if !exempt {
            self.recent.push_back(now);
        }
        let new = || Window {
            used: 0,
            limit: rate.limit,
            resets: now + rate.per,
        };
        let window = self.buckets.entry(bucket.clone()).or_insert_with(new);
        if window.used >= window.limit {
            return Admission::Exhausted(window.quota(now));
        }
        window.used += 1;
        Admission::Granted(Some(window.quota(now)))
    }

    /// Refuses the requests of a bucket until then, or without one all.
    pub fn close(&mut self, bucket: Option<(&Bucket, Rate)>, until: Instant) {
        let Some((bucket, rate)) = bucket else {
            self.closed_until = Some(until);
            return;
        };
        let window = Window {
            used: CLOSED,
            limit: rate.limit,
            resets: until,
        };
        self.buckets.insert(bucket.clone(), window);
    }

    /// Takes back what [`Rates::close`] did.
    pub fn reopen(&mut self) {
        self.closed_until = None;
        self.buckets.retain(|_, window| window.used != CLOSED);
    }

    /// How long all requests have to wait, if they do.
    fn closed(&mut self, now: Instant) -> Option<Duration> {
        while self
            .recent
            .front()
            .is_some_and(|at| *at + GLOBAL.per <= now)
        {
            self.recent.pop_front();
        }
        let full = self.recent.len() >= GLOBAL.limit as usize;
        let first = self.recent.front().filter(|_| full);
        let until = self.closed_until.max(first.map(|at| *at + GLOBAL.per))?;
        (until > now).then(|| until - now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Rate = Rate {
        limit: 5,
        per: Duration::from_secs(5),
    };

    fn bucket(resource: u64) -> Bucket {
        Bucket {
            route: 1,
            resource: resource.to_string(),
        }
    }

    #[test]
    fn a_bucket_is_full_again_some_time_after_its_first_request() {
        let (mut rates, start) = (Rates::new(true), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        let quota = |remaining, seconds| Quota {
            limit: 5,
            remaining,
            reset_after: Duration::from_secs(seconds),
        };
        for remaining in (0..5).rev() {
            let granted = rates.admit(&bucket(1), FIVE, false, start);
            assert_eq!(granted, Admission::Granted(Some(quota(remaining, 5))));
        }
        let refused = rates.admit(&bucket(1), FIVE, false, at(2));
        assert_eq!(refused, Admission::Exhausted(quota(0, 3)));
        let other = rates.admit(&bucket(2), FIVE, false, at(2));
        assert_eq!(other, Admission::Granted(Some(quota(4, 5))));
        let again = rates.admit(&bucket(1), FIVE, false, at(5));
        assert_eq!(again, Admission::Granted(Some(quota(4, 5))));
    }

    #[test]
    fn no_second_has_more_than_fifty_requests() {
        let (mut rates, start) = (Rates::new(true), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        for number in 0..50 {
            let granted = rates.admit(&bucket(number), FIVE, false, at(number * 10));
            assert!(matches!(granted, Admission::Granted(_)), "{number}");
        }
        let wait = Duration::from_millis(100);
        let refused = rates.admit(&bucket(99), FIVE, false, at(900));
        assert_eq!(refused, Admission::Closed(wait));
        let exempt = rates.admit(&bucket(99), FIVE, true, at(900));
        assert!(matches!(exempt, Admission::Granted(_)));
        let granted = rates.admit(&bucket(99), FIVE, false, at(1_000));
        assert!(matches!(granted, Admission::Granted(_)));
        let refused = rates.admit(&bucket(99), FIVE, false, at(1_005));
        assert_eq!(refused, Admission::Closed(Duration::from_millis(5)));
    }
}
