//! What Discord says of its rate limits: how long to wait, and what for. Read with care: what cannot be
//! meant counts as not said.
//! <https://docs.discord.com/developers/topics/rate-limits>

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::Deserialize;

use crate::calling::{believed, pause, seconds};

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
        pause(self.wait, before)
    }
}

/// How long a route is closed that a call has used up.
pub(super) fn used_up(headers: &HeaderMap) -> Option<Duration> {
    let left = headers.get("x-ratelimit-remaining")?;
    let used_up = left.as_bytes() == b"0";
    used_up.then(|| seconds(headers, "x-ratelimit-reset-after"))?
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
            "0", "-0", "-1", "1e9", "1e19", "1e999", "NaN", "inf", "-inf", "soon", "", "1,5",
            "0x10", "1e-320",
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
}
