//! A local Discord with the bot in many servers, an hour before their dailies are due.

mod questions;
pub mod schedules;

use chat_sandbox::{Options, Sandbox};
use chrono::{TimeZone, Utc};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::discord::{Bot, RunError, Settings};
use greenroom::store::Store;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// The bot and where it runs.
pub struct Scene {
    pub sandbox: Sandbox,
    /// Stands still at 08:00 UTC until it is moved.
    pub clock: Clock,
    /// The channel of each server's schedule.
    pub channels: Vec<u64>,
    bot: JoinHandle<Result<(), RunError>>,
    _folder: TempDir,
}

impl Scene {
    /// Starts the bot and waits until it is connected.
    pub async fn open(options: Options) -> anyhow::Result<Self> {
        let token = SecretString::from(options.token.clone());
        let sandbox = Sandbox::start(options).await?;
        let folder = tempfile::tempdir()?;
        let eight = Utc
            .with_ymd_and_hms(2026, 3, 4, 8, 0, 0)
            .single()
            .expect("an instant");
        let clock = Clock::manual(eight);
        let bank = Bank::load(&questions::shipped_questions())?;
        let store = Store::open(folder.path().join("greenroom.db"))?;
        let app = App::new(store, bank, clock.clone());
        let channels = schedules::schedule_everywhere(&app, &sandbox).await?;
        let settings = Settings::new(token, Some(sandbox.url()));
        let bot = tokio::spawn(Bot::log_in(app, &settings).await?.run());
        let mut changes = sandbox.world().changes();
        while !sandbox.world().bot_online() {
            let _ = changes.recv().await;
        }
        Ok(Self {
            sandbox,
            clock,
            channels,
            bot,
            _folder: folder,
        })
    }

    /// Whether the bot has ended by itself.
    #[allow(dead_code, reason = "not every benchmark asks")]
    pub fn has_ended(&self) -> bool {
        self.bot.is_finished()
    }

    /// Stops the bot and the local Discord.
    pub async fn close(self) {
        self.bot.abort();
        self.sandbox.stop().await;
    }
}
