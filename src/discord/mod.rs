//! The Discord adapter: parses, calls a use-case, renders its card. No logic of its own.

mod allowed;
mod buttons;
mod closes;
mod commands;
mod connection;
mod dispatch;
mod error;
mod gate;
mod lane;
mod markdown;
mod notices;
mod outbox;
pub mod preview;
mod proxy;
mod register;
mod render;
mod replays;
mod replies;
mod respond;
mod sender;
mod spaces;
mod starts;
mod threads;
mod timing;
mod watchdog;

use std::future::pending;

use anyhow::Context as _;
use futures_util::FutureExt as _;
use poise::serenity_prelude as serenity;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;
use tracing::Instrument;

pub use self::closes::Closes;
pub use self::connection::Connection;
use self::connection::Total;
use self::dispatch::Dispatch;
pub use self::error::{RunError, StartError};
pub use self::timing::Timing;
pub use self::watchdog::Lost;

use self::outbox::Outbox;
use self::replays::Replays;
use self::sender::Sender;
use self::spaces::Listed;
use crate::app::App;

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
    listed: Listed,
    /// For all calls but the first answer to an interaction, which [`answering`] is for.
    http: serenity::Http,
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
    outbox: tokio::task::JoinHandle<()>,
    total: Total,
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
        let refused = |error| StartError::of(&address, &error);
        let timing = &settings.timing;
        let client = client(timing, &address)?;
        let http = http(settings, client.clone());
        // serenity falls back to Discord's own gateway when the API does not name one.
        let (gateway, info, me) = tokio::try_join!(
            http.get_bot_gateway(),
            http.get_current_application_info(),
            http.get_current_user(),
        )
        .map_err(refused)?;
        http.set_application_id(info.id);
        let commands = commands::all();
        register::commands(&http, &app.store, &commands).await?;
        let sender = Sender::new(client.clone(), &address, &settings.token);
        let outbox = Outbox::new(
            app.clone(),
            sender,
            me.id.get(),
            operator(&info),
            timing.again,
        );
        // What a server that removed the bot would refuse is not sent.
        let listed = Listed::default();
        let known = listed.clone().all(gateway.shards, timing.listed);
        let outbox = known.then(|()| outbox.run());
        let outbox = tokio::spawn(outbox.in_current_span());
        let (underway, total) = (TaskTracker::new(), Total::default());
        let data = Data {
            app,
            me: me.id,
            replays: Replays::new(),
            total: total.clone(),
            listed,
            http,
            underway: underway.clone(),
        };
        let client = serenity::ClientBuilder::new_with_http(answering(settings, client), intents())
            .framework(Dispatch::new(data, me.id, commands))
            .await
            .context("getting the gateway client ready")?;
        Ok(Self {
            client,
            gateway,
            outbox,
            total,
            underway,
            timing: settings.timing.clone(),
            closes: settings.closes.clone(),
            application: info.id.get(),
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

    /// Stays connected until `stop` is there. Then it takes nothing on any more, and finishes the
    /// answers that are under way.
    ///
    /// # Errors
    /// Why it has ended before.
    pub async fn run_until(mut self, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let ended = tokio::select! {
            ended = self.stay_connected() => ended,
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
        tokio::select! {
            ended = self.client.start_shards(shards) => Ok(ended?),
            lost = watchdog::watch(&manager, shards, &self.timing) => Err(lost.into()),
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
        self.outbox.abort();
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

/// A client that keeps to Discord's rate limits.
fn http(settings: &Settings, client: reqwest::Client) -> serenity::Http {
    // serenity uses its `proxy` only without its own rate limiter.
    let unlimited = settings.api.is_some();
    builder(settings, client)
        .ratelimiter_disabled(unlimited)
        .build()
}

/// A client for the first answers to interactions. Each interaction has a limit of its own, which one
/// answer cannot reach, and no global one (<https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints>).
/// serenity's limiter would remember each of them for ever, and have them wait for other calls.
fn answering(settings: &Settings, client: reqwest::Client) -> serenity::Http {
    builder(settings, client).ratelimiter_disabled(true).build()
}

/// A client that pings nobody unless told to.
fn builder(settings: &Settings, client: reqwest::Client) -> serenity::HttpBuilder {
    let builder = serenity::HttpBuilder::new(settings.token.expose_secret())
        .client(client)
        .default_allowed_mentions(serenity::CreateAllowedMentions::new());
    match &settings.api {
        Some(api) => builder.proxy(api),
        None => builder,
    }
}

/// Every call is bounded: a connection that stalls must not hold up the rest.
fn client(timing: &Timing, address: &str) -> anyhow::Result<reqwest::Client> {
    let builder = match proxy::is_loopback(address) {
        true => reqwest::Client::builder().no_proxy(),
        false => reqwest::Client::builder(),
    };
    // <https://docs.discord.com/developers/reference#user-agent>
    let agent = concat!("DiscordBot (greenroom, ", env!("CARGO_PKG_VERSION"), ")");
    builder
        .timeout(timing.call)
        .user_agent(agent)
        .build()
        .context("getting the HTTP client ready")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_first_answers_to_interactions_pass_by_the_rate_limiter() {
        let settings = Settings::new("token".into(), None);
        let client = || reqwest::Client::new();
        let limited = |http: serenity::Http| http.ratelimiter.is_some();
        assert!(limited(http(&settings, client())));
        assert!(!limited(answering(&settings, client())));
    }
}
