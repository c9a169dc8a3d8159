//! The Discord adapter: parses, calls a use-case, renders its card. No logic of its own.

mod allowed;
mod api;
mod buttons;
mod closes;
mod commands;
mod connection;
mod dispatch;
mod error;
mod gate;
mod lane;
mod limits;
mod markdown;
mod notices;
mod outbox;
pub mod preview;
mod proxy;
mod register;
mod relay;
mod render;
mod replays;
mod replies;
mod respond;
mod sender;
mod spaces;
mod starts;
mod threads;
mod timing;
mod troubles;
mod watchdog;

use std::future::{IntoFuture as _, pending};
use std::sync::Arc;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

pub use self::closes::{Closes, tells_too_much};
pub use self::connection::Connection;
use self::connection::{Heard, Total};
use self::dispatch::Dispatch;
pub use self::error::{RunError, StartError};
pub use self::timing::Timing;
pub use self::watchdog::Lost;

use self::api::Api;
use self::outbox::Outbox;
use self::relay::Relay;
use self::replays::Replays;
use self::sender::{Failure, Sender};
use self::spaces::Listed;
use crate::app::App;
use crate::tasks::{Ended, Tasks, caught};

/// The most shards that a bot starts; the largest bots have some ten thousand.
const MOST_SHARDS: u32 = 65_536;

/// How to reach Discord.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token. Never printed.
    pub token: SecretString,
    /// Where the API is, when not at Discord: the sandbox, or a proxy.
    pub api: Option<String>,
    /// How long it waits for what.
    pub timing: Timing,
    /// Where to hear of final close codes that serenity only logs.
    pub closes: Closes,
}

impl Settings {
    /// The usual ones, with this token and the API there.
    pub fn new(token: SecretString, api: Option<String>) -> Self {
        Self {
            token,
            api,
            timing: Timing::default(),
            closes: Closes::default(),
        }
    }
}

/// What commands and events can reach.
pub(crate) struct Data {
    app: App,
    /// The bot's own user.
    me: serenity::UserId,
    replays: Replays,
    total: Total,
    heard: Heard,
    listed: Listed,
    sender: Arc<Sender>,
    /// Answers under way, which are finished before the bot ends.
    underway: TaskTracker,
}

pub(crate) type Command = poise::Command<Data, anyhow::Error>;
pub(crate) type Context<'a> = poise::ApplicationContext<'a, Data, anyhow::Error>;

/// The intents in use; none is privileged: <https://docs.discord.com/developers/events/gateway#gateway-intents>.
fn intents() -> serenity::GatewayIntents {
    serenity::GatewayIntents::GUILDS | serenity::GatewayIntents::GUILD_MESSAGES
}

/// What the bot may do where it is invited: see and write in channels, embed, attach, read back, and
/// start threads from its own messages and write in them.
pub fn permissions() -> serenity::Permissions {
    serenity::Permissions::VIEW_CHANNEL
        | serenity::Permissions::SEND_MESSAGES
        | serenity::Permissions::EMBED_LINKS
        | serenity::Permissions::ATTACH_FILES
        | serenity::Permissions::READ_MESSAGE_HISTORY
        | serenity::Permissions::CREATE_PUBLIC_THREADS
        | serenity::Permissions::SEND_MESSAGES_IN_THREADS
}

/// The link that adds the bot to a server.
pub fn invite(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions().bits()
    )
}

/// A bot that is logged in over HTTP and about to connect to the gateway.
pub struct Bot {
    client: serenity::Client,
    gateway: serenity::BotGateway,
    tasks: Tasks,
    total: Total,
    heard: Heard,
    underway: TaskTracker,
    timing: Timing,
    closes: Closes,
    /// The application's id.
    pub application: u64,
}

impl Bot {
    /// Logs in over HTTP, registers the commands, and gets the gateway client ready.
    ///
    /// # Errors
    /// When the token is refused or Discord cannot be reached.
    pub async fn log_in(app: App, settings: &Settings) -> Result<Self, StartError> {
        let address = settings
            .api
            .clone()
            .unwrap_or_else(|| "https://discord.com".to_owned());
        let refused = |error| StartError::of(&address, error);
        let timing = &settings.timing;
        let sender = Sender::new(Api::new(&address, &settings.token, timing.call)?);
        let (gateway, info, me) = tokio::try_join!(
            sender.ask::<serenity::BotGateway>("/gateway/bot"),
            sender.ask::<serenity::CurrentApplicationInfo>("/oauth2/applications/@me"),
            sender.ask::<serenity::CurrentUser>("/users/@me"),
        )
        .map_err(refused)?;
        if gateway.shards > MOST_SHARDS {
            let told = format!("it asks for {} shards", gateway.shards);
            return Err(refused(Failure::Unsure(told)));
        }
        let application = info.id.get();
        let sender = Arc::new(sender.of(application));
        let commands = commands::all();
        let registered = register::commands(&app, &sender, application, &commands).await;
        registered.map_err(|error| match error.downcast() {
            Ok(failure) => refused(failure),
            Err(other) => other.context("registering the commands").into(),
        })?;
        let outbox = Outbox::new(
            app.clone(),
            sender.clone(),
            me.id.get(),
            operator(&info),
            timing.again,
        );
        // What a server that removed the bot would refuse is not sent.
        let listed = Listed::default();
        let known = listed.clone().all(gateway.shards, timing.listed);
        let tasks = Tasks::default();
        outbox.start_on(&tasks, known);
        tasks.start("the database's writer", app.writer_ended());
        tasks.start(
            "telling what cannot be read",
            settings.closes.clone().tell_unread(),
        );
        let (underway, total, heard) = (TaskTracker::new(), Total::default(), Heard::default());
        let data = Data {
            app,
            me: me.id,
            replays: Replays::new(),
            total: total.clone(),
            heard: heard.clone(),
            listed,
            sender,
            underway: underway.clone(),
        };
        let relay = Relay::to(&gateway.url, timing.call, settings.closes.clone()).await;
        let relay = relay.context("listening on loopback for the connection to Discord")?;
        let address = relay.address().context("what port that is")?;
        tasks.start("relaying the connection", relay.serve());
        let client = client(settings, address, Dispatch::new(data, me.id, commands)).await?;
        Ok(Self {
            client,
            gateway,
            tasks,
            total,
            heard,
            underway,
            timing: settings.timing.clone(),
            closes: settings.closes.clone(),
            application,
        })
    }

    /// Stays connected until that does not work any more.
    ///
    /// # Errors
    /// Why it has ended.
    pub async fn run(self) -> Result<(), RunError> {
        self.run_until(pending()).await
    }

    /// What tells how the connection is.
    pub fn connection(&self) -> Connection {
        Connection {
            shards: self.client.shard_manager.clone(),
            total: self.total.clone(),
        }
    }

    /// The bot's tasks; more can be started, which stop with it. When one of them ends by itself, the
    /// bot does.
    pub fn tasks(&self) -> Tasks {
        self.tasks.clone()
    }

    /// Stays connected until `stop` is there. Then it takes nothing on any more, and finishes the
    /// answers that are under way.
    ///
    /// # Errors
    /// Why it has ended before.
    pub async fn run_until(mut self, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let tasks = self.tasks.clone();
        let ended = tokio::select! {
            ended = caught(self.stay_connected()) => ended.unwrap_or_else(|why| {
                let task = "the connection";
                Err(RunError::Ended(Ended { task, why }))
            }),
            ended = tasks.ended() => Err(RunError::Ended(ended)),
            () = stop => Ok(()),
        };
        // What Discord has closed needs no closing.
        if !matches!(ended, Err(RunError::Refused(_))) {
            self.close().await;
        }
        self.finish().await;
        ended
    }

    async fn stay_connected(&mut self) -> Result<(), RunError> {
        let (limit, shards) = (&self.gateway.session_start_limit, self.gateway.shards);
        let wait = starts::wait(limit, shards, &self.timing);
        if !wait.is_zero() {
            tracing::warn!(
                left = limit.remaining,
                of = limit.total,
                "connecting to Discord in {} s only: the bot was started often today",
                wait.as_secs()
            );
            sleep(wait).await;
        }
        let manager = self.client.shard_manager.clone();
        let watching = watchdog::watch(&manager, &self.heard, shards, &self.timing);
        tokio::select! {
            ended = self.client.start_shards(shards) => Ok(ended?),
            lost = watching => Err(RunError::Lost(lost)),
            code = self.closes.last() => Err(RunError::Refused(code)),
        }
    }

    /// Closes the connection, so that nothing new comes.
    async fn close(&self) {
        let closing = self.client.shard_manager.shutdown_all();
        if timeout(self.timing.farewell, closing).await.is_err() {
            tracing::debug!("the connection to Discord did not close in time");
        }
    }

    /// Waits for the answers under way. The outbox may be cut off anywhere: what it was at is found
    /// at the next start.
    async fn finish(self) {
        let _ = timeout(self.timing.farewell, self.tasks.stop()).await;
        self.underway.close();
        if timeout(self.timing.farewell, self.underway.wait())
            .await
            .is_err()
        {
            tracing::warn!("{} answers were not finished", self.underway.len());
        }
    }
}

/// Whom the bot takes for its operator: the owner of its application, or of the team that owns it.
fn operator(info: &serenity::CurrentApplicationInfo) -> Option<u64> {
    let team = info.team.as_ref().map(|team| team.owner_user_id);
    let owner = || info.owner.as_ref().map(|owner| owner.id);
    team.or_else(owner).map(serenity::UserId::get)
}

/// The gateway's client. serenity's own HTTP client would read whatever it is sent, so it is given one
/// that reaches nobody: the address to connect to, for which it would ask, is known.
async fn client(
    settings: &Settings,
    address: String,
    dispatch: Dispatch,
) -> anyhow::Result<serenity::Client> {
    let client = serenity::ClientBuilder::new_with_http(reaches_nobody(settings), intents())
        .framework(dispatch)
        .event_handler(Stages)
        .into_future();
    // It says to the log that it could not ask.
    let client = client.with_subscriber(NoSubscriber::new()).await;
    let client = client.context("getting the gateway client ready")?;
    *client.ws_url.lock().await = address;
    Ok(client)
}

/// Tells how it goes with each shard's connection.
struct Stages;

#[serenity::async_trait]
impl serenity::EventHandler for Stages {
    async fn shard_stage_update(
        &self,
        _: serenity::Context,
        event: serenity::ShardStageUpdateEvent,
    ) {
        let serenity::ShardStageUpdateEvent {
            shard_id, old, new, ..
        } = event;
        tracing::info!(shard = shard_id.0, %old, %new, "a connection to Discord changed");
    }
}

/// An HTTP client whose every call fails before it begins.
fn reaches_nobody(settings: &Settings) -> serenity::Http {
    serenity::HttpBuilder::new(settings.token.expose_secret())
        .proxy("nobody")
        .ratelimiter_disabled(true)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn serenity_calls_nobody() {
        let http = reaches_nobody(&Settings::new("token".into(), None));
        let failed = http.get_gateway().await;
        let failed = failed.expect_err("it reaches nobody");
        let serenity::Error::Http(serenity::HttpError::Url(_)) = failed else {
            panic!("it tried: {failed}");
        };
    }
}
