//! Requests that go wrong, as the panels of faults ask for them and tell of them.

use std::time::Duration;

use axum::http::Method;
use serde::Deserialize;

use super::Refusal;
use crate::common::{RestFailure, RestFault};

/// The longest that a request is held up.
const MOST_SECONDS: f64 = 600.0;

/// Which requests go wrong, and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    method: Option<String>,
    path: String,
    times: Option<u32>,
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum What {
    Status(u16),
    RateLimit { seconds: f64, global: bool },
    Stall,
    DropBefore,
    DropAfter,
    Delay { seconds: f64 },
}

impl Requests {
    /// What the world is to let go wrong.
    pub fn fault(self) -> Result<RestFault, Refusal> {
        let what = match self.what {
            What::Status(status @ 500..=599) => RestFailure::Status(status),
            What::Status(_) => {
                return Err(Refusal::bad("Only 500 to 599 is a fault of the platform."));
            }
            What::RateLimit { seconds, global } => RestFailure::RateLimit {
                after: duration(seconds)?,
                global,
            },
            What::Stall => RestFailure::Stall,
            What::DropBefore => RestFailure::DropBefore,
            What::DropAfter => RestFailure::DropAfter,
            What::Delay { seconds } => RestFailure::Delay(duration(seconds)?),
        };
        let method = self
            .method
            .map(|method| method.parse::<Method>())
            .transpose();
        Ok(RestFault {
            method: method.map_err(|_| Refusal::bad("There is no such method."))?,
            path_contains: self.path,
            times: self.times,
            what,
        })
    }
}

/// So many seconds, 600 at most.
pub fn duration(seconds: f64) -> Result<Duration, Refusal> {
    if (0.0..=MOST_SECONDS).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err(Refusal::bad("It lasts 0 to 600 seconds."))
    }
}

/// A fault of requests that lasts, as one line.
pub fn told(fault: &RestFault) -> String {
    let requests = match fault.times {
        None => "All requests".to_owned(),
        Some(1) => "The next request".to_owned(),
        Some(times) => format!("The next {times} requests"),
    };
    let method = fault
        .method
        .as_ref()
        .map(|method| format!(" of method {method}"));
    let path = Some(&fault.path_contains).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" with {path} in the path"));
    let what = match fault.what {
        RestFailure::Status(status) => format!("answered {status}"),
        RestFailure::RateLimit {
            after,
            global: true,
        } => format!("answered 429 for {after:?}, globally"),
        RestFailure::RateLimit {
            after,
            global: false,
        } => format!("answered 429 for {after:?}"),
        RestFailure::Stall => "never answered".to_owned(),
        RestFailure::DropBefore => "cut off, not done".to_owned(),
        RestFailure::DropAfter => "cut off, but done".to_owned(),
        RestFailure::Delay(by) => format!("answered {by:?} late"),
        RestFailure::Odd(odd) => format!("answered oddly: {odd:?}"),
    };
    format!(
        "{requests}{}{}: {what}",
        method.unwrap_or_default(),
        path.unwrap_or_default()
    )
}
