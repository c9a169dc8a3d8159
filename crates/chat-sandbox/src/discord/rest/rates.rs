//! Rate limits: which requests are counted together, the headers that tell, and 429.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Json,
    extract::MatchedPath,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;
use tokio::time::Instant;

use super::error::Answered;
use crate::discord::world::{Admission, Bucket, Quota, Rate, World};

/// For messages to one channel: the figure that Discord's headers have.
const MESSAGES: Rate = Rate {
    limit: 5,
    per: Duration::from_secs(5),
};

/// For all other routes: so much that the limit of all requests together is met first.
const OTHERS: Rate = Rate {
    limit: 100,
    per: Duration::from_secs(1),
};

/// How a request is counted.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    bucket: Bucket,
    rate: Rate,
    /// "Interaction endpoints are not bound to the bot's Global Rate Limit."
    exempt: bool,
}

impl Counted {
    pub(super) fn of(parts: &Parts) -> Self {
        let matched = parts.extensions.get::<MatchedPath>();
        let route = matched.map_or("", MatchedPath::as_str);
        let mut hasher = DefaultHasher::new();
        (parts.method.as_str(), route).hash(&mut hasher);
        let messages =
            parts.method == Method::POST && route.ends_with("/channels/{channel}/messages");
        let mut path = parts.uri.path().split('/').skip(1);
        let kind = path.next().unwrap_or_default();
        // "Top-level resources are currently limited to channels, guilds, and webhooks (webhook_id or
        // webhook_id + webhook_token)."
        let ids = match kind {
            "channels" | "guilds" => 1,
            "webhooks" | "interactions" => 2,
            _ => 0,
        };
        Self {
            bucket: Bucket {
                route: hasher.finish(),
                resource: path.take(ids).collect::<Vec<_>>().join("/"),
            },
            rate: if messages { MESSAGES } else { OTHERS },
            exempt: matches!(kind, "webhooks" | "interactions"),
        }
    }

    /// Counts a request, and has it handled if its limits allow that.
    pub(super) async fn admit(
        &self,
        world: &World,
        handled: impl Future<Output = Response>,
    ) -> Response {
        let now = Instant::now();
        let admission = {
            let rates = &mut world.lock().rates;
            rates.admit(&self.bucket, self.rate, self.exempt, now)
        };
        let (mut response, quota) = match admission {
            Admission::Granted(quota) => (handled.await, quota),
            Admission::Exhausted(quota) => (refusal(quota.reset_after, false), Some(quota)),
            Admission::Closed(wait) => (refusal(wait, true), None),
        };
        if let Some(quota) = quota {
            self.tell(response.headers_mut(), quota);
        }
        response
    }

    /// Refuses all requests for some time, or those of the same bucket only.
    pub(super) fn close(&self, world: &World, after: Duration, global: bool) {
        let bucket = (!global || self.exempt).then_some((&self.bucket, self.rate));
        world.lock().rates.close(bucket, Instant::now() + after);
    }

    /// Adds what is left of the bucket to an answer's headers.
    fn tell(&self, headers: &mut HeaderMap, quota: Quota) {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let reset = since.unwrap_or_default() + quota.reset_after;
        let fields = [
            ("x-ratelimit-limit", quota.limit.to_string()),
            ("x-ratelimit-remaining", quota.remaining.to_string()),
            ("x-ratelimit-reset", seconds(reset)),
            ("x-ratelimit-reset-after", seconds(quota.reset_after)),
            ("x-ratelimit-bucket", format!("{:016x}", self.bucket.route)),
        ];
        for (name, value) in fields {
            headers.insert(HeaderName::from_static(name), text(value));
        }
    }
}

/// 429, as "Exceeding A Rate Limit" has it.
fn refusal(wait: Duration, global: bool) -> Response {
    // Never a little too early.
    let wait = Duration::from_millis(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX) + 1);
    let json = json!({
        "message": "You are being rate limited.",
        "retry_after": wait.as_secs_f64(),
        "global": global,
    });
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(&json)).into_response();
    let headers = response.headers_mut();
    let whole = wait.as_secs_f64().ceil();
    headers.insert("retry-after", text(whole.to_string()));
    let scope = if global { "global" } else { "user" };
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
    if global {
        headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    let problem = false;
    response.extensions_mut().insert(Answered { json, problem });
    response
}

/// Seconds with milliseconds, rounded up: never a little too early.
fn seconds(time: Duration) -> String {
    format!("{:.3}", (time.as_secs_f64() * 1_000.0).ceil() / 1_000.0)
}

fn text(value: String) -> HeaderValue {
    HeaderValue::from_str(&value).expect("digits, letters and dots")
}
