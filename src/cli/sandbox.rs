//! `greenroom sandbox`: the real bot on a local Discord, in the browser.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use chat_sandbox::{Options, Sandbox, Stops};
use chrono::Duration;
use futures_util::future::BoxFuture;
use greenroom::app::setting::ScheduleRequest;
use greenroom::app::{App, Error};
use greenroom::bank::Source;
use greenroom::clock::Clock;
use greenroom::config::Config;
use greenroom::discord::{Bot, FatalCloses, RunError, Settings};
use greenroom::model::{Member, SpaceId, UserId};
use greenroom::store::Store;
use tokio::task::spawn_blocking;

use super::run::until_told;
use super::{out, preview, seed, zones};

/// How many ports are tried from the configured one on.
const PORTS: u16 = 100;
/// How often, and for how long, to check whether due dailies have been posted.
const LOOK: std::time::Duration = std::time::Duration::from_millis(20);
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
/// Where the daily posts.
const DAILY_CHANNEL: &str = "daily";

/// Runs until it is told to stop. Unless a database is named, nothing outlives the run, like everything on the
/// local Discord.
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
    let sandbox = start(config.sandbox_port).await?;
    let clock = app.clock.clone();
    sandbox.on_advance(move |by| clock.advance(by));
    sandbox.stop_at(Arc::new(Dailies(app.clone())));
    let settings = Settings {
        closes,
        ..Settings::new(Options::default().token.into(), Some(sandbox.url()))
    };
    let bot = Bot::log_in(app.clone(), &settings).await?;
    post_a_daily(&app, &sandbox).await?;
    let world = Arc::clone(sandbox.world());
    let tasks = bot.tasks();
    let previewing = preview::follow(saved.clone(), questions.folder().to_owned(), world);
    tasks.start("the previews", previewing);
    tasks.start("ending what is over", app.clone().keep_ending());
    tasks.start("watching the question files", app.follow(saved));
    out::say(format_args!("Greenroom is open at {}", sandbox.url()));
    out::say(format_args!(
        "Every question is shown at {}/preview",
        sandbox.url()
    ));
    out::say(format_args!(
        "Type /question caching there, answer the daily in #{DAILY_CHANNEL}. Ctrl-C ends it."
    ));
    let ended = until_told(bot).await;
    sandbox.stop().await;
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

/// Starts at the first free port.
async fn start(port: u16) -> anyhow::Result<Sandbox> {
    for port in port..=port.saturating_add(PORTS) {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        match Sandbox::start(Options {
            listen,
            seed: seed::seed(),
            introduction: seed::introduction(),
            ..Options::default()
        })
        .await
        {
            Ok(sandbox) => return Ok(sandbox),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).context(format!("listening on {listen}")),
        }
    }
    anyhow::bail!(
        "no port from {port} on is free: set another `port` under [sandbox] in the configuration"
    )
}

/// Sets a schedule, as an admin would, and posts its first daily at once.
async fn post_a_daily(app: &App, sandbox: &Sandbox) -> anyhow::Result<()> {
    let admin = sandbox.person("ana");
    let (guild, _) = sandbox.world().guild();
    let channels = admin.channels();
    let channel = channels
        .iter()
        .find(|channel| channel.name == DAILY_CHANNEL);
    let channel = channel.context("the sandbox has a channel for dailies")?.id;
    let member = Member {
        space: SpaceId::discord(guild),
        user: UserId::discord(admin.id()),
    };
    let caller = app.admit(member, true)?;
    let request = ScheduleRequest {
        channel: Some(channel.into()),
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

    use tokio::time::timeout;

    use super::*;
    use crate::cli::planted::Planted;

    #[tokio::test]
    async fn a_panic_in_the_previews_ends_it_with_a_reason() {
        let planted = Planted::listen();
        let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let config = Config {
            questions: Some(questions),
            ..Config::default()
        };
        planted.at("showing the previews");
        let ended = timeout(4 * PATIENCE, sandbox(config, planted.closes.clone(), None)).await;
        let error = ended.expect("it ends").expect_err("nobody stopped it");
        let Some(RunError::Ended(ended)) = error.downcast_ref() else {
            panic!("it ended otherwise: {error}");
        };
        assert_eq!(
            (ended.task, &*ended.why),
            ("the previews", "panicked: planted")
        );
    }
}
