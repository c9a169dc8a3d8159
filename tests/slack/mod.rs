//! The bot on the local Slack, and what people see there.

mod answers;
mod channels;
mod commands;
mod doubt;
mod forms;
mod gateway;
mod outbox;
mod page;
#[path = "../../crates/chat-sandbox/src/slack/tests/record.rs"]
mod record;
mod refusals;
mod replies;
mod workspaces;

use std::net::SocketAddr;
use std::path::PathBuf;

use chat_sandbox::slack::{
    AppSeed, ChannelSeed, Failure, MessageView, Options, Person, Sandbox, Workspace, World,
};
use chrono::{Duration, NaiveTime};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::model::{
    Member, MessageRef, PlatformId, Reveal, ScheduleSettings, SpaceId, Timetable, UserId, Weekdays,
};
use greenroom::slack::{
    Bot, Connection, Door, ManifestOptions, RunError, Settings, StartError, Timing, manifest,
};
use greenroom::time::Zone;
use record::record;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::harness::{PATIENCE, bank_folder, eventually, log, open_store, start};

/// A running bot.
struct Running {
    app: App,
    listens: Option<SocketAddr>,
    connection: Connection,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), RunError>>,
}

/// The local Slack with the bot on it.
pub struct Room {
    pub ana: Person,
    pub ben: Person,
    pub chloe: Person,
    pub sandbox: Sandbox,
    /// What the bot is told when it starts.
    pub settings: Settings,
    clock: Clock,
    bot: Option<Running>,
    folder: TempDir,
}

impl Room {
    /// Opens a room with the tests' bank.
    pub async fn open() -> Self {
        let mut room = Self::without_bot().await;
        room.start_bot().await;
        room
    }

    /// Opens a room whose app is what the manifest makes it.
    pub async fn of_the_manifest() -> Self {
        let manifest = manifest(&ManifestOptions::default());
        let app = AppSeed::from_manifest(&manifest).expect("Slack takes it");
        let mut room = Self::with_app(app).await;
        room.start_bot().await;
        room
    }

    /// Opens a room that the bot has not come to yet, whose app may do everything.
    pub async fn without_bot() -> Self {
        Self::hearing(AppSeed::default().events).await
    }

    /// The same, of a bot that will be told of these events only.
    pub async fn hearing(events: Vec<String>) -> Self {
        let app = AppSeed {
            name: "Greenroom".to_owned(),
            display: "greenroom".to_owned(),
            events,
            ..AppSeed::default()
        };
        Self::with_app(app).await
    }

    /// Opens a room that the bot has not come to yet.
    async fn with_app(app: AppSeed) -> Self {
        log::listen();
        let options = options(app);
        let workspace = greenroom::slack::Workspace {
            bot_token: options.bot_token.clone().into(),
            door: Door::Socket {
                app_token: options.app_token.clone().into(),
            },
        };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let clock = Clock::manual(start());
        let moved = clock.clone();
        sandbox.on_advance(move |by| moved.advance(by));
        let settings = Settings {
            timing: Timing {
                first_wait: std::time::Duration::from_millis(20),
                longest_wait: std::time::Duration::from_millis(100),
                ..Timing::default()
            },
            ..Settings::new(vec![workspace], Some(sandbox.api()))
        };
        Self {
            ana: sandbox.person("ana"),
            ben: sandbox.person("ben"),
            chloe: sandbox.person("chloe"),
            sandbox,
            settings,
            clock,
            bot: None,
            folder: TempDir::new().expect("a folder"),
        }
    }

    /// Opens a room in which a schedule posts to #daily at 09:00 UTC, and shows what is right at once or only when the
    /// daily is closed.
    pub async fn with_schedule(reveal: Reveal) -> Self {
        let room = Self::open().await;
        room.schedule(reveal).await;
        room
    }

    /// Sets that schedule.
    pub async fn schedule(&self, reveal: Reveal) {
        let settings = ScheduleSettings {
            reveal,
            ..ScheduleSettings::new(self.channel("daily").into(), timetable())
        };
        let set = self.app().set(self.space(), "daily".into(), settings, None);
        set.await.expect("it is set");
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("greenroom.db")
    }

    /// Starts the bot on the room's database, and waits until it is there.
    pub async fn start_bot(&mut self) {
        self.launch_bot().await.expect("the bot logs in");
        self.connected(1).await;
    }

    /// Starts the bot on the room's database; it may take its time to come.
    pub async fn launch_bot(&mut self) -> Result<(), StartError> {
        let bank = Bank::load(&bank_folder()).expect("the tests' bank is valid");
        let store = open_store(self.database()).await;
        let app = App::new(store, bank, self.clock.clone());
        let bot = Bot::log_in(app.clone(), &self.settings).await?;
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            // A room that a failing test drops stops its bot as well.
            let _ = stopped.await;
        };
        let ending = app.clone().keep_ending();
        bot.tasks().start("ending what is over", ending);
        let (listens, connection) = (bot.listens(), bot.connection());
        let task = tokio::spawn(bot.run_until(stopped));
        self.bot = Some(Running {
            app,
            listens,
            connection,
            stop,
            task,
        });
        Ok(())
    }

    /// Waits until the bot has so many sockets.
    pub async fn connected(&self, sockets: usize) {
        let world = self.sandbox.world();
        eventually(async || world.connections() == sockets).await;
    }

    /// Waits until the bot ends by itself, and says why.
    pub async fn bot_ended(&mut self) -> RunError {
        let bot = self.bot.take().expect("the bot runs");
        let ended = tokio::time::timeout(PATIENCE, bot.task).await;
        let ended = ended.expect("it ends").expect("the bot does not panic");
        ended.expect_err("nobody stopped it")
    }

    /// Stops the bot, as when its machine is turned off.
    pub async fn stop_bot(&mut self) {
        let Some(bot) = self.bot.take() else { return };
        assert!(!bot.task.is_finished(), "the bot ended by itself");
        bot.stop.send(()).expect("it runs");
        let ended = bot.task.await.expect("the bot does not panic");
        ended.expect("the bot ends well");
    }

    /// The bot's use-cases, for what nobody can see.
    pub fn app(&self) -> &App {
        &self.bot.as_ref().expect("the bot runs").app
    }

    /// Where the bot takes what Slack sends by itself.
    pub fn listens(&self) -> SocketAddr {
        let bot = self.bot.as_ref().expect("the bot runs");
        bot.listens.expect("it listens")
    }

    /// How many workspaces are connected, and how many are to be.
    pub fn workspaces(&self) -> (usize, usize) {
        let bot = self.bot.as_ref().expect("the bot runs");
        let state = bot.connection.state();
        (state.connected, state.shards)
    }

    /// What tests may ask of the local Slack.
    pub fn world(&self) -> &World {
        self.sandbox.world()
    }

    /// The id of a channel.
    pub fn channel(&self, name: &str) -> &'static str {
        let channels = self.world().channels();
        let found = channels.into_iter().find(|(_, known)| known == name);
        found.expect("the channel is there").0.leak()
    }

    /// The workspace.
    pub fn space(&self) -> SpaceId {
        let (_, answer) = self.world().calls("auth.test").remove(0);
        let team = answer["team_id"].as_str().expect("the bot asked");
        SpaceId::new(PlatformId::Slack, team)
    }

    /// A person as the use-cases know a member.
    pub fn member(&self, person: &Person) -> Member {
        let space = self.space();
        Member {
            user: UserId::slack(space.id(), person.id()),
            space,
        }
    }

    /// Posts the day's daily by moving the clock to the next 09:00, and returns its message once the bot has recorded
    /// it.
    pub async fn next_daily(&self) -> MessageView {
        let known = self.ben.messages("daily").len();
        self.to_nine();
        let posted = |view: &MessageView| !view.ephemeral && view.buttons().contains(&"A".into());
        let message = self.ben.wait_for("daily", posted).await;
        assert!(self.ben.messages("daily").len() > known);
        eventually(async || self.is_recorded(&message).await).await;
        message
    }

    /// Moves the clock to the next 09:00.
    pub fn to_nine(&self) {
        let nine = self.clock.now().date_naive().and_hms_opt(9, 0, 0);
        let nine = nine.expect("a time").and_utc();
        let day = if self.clock.now() < nine { 0 } else { 1 };
        let by = nine + Duration::days(day) - self.clock.now();
        self.world().advance(by);
    }

    /// Whether the bot has recorded that a message shows a daily.
    pub async fn is_recorded(&self, message: &MessageView) -> bool {
        let at = MessageRef::new(self.space(), message.channel.as_str(), message.ts.as_str());
        let daily = self.app().store.daily_of_message(at).await;
        daily.expect("read").is_some()
    }

    /// Stops the bot and fails if anything happened that must not, but for what a test expects.
    pub async fn close_after(mut self, expected: &[&str]) {
        self.stop_bot().await;
        record(&self.sandbox);
        let problems = self.world().problems().into_iter();
        let unexpected = |problem: &String| !expected.iter().any(|part| problem.contains(part));
        let problems: Vec<String> = problems.filter(unexpected).collect();
        assert!(problems.is_empty(), "the local Slack saw: {problems:#?}");
        let logged = log::problems();
        assert!(logged.is_empty(), "the log has: {logged:#?}");
        self.sandbox.stop().await;
    }

    /// Stops the bot and fails if anything happened that must not.
    pub async fn close(self) {
        self.close_after(&[]).await;
    }
}

/// A local Slack with that app and a channel for dailies.
pub fn options(app: AppSeed) -> Options {
    let mut channels = Workspace::default().channels;
    channels.push(ChannelSeed::new("daily", "A question a day"));
    Options {
        workspace: Workspace {
            channels,
            ..Workspace::default()
        },
        app,
        ..Options::default()
    }
}

/// What somebody sees in a channel of something that they do there: the next message of the bot's.
pub async fn answer(
    person: &Person,
    channel: &str,
    act: impl Future<Output = Result<(), Failure>>,
) -> MessageView {
    let known: Vec<String> = person
        .messages(channel)
        .into_iter()
        .map(|view| view.ts)
        .collect();
    act.await.expect("it is acknowledged");
    let new = |view: &MessageView| view.by_bot && !known.contains(&view.ts);
    person.wait_for(channel, new).await
}

/// Every day at 09:00 in UTC.
fn timetable() -> Timetable {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY)
}
