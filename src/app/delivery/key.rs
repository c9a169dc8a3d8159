//! The key of a try to post a daily: it tells tries, and databases, apart.

use chrono::{DateTime, Utc};

use crate::model::Daily;

/// The key of a daily's last try, of at most 25 characters.
pub fn key_of(daily: &Daily) -> String {
    format!("{:x}-{:x}", daily.id, daily.tried_at.timestamp())
}

/// When the try was made that a key is of, to the second; nothing if it is none of ours.
pub fn tried_at(key: &str) -> Option<DateTime<Utc>> {
    let (_, tried) = key.rsplit_once('-')?;
    let tried = i64::from_str_radix(tried, 16).ok()?;
    DateTime::from_timestamp(tried, 0)
}
