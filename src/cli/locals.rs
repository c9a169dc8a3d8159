//! The local Discord and the local Slack, as `greenroom sandbox` opens them.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use chat_sandbox::slack::{AppSeed, ChannelSeed, Workspace};
use chat_sandbox::{Introduction, Options, Sandbox, Sibling, Stops, slack as local_slack};
use chrono::Duration;
use futures_util::future::BoxFuture;
use greenroom::app::App;
use greenroom::model::{ChannelId, Member, PlatformId, SpaceId, UserId};
use greenroom::slack::{self, ManifestOptions, manifest};

use super::clocks::Clocks;
use super::seed;

/// How many ports are tried from the configured one on.
const PORTS: u16 = 100;
/// How often, and for how long, to check whether due dailies have been posted.
const LOOK: std::time::Duration = std::time::Duration::from_millis(20);
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
/// Where the daily posts.
const DAILY_CHANNEL: &str = "daily";
/// Who sets the schedules.
const ADMIN: &str = "ana";

/// Both, with the same people and channels.
pub struct Locals {
    pub discord: Sandbox,
    pub slack: local_slack::Sandbox,
}

impl Locals {
    /// Starts both, each at the first free port from there on.
    pub async fn start(port: u16) -> anyhow::Result<Self> {
        let discord = first_free(port, async |listen| {
            Sandbox::start(Options {
                listen,
                seed: seed::seed(),
                introduction: seed::introduction(),
                ..Options::default()
            })
            .await
        })
        .await?;
        let app = AppSeed::from_manifest(&manifest(&ManifestOptions::default()));
        let app = app.map_err(anyhow::Error::msg)?;
        let slack = first_free(port, async |listen| {
            local_slack::Sandbox::start(local_slack::Options {
                listen,
                workspace: workspace(),
                app: app.clone(),
                introduction: introduction(),
                ..local_slack::Options::default()
            })
            .await
        })
        .await?;
        let sibling = |name: &str, url| Sibling {
            name: name.to_owned(),
            url,
        };
        discord.world().link(sibling("Slack", slack.url()));
        slack.world().link(sibling("Discord", discord.url()));
        Ok(Self { discord, slack })
    }

    /// Lets the bot's clock and those of both move together, and stop where a daily is due.
    pub fn share_clock(&self, app: &App) -> Arc<Clocks> {
        let clocks = Clocks::of(app.clock.clone());
        let world = Arc::downgrade(self.discord.world());
        let moved = clocks.add(move |by| {
            if let Some(world) = world.upgrade() {
                world.advance(by);
            }
        });
        self.discord.on_advance(moved);
        let world = Arc::downgrade(self.slack.world());
        let moved = clocks.add(move |by| {
            if let Some(world) = world.upgrade() {
                world.advance(by);
            }
        });
        self.slack.on_advance(moved);
        self.discord.stop_at(Arc::new(Dailies(app.clone())));
        self.slack.stop_at(Arc::new(Dailies(app.clone())));
        clocks
    }

    /// How the bot reaches the local Slack.
    pub fn slack_settings(&self) -> slack::Settings {
        let tokens = local_slack::Options::default();
        let workspace = slack::Workspace {
            bot_token: tokens.bot_token.into(),
            door: slack::Door::Socket {
                app_token: tokens.app_token.into(),
            },
        };
        slack::Settings::new(vec![workspace], Some(self.slack.api()))
    }

    /// An admin on the local Discord, and the channel for dailies.
    pub fn on_discord(&self) -> anyhow::Result<(Member, ChannelId)> {
        let admin = self.discord.person(ADMIN);
        let (guild, _) = self.discord.world().guild();
        let channels = admin.channels();
        let mut channels = channels.iter();
        let channel = channels.find(|channel| channel.name == DAILY_CHANNEL);
        let channel = channel.context("the local Discord has a channel for dailies")?;
        let member = Member {
            space: SpaceId::discord(guild),
            user: UserId::discord(admin.id()),
        };
        Ok((member, channel.id.into()))
    }

    /// The same on the local Slack.
    pub fn on_slack(&self) -> anyhow::Result<(Member, ChannelId)> {
        let world = self.slack.world();
        let (admin, team) = (self.slack.person(ADMIN), world.team_id());
        let channels = world.channels();
        let mut channels = channels.iter();
        let channel = channels.find(|(_, name)| name == DAILY_CHANNEL);
        let (channel, _) = channel.context("the local Slack has a channel for dailies")?;
        let member = Member {
            user: UserId::slack(&team, admin.id()),
            space: SpaceId::new(PlatformId::Slack, team),
        };
        Ok((member, channel.as_str().into()))
    }

    /// Where they are open, and what to do there.
    pub fn told(&self) -> Vec<String> {
        let (discord, slack) = (self.discord.url(), self.slack.url());
        vec![
            format!("On a local Discord, Greenroom is open at {discord}"),
            format!("On a local Slack, Greenroom is open at {slack}"),
            format!("Every question is shown at {discord}/preview"),
            format!(
                "Type /question caching there, answer the daily in #{DAILY_CHANNEL}. Ctrl-C ends it."
            ),
        ]
    }

    /// Closes both.
    pub async fn stop(self) {
        tokio::join!(self.discord.stop(), self.slack.stop());
    }
}

/// What `open` opens at the first free port from there on.
async fn first_free<T>(
    port: u16,
    open: impl AsyncFn(SocketAddr) -> io::Result<T>,
) -> anyhow::Result<T> {
    for port in port..=port.saturating_add(PORTS) {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        match open(listen).await {
            Ok(opened) => return Ok(opened),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).context(format!("listening on {listen}")),
        }
    }
    anyhow::bail!(
        "no port from {port} on is free: set another `port` under [sandbox] in the configuration"
    )
}

/// The channels of the local Discord, and the people of every local Slack.
fn workspace() -> Workspace {
    let channels = seed::seed().channels.into_iter();
    let channels = channels.map(|channel| ChannelSeed {
        private: channel.admins_only,
        bot: channel.everywhere,
        ..ChannelSeed::new(&channel.name, &channel.topic)
    });
    Workspace {
        name: "Greenroom".to_owned(),
        domain: "greenroom".to_owned(),
        channels: channels.collect(),
        ..Workspace::default()
    }
}

/// The first steps as on the local Discord, in Slack's words and markup.
fn introduction() -> Introduction {
    let mut told = seed::introduction();
    told.title = local_slack::Options::default().introduction.title;
    told.text = told.text.replace("a pretend server", "a pretend workspace");
    for step in &mut told.steps {
        if step.name == "person" {
            step.rest =
                " (bottom left), and answer the same question with “B” in its thread".to_owned();
        }
        for text in [&mut step.action, &mut step.rest] {
            *text = text.replace("**", "*");
        }
    }
    told
}

/// Moves the clock from daily to daily, so that none is skipped, missed or late.
struct Dailies(App);

impl Stops for Dailies {
    fn next(&self, within: Duration) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async move { self.0.next_due(within).await.unwrap_or_default() })
    }

    fn caught_up(&self) -> BoxFuture<'_, ()> {
        let caught_up = async {
            while self.0.is_behind().await.unwrap_or(false) {
                tokio::time::sleep(LOOK).await;
            }
        };
        // A fault set on the page may prevent a daily from being posted.
        Box::pin(async { drop(tokio::time::timeout(PATIENCE, caught_up).await) })
    }
}
