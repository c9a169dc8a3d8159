//! A room for a test: the local Discord, the real bot on it, a database of its own and a clock that
//! stands still until it is moved. What must never happen fails the test when the room closes.

mod answering;
#[allow(
    dead_code,
    reason = "its page has tests of its own, which use more of it"
)]
#[path = "../../crates/chat-sandbox/tests/harness/browser.rs"]
pub mod browser;
pub mod log;
pub mod planted;
mod reading;
#[path = "../../crates/chat-sandbox/tests/harness/record.rs"]
mod record;
#[path = "../../src/cli/seed.rs"]
pub mod seed;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chat_sandbox::{MessageView, Options, Person, Reply, Sandbox};
use chrono::{DateTime, Duration, TimeZone, Utc};
use greenroom::app::{App, Caller};
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::discord::{Bot, FatalCloses, RunError, Settings, StartError, Timing};
use greenroom::model::{Member, MessageRef, Question, Quiz, SpaceId, UserId};
use greenroom::store::{OpenError, Store};
pub use record::record;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The bank of the tests.
pub fn bank_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank")
}

/// Where every room's clock starts: a Wednesday, 08:00 in UTC.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 4, 8, 0, 0)
        .single()
        .expect("an instant")
}

/// How long the bot may take to come or go.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A running bot.
struct Running {
    app: App,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), RunError>>,
}

/// The local Discord with the bot on it.
pub struct Room {
    pub ana: Person,
    pub ben: Person,
    pub chloe: Person,
    pub sandbox: Sandbox,
    /// What the bot hears of its log, for tests that have one of their own.
    pub closes: FatalCloses,
    clock: Clock,
    timing: Timing,
    bot: Option<Running>,
    folder: TempDir,
}

impl Room {
    /// Opens a room with the tests' bank.
    pub async fn open() -> Self {
        Self::open_with(Options::default(), Timing::default()).await
    }

    /// Opens a room on such a local Discord, with a bot that waits that long.
    pub async fn open_with(options: Options, timing: Timing) -> Self {
        let mut room = Self::without_bot(options, timing).await;
        room.start_bot().await;
        room
    }

    /// Opens a room that the bot has not come to yet.
    pub async fn without_bot(options: Options, timing: Timing) -> Self {
        log::listen();
        let options = Options {
            seed: seed::seed(),
            introduction: seed::introduction(),
            ..options
        };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let clock = Clock::manual(start());
        let moved = clock.clone();
        sandbox.on_advance(move |by| moved.advance(by));
        Self {
            ana: sandbox.person("ana"),
            ben: sandbox.person("ben"),
            chloe: sandbox.person("chloe"),
            sandbox,
            closes: FatalCloses::default(),
            clock,
            timing,
            bot: None,
            folder: TempDir::new().expect("a folder"),
        }
    }

    /// Opens a room in which a schedule posts to #daily at 09:00 UTC.
    pub async fn with_schedule() -> Self {
        let room = Self::open().await;
        room.ana
            .slash("staff", "/schedule set channel:#daily time:09:00 zone:UTC")
            .await
            .expect("the admin may set a schedule");
        room
    }

    /// Opens the same room with these questions queued: the first one is the first daily's.
    pub async fn asking(questions: &[&str]) -> Self {
        let room = Self::with_schedule().await;
        for question in questions {
            said(&room, &format!("/daily queue question:{question}")).await;
        }
        room
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("greenroom.db")
    }

    /// Stops the bot and starts it again on the same database.
    pub async fn restart_bot(&mut self) {
        self.stop_bot().await;
        self.start_bot().await;
    }

    /// Starts the bot on the room's database, and waits until it is there.
    pub async fn start_bot(&mut self) {
        self.launch_bot().await.expect("the bot logs in");
        assert!(
            came_online(&self.sandbox, true).await,
            "the bot did not come"
        );
    }

    /// Starts the bot on the room's database; it may take its time to come.
    pub async fn launch_bot(&mut self) -> Result<(), StartError> {
        let bank = Bank::load(&bank_folder()).expect("the tests' bank is valid");
        let store = open_store(self.database()).await;
        let app = App::new(store, bank, self.clock.clone());
        let settings = Settings {
            timing: self.timing.clone(),
            closes: self.closes.clone(),
            ..Settings::new(Options::default().token.into(), Some(self.sandbox.url()))
        };
        let bot = Bot::log_in(app.clone(), &settings).await?;
        let ending = app.clone().keep_ending();
        bot.tasks().start("ending what is over", ending);
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            // A room that a failing test drops stops its bot as well.
            let _ = stopped.await;
        };
        let task = tokio::spawn(bot.run_until(stopped));
        self.bot = Some(Running { app, stop, task });
        Ok(())
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
        bot.task
            .await
            .expect("the bot does not panic")
            .expect("the bot ends well");
    }

    /// Moves everybody's clock.
    pub fn advance(&self, by: Duration) {
        self.sandbox.world().advance(by);
    }

    /// Posts the day's daily by moving the clock to the next 09:00, and returns its message.
    pub async fn next_daily(&self) -> MessageView {
        let known: Vec<u64> = self
            .ben
            .messages("daily")
            .iter()
            .map(|message| message.id)
            .collect();
        let nine = self
            .clock
            .now()
            .date_naive()
            .and_hms_opt(9, 0, 0)
            .expect("a time")
            .and_utc();
        let day = if self.clock.now() < nine {
            Duration::zero()
        } else {
            Duration::days(1)
        };
        self.advance(nine + day - self.clock.now());
        let posted = |m: &MessageView| !known.contains(&m.id) && m.button("A").is_some();
        let message = self.ben.wait_for("daily", posted).await;
        // Members may act before the outbox has recorded it; tests that are not about that wait.
        self.recorded(&message).await;
        message
    }

    /// Waits until a daily's message shows the result.
    pub async fn closed(&self, daily: &MessageView) -> MessageView {
        let id = daily.id;
        let is_closed = move |m: &MessageView| m.id == id && m.button("A").is_none();
        self.ben.wait_for("daily", is_closed).await
    }

    /// Waits until the bot has recorded the message of a daily.
    pub async fn recorded(&self, message: &MessageView) {
        let at = self.at(message);
        let recorded = async || {
            let daily = self.app().store.daily_of_message(at.clone()).await;
            daily.expect("read").is_some()
        };
        self.until(recorded).await;
    }

    /// Waits until something holds that no member can see.
    pub async fn until(&self, holds: impl AsyncFn() -> bool) {
        eventually(holds).await;
    }

    /// A message as the use-cases know it.
    pub fn at(&self, message: &MessageView) -> MessageRef {
        let (guild, _) = self.sandbox.world().guild();
        MessageRef::new(SpaceId::discord(guild), message.channel, message.id)
    }

    /// A person as the use-cases know a member.
    pub fn member(&self, person: &Person) -> Member {
        let (guild, _) = self.sandbox.world().guild();
        Member {
            space: SpaceId::discord(guild),
            user: UserId::discord(person.id()),
        }
    }

    /// A person as the use-cases know a plain member who keeps to the pace.
    pub fn caller(&self, person: &Person) -> Caller {
        let caller = self.app().admit(self.member(person), false);
        caller.expect("within the pace")
    }

    /// The letter of the right option.
    pub fn right_letter(&self, message: &MessageView) -> String {
        letter_of_right(message)
    }

    /// The letter of a wrong option: of those, the first in the bank.
    pub fn wrong_letter(&self, message: &MessageView) -> String {
        let quiz = &question_in(message).quizzes[0];
        let wrong = &quiz.options[usize::from(quiz.right() == 0)].text;
        let shown = shown_options(message);
        let position = shown.iter().position(|option| option == wrong);
        letter(position.expect("the wrong option is shown"))
    }

    /// The quiz of the bank that a message shows.
    pub fn quiz_in(&self, message: &MessageView) -> Quiz {
        question_in(message).quizzes.remove(0)
    }

    /// The bot's use-cases, for what no member can see.
    pub fn app(&self) -> &App {
        &self.bot.as_ref().expect("the bot runs").app
    }

    /// Stops the bot and fails if anything happened that must not.
    pub async fn close(mut self) {
        self.stop_bot().await;
        record(&self.sandbox);
        let problems = self.sandbox.world().problems();
        assert!(problems.is_empty(), "the sandbox saw: {problems:#?}");
        let logged = log::problems();
        assert!(logged.is_empty(), "the log has: {logged:#?}");
        self.sandbox.stop().await;
    }
}

/// Opens a database as soon as a bot that ended has left it.
pub async fn open_store(path: PathBuf) -> Store {
    let opened = async {
        loop {
            match log::room().in_scope(|| Store::open(path.clone())) {
                Err(OpenError::InUse(_)) => tokio::task::yield_now().await,
                opened => break opened.expect("the database opens"),
            }
        }
    };
    let opened = tokio::time::timeout(PATIENCE, opened).await;
    opened.expect("the bot before it is gone")
}

/// Waits until something holds that tells nobody when it does.
pub async fn eventually(holds: impl AsyncFn() -> bool) {
    let held = async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    };
    assert!(
        tokio::time::timeout(PATIENCE, held).await.is_ok(),
        "it never held"
    );
}

/// Waits until the bot has come to the local Discord, or has left it; whether it did in time.
pub async fn came_online(sandbox: &Sandbox, online: bool) -> bool {
    let mut changes = sandbox.world().changes();
    let changed = async {
        while sandbox.world().bot_online() != online {
            // Whoever lags behind looks again, as after any change.
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE, changed).await.is_ok()
}

/// The question of the tests' bank whose quiz a message shows.
pub fn question_in(message: &MessageView) -> Question {
    question_of(&message.text())
}

/// The question of the tests' bank whose quiz is in a text.
pub fn question_of(text: &str) -> Question {
    static BANK: LazyLock<Bank> =
        LazyLock::new(|| Bank::load(&bank_folder()).expect("it is valid"));
    let mut questions = BANK.questions().iter();
    let shown = questions.find(|question| text.contains(&question.quizzes[0].prompt));
    shown
        .unwrap_or_else(|| panic!("no quiz of the bank: {text}"))
        .clone()
}

/// The letter of the right option of the quiz that a message shows.
pub fn letter_of_right(message: &MessageView) -> String {
    letter(position_of_right(message))
}

fn position_of_right(message: &MessageView) -> usize {
    let quiz = &question_in(message).quizzes[0];
    let right = &quiz.options[quiz.right()].text;
    let shown = shown_options(message);
    shown
        .iter()
        .position(|option| option == right)
        .expect("the right option is shown")
}

/// The options of a quiz in the order shown: lines that begin with a letter and a dot.
fn shown_options(message: &MessageView) -> Vec<String> {
    let text = message.text();
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("**")?.split_once("** · "));
    lines
        .filter(|(letter, _)| letter.len() == 1)
        .map(|(_, option)| option.trim().to_owned())
        .collect()
}

/// The letter of the option at a position, from 0.
pub fn letter(position: usize) -> String {
    char::from(b'A' + u8::try_from(position).expect("few options")).to_string()
}

/// The message of a reply that must be there.
pub fn shown(reply: Result<Reply, chat_sandbox::Failure>) -> MessageView {
    let message = shown_or_apology(reply);
    assert!(!message.text().contains(APOLOGY), "{}", message.text());
    message
}

/// The same where the bot may have failed inside.
pub fn shown_or_apology(reply: Result<Reply, chat_sandbox::Failure>) -> MessageView {
    let reply = reply.expect("the bot answers");
    reply.message().expect("a message, no form").clone()
}

/// Text without the escapes of Discord's Markdown.
pub fn plain(message: &MessageView) -> String {
    message.text().replace('\\', "")
}

/// What the admin reads after a command.
pub async fn said(room: &Room, line: &str) -> String {
    plain(&shown(room.ana.slash("staff", line).await))
}

/// What a member reads when the bot failed inside.
pub const APOLOGY: &str = "Something went wrong on my side, and nothing was recorded";
