//! `greenroom run`: the bot on every platform for which it has a token.

use std::future::pending;

use anyhow::Context;
use greenroom::app::App;
use greenroom::bank::{Saved, Source};
use greenroom::clock::Clock;
use greenroom::config::Config;
use greenroom::discord::FatalCloses;
use greenroom::store::Store;
use greenroom::tasks::Tasks;
use greenroom::told::counted;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::platforms::Platforms;
use super::supervisor::{Platform, supervise};
use super::tokens::Tokens;
use super::{declared, monitor, platforms, zones};

/// Runs until it is told to stop.
pub async fn run(config: Config, closes: FatalCloses) -> anyhow::Result<()> {
    let tokens = Tokens::read(&config);
    tokens.tell()?;
    // The database is opened while the questions are read.
    let database = config.database.clone();
    let opened = async { anyhow::Ok(spawn_blocking(|| Store::open(database)).await??) };
    let questions = Source::new(config.questions.clone());
    let read = async { anyhow::Ok(questions.watch().await) };
    let (store, saved) = tokio::try_join!(opened, read)?;
    tracing::info!("asking from {questions}");
    let platforms = Platforms::of(&config, tokens, closes);
    let ended = serve(store.clone(), saved, platforms, config).await;
    store.close().await;
    ended
}

async fn serve(
    store: Store,
    saved: watch::Receiver<Saved>,
    platforms: Platforms,
    config: Config,
) -> anyhow::Result<()> {
    let bank = saved.borrow().clone()?;
    let port = match config.metrics_port {
        Some(port) => Some(monitor::listen(port).await?),
        None => None,
    };
    let app = App::new(store, bank, Clock::system());
    zones::log();
    declare_schedules(&app, &config).await?;
    tell_of_idle(&app, &platforms).await?;
    let (platforms, connections) = platforms.supervised(&app, true);
    let tasks = Tasks::default();
    if let Some(port) = port {
        let serving = monitor::serve(port, app.store.clone(), connections);
        tasks.start("the metrics", serving);
    }
    if let Some(folder) = config.backup_folder {
        let backing_up = app.clone().back_up_daily(folder, config.backup_keep);
        tasks.start("the daily backups", backing_up);
    }
    tasks.start("ending what is over", app.clone().keep_ending());
    tasks.start("watching the question files", app.follow(saved));
    until_told(platforms, tasks).await
}

/// Keeps the bot on its platforms until it is interrupted or terminated, none is left, or one of the tasks ends by
/// itself.
pub async fn until_told(platforms: Vec<Platform>, tasks: Tasks) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let supervised = supervise(platforms, stop.clone());
    tokio::pin!(supervised);
    let ended = tokio::select! {
        none_left = &mut supervised => none_left,
        why = async {
            tokio::select! {
                ended = tasks.ended() => Err(anyhow::Error::from(ended)),
                () = told() => Ok(()),
            }
        } => {
            stop.cancel();
            supervised.await?;
            why
        }
    };
    tasks.stop().await;
    ended
}

/// Waits for a signal to stop.
async fn told() {
    if let Err(error) = told_to_stop().await {
        tracing::error!(error = format!("{error:#}"), "cannot be told to stop");
        pending().await
    }
    tracing::info!("told to stop");
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

/// Sets the schedules that the configuration declares.
pub(super) async fn declare_schedules(app: &App, config: &Config) -> anyhow::Result<()> {
    let (declared, faults) = declared::read(config, &app.library());
    anyhow::ensure!(faults.is_empty(), faults.join("\n"));
    for schedule in declared {
        app.set(schedule.space, schedule.name, schedule.settings, None)
            .await?;
    }
    Ok(())
}

/// Logs how many schedules post nothing, since the bot isn't on their platform.
async fn tell_of_idle(app: &App, platforms: &Platforms) -> anyhow::Result<()> {
    for platform in platforms.absent() {
        let idle = app.schedules_on(platform).await?;
        if idle > 0 {
            let (schedules, name) = (counted(idle, "schedule"), platforms::name(platform));
            tracing::warn!("{schedules} on {name} will post nothing: there is no token for it");
        }
    }
    Ok(())
}

#[cfg(all(test, feature = "sandbox"))]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use chat_sandbox::{Options, Sandbox};
    use greenroom::discord::Settings;
    use greenroom::tasks::Ended;
    use tempfile::tempdir;
    use tokio::time::timeout;

    use super::*;
    use crate::cli::planted::Planted;
    use crate::cli::status;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn copy_bank(folder: &Path) {
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        for file in fs::read_dir(bank).expect("listed") {
            let file = file.expect("a file");
            fs::copy(file.path(), folder.join(file.file_name())).expect("copied");
        }
    }

    /// Saves the question files and requests the metrics, once the bot is running.
    async fn provoke(planted: &Planted, sandbox: &Sandbox, folder: &Path) {
        while !sandbox.world().bot_online() {
            tokio::task::yield_now().await;
        }
        let file = folder.join("http.toml");
        let text = fs::read_to_string(&file).expect("read");
        fs::write(&file, format!("{text}\n# Saved.\n")).expect("written");
        let said = planted.lines();
        let url = said.split_once("metrics at ").expect("it says where").1;
        let url = url.lines().next().expect("a line");
        drop(reqwest::get(url).await);
        pending().await
    }

    /// Why the program ends if the task that logs this line panics at it.
    async fn ended(span: Option<&'static str>, line: &'static str) -> anyhow::Error {
        let planted = Planted::listen();
        let sandbox = Sandbox::start(Options::default()).await.expect("a port");
        let folder = tempdir().expect("a folder");
        let questions = folder.path().join("questions");
        fs::create_dir(&questions).expect("made");
        copy_bank(&questions);
        let config = Config {
            questions: Some(questions.clone()),
            backup_folder: Some(folder.path().join("backups")),
            metrics_port: Some(0),
            ..Config::default()
        };
        let settings = Settings {
            closes: planted.closes.clone(),
            ..Settings::new(Options::default().token.into(), Some(sandbox.url()))
        };
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let saved = Source::Folder(questions.clone()).watch().await;
        match span {
            Some(span) => planted.within(span, line),
            None => planted.at(line),
        }
        let platforms = Platforms {
            discord: Some(settings),
            slack: None,
        };
        let serving = serve(store.clone(), saved, platforms, config);
        let ended = async {
            tokio::select! {
                ended = serving => ended.expect_err("nobody stopped it"),
                () = provoke(&planted, &sandbox, &questions) => unreachable!("it goes on"),
            }
        };
        let ended = timeout(PATIENCE, ended).await.expect("it ends");
        store.close().await;
        sandbox.stop().await;
        ended
    }

    #[tokio::test]
    async fn a_panic_in_each_of_the_programs_own_tasks_ends_it_to_be_started_again() {
        for (task, span, line) in [
            ("the metrics", Some("monitor"), "somebody connected"),
            ("the daily backups", None, "backed up the database"),
            ("ending what is over", None, "::close_dailies"),
            (
                "watching the question files",
                None,
                "took over the saved question files",
            ),
        ] {
            let why = "panicked: planted".to_owned();
            let expected = Ended { task, why };
            let error = ended(span, line).await;
            assert_eq!(error.to_string(), expected.to_string());
            assert_eq!(status::of(&error), 75.into());
        }
    }
}
