//! `greenroom sandbox`: the real bot on a local Discord and a local Slack, in the browser.

use std::future::pending;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use chat_sandbox::Options;
use greenroom::app::setting::ScheduleRequest;
use greenroom::app::{App, Error};
use greenroom::bank::Source;
use greenroom::clock::Clock;
use greenroom::config::Config;
use greenroom::discord::{self, FatalCloses, RunError};
use greenroom::model::{ChannelId, Member};
use greenroom::store::Store;
use greenroom::tasks::Tasks;
use tokio::task::spawn_blocking;

use super::locals::Locals;
use super::platforms::Platforms;
use super::run::until_told;
use super::{out, preview, zones};

/// Runs until it is told to stop. Unless a database is named, nothing outlives the run, like everything on the
/// local platforms.
pub async fn sandbox(
    config: Config,
    closes: FatalCloses,
    database: Option<PathBuf>,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("making a folder for the database")?;
    let database = database.unwrap_or_else(|| folder.path().join("greenroom.db"));
    let store = spawn_blocking(|| Store::open(database)).await??;
    let ended = serve(store.clone(), config, closes).await;
    store.close().await;
    ended
}

async fn serve(store: Store, config: Config, closes: FatalCloses) -> anyhow::Result<()> {
    let questions = Source::new(config.questions);
    let saved = questions.watch().await;
    let bank = saved.borrow().clone()?;
    tracing::info!("asking from {questions}");
    let app = App::new(store, bank, Clock::system());
    zones::log();
    let locals = Locals::start(config.sandbox_port).await?;
    let clocks = locals.share_clock(&app);
    let platforms = Platforms {
        discord: Some(discord::Settings {
            closes,
            ..discord::Settings::new(Options::default().token.into(), Some(locals.discord.url()))
        }),
        slack: Some(locals.slack_settings()),
    };
    let (platforms, connections) = platforms.supervised(&app, false);
    for (admin, channel) in [locals.on_discord()?, locals.on_slack()?] {
        post_a_daily(&app, admin, channel).await?;
    }
    let tasks = Tasks::default();
    let world = Arc::clone(locals.discord.world());
    let previewing = preview::follow(saved.clone(), questions.folder().to_owned(), world);
    tasks.start("the previews", previewing);
    tasks.start("keeping the clocks together", clocks.keep_together());
    tasks.start("ending what is over", app.clone().keep_ending());
    tasks.start("watching the question files", app.follow(saved));
    let told = locals.told();
    tasks.start("telling where it is open", async move {
        connections.tried().await;
        tracing::debug!("telling where it is open");
        told.iter().for_each(out::say);
        pending().await
    });
    let ended = until_told(platforms, tasks).await;
    locals.stop().await;
    ended.map_err(told_by_the_page)
}

/// Here, close codes that end a bot for good come from the page, so there is nothing to correct on a real Discord, and
/// nothing reads the exit status.
fn told_by_the_page(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref() {
        Some(RunError::Refused(code)) => anyhow::anyhow!(
            "the local Discord closed the connection with code {code}, as it was told on the page, which ends a bot for \
             good. Start it again."
        ),
        _ => error,
    }
}

/// Sets a schedule, as an admin would, and posts its first daily at once.
async fn post_a_daily(app: &App, admin: Member, channel: ChannelId) -> anyhow::Result<()> {
    let caller = app.admit(admin, true)?;
    let request = ScheduleRequest {
        channel: Some(channel),
        // At the current time of day, so that "next day" reaches exactly the next daily.
        time: Some(app.clock.now().format("%H:%M").to_string()),
        zone: Some("UTC".to_owned()),
        ..ScheduleRequest::default()
    };
    app.set_schedule(&caller, request, async |_, _| None)
        .await?;
    match app.post_now(&caller, None).await {
        // A named database may already have today's.
        Ok(_) | Err(Error::Refusal(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use greenroom::tasks::Ended;
    use tokio::time::{Duration, timeout};

    use super::*;
    use crate::cli::planted::Planted;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// What ends it if the task that logs this line panics at it.
    async fn ended(line: &'static str) -> Ended {
        let planted = Planted::listen();
        let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let config = Config {
            questions: Some(questions),
            ..Config::default()
        };
        planted.at(line);
        let ended = timeout(PATIENCE, sandbox(config, planted.closes.clone(), None)).await;
        let error = ended.expect("it ends").expect_err("nobody stopped it");
        match error.downcast::<RunError>() {
            // A platform's own task, or else one of the program's.
            Ok(RunError::Ended(ended)) => ended,
            Ok(other) => panic!("it ended otherwise: {other}"),
            Err(other) => other.downcast().expect("it ended otherwise"),
        }
    }

    #[tokio::test]
    async fn a_panic_in_each_of_its_own_tasks_ends_it_with_a_reason() {
        for (task, line) in [
            ("the previews", "showing the previews"),
            ("keeping the clocks together", "keeping the clocks together"),
            ("telling where it is open", "telling where it is open"),
        ] {
            let ended = ended(line).await;
            assert_eq!((ended.task, &*ended.why), (task, "panicked: planted"));
        }
    }
}
