//! Calls to Discord of the bot's own accord: dailies and their results. Answers to interactions
//! pass by here, they have limits of their own.
//!
//! serenity hides a 429 and its `Retry-After` from its caller, so these few calls are made here.

use std::time::Duration;

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::gate::Gate;
use crate::metrics;

/// The most tries of a call whose outcome is not known: 5xx, time-outs, broken connections.
const TRIES: u32 = 5;
/// The pause before the second try; doubled before each further one.
const BACK_OFF: Duration = Duration::from_millis(500);
/// How long after a try of unknown outcome further ones are safe: well within the few minutes for
/// which Discord remembers a nonce.
const SURE: Duration = Duration::from_secs(60);
/// The longest wait that a 429 may ask for before it counts as a failed try.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends to Discord, through one gate.
pub(super) struct Sender {
    client: reqwest::Client,
    /// Where the API is, without a slash at the end.
    api: String,
    authorization: SecretString,
    gate: Gate,
}

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Discord says no, and would again.
    #[error("{message} (Discord's code {code})")]
    Refused {
        /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
        code: i64,
        message: String,
    },
    /// It may have been done or not.
    #[error("{0}, after {TRIES} tries")]
    Unsure(String),
}

/// The body of an error.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
}

/// What came of one try.
enum Tried {
    Done(Value),
    Refused(Failure),
    Unsure(String),
    Limited(Duration),
}

impl Sender {
    pub(super) fn new(client: reqwest::Client, api: &str, token: &SecretString) -> Self {
        Self {
            client,
            api: api.trim_end_matches('/').to_owned(),
            authorization: format!("Bot {}", token.expose_secret()).into(),
            gate: Gate::new(),
        }
    }

    /// Posts a message. It must have an enforced nonce: that makes further tries safe.
    pub(super) async fn post(
        &self,
        channel: u64,
        message: &serenity::CreateMessage,
    ) -> Result<serenity::Message, Failure> {
        let path = format!("/channels/{channel}/messages");
        read(self.call(Method::POST, &path, Some(body(message)?)).await?)
    }

    /// The channel of direct messages with a user.
    pub(super) async fn direct_channel(&self, user: u64) -> Result<u64, Failure> {
        let recipient = serde_json::json!({ "recipient_id": user.to_string() });
        let answer = self
            .call(Method::POST, "/users/@me/channels", Some(recipient))
            .await?;
        let channel: serenity::PrivateChannel = read(answer)?;
        Ok(channel.id.get())
    }

    /// Edits a message of ours.
    pub(super) async fn edit(
        &self,
        channel: u64,
        message: u64,
        edit: &serenity::EditMessage,
    ) -> Result<(), Failure> {
        let path = format!("/channels/{channel}/messages/{message}");
        self.call(Method::PATCH, &path, Some(body(edit)?))
            .await
            .map(drop)
    }

    /// Starts a thread from a message. Discord allows one a message, so further tries are safe.
    pub(super) async fn start_thread(
        &self,
        channel: u64,
        message: u64,
        thread: &serenity::CreateThread<'_>,
    ) -> Result<(), Failure> {
        let path = format!("/channels/{channel}/messages/{message}/threads");
        self.call(Method::POST, &path, Some(body(thread)?))
            .await
            .map(drop)
    }

    /// The hundred messages of a channel that came first after an instant, newest first.
    pub(super) async fn messages_after(
        &self,
        channel: u64,
        after: DateTime<Utc>,
    ) -> Result<Vec<serenity::Message>, Failure> {
        let path = format!(
            "/channels/{channel}/messages?limit=100&after={}",
            snowflake(after)
        );
        read(self.call(Method::GET, &path, None).await?)
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, Failure> {
        let url = format!("{}/api/v10{path}", self.api);
        let mut tries = 0;
        let mut unsure_since: Option<Instant> = None;
        loop {
            self.gate.pass().await;
            let request = self.client.request(method.clone(), &url);
            let request = request.header("Authorization", self.authorization.expose_secret());
            let request = match &body {
                Some(body) => request.json(body),
                None => request,
            };
            let why = match self.try_once(request).await {
                Tried::Done(answer) => return Ok(answer),
                Tried::Refused(failure) => return Err(failure),
                Tried::Limited(wait) if wait <= PATIENCE && unsure_since.is_none() => {
                    sleep(wait).await;
                    continue;
                }
                Tried::Limited(wait) => format!("rate limited for {} s", wait.as_secs()),
                Tried::Unsure(why) => why,
            };
            tries += 1;
            let unsure_for = unsure_since.get_or_insert_with(Instant::now).elapsed();
            if tries == TRIES || unsure_for > SURE {
                return Err(Failure::Unsure(why));
            }
            let jitter = Duration::from_millis(rand::random_range(0..250));
            sleep(BACK_OFF * 2_u32.pow(tries - 1) + jitter).await;
        }
    }

    async fn try_once(&self, request: RequestBuilder) -> Tried {
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Tried::Unsure(super::error::chain(&error.without_url())),
        };
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let (wait, global) = limit(&response);
            metrics::rate_limited(wait);
            if global {
                self.gate.close_for(wait);
            }
            return Tried::Limited(wait);
        }
        if status.is_server_error() {
            return Tried::Unsure(format!("Discord answers {status}"));
        }
        let answer: Value = match response.json().await {
            Ok(answer) => answer,
            Err(error) => return Tried::Unsure(super::error::chain(&error.without_url())),
        };
        if status.is_success() {
            return Tried::Done(answer);
        }
        let refusal = serde_json::from_value(answer).unwrap_or(Refusal {
            code: 0,
            message: format!("Discord answers {status}"),
        });
        let Refusal { code, message } = refusal;
        Tried::Refused(Failure::Refused { code, message })
    }
}

/// How long to wait, and whether all must.
/// <https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit>
fn limit(response: &Response) -> (Duration, bool) {
    let header = |name| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let seconds = header("Retry-After").and_then(|seconds| seconds.parse().ok());
    let wait = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let global = header("X-RateLimit-Global").is_some();
    (wait.unwrap_or(Duration::from_secs(1)), global)
}

/// The least id of an instant, a minute earlier for clocks that differ.
/// <https://docs.discord.com/developers/reference#snowflakes>
fn snowflake(at: DateTime<Utc>) -> u64 {
    const EPOCH: i64 = 1_420_070_400_000;
    let since = at.timestamp_millis() - EPOCH - 60_000;
    u64::try_from(since).unwrap_or_default() << 22
}

fn body(message: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(message).map_err(|error| unreadable(&error))
}

fn read<T: serde::de::DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    serde_json::from_value(answer).map_err(|error| unreadable(&error))
}

/// What cannot be written or read now cannot be later either.
fn unreadable(error: &serde_json::Error) -> Failure {
    Failure::Refused {
        code: 0,
        message: error.to_string(),
    }
}
