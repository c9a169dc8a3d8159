//! The Discord adapter: parses, calls a use-case, renders its card. No logic of its own.

mod buttons;
mod commands;
mod connection;
mod gate;
mod markdown;
mod notices;
mod outbox;
pub mod preview;
mod register;
mod render;
mod replays;
mod replies;
mod respond;
mod sender;
mod spaces;
mod threads;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use secrecy::{ExposeSecret, SecretString};
use tracing::Instrument;

pub use self::connection::Connection;
use self::connection::Total;
use self::outbox::Outbox;
use self::replays::Replays;
use self::sender::Sender;
use crate::app::App;
use crate::metrics;

/// The longest that a call of Discord's API may take.
const CALL: Duration = Duration::from_secs(10);

/// How to reach Discord.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token. Never printed.
    pub token: SecretString,
    /// Where the API is, when not at Discord: the sandbox, or a proxy.
    pub api: Option<String>,
}

/// What commands and events can reach.
pub(crate) struct Data {
    app: App,
    replays: Replays,
    total: Total,
}

pub(crate) type Framework<'a> = poise::FrameworkContext<'a, Data, anyhow::Error>;
pub(crate) type Command = poise::Command<Data, anyhow::Error>;
pub(crate) type Context<'a> = poise::ApplicationContext<'a, Data, anyhow::Error>;

/// The intents in use; none is privileged: <https://docs.discord.com/developers/events/gateway#gateway-intents>.
fn intents() -> serenity::GatewayIntents {
    serenity::GatewayIntents::GUILDS | serenity::GatewayIntents::GUILD_MESSAGES
}

/// What the bot may do where it is invited: see and write in channels, embed, attach, read back, and
/// start threads from its own messages.
pub fn permissions() -> serenity::Permissions {
    serenity::Permissions::VIEW_CHANNEL
        | serenity::Permissions::SEND_MESSAGES
        | serenity::Permissions::EMBED_LINKS
        | serenity::Permissions::ATTACH_FILES
        | serenity::Permissions::READ_MESSAGE_HISTORY
        | serenity::Permissions::CREATE_PUBLIC_THREADS
}

/// The link that adds the bot to a server.
pub fn invite(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions().bits()
    )
}

/// Why the bot cannot start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The token is wrong.
    #[error(
        "Discord refuses the token. Copy it again from https://discord.com/developers/applications (your application, Bot, Reset Token) and set DISCORD_TOKEN."
    )]
    Token,
    /// Nobody answers.
    #[error("cannot reach Discord at {0}: {1}. Check the network, and `api` in the configuration.")]
    Unreachable(String, String),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// A bot that is logged in over HTTP and about to connect to the gateway.
pub struct Bot {
    client: serenity::Client,
    outbox: tokio::task::JoinHandle<()>,
    total: Total,
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
        let http = http(settings)?;
        // serenity falls back to Discord's own gateway when the API does not name one.
        http.get_gateway()
            .await
            .map_err(|error| refused(&address, error))?;
        let info = http
            .get_current_application_info()
            .await
            .map_err(|error| refused(&address, error))?;
        let me = http
            .get_current_user()
            .await
            .map_err(|error| refused(&address, error))?;
        let application = info.id;
        http.set_application_id(application);
        let http = Arc::new(http);
        let commands = commands::all();
        register::commands(&http, &app.store, &commands).await?;
        let sender = Sender::new(client()?, &address, &settings.token);
        let outbox = Outbox::new(app.clone(), sender, me.id.get(), operator(&info));
        let outbox = tokio::spawn(outbox.run().in_current_span());
        let total = Total::default();
        let framework = framework(app, commands, total.clone());
        let client = serenity::ClientBuilder::new_with_http(self::http(settings)?, intents())
            .framework(framework)
            .await
            .context("getting the gateway client ready")?;
        Ok(Self {
            client,
            outbox,
            total,
            application: application.get(),
        })
    }

    /// Stays connected until the connection is over for good.
    ///
    /// # Errors
    /// When Discord closes the connection with a code that reconnecting does not mend.
    pub async fn run(mut self) -> anyhow::Result<()> {
        let ended = self.client.start_autosharded().await;
        self.outbox.abort();
        ended.context("the connection to Discord's gateway is over")
    }

    /// What tells how the connection is.
    pub fn connection(&self) -> Connection {
        Connection {
            shards: self.shard_manager(),
            total: self.total.clone(),
        }
    }

    /// What ends the connection from elsewhere.
    pub fn shard_manager(&self) -> Arc<serenity::ShardManager> {
        self.client.shard_manager.clone()
    }
}

fn framework(
    app: App,
    commands: Vec<Command>,
    total: Total,
) -> poise::Framework<Data, anyhow::Error> {
    let options = poise::FrameworkOptions {
        commands,
        on_error: |error| Box::pin(respond::framework_error(error)),
        event_handler: |framework, event| Box::pin(on_event(framework, event)),
        allowed_mentions: Some(serenity::CreateAllowedMentions::new()),
        initialize_owners: false,
        ..Default::default()
    };
    poise::Framework::builder()
        .options(options)
        .setup(|_, ready, _| {
            tracing::info!(
                bot = ready.user.name,
                guilds = ready.guilds.len(),
                "connected to Discord"
            );
            let replays = Replays::new();
            Box::pin(async {
                Ok(Data {
                    app,
                    replays,
                    total,
                })
            })
        })
        .build()
}

async fn on_event(framework: Framework<'_>, event: &serenity::FullEvent) -> anyhow::Result<()> {
    let http = &framework.serenity_context.http;
    match event {
        serenity::FullEvent::InteractionCreate {
            interaction: serenity::Interaction::Component(pressed),
        } => buttons::pressed(framework.user_data, http, pressed).await,
        serenity::FullEvent::Message { new_message } => {
            let bot = framework.bot_id();
            replies::said(framework.user_data, http, bot, new_message).await;
        }
        serenity::FullEvent::GuildCreate { guild, .. } => {
            spaces::joined(&framework.user_data.app, guild.id).await?;
        }
        serenity::FullEvent::GuildDelete { incomplete, .. } if !incomplete.unavailable => {
            spaces::left(&framework.user_data.app, incomplete.id).await?;
        }
        serenity::FullEvent::Ready { data_about_bot } => {
            framework.user_data.total.note(data_about_bot);
            spaces::ready(&framework.user_data.app, data_about_bot).await?;
        }
        serenity::FullEvent::Ratelimit { data } => metrics::rate_limited(data.timeout),
        serenity::FullEvent::Resume { .. } => tracing::info!("resumed the connection to Discord"),
        _ => {}
    }
    Ok(())
}

/// Whom the bot takes for its operator: the owner of its application, or of the team that owns it.
fn operator(info: &serenity::CurrentApplicationInfo) -> Option<u64> {
    let team = info.team.as_ref().map(|team| team.owner_user_id);
    let owner = || info.owner.as_ref().map(|owner| owner.id);
    team.or_else(owner).map(serenity::UserId::get)
}

/// A client that pings nobody unless told to.
fn http(settings: &Settings) -> anyhow::Result<serenity::Http> {
    let builder = serenity::HttpBuilder::new(settings.token.expose_secret())
        .client(client()?)
        .default_allowed_mentions(serenity::CreateAllowedMentions::new());
    Ok(match &settings.api {
        // serenity uses its `proxy` only without its own rate limiter.
        Some(api) => builder.proxy(api).ratelimiter_disabled(true).build(),
        None => builder.build(),
    })
}

/// Every call is bounded: a connection that stalls must not hold up the rest.
fn client() -> anyhow::Result<reqwest::Client> {
    // <https://docs.discord.com/developers/reference#user-agent>
    let agent = concat!("DiscordBot (greenroom, ", env!("CARGO_PKG_VERSION"), ")");
    reqwest::Client::builder()
        .timeout(CALL)
        .user_agent(agent)
        .build()
        .context("getting the HTTP client ready")
}

fn refused(address: &str, error: serenity::Error) -> StartError {
    match &error {
        serenity::Error::Http(http) if http.status_code().is_some_and(|s| s.as_u16() == 401) => {
            StartError::Token
        }
        _ => StartError::Unreachable(address.to_owned(), chain(&error)),
    }
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}
