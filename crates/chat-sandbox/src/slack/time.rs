//! Slack's timestamps, which are also what messages are named by.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde_json::Value;

/// When a message was sent, in microseconds since 1970. No two messages of a channel share one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ts(u64);

impl Ts {
    /// That moment.
    pub fn at(moment: DateTime<Utc>) -> Self {
        Self(u64::try_from(moment.timestamp_micros()).unwrap_or_default())
    }

    /// The next one that there can be.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// As it stands in JSON.
    pub fn json(self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// The text is not a timestamp.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoTs;

impl FromStr for Ts {
    type Err = NoTs;

    /// Reads `1700000000.000100`; the fraction may be shorter or missing, as in `oldest=0`.
    fn from_str(text: &str) -> Result<Self, NoTs> {
        let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if seconds.is_empty() || !digits(seconds) || !digits(fraction) || fraction.len() > 6 {
            return Err(NoTs);
        }
        let seconds: u64 = seconds.parse().map_err(|_| NoTs)?;
        let micros: u64 = format!("{fraction:0<6}").parse().map_err(|_| NoTs)?;
        let whole = seconds.checked_mul(1_000_000).ok_or(NoTs)?;
        whole.checked_add(micros).map(Self).ok_or(NoTs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_what_it_writes() {
        let ts: Ts = "1700000000.000100".parse().expect("a timestamp");
        assert_eq!(ts.to_string(), "1700000000.000100");
        assert_eq!(ts.next().to_string(), "1700000000.000101");
        let short: Ts = "12.5".parse().expect("a timestamp");
        assert_eq!(short.to_string(), "0000000012.500000");
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            ".",
            "x",
            "1.x",
            "-1",
            "1.0000001",
            "99999999999999999999",
            "+1",
        ] {
            assert_eq!(text.parse::<Ts>(), Err(NoTs), "{text:?}");
        }
    }
}
