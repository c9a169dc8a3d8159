//! The bot's life: it logs in, stays connected, and finishes what is under way.

use std::future::pending;
use std::sync::Arc;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use reqwest::StatusCode;
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

use super::error::{RunError, StartError};
use super::gateway::{
    Connection, FatalCloses, Heard, ReadyShards, Relay, ShardCount, end, gateway_client, starts,
    watchdog,
};
use super::interactions::{Data, Dispatch, commands, register};
use super::sending::{Api, Failure, Messenger, Sender};
use super::settings::Settings;
use super::timing::Timing;
use crate::app::delivery::Delivery;
use crate::app::{App, Turns};
use crate::calling;
use crate::tasks::{Ended, Tasks, caught};

/// The most shards that a bot starts; the largest bots have some ten thousand.
const MOST_SHARDS: u32 = 65_536;

/// A bot that is logged in over HTTP and about to connect to the gateway.
pub struct Bot {
    client: serenity::Client,
    gateway: serenity::BotGateway,
    tasks: Tasks,
    total: ShardCount,
    heard: Heard,
    underway: TaskTracker,
    timing: Timing,
    closes: FatalCloses,
    /// The application's id.
    pub application: u64,
}

impl Bot {
    /// Logs in over HTTP, registers the commands, and gets the gateway client ready.
    ///
    /// # Errors
    /// When the token is refused or Discord cannot be reached.
    pub async fn log_in(app: App, settings: &Settings) -> Result<Self, StartError> {
        let address = settings.api.as_deref().unwrap_or("https://discord.com");
        let (timing, refused) = (&settings.timing, |error| not_started(address, error));
        let sender = Sender::new(Api::new(address, &settings.token, timing.call)?);
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
        let messenger = Messenger {
            sender: sender.clone(),
            me: me.id.get(),
            operator: operator(&info),
        };
        let delivery = Delivery::new(app.clone(), messenger, timing.again);
        // What a server that removed the bot would refuse is not sent.
        let listed = ReadyShards::default();
        let known = listed.clone().wait_for_all(gateway.shards, timing.listed);
        let tasks = Tasks::default();
        delivery.start_on(&tasks, known);
        tasks.start("the database's writer", app.writer_ended());
        tasks.start(
            "telling what cannot be read",
            settings.closes.clone().tell_unread(),
        );
        let (underway, total, heard) =
            (TaskTracker::new(), ShardCount::default(), Heard::default());
        let data = Data {
            app,
            me: me.id,
            total: total.clone(),
            heard: heard.clone(),
            listed,
            sender,
            turns: Turns::default(),
            underway: underway.clone(),
        };
        settings.closes.forget();
        let relay = Relay::to(&gateway.url, timing.call, settings.closes.clone()).await;
        let relay = relay.context("listening on loopback for the connection to Discord")?;
        let address = relay.address().context("what port that is")?;
        tasks.start("relaying the connection", relay.serve());
        let client =
            gateway_client(settings, address, Dispatch::new(data, me.id, commands)).await?;
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

    /// Runs until the connection is lost for good.
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

    /// Runs until `stop` ends. Then it accepts no new work, and finishes the answers that are under way.
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
        let wait = starts::identify_delay(limit, shards, &self.timing);
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
            code = self.closes.next() => Err(RunError::Refused(code)),
        }
    }

    /// Closes the connection, so that nothing new comes.
    async fn close(&self) {
        let closing = self.client.shard_manager.shutdown_all();
        if timeout(self.timing.farewell, closing).await.is_err() {
            tracing::debug!("the connection to Discord did not close in time");
        }
    }

    /// Waits for the answers under way. Delivery may be cut off anywhere: what it was at is found
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
        // The program may end before that does.
        self.underway.spawn(end(self.client));
    }
}

/// The operator: owner of the application, or of its team.
fn operator(info: &serenity::CurrentApplicationInfo) -> Option<u64> {
    let team = info.team.as_ref().map(|team| team.owner_user_id);
    let owner = || info.owner.as_ref().map(|owner| owner.id);
    team.or_else(owner).map(serenity::UserId::get)
}

/// Why the bot cannot start, when a call to the API at `address` failed.
fn not_started(address: &str, failure: Failure) -> StartError {
    match failure {
        Failure::Refused { status, .. } if status == StatusCode::UNAUTHORIZED => StartError::Token,
        other => {
            let check = calling::to_check(address);
            StartError::Unreachable(address.to_owned(), other.to_string(), check)
        }
    }
}
