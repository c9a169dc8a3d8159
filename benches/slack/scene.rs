//! A local Slack with the bot on it, and people who use commands.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chat_sandbox::slack::{Options, Person, PersonSeed, Sandbox, Workspace, World};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::slack::{Bot, Door, RunError, Settings, Workspace as Entry};
use greenroom::store::Store;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::questions::shipped_questions;

/// So many people use commands.
const PEOPLE: usize = 40;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(100);
/// After so long an answer is lost.
const ANSWERED: Duration = Duration::from_secs(10);
/// Where people are.
const CHANNEL: &str = "general";

/// The bot and where it runs, both by the system's clock and with the usual waits.
pub struct Scene {
    pub people: Vec<Asker>,
    sandbox: Sandbox,
    bot: JoinHandle<Result<(), RunError>>,
    folder: TempDir,
}

impl Scene {
    /// Starts the bot and waits until it is connected.
    pub async fn open() -> anyhow::Result<Self> {
        let people = (0..PEOPLE).map(|it| PersonSeed::new(&format!("person{it}"), "Person"));
        let options = Options {
            workspace: Workspace {
                people: people.collect(),
                ..Workspace::default()
            },
            ..Options::default()
        };
        let workspace = Entry {
            bot_token: options.bot_token.clone().into(),
            door: Door::Socket {
                app_token: options.app_token.clone().into(),
            },
        };
        let sandbox = Sandbox::start(options).await?;
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path().join("greenroom.db"))?;
        let bank = Bank::load(&shipped_questions())?;
        let app = App::new(store, bank, Clock::system());
        let settings = Settings::new(vec![workspace], Some(sandbox.api()));
        let bot = Bot::log_in(app, &settings).await?;
        let bot = tokio::spawn(bot.run_until(std::future::pending()));
        let world = sandbox.world().clone();
        let person = |name: String| Asker {
            person: sandbox.person(&name),
            world: world.clone(),
        };
        let scene = Self {
            people: world.names().into_iter().map(person).collect(),
            sandbox,
            bot,
            folder,
        };
        scene.until(|world| world.connections() == 1).await?;
        Ok(scene)
    }

    pub fn world(&self) -> &Arc<World> {
        self.sandbox.world()
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("greenroom.db")
    }

    /// Waits until something holds, looking again after every change.
    ///
    /// # Errors
    /// When it takes too long.
    pub async fn until(&self, holds: impl Fn(&World) -> bool) -> anyhow::Result<()> {
        let held = timeout(PATIENCE, changed_until(self.world(), holds)).await;
        held.context("what was waited for never came")
    }

    /// Stops the bot and the local Slack.
    ///
    /// # Errors
    /// When the bot has ended by itself, or something happened that must not.
    pub async fn close(self) -> anyhow::Result<()> {
        anyhow::ensure!(!self.bot.is_finished(), "the bot ended by itself");
        let problems = self.world().problems();
        anyhow::ensure!(problems.is_empty(), "the local Slack saw: {problems:#?}");
        self.bot.abort();
        self.sandbox.stop().await;
        Ok(())
    }
}

/// Somebody who uses one command after the other.
#[derive(Clone)]
pub struct Asker {
    person: Person,
    world: Arc<World>,
}

impl Asker {
    /// Uses a command that is recorded before it is answered. Returns whether it was acknowledged in time.
    pub async fn asks(&self) -> bool {
        self.person.slash(CHANNEL, "/quiz").await.is_ok()
    }

    /// How many answers they see.
    pub fn answers(&self) -> usize {
        let messages = self.person.messages(CHANNEL).into_iter();
        messages.filter(|message| message.by_bot).count()
    }

    /// Waits for one more answer than these. Returns whether it came.
    pub async fn is_answered_after(&self, known: usize) -> bool {
        let answered = changed_until(&self.world, |_| self.answers() > known);
        timeout(ANSWERED, answered).await.is_ok()
    }

    /// Takes the answers off their screen.
    pub fn reload(&self) {
        self.person.reload();
    }
}

async fn changed_until(world: &World, holds: impl Fn(&World) -> bool) {
    let mut changes = world.changes();
    while !holds(world) {
        // They end with the world, which is still there.
        let _ = changes.changed().await;
    }
}
