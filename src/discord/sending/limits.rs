//! What Discord says of its rate limits: how long to wait, and what for. Read with care: what cannot be
//! meant counts as not said.
//! <https://docs.discord.com/developers/topics/rate-limits>

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use tokio::time::Instant;

/// The longest wait that is believed. Discord's are seconds or minutes, those of the service in front
/// of it up to an hour.
const LONGEST: Duration = Duration::from_secs(3600);
/// The wait where none is said that could be meant.
const UNSAID: Duration = Duration::from_secs(1);
/// The least wait after one refusal. It doubles with each further one in a row.
const LEAST: Duration = Duration::from_millis(125);
/// The longest that the least wait becomes.
const MOST_LEAST: Duration = Duration::from_secs(60);
/// The most routes that are kept closed at the same time; more are found closed by asking.
const ROUTES: usize = 10_000;

/// What a 429 says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    /// How long to wait, at most an hour; none where nothing is said that can be meant.
    pub wait: Option<Duration>,
    /// Whether all routes must wait, but those that answer interactions.
    pub global: bool,
}

/// The body of a 429.
#[derive(Default, Deserialize)]
struct Body {
    #[serde(default)]
    retry_after: serde_json::Value,
    #[serde(default)]
    global: serde_json::Value,
}

impl Limit {
    /// Reads the headers and the body of a 429. Either may lack, or hold anything.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let body: Body = serde_json::from_slice(body).unwrap_or_default();
        let said = body.retry_after.as_f64().and_then(believed);
        Self {
            wait: seconds(headers, "retry-after").or(said),
            global: headers.contains_key("x-ratelimit-global") || body.global == true,
        }
    }

    /// How long to wait after so many refusals in a row, this one not counted.
    pub(super) fn pause(&self, before: u32) -> Duration {
        let least = LEAST.saturating_mul(2_u32.saturating_pow(before));
        self.wait.unwrap_or(UNSAID).max(least.min(MOST_LEAST))
    }
}

/// How long a route is closed that a call has used up.
pub(super) fn used_up(headers: &HeaderMap) -> Option<Duration> {
    let left = headers.get("x-ratelimit-remaining")?;
    let used_up = left.as_bytes() == b"0";
    used_up.then(|| seconds(headers, "x-ratelimit-reset-after"))?
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let said = headers.get(name)?.to_str().ok()?;
    believed(said.trim().parse().ok()?)
}

fn believed(seconds: f64) -> Option<Duration> {
    let wait = Duration::try_from_secs_f64(seconds).ok()?;
    (!wait.is_zero() && wait <= LONGEST).then_some(wait)
}

/// The routes that are closed for a while, each by itself.
#[derive(Default)]
pub(super) struct Routes(Mutex<HashMap<String, Instant>>);

impl Routes {
    /// Nobody is to use a route for so long.
    pub(super) fn close(&self, route: &str, wait: Duration) {
        let now = Instant::now();
        let mut closed = self.closed();
        if closed.len() >= ROUTES {
            closed.retain(|_, until| *until > now);
        }
        if closed.len() < ROUTES {
            let until = closed.entry(route.to_owned()).or_insert(now);
            *until = (*until).max(now + wait.min(LONGEST));
        }
    }

    /// For how long a route is still closed.
    pub(super) fn closed_for(&self, route: &str) -> Duration {
        let mut closed = self.closed();
        let Some(until) = closed.get(route) else {
            return Duration::ZERO;
        };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            closed.remove(route);
        }
        left
    }

    fn closed(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a 429 with such a header and body says.
    fn read(header: Option<&str>, body: &str) -> Limit {
        let mut headers = HeaderMap::new();
        if let Some(value) = header {
            headers.insert("retry-after", value.parse().expect("a header"));
        }
        Limit::read(&headers, body.as_bytes())
    }

    #[test]
    fn what_cannot_be_meant_counts_as_not_said() {
        for odd in [
            "0", "-0", "-1", "1e9", "1e19", "1e999", "3601", "NaN", "inf", "-inf", "soon", "",
            "1,5", "0x10", "1e-320",
        ] {
            assert_eq!(read(Some(odd), "").wait, None, "{odd}");
        }
        for odd in [
            "0", "-1", "1e9", "1e19", "\"1\"", "null", "[]", "{}", "true", "1e-320",
        ] {
            let body = format!("{{\"retry_after\": {odd}, \"global\": {odd}}}");
            let limit = read(None, &body);
            assert_eq!(limit.wait, None, "{odd}");
            assert_eq!(limit.global, odd == "true", "{odd}");
        }
        for odd in ["", "{", "[]", "<html>", "\u{0}", "{\"retry_after\": 1e999}"] {
            assert_eq!(read(None, odd).wait, None, "{odd}");
        }
        let mut headers = HeaderMap::new();
        let bytes = reqwest::header::HeaderValue::from_bytes(&[255, 254]).expect("allowed");
        headers.insert("retry-after", bytes);
        assert_eq!(Limit::read(&headers, b"").wait, None);
    }

    #[test]
    fn what_can_be_meant_is_believed_wherever_it_stands() {
        let seconds = |limit: Limit| limit.wait.map(|wait| wait.as_secs_f64());
        assert_eq!(seconds(read(Some("7"), "")), Some(7.0));
        assert_eq!(seconds(read(Some(" 0.25 "), "")), Some(0.25));
        assert_eq!(seconds(read(Some("3600"), "")), Some(3600.0));
        assert_eq!(seconds(read(Some("7"), "{\"retry_after\": 9}")), Some(7.0));
        assert_eq!(
            seconds(read(Some("1e9"), "{\"retry_after\": 9.5}")),
            Some(9.5)
        );
        assert!(read(None, "{\"global\": true, \"retry_after\": \"?\"}").global);
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-global", "true".parse().expect("a header"));
        assert!(Limit::read(&headers, b"").global);
    }

    #[test]
    fn refusals_in_a_row_are_waited_for_ever_longer() {
        let silent = Limit {
            wait: None,
            global: false,
        };
        let waits = [0, 3, 4, 8, 9, 40, u32::MAX].map(|before| silent.pause(before).as_secs());
        assert_eq!(waits, [1, 1, 2, 32, 60, 60, 60]);
        let told = Limit {
            wait: Some(Duration::from_secs(300)),
            ..silent
        };
        assert_eq!(told.pause(40).as_secs(), 300);
    }

    #[tokio::test(start_paused = true)]
    async fn a_route_is_closed_for_its_time_and_then_forgotten() {
        let routes = Routes::default();
        let seconds = Duration::from_secs;
        routes.close("one", seconds(5));
        routes.close("one", seconds(2));
        routes.close("for ever", Duration::MAX);
        assert_eq!(routes.closed_for("one"), seconds(5));
        assert_eq!(routes.closed_for("another"), Duration::ZERO);
        assert_eq!(routes.closed_for("for ever"), LONGEST);
        tokio::time::advance(seconds(5)).await;
        assert_eq!(routes.closed_for("one"), Duration::ZERO);
        assert_eq!(routes.closed().len(), 1);
        for number in 0..2 * ROUTES {
            routes.close(&number.to_string(), seconds(5));
        }
        assert_eq!(routes.closed().len(), ROUTES);
    }
}
