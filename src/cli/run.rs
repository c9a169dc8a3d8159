//! `greenroom run`: the bot on Discord.

use std::future::pending;

use anyhow::Context;
use greenroom::app::App;
use greenroom::bank::{self, Saved};
use greenroom::clock::Clock;
use greenroom::config::{self, Config};
use greenroom::discord::{self, Bot, Closes, Settings};
use greenroom::store::Store;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::check::request;
use super::{monitor, out, zones};

/// Runs until it is told to stop.
pub async fn run(config: Config, closes: Closes) -> anyhow::Result<()> {
    let environment = std::env::var("DISCORD_TOKEN").ok();
    let token = config::token(environment, config.token_file.as_deref())?;
    // While the questions are read.
    let database = config.database.clone();
    let opened = async { anyhow::Ok(spawn_blocking(|| Store::open(database)).await??) };
    let read = async { anyhow::Ok(bank::watch(config.questions.clone()).await) };
    let (store, saved) = tokio::try_join!(opened, read)?;
    let settings = Settings {
        closes,
        ..Settings::new(token, config.api.clone())
    };
    let ended = serve(store.clone(), saved, &settings, config).await;
    store.close().await;
    ended
}

async fn serve(
    store: Store,
    saved: watch::Receiver<Saved>,
    settings: &Settings,
    config: Config,
) -> anyhow::Result<()> {
    let bank = saved.borrow().clone()?;
    let port = match config.metrics_port {
        Some(port) => Some(monitor::listen(port).await?),
        None => None,
    };
    let app = App::new(store, bank, Clock::system())?;
    zones::log();
    declare_schedules(&app, &config).await?;
    let bot = Bot::log_in(app.clone(), settings).await?;
    let tasks = bot.tasks();
    if let Some(port) = port {
        let serving = monitor::serve(port, app.store.clone(), bot.connection());
        tasks.start("the metrics", serving);
    }
    if let Some(folder) = config.backup_folder {
        let backing_up = app.clone().back_up_daily(folder, config.backup_keep);
        tasks.start("the daily backups", backing_up);
    }
    tasks.start("watching the question files", app.follow(saved));
    out::say(format_args!(
        "Add Greenroom to a server: {}",
        discord::invite(bot.application)
    ));
    until_told(bot).await
}

/// Runs the bot until it ends by itself, or is interrupted or terminated.
pub async fn until_told(bot: Bot) -> anyhow::Result<()> {
    let told = async {
        if let Err(error) = told_to_stop().await {
            tracing::error!(error = format!("{error:#}"), "cannot be told to stop");
            pending().await
        }
        tracing::info!("told to stop");
    };
    Ok(bot.run_until(told).await?)
}

async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.context("listening for Ctrl-C"),
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c()
        .await
        .context("listening for Ctrl-C")
}

async fn declare_schedules(app: &App, config: &Config) -> anyhow::Result<()> {
    for schedule in &config.schedules {
        let at = || format!("schedule at line {} of the configuration", schedule.line);
        let (name, settings) = app
            .library()
            .read_request(request(schedule))
            .with_context(at)?;
        app.set(schedule.guild.as_str().into(), name, settings, None)
            .await
            .with_context(at)?;
    }
    Ok(())
}
