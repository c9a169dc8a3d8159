//! How far the clock is moved, as the pages ask for it.

use chrono::Duration;
use serde::Deserialize;

use super::Refusal;

/// The furthest that it moves at once.
const MOST_SECONDS: i64 = 366 * 24 * 60 * 60;

/// Either so many seconds, or to the next day.
#[derive(Deserialize)]
pub struct Advance {
    seconds: Option<i64>,
    #[serde(default)]
    next_day: bool,
}

impl Advance {
    /// How far.
    pub fn by(&self) -> Result<Duration, Refusal> {
        match self.seconds {
            Some(seconds) if (0..=MOST_SECONDS).contains(&seconds) => {
                Ok(Duration::seconds(seconds))
            }
            None if self.next_day => Ok(Duration::days(1)),
            _ => Err(Refusal::bad(
                "The clock only moves ahead, and by a year at most.",
            )),
        }
    }
}
