//! Calls to Discord with what they are worth: how often each is tried, how long it may wait, and whether
//! it passes the gate.

use std::time::Duration;

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use super::api::{Api, Call, Came, parsed};
use super::failure::Failure;
use super::gate::Gate;
use crate::calling::Routes;
use crate::discord::rendering::Ready;
use crate::metrics;
use crate::troubles::Troubles;

/// The pause before the second try; doubled before each further one.
const BACK_OFF: Duration = Duration::from_millis(500);
/// A wait that Discord asks for is told when it is longer.
const USUAL: Duration = Duration::from_secs(10);

/// How a kind of call is made.
struct Way {
    /// What is being done, for the log.
    what: &'static str,
    gate: Through,
    /// The most tries whose outcome is not known: 5xx, time-outs, broken connections.
    tries: u32,
    /// How long after the first failure there are further ones. Where a nonce makes them safe, well
    /// within the few minutes for which Discord remembers it.
    patience: Duration,
}

/// Which of the gate's rules a call keeps to.
#[derive(Clone, Copy, PartialEq)]
enum Through {
    /// One after another, and none while all must wait.
    Pace,
    /// At once, but not while all must wait.
    Open,
    /// At once: it has a limit of its own (<https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints>).
    Past,
}

impl Way {
    const fn own(what: &'static str) -> Self {
        Self {
            what,
            gate: Through::Pace,
            tries: 5,
            patience: Duration::from_secs(60),
        }
    }

    const fn promptly(what: &'static str) -> Self {
        Self {
            gate: Through::Open,
            ..Self::own(what)
        }
    }

    /// Once. If Discord says at once that nothing was done, again as long as it waits for an answer.
    const FIRST: Self = Self {
        what: "answering an interaction",
        gate: Through::Past,
        tries: 1,
        patience: Duration::from_secs(1),
    };

    /// After a deferral there are 15 minutes, but nobody waits that long.
    const LATER: Self = Self {
        patience: Duration::from_secs(60),
        ..Self::FIRST
    };

    /// Whoever starts the bot starts it again.
    const START: Self = Self {
        what: "logging in",
        gate: Through::Open,
        tries: 1,
        patience: Duration::from_secs(60),
    };
}

/// Sends to Discord.
pub(crate) struct Sender {
    api: Api,
    /// The application's id, of which the follow-ups to interactions are.
    application: u64,
    gate: Gate,
    routes: Routes,
    troubles: Troubles,
}

/// What shows that a message was made: other answers with 200 come from something in between.
#[derive(Deserialize)]
struct Made {
    #[serde(rename = "id")]
    _id: serenity::MessageId,
}

impl Sender {
    pub(crate) fn new(api: Api) -> Self {
        Self {
            api,
            application: 0,
            gate: Gate::new(),
            routes: Routes::default(),
            troubles: Troubles::default(),
        }
    }

    /// Answers the interactions of an application.
    pub(crate) fn of(self, application: u64) -> Self {
        Self {
            application,
            ..self
        }
    }

    /// Asks for something that a start needs.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.asked(&Way::START, &Call::get(path)).await
    }

    /// Asks for something that a member waits for.
    pub(crate) async fn look<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        const WAY: Way = Way {
            tries: 1,
            patience: Duration::from_secs(5),
            ..Way::promptly("looking something up")
        };
        self.asked(&WAY, &Call::get(path)).await
    }

    /// Overwrites what a start found to be out of date.
    pub(crate) async fn put(&self, path: &str, content: &impl Serialize) -> Result<(), Failure> {
        let call = Call::new(Method::PUT, path).json(content)?;
        self.call(&Way::START, &call).await.map(drop)
    }

    /// Posts a message. It must have an enforced nonce: that makes further tries safe.
    pub(crate) async fn post(
        &self,
        channel: u64,
        message: Ready<serenity::CreateMessage>,
    ) -> Result<serenity::Message, Failure> {
        const WAY: Way = Way::own("posting messages");
        self.asked(&WAY, &new_message(channel, message)?).await
    }

    /// Posts an answer to a message, which somebody waits for. It must have an enforced nonce as well.
    pub(crate) async fn reply(
        &self,
        channel: u64,
        message: Ready<serenity::CreateMessage>,
    ) -> Result<(), Failure> {
        const WAY: Way = Way::promptly("answering replies");
        let call = new_message(channel, message)?;
        self.asked::<Made>(&WAY, &call).await.map(drop)
    }

    /// The channel of direct messages with a user.
    pub(crate) async fn direct_channel(&self, user: u64) -> Result<u64, Failure> {
        const WAY: Way = Way::own("opening direct messages");
        let recipient = serde_json::json!({ "recipient_id": user.to_string() });
        let call = Call::new(Method::POST, "/users/@me/channels").json(&recipient)?;
        let channel: serenity::PrivateChannel = self.asked(&WAY, &call.asking()).await?;
        Ok(channel.id.get())
    }

    /// Edits a message of ours.
    pub(crate) async fn edit(
        &self,
        channel: u64,
        message: u64,
        edit: Ready<serenity::EditMessage>,
    ) -> Result<(), Failure> {
        const WAY: Way = Way::own("editing messages");
        let path = format!("/channels/{channel}/messages/{message}");
        let call = Call::new(Method::PATCH, path).json(&edit.message)?;
        let call = call.file(edit.file).asking();
        self.asked::<Made>(&WAY, &call).await.map(drop)
    }

    /// Deletes a message of ours.
    pub(crate) async fn delete(&self, channel: u64, message: u64) -> Result<(), Failure> {
        const WAY: Way = Way::own("deleting messages");
        let path = format!("/channels/{channel}/messages/{message}");
        let call = Call::new(Method::DELETE, path);
        self.call(&WAY, &call).await.map(drop)
    }

    /// Starts a thread from a message. Discord allows one a message, so further tries are safe.
    pub(crate) async fn start_thread(
        &self,
        channel: u64,
        message: u64,
        thread: &serenity::CreateThread<'_>,
    ) -> Result<(), Failure> {
        const WAY: Way = Way::own("starting threads");
        let path = format!("/channels/{channel}/messages/{message}/threads");
        let call = Call::new(Method::POST, path).json(thread)?;
        self.call(&WAY, &call).await.map(drop)
    }

    /// The hundred messages of a channel that came first after an instant, newest first.
    pub(crate) async fn messages_after(
        &self,
        channel: u64,
        after: DateTime<Utc>,
    ) -> Result<Vec<serenity::Message>, Failure> {
        const WAY: Way = Way::own("reading messages");
        let path = format!(
            "/channels/{channel}/messages?limit=100&after={}",
            snowflake(after)
        );
        self.asked(&WAY, &Call::get(path)).await
    }

    /// The hundred newest messages of a channel, newest first.
    pub(crate) async fn newest_messages(
        &self,
        channel: u64,
    ) -> Result<Vec<serenity::Message>, Failure> {
        const WAY: Way = Way::own("reading messages");
        let path = format!("/channels/{channel}/messages?limit=100");
        self.asked(&WAY, &Call::get(path)).await
    }

    /// Gives an interaction its first answer.
    pub(crate) async fn respond(
        &self,
        interaction: serenity::InteractionId,
        token: &str,
        response: Ready<serenity::CreateInteractionResponse>,
    ) -> Result<(), Failure> {
        let path = format!("/interactions/{interaction}/{token}/callback");
        let call = Call::new(Method::POST, path).json(&response.message)?;
        self.call(&Way::FIRST, &call.file(response.file))
            .await
            .map(drop)
    }

    /// Puts another answer in the place of the first.
    pub(crate) async fn edit_answer(
        &self,
        token: &str,
        edit: Ready<serenity::EditInteractionResponse>,
    ) -> Result<(), Failure> {
        let call = Call::new(Method::PATCH, self.first_answer(token)).json(&edit.message)?;
        self.call(&Way::LATER, &call.file(edit.file))
            .await
            .map(drop)
    }

    /// Gives an interaction one more answer.
    pub(crate) async fn follow_up(
        &self,
        token: &str,
        followup: Ready<serenity::CreateInteractionResponseFollowup>,
    ) -> Result<(), Failure> {
        let path = format!("/webhooks/{}/{token}", self.application);
        let call = Call::new(Method::POST, path).json(&followup.message)?;
        self.call(&Way::LATER, &call.file(followup.file))
            .await
            .map(drop)
    }

    /// Takes the first answer to an interaction away.
    pub(crate) async fn delete_answer(&self, token: &str) -> Result<(), Failure> {
        let call = Call::new(Method::DELETE, self.first_answer(token));
        self.call(&Way::LATER, &call).await.map(drop)
    }

    fn first_answer(&self, token: &str) -> String {
        format!("/webhooks/{}/{token}/messages/@original", self.application)
    }

    /// Asks until the answer can be read.
    async fn asked<T: DeserializeOwned>(&self, way: &Way, call: &Call) -> Result<T, Failure> {
        self.calls(way, call, |answer| parsed(&answer)).await
    }

    async fn call(&self, way: &Way, call: &Call) -> Result<(), Failure> {
        self.calls(way, call, |_| Ok(())).await
    }

    async fn calls<T>(
        &self,
        way: &Way,
        call: &Call,
        read: impl Fn(Vec<u8>) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let route = route(call);
        let (mut limited, mut tries) = (0, 0);
        let mut failed: Option<(Instant, String)> = None;
        loop {
            self.admit(way, &route).await?;
            // The wait may have been long, and a nonce is not remembered for ever.
            if let Some((since, why)) = &failed
                && since.elapsed() > way.patience
            {
                return Err(Failure::Unsure(why.clone()));
            }
            let (why, wait) = match self.api.once(call).await {
                Came::Refused(refusal) => return Err(refusal.into()),
                Came::Done(answer, closed) => {
                    if let Some(wait) = closed.filter(|_| way.gate != Through::Past) {
                        self.routes.close(&route, wait);
                    }
                    match read(answer) {
                        Ok(answer) => {
                            self.went_well(way);
                            return Ok(answer);
                        }
                        Err(why) => (why, None),
                    }
                }
                Came::Limited(limit) => {
                    let wait = limit.pause(limited);
                    limited += 1;
                    metrics::rate_limited(wait);
                    match (way.gate, limit.global) {
                        (Through::Past, _) => {}
                        (_, true) => self.gate.close_for(wait),
                        (_, false) => self.routes.close(&route, wait),
                    }
                    let why = match limit.wait {
                        Some(wait) => format!("Discord asks to wait for {} s", wait.as_secs()),
                        None => "Discord asks to wait, and not for how long".to_owned(),
                    };
                    if limit.wait.is_none_or(|wait| wait > USUAL) {
                        self.went_wrong(way, &why);
                    }
                    (why, Some(wait))
                }
                Came::Unsure(why) => (why, None),
            };
            let wait = if let Some(wait) = wait {
                wait
            } else {
                self.went_wrong(way, &why);
                tries += 1;
                let jitter = Duration::from_millis(rand::random_range(0..250));
                BACK_OFF.saturating_mul(2_u32.saturating_pow(tries - 1)) + jitter
            };
            let (since, _) = failed.get_or_insert_with(|| (Instant::now(), why.clone()));
            if tries >= way.tries || since.elapsed() + wait > way.patience {
                return Err(Failure::Unsure(why));
            }
            sleep(wait).await;
        }
    }

    fn went_wrong(&self, way: &Way, why: &str) {
        if self.troubles.met(way.what) {
            tracing::warn!("{} fails: {why}; retrying", way.what);
        } else {
            tracing::debug!("{} fails again: {why}", way.what);
        }
    }

    fn went_well(&self, way: &Way) {
        if self.troubles.over(way.what) {
            tracing::info!("{} goes well again", way.what);
        }
    }

    /// Waits until a call may be made.
    async fn admit(&self, way: &Way, route: &str) -> Result<(), Failure> {
        let closed = self.routes.closed_for(route);
        if closed > way.patience {
            let why = format!("Discord has asked to wait for {} s more", closed.as_secs());
            return Err(Failure::Unsure(why));
        }
        if !closed.is_zero() {
            sleep(closed).await;
        }
        match way.gate {
            Through::Pace => self.gate.pass().await,
            Through::Open => self.gate.open().await,
            Through::Past => {}
        }
        Ok(())
    }
}

fn new_message(channel: u64, message: Ready<serenity::CreateMessage>) -> Result<Call, Failure> {
    let path = format!("/channels/{channel}/messages");
    let call = Call::new(Method::POST, path).json(&message.message)?;
    Ok(call.file(message.file).asking())
}

/// What shares a limit: the calls of one method for a channel or an interaction.
fn route(call: &Call) -> String {
    let parts: Vec<&str> = call.path.split(['/', '?']).take(4).collect();
    format!("{} {}", call.method, parts.join("/"))
}

/// The least id of an instant, a minute earlier for clocks that differ.
/// <https://docs.discord.com/developers/reference#snowflakes>
fn snowflake(at: DateTime<Utc>) -> u64 {
    const EPOCH: i64 = 1_420_070_400_000;
    let since = at.timestamp_millis().saturating_sub(EPOCH + 60_000);
    // There are 42 bits for it.
    since.clamp(0, (1 << 42) - 1).cast_unsigned() << 22
}
