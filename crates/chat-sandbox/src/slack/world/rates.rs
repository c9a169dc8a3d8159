//! How often each method was called lately, and how often it may be.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Duration, Utc};

/// How often a method may be called.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tier {
    /// 20 calls a minute.
    Two,
    /// 50 calls a minute.
    Three,
    /// 100 calls a minute.
    Four,
    /// Several hundred calls a minute.
    Special,
    /// One message a second and channel, of which ten may come at once; 300 a minute.
    Posting,
}

impl Tier {
    fn a_minute(self) -> usize {
        match self {
            Self::Two => 20,
            Self::Three => 50,
            Self::Four => 100,
            Self::Special => 600,
            Self::Posting => 300,
        }
    }
}

/// How many messages may come at once to a channel, and in how many seconds that many may come again.
const BURST: usize = 10;

/// Of how many methods and channels calls are counted.
const KEYS: usize = 4_096;

/// The calls of each method, and the messages to each channel, of the last minute.
#[derive(Debug, Default)]
pub struct Rates {
    counting: bool,
    calls: HashMap<String, VecDeque<DateTime<Utc>>>,
    closed: HashMap<String, DateTime<Utc>>,
}

impl Rates {
    /// No calls yet, which will be counted or not.
    pub fn new(counting: bool) -> Self {
        Self {
            counting,
            ..Self::default()
        }
    }

    /// Counts a call, unless it is one too many: then it says for how many seconds there are none.
    pub fn admit(
        &mut self,
        method: &str,
        tier: Tier,
        channel: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), i64> {
        if let Some(until) = self.closed.get(method).or_else(|| self.closed.get("")) {
            let left = (*until - now).num_milliseconds();
            if left > 0 {
                return Err((left + 999) / 1_000);
            }
        }
        if !self.counting {
            return Ok(());
        }
        self.count(method, tier.a_minute(), Duration::minutes(1), now)?;
        let channel = channel.filter(|_| tier == Tier::Posting);
        channel.map_or(Ok(()), |channel| {
            let within = Duration::seconds(i64::try_from(BURST).unwrap_or(i64::MAX));
            self.count(&format!("{method} {channel}"), BURST, within, now)
        })
    }

    fn count(
        &mut self,
        key: &str,
        most: usize,
        within: Duration,
        now: DateTime<Utc>,
    ) -> Result<(), i64> {
        if self.calls.len() >= KEYS {
            // No honest app calls more than that in a minute.
            self.calls.clear();
        }
        let calls = self.calls.entry(key.to_owned()).or_default();
        while calls.front().is_some_and(|at| *at + within <= now) {
            calls.pop_front();
        }
        if let Some(first) = calls.front().filter(|_| calls.len() >= most) {
            let left = (*first + within - now).num_milliseconds();
            return Err((left + 999) / 1_000);
        }
        calls.push_back(now);
        Ok(())
    }

    /// Refuses a method until then; with an empty name every one.
    pub fn close(&mut self, method: &str, until: DateTime<Utc>) {
        self.closed.insert(method.to_owned(), until);
    }

    /// Takes back what [`Rates::close`] did.
    pub fn reopen(&mut self) {
        self.closed.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_is_called_too_often_is_closed_until_the_first_call_is_a_minute_old() {
        let (mut rates, start) = (Rates::new(true), Utc::now());
        let at = |seconds| start + Duration::seconds(seconds);
        for number in 0..20 {
            assert_eq!(rates.admit("a", Tier::Two, None, at(number)), Ok(()));
        }
        assert_eq!(rates.admit("a", Tier::Two, None, at(30)), Err(30));
        assert_eq!(rates.admit("b", Tier::Two, None, at(30)), Ok(()));
        assert_eq!(rates.admit("a", Tier::Two, None, at(60)), Ok(()));
    }

    #[test]
    fn ten_messages_may_come_at_once_to_a_channel_and_then_one_a_second() {
        let (mut rates, start) = (Rates::new(true), Utc::now());
        let post = |rates: &mut Rates, channel, seconds| {
            rates.admit(
                "p",
                Tier::Posting,
                Some(channel),
                start + Duration::seconds(seconds),
            )
        };
        for _ in 0..10 {
            assert_eq!(post(&mut rates, "C1", 0), Ok(()));
        }
        assert_eq!(post(&mut rates, "C1", 3), Err(7));
        assert_eq!(post(&mut rates, "C2", 3), Ok(()));
        assert_eq!(post(&mut rates, "C1", 10), Ok(()));
    }

    #[test]
    fn what_was_closed_by_hand_opens_by_the_clock_or_by_hand() {
        let (mut rates, now) = (Rates::new(false), Utc::now());
        rates.close("a", now + Duration::milliseconds(1_500));
        assert_eq!(rates.admit("a", Tier::Four, None, now), Err(2));
        assert_eq!(
            rates.admit("a", Tier::Four, None, now + Duration::seconds(2)),
            Ok(())
        );
        rates.close("", now + Duration::seconds(9));
        assert_eq!(rates.admit("b", Tier::Four, None, now), Err(9));
        rates.reopen();
        assert_eq!(rates.admit("b", Tier::Four, None, now), Ok(()));
    }
}
