//! One call of Discord's API, bounded in time and in size: whatever answers, and whatever it says, the
//! bot keeps little of it and goes on. Every request of the bot passes here; serenity makes none.

use std::time::Duration;

use poise::serenity_prelude::CreateAttachment;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;

use super::limits::{self, Limit};
use crate::app::card::cut;
use crate::calling::{self, body, is_json, told};
use crate::discord::error::StartError;

/// The most of an answer whose content is asked for: a hundred messages as long as Discord allows.
const LARGE: usize = 4 << 20;
/// So many of those are read at the same time.
const AT_ONCE: usize = 4;
/// The most of an answer that says yes, no or wait.
const SMALL: usize = 16 << 10;
/// The most characters of what Discord says of a refusal.
const WORDS: usize = 300;

/// Where the API is, and who calls it.
pub(crate) struct Api {
    client: reqwest::Client,
    /// Without a slash at the end.
    address: String,
    authorization: HeaderValue,
    turns: Semaphore,
}

/// What is called.
pub(super) struct Call {
    pub method: Method,
    /// Begins with a slash.
    pub path: String,
    /// A body of JSON, if there is one.
    pub json: Option<Vec<u8>>,
    /// A file that comes along with the JSON.
    pub file: Option<CreateAttachment>,
    /// Whether it matters what the answer holds.
    pub asks: bool,
}

/// What came of a call.
#[derive(Debug)]
pub(super) enum Came {
    /// It is done. What the answer holds, if the call asks for it; and how long its route is closed now.
    Done(Vec<u8>, Option<Duration>),
    /// Discord says no, and would again.
    Refused(Refusal),
    /// Nothing was done: it is to be tried again later.
    Limited(Limit),
    /// It may have been done or not.
    Unsure(String),
}

/// A no of Discord's.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>; 0 without one.
    pub code: i64,
    /// What Discord says of it, on one line.
    pub message: String,
}

impl Api {
    /// Calls the API at `address`. No call takes longer than `time`.
    pub(crate) fn new(
        address: &str,
        token: &SecretString,
        time: Duration,
    ) -> Result<Self, StartError> {
        let token = token.expose_secret().trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        let authorization = HeaderValue::from_str(&format!("Bot {token}"));
        // What no header can hold isn't a token.
        let mut authorization = authorization.map_err(|_| StartError::Token)?;
        authorization.set_sensitive(true);
        // <https://docs.discord.com/developers/reference#user-agent>
        let agent = concat!("DiscordBot (greenroom, ", env!("CARGO_PKG_VERSION"), ")");
        let client = calling::client(address, agent, time)
            .map_err(|error| StartError::Other(anyhow::anyhow!("the HTTP client: {error}")))?;
        Ok(Self {
            client,
            address: address.trim_end_matches('/').to_owned(),
            authorization,
            turns: Semaphore::new(AT_ONCE),
        })
    }

    /// Makes a call, once.
    pub(super) async fn once(&self, call: &Call) -> Came {
        let url = format!("{}/api/v10{}", self.address, call.path);
        let request = self.client.request(call.method.clone(), url);
        let request = request.header(AUTHORIZATION, self.authorization.clone());
        match with_body(request, call).send().await {
            Ok(response) => self.read(response, call.asks).await,
            Err(error) => Came::Unsure(told(error)),
        }
    }

    async fn read(&self, mut response: Response, asks: bool) -> Came {
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let body = body(&mut response, SMALL).await.unwrap_or_default();
            return Came::Limited(Limit::read(response.headers(), &body));
        }
        if status.is_client_error() {
            let body = body(&mut response, SMALL).await.unwrap_or_default();
            return refused(status, &body);
        }
        let closed = limits::used_up(response.headers());
        if asks && status.is_success() && is_json(response.headers()) {
            // A semaphore of ours is never closed.
            let _turn = self.turns.acquire().await;
            return match body(&mut response, LARGE).await {
                Ok(body) => Came::Done(body, closed),
                Err(why) => Came::Unsure(why),
            };
        }
        if status == StatusCode::NO_CONTENT || (status.is_success() && is_json(response.headers()))
        {
            // Read as far as it is short, so that the connection can be used again.
            let short = response
                .content_length()
                .is_some_and(|long| long <= SMALL as u64);
            if short {
                let _ = body(&mut response, SMALL).await;
            }
            return Came::Done(Vec::new(), closed);
        }
        let kind = response.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok());
        Came::Unsure(match kind.filter(|_| status.is_success()) {
            Some(kind) => format!("Discord answers {status} with {}", cut(kind, 60)),
            None => format!("Discord answers {status}"),
        })
    }
}

impl Call {
    /// A call that asks for something.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            asks: true,
            ..Self::new(Method::GET, path)
        }
    }

    /// A call without a body, whose answer holds nothing that matters.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            json: None,
            file: None,
            asks: false,
        }
    }

    /// With a body.
    pub(super) fn json(mut self, body: &impl serde::Serialize) -> Result<Self, serde_json::Error> {
        self.json = Some(serde_json::to_vec(body)?);
        Ok(self)
    }

    /// With a file.
    pub(super) fn file(mut self, file: Option<CreateAttachment>) -> Self {
        self.file = file;
        self
    }

    /// Whose answer holds something that matters.
    pub(super) fn asking(mut self) -> Self {
        self.asks = true;
        self
    }
}

/// What an answer holds.
///
/// # Errors
/// When it holds something else, in words.
pub(super) fn parsed<T: DeserializeOwned>(answer: &[u8]) -> Result<T, String> {
    serde_json::from_slice(answer).map_err(|error| {
        format!(
            "Discord's answer cannot be read: {}",
            cut(&error.to_string(), WORDS)
        )
    })
}

fn with_body(request: RequestBuilder, call: &Call) -> RequestBuilder {
    let Some(json) = &call.json else {
        return request;
    };
    let Some(file) = &call.file else {
        return request
            .header(CONTENT_TYPE, "application/json")
            .body(json.clone());
    };
    let content = Part::bytes(file.data.clone()).file_name(file.filename.clone());
    let json = String::from_utf8_lossy(json).into_owned();
    request.multipart(
        Form::new()
            .text("payload_json", json)
            .part("files[0]", content),
    )
}

/// A no of Discord's own. What is not in its words comes from something in between, and says nothing
/// of the call: but for a 401, which nothing else has a reason to say.
fn refused(status: StatusCode, body: &[u8]) -> Came {
    #[derive(Deserialize)]
    struct Said {
        code: i64,
        #[serde(default)]
        message: String,
    }
    let (code, message) = match serde_json::from_slice::<Said>(body) {
        Ok(said) => (said.code, said.message),
        Err(_) if status == StatusCode::UNAUTHORIZED => (0, status.to_string()),
        Err(_) => return Came::Unsure(format!("Discord answers {status}")),
    };
    let message = cut(&message, WORDS).replace(char::is_control, " ");
    Came::Refused(Refusal {
        status,
        code,
        message,
    })
}
