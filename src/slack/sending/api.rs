//! One call of Slack's Web API, bounded in time and in size: whatever answers, and whatever it says, the bot keeps little
//! of it and goes on.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::failure::Failure;
use super::meaning::Meaning;
use crate::app::card::cut;
use crate::calling::{self, body, body_in_turn, is_json, seconds, told};
use crate::slack::error::{StartError, Token};
use crate::slack::settings::Given;

/// The most of an answer that is read.
const LARGE: usize = 4 << 20;
/// So many long answers are read at the same time, of all workspaces.
static TURNS: Semaphore = Semaphore::const_new(16);
/// The most of what Slack says against blocks, in characters.
const WORDS: usize = 300;
/// How long to wait until Slack is looked for again, when it can't be reached.
const AWAY: Duration = Duration::from_secs(15);

/// Where the API is, and who calls it.
pub(super) struct Api {
    client: reqwest::Client,
    /// With a slash at the end.
    address: String,
    authorization: HeaderValue,
    granted: OnceLock<String>,
}

/// What came of a call.
#[derive(Debug)]
pub(super) enum Came {
    /// It is done. What the answer holds.
    Done(Vec<u8>),
    /// Nothing was done: there have been too many calls. How long to wait, where that is said.
    Limited(Option<Duration>),
    Failed(Failure),
}

/// What every answer says.
#[derive(Deserialize)]
struct Said {
    ok: bool,
    #[serde(default)]
    error: String,
    needed: Option<String>,
    #[serde(default)]
    response_metadata: Value,
}

impl Api {
    /// Calls the API at `address`. No call takes longer than `time`.
    pub(super) fn new(address: &str, token: &Given, time: Duration) -> Result<Self, StartError> {
        let secret = token.secret.expose_secret().trim();
        let authorization = HeaderValue::from_str(&format!("Bearer {secret}"));
        let mut authorization = authorization.map_err(|_| StartError::Token {
            token: Token::Bot,
            file: token.file.clone(),
            error: "it holds characters that no token has".to_owned(),
        })?;
        authorization.set_sensitive(true);
        let agent = concat!("greenroom/", env!("CARGO_PKG_VERSION"));
        let client = calling::client(address, agent, time)
            .map_err(|error| StartError::Other(anyhow::anyhow!("the HTTP client: {error}")))?;
        Ok(Self {
            client,
            address: format!("{}/", address.trim_end_matches('/')),
            authorization,
            granted: OnceLock::new(),
        })
    }

    /// Makes a call, once. Forms are what every method takes.
    pub(super) async fn once(&self, method: &str, form: &[(String, String)]) -> Came {
        let request = self.client.post(format!("{}{method}", self.address));
        let request = request.header(AUTHORIZATION, self.authorization.clone());
        match sent(request.form(form)).await {
            Ok(response) => {
                let granted = response.headers().get("x-oauth-scopes");
                if let Some(granted) = granted.and_then(|scopes| scopes.to_str().ok()) {
                    self.granted.get_or_init(|| granted.to_owned());
                }
                answered(response, method).await
            }
            Err(failure) => Came::Failed(failure),
        }
    }

    /// The scopes that the token has, with commas between, as the first answer said.
    pub(super) fn granted(&self) -> Option<&str> {
        self.granted.get().map(String::as_str)
    }

    /// Posts JSON to a response URL, which needs no token.
    pub(super) async fn respond(&self, url: &str, message: &impl Serialize) -> Came {
        let url = match self.trusted(url) {
            Ok(url) => url,
            Err(failure) => return Came::Failed(failure),
        };
        match sent(self.client.post(url).json(message)).await {
            Ok(response) => responded(response).await,
            Err(failure) => Came::Failed(failure),
        }
    }

    /// Sends a file's bytes where Slack wants them, which needs no token.
    pub(super) async fn upload(&self, url: &str, bytes: &[u8]) -> Result<(), Failure> {
        let request = self.client.post(self.trusted(url)?);
        let request = request.header(CONTENT_TYPE, "application/octet-stream");
        let response = sent(request.body(bytes.to_vec())).await?;
        match response.status() {
            status if status.is_success() => Ok(()),
            status if status.is_client_error() => Err(Failure::refused(status.as_str())),
            status => Err(Failure::Unsure(format!("Slack answers {status}"))),
        }
    }

    /// An address that Slack handed out: one of its own over TLS, or where the API is.
    fn trusted(&self, url: &str) -> Result<Url, Failure> {
        let ours = Url::parse(&self.address).ok();
        let url = Url::parse(url).ok().filter(|url| {
            let at_the_api = ours
                .as_ref()
                .is_some_and(|ours| ours.origin() == url.origin());
            (url.scheme() == "https" && is_of_slack(url)) || at_the_api
        });
        url.ok_or_else(|| Failure::refused("not_an_address_of_slack"))
    }
}

/// Whether an address is Slack's own, or that of its service for governments.
fn is_of_slack(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    ["slack.com", "slack-gov.com"].iter().any(|domain| {
        let before = host.strip_suffix(domain);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// Sends a request. What never left is to be sent later.
async fn sent(request: RequestBuilder) -> Result<Response, Failure> {
    request.send().await.map_err(|error| {
        let unsent = error.is_connect() || error.is_builder();
        let told = told(error);
        match unsent {
            true => Failure::Later(told, AWAY),
            false => Failure::Unsure(told),
        }
    })
}

async fn answered(mut response: Response, method: &str) -> Came {
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Came::Limited(seconds(response.headers(), "retry-after"));
    }
    if !status.is_success() || !is_json(response.headers()) {
        return Came::Failed(Failure::Unsure(format!(
            "Slack answers {}",
            kind(&response)
        )));
    }
    let body = match body_in_turn(&mut response, LARGE, &TURNS).await {
        Ok(body) => body,
        Err(why) => return Came::Failed(Failure::Unsure(why)),
    };
    match serde_json::from_slice::<Said>(&body) {
        Ok(said) if said.ok => Came::Done(body),
        Ok(said) => refused(said, method),
        Err(error) => Came::Failed(Failure::Unsure(format!(
            "Slack's answer cannot be read: {}",
            cut(&error.to_string(), WORDS)
        ))),
    }
}

/// A response URL answers in words, or with an error.
async fn responded(mut response: Response) -> Came {
    let status = response.status();
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            return Came::Limited(seconds(response.headers(), "retry-after"));
        }
        _ if !status.is_success() && !status.is_client_error() => {
            return Came::Failed(Failure::Unsure(format!("Slack answers {status}")));
        }
        _ => {}
    }
    let body = body(&mut response, LARGE).await.unwrap_or_default();
    match serde_json::from_slice::<Said>(&body) {
        Ok(said) if !said.ok => refused(said, "a response URL"),
        _ if status.is_success() => Came::Done(body),
        _ => Came::Failed(Failure::refused(status.as_str())),
    }
}

/// A no of Slack's own.
fn refused(said: Said, method: &str) -> Came {
    let error = cut(&said.error, WORDS).replace(char::is_control, " ");
    match Meaning::of(&error) {
        Meaning::Limited => return Came::Limited(None),
        Meaning::Unsure => {
            return Came::Failed(Failure::Unsure(format!("Slack answers {error}")));
        }
        _ => {}
    }
    if let Some(faults) = said.response_metadata["messages"].as_array() {
        let faults: Vec<&str> = faults.iter().filter_map(Value::as_str).collect();
        let faults = cut(&faults.join("; "), WORDS).replace(char::is_control, " ");
        tracing::warn!(method, error, faults, "Slack finds fault with a call");
    }
    Came::Failed(Failure::Refused {
        error,
        needed: said.needed.map(|scopes| cut(&scopes, WORDS)),
    })
}

/// A status, and what comes with it where it should be JSON.
fn kind(response: &Response) -> String {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    match kind.and_then(|kind| kind.to_str().ok()) {
        Some(kind) if status.is_success() => format!("{status} with {}", cut(kind, 60)),
        _ => status.to_string(),
    }
}

/// Arguments as a form: texts as they are, lists and objects as JSON, and nothing for what is not there.
pub(super) fn form(arguments: &impl Serialize) -> Result<Vec<(String, String)>, Failure> {
    let arguments = serde_json::to_value(arguments);
    let arguments = arguments.map_err(|error| Failure::refused(error.to_string()))?;
    let Value::Object(arguments) = arguments else {
        return Ok(Vec::new());
    };
    let given = arguments.into_iter().filter(|(_, value)| !value.is_null());
    let written = given.map(|(name, value)| match value {
        Value::String(text) => (name, text),
        other => (name, other.to_string()),
    });
    Ok(written.collect())
}
