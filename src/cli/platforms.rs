//! The platforms that the bot runs on, each the way its supervisor starts it.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::FutureExt as _;
use greenroom::app::App;
use greenroom::config::{self, Config};
use greenroom::metrics::{self, Gateway};
use greenroom::model::PlatformId;
use greenroom::{discord, slack};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::out;
use super::supervisor::Platform;
use super::tokens::Tokens;

/// How each platform is reached that the bot runs on.
pub struct Platforms {
    pub discord: Option<discord::Settings>,
    pub slack: Option<slack::Settings>,
}

impl Platforms {
    /// Those for which there are tokens.
    pub fn of(config: &Config, tokens: Tokens, closes: discord::FatalCloses) -> Self {
        let discord = tokens.discord.map(|token| discord::Settings {
            closes,
            ..discord::Settings::new(token, config.api.clone())
        });
        let workspaces: Vec<slack::Workspace> = tokens.slack.into_iter().map(workspace).collect();
        let slack = (!workspaces.is_empty()).then(|| {
            let wished = &config.slack;
            let commands = wished.commands.iter();
            let commands = commands.map(|(ours, name)| ((*ours).to_owned(), name.clone()));
            slack::Settings {
                unusable: tokens.unusable,
                listen: wished.listen,
                commands: slack::Commands(commands.collect()),
                admins: wished.admins.clone(),
                guests_may_answer: wished.guests_may_answer,
                ..slack::Settings::new(workspaces, wished.api.clone())
            }
        });
        Self { discord, slack }
    }

    /// Those that the bot doesn't run on.
    pub fn absent(&self) -> Vec<PlatformId> {
        let discord = self.discord.is_none().then_some(PlatformId::Discord);
        let slack = self.slack.is_none().then_some(PlatformId::Slack);
        discord.into_iter().chain(slack).collect()
    }

    /// Each as it is started, and the connections that they will have. `invite`: whether to say how Discord's servers
    /// take the bot in.
    pub fn supervised(self, app: &App, invite: bool) -> (Vec<Platform>, Connections) {
        let connections = Connections::default();
        let mut platforms = Vec::new();
        if let Some(settings) = self.discord {
            platforms.push(on_discord(
                app.clone(),
                settings,
                connections.clone(),
                invite,
            ));
        }
        if let Some(settings) = self.slack {
            platforms.push(on_slack(app.clone(), settings, connections.clone()));
        }
        (platforms, connections)
    }
}

fn workspace(tokens: config::WorkspaceTokens) -> slack::Workspace {
    let given = |token: config::GivenToken| slack::Given {
        secret: token.secret,
        file: token.file,
    };
    slack::Workspace {
        bot_token: given(tokens.bot),
        door: match tokens.door {
            config::Door::Socket(app_token) => slack::Door::Socket {
                app_token: given(app_token),
            },
            config::Door::Http(signing_secret) => slack::Door::Http { signing_secret },
        },
    }
}

fn on_discord(
    app: App,
    settings: discord::Settings,
    connections: Connections,
    mut invite: bool,
) -> Platform {
    let id = PlatformId::Discord;
    connections.set(id, State::Starting);
    let live = move |stop: CancellationToken| {
        let (app, settings, connections) = (app.clone(), settings.clone(), connections.clone());
        let invite = std::mem::take(&mut invite);
        async move {
            let _off = OffAtLast(&connections, id);
            let bot = tokio::select! {
                bot = discord::Bot::log_in(app, &settings) => bot?,
                () = stop.cancelled() => return anyhow::Ok(()),
            };
            connections.set(id, State::On(Connection::Discord(bot.connection())));
            if invite {
                out::say(format_args!(
                    "Add Greenroom to a server: {}",
                    discord::invite(bot.application)
                ));
            }
            Ok(bot.run_until(stop.cancelled()).await?)
        }
        .boxed_local()
    };
    Platform {
        name: name(id),
        live: Box::new(live),
    }
}

fn on_slack(app: App, settings: slack::Settings, connections: Connections) -> Platform {
    let id = PlatformId::Slack;
    connections.set(id, State::Starting);
    let live = move |stop: CancellationToken| {
        let (app, settings, connections) = (app.clone(), settings.clone(), connections.clone());
        async move {
            let _off = OffAtLast(&connections, id);
            let bot = tokio::select! {
                bot = slack::Bot::log_in(app, &settings) => bot?,
                () = stop.cancelled() => return anyhow::Ok(()),
            };
            connections.set(id, State::On(Connection::Slack(bot.connection())));
            Ok(bot.run_until(stop.cancelled()).await?)
        }
        .boxed_local()
    };
    Platform {
        name: name(id),
        live: Box::new(live),
    }
}

/// How the bot is connected to each platform that it runs on. Clones share it.
#[derive(Clone, Default)]
pub struct Connections(Arc<watch::Sender<BTreeMap<PlatformId, State>>>);

#[derive(Clone)]
enum State {
    /// It has not logged in yet.
    Starting,
    /// It has logged in.
    On(Connection),
    /// It was lost.
    Off,
}

#[derive(Clone)]
enum Connection {
    Discord(discord::Connection),
    Slack(slack::Connection),
}

impl Connections {
    fn set(&self, platform: PlatformId, state: State) {
        self.0.send_modify(|states| {
            states.insert(platform, state);
        });
    }

    /// Waits until the bot has logged in to each, or failed to.
    #[cfg(feature = "sandbox")]
    pub async fn tried(&self) {
        let starting = |state: &State| matches!(state, State::Starting);
        let mut states = self.0.subscribe();
        // The other end is ours.
        drop(
            states
                .wait_for(|states| !states.values().any(starting))
                .await,
        );
    }

    /// Counts how they are, and names those that are not wholly there.
    pub async fn away(&self) -> Vec<&'static str> {
        let states = self.0.borrow().clone();
        let mut away = Vec::new();
        for (platform, state) in states {
            let state = match state {
                State::On(Connection::Discord(connection)) => connection.state().await,
                State::On(Connection::Slack(connection)) => connection.state(),
                // At least one is away.
                State::Starting | State::Off => Gateway {
                    shards: 1,
                    ..Gateway::default()
                },
            };
            match platform {
                PlatformId::Discord => metrics::gateway(state),
                PlatformId::Slack => metrics::slack(state),
            }
            if state.shards == 0 || state.connected < state.shards {
                away.push(name(platform));
            }
        }
        away
    }
}

/// What a platform is called.
pub fn name(platform: PlatformId) -> &'static str {
    match platform {
        PlatformId::Discord => "Discord",
        PlatformId::Slack => "Slack",
    }
}

/// Notes that a platform is gone, however that came.
struct OffAtLast<'a>(&'a Connections, PlatformId);

impl Drop for OffAtLast<'_> {
    fn drop(&mut self) {
        self.0.set(self.1, State::Off);
    }
}
