//! How long to wait after a 429, and what for. Read with care: what cannot be meant counts as not said.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// The longest wait that is believed. Those of APIs are seconds or minutes, those of the services in front of them up to
/// an hour.
const LONGEST: Duration = Duration::from_secs(3600);
/// The longest that can be meant.
const MEANT: Duration = Duration::from_secs(86_400);
/// The wait where none is said that could be meant.
const UNSAID: Duration = Duration::from_secs(1);
/// The least wait after one refusal. It doubles with each further one in a row.
const LEAST: Duration = Duration::from_millis(125);
/// The longest that the least wait becomes.
const MOST_LEAST: Duration = Duration::from_secs(60);
/// The most routes that are kept closed at the same time; more are found closed by asking.
const ROUTES: usize = 10_000;

/// How long to wait after so many refusals in a row, this one not counted, of which the last says `wait`.
pub fn pause(wait: Option<Duration>, before: u32) -> Duration {
    let least = LEAST.saturating_mul(2_u32.saturating_pow(before));
    wait.unwrap_or(UNSAID).max(least.min(MOST_LEAST))
}

/// The seconds that a header asks to wait.
pub fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let said = headers.get(name)?.to_str().ok()?;
    believed(said.trim().parse().ok()?)
}

/// A wait, if one is meant; of a longer one than is believed, as much as is.
pub fn believed(seconds: f64) -> Option<Duration> {
    let wait = Duration::try_from_secs_f64(seconds).ok()?;
    (!wait.is_zero() && wait <= MEANT).then(|| wait.min(LONGEST))
}

/// The routes that are closed for a while, each by itself.
#[derive(Default)]
pub struct Routes(Mutex<HashMap<String, Instant>>);

impl Routes {
    /// Nobody is to use a route for so long.
    pub fn close(&self, route: &str, wait: Duration) {
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
    pub fn closed_for(&self, route: &str) -> Duration {
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

    #[test]
    fn a_wait_that_is_too_long_to_be_believed_is_one_all_the_same() {
        let seconds = Duration::from_secs;
        assert_eq!(believed(30.0), Some(seconds(30)));
        assert_eq!(believed(7_200.0), Some(LONGEST));
        for nothing in [0.0, -1.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(believed(nothing), None, "{nothing}");
        }
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
