//! The bot on the local Discord and the local Slack at once: one process, configuration and database for both, and
//! nothing that one platform has to do with the other.

use std::path::Path;
use std::time::Duration;

use chat_sandbox::Options;
use chat_sandbox::slack::{MessageView, SocketFault};
use chrono::{DateTime, Utc};
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::config::Config;
use greenroom::model::{ChannelId, Member, SpaceId, UserId};
use greenroom::store::Store;
use greenroom::{discord, slack};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::locals::Locals;
use super::planted::Planted;
use super::platforms::Platforms;
use super::run::declare_schedules;
use super::supervisor::supervise;

const PATIENCE: Duration = Duration::from_secs(20);
/// How long a platform may be without a connection.
const AWAY: Duration = Duration::from_secs(2);

/// Both local platforms, and what the bot on them has.
struct Together {
    locals: Locals,
    app: App,
    log: Planted,
    folder: TempDir,
}

impl Together {
    /// Opens both. Nothing moves the bot's clock but [`Together::to`].
    async fn open() -> Self {
        let log = Planted::listen();
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let bank = Bank::load(&bank).expect("the tests' bank is valid");
        let app = App::new(store, bank, Clock::manual(at("2026-03-04T08:00:00Z")));
        let locals = Locals::start(0).await.expect("two free ports");
        Self {
            locals,
            app,
            log,
            folder,
        }
    }

    /// What the configuration would say, with a schedule on each platform at 09:00 UTC.
    async fn declare(&self) {
        let schedule = |space: &str, (admin, channel): (Member, ChannelId)| {
            let (id, channel) = (admin.space.id(), channel.0);
            format!(
                "[[schedule]]\n{space} = \"{id}\"\nchannel = \"{channel}\"\nzone = \"UTC\"\ntime = \"09:00\"\n"
            )
        };
        let on_discord = self.locals.on_discord().expect("it has a channel");
        let on_slack = self.locals.on_slack().expect("it has a channel");
        let text = schedule("guild", on_discord) + &schedule("workspace", on_slack);
        let (config, faults) = Config::parse(Path::new("config.toml"), &text);
        assert!(faults.0.is_empty(), "{faults}");
        let declared = declare_schedules(&self.app, &config).await;
        declared.expect("they can be set");
    }

    /// Runs the bot on both as the program does, until `meanwhile` has ended.
    async fn run(&self, meanwhile: impl Future<Output = ()>) {
        let (discord, slack) = (&self.locals.discord, self.locals.slack_settings());
        let token = Options::default().token;
        let platforms = Platforms {
            discord: Some(discord::Settings {
                closes: self.log.closes.clone(),
                timing: discord::Timing {
                    look: Duration::from_millis(50),
                    away: AWAY,
                    ..discord::Timing::default()
                },
                ..discord::Settings::new(token.into(), Some(discord.url()))
            }),
            slack: Some(slack::Settings {
                timing: slack::Timing {
                    hello: Duration::from_millis(200),
                    ping: Duration::from_millis(50),
                    first_wait: Duration::from_millis(20),
                    away: AWAY,
                    ..slack.timing.clone()
                },
                ..slack
            }),
        };
        let (platforms, _) = platforms.supervised(&self.app, false);
        let stop = CancellationToken::new();
        let supervised = supervise(platforms, stop.clone());
        tokio::pin!(supervised);
        let came_and = async {
            eventually(|| self.on_discord() && self.on_slack()).await;
            meanwhile.await;
        };
        tokio::select! {
            ended = &mut supervised => panic!("it ended by itself: {ended:?}"),
            () = came_and => stop.cancel(),
        }
        supervised.await.expect("it was told to stop");
        self.app.store.close().await;
        assert!(self.folder.path().join("greenroom.db").exists());
    }

    fn on_discord(&self) -> bool {
        self.locals.discord.world().bot_online()
    }

    fn on_slack(&self) -> bool {
        self.locals.slack.world().connections() > 0
    }

    fn to(&self, instant: &str) {
        self.app.clock.advance(at(instant) - self.app.clock.now());
    }

    /// Somebody uses a command on the local Discord, and is answered.
    async fn is_answered_on_discord(&self) {
        let ben = self.locals.discord.person("ben");
        let asked = ben.slash("general", "/question caching").await;
        asked.expect("it is answered");
    }

    /// Somebody uses a command on the local Slack, and is answered.
    async fn is_answered_on_slack(&self) {
        let ben = self.locals.slack.person("ben");
        let known = ben.messages("general").len();
        let asked = ben.slash("general", "/question caching").await;
        asked.expect("it is acknowledged");
        eventually(|| ben.messages("general").len() > known).await;
    }

    /// The answers to dailies that are stored about somebody.
    async fn answers(&self, space: &SpaceId, user: UserId) -> usize {
        let space = space.clone();
        let about = self.app.store.export_member(Member { space, user }).await;
        let about = about.expect("it can be read");
        about["answers"].as_array().map_or(0, Vec::len)
    }
}

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().expect("an instant")
}

async fn eventually(holds: impl Fn() -> bool) {
    let held = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, held).await;
    in_time.expect("it holds");
}

fn asks_on_slack(view: &MessageView) -> bool {
    view.buttons().contains(&"A".to_owned())
}

#[tokio::test]
async fn one_configuration_has_a_daily_posted_on_both_at_the_same_minute() {
    let both = Together::open().await;
    both.declare().await;
    both.run(async {
        both.to("2026-03-04T09:00:00Z");
        let (here, there) = (
            both.locals.discord.person("ben"),
            both.locals.slack.person("ben"),
        );
        here.wait_for("daily", |view| view.button("A").is_some())
            .await;
        there.wait_for("daily", asks_on_slack).await;
        let (spaces, mut posted) = (both.app.spaces().await.expect("read"), Vec::new());
        for space in spaces {
            for schedule in both.app.store.schedules(space).await.expect("read") {
                // It is there before that is noted.
                let noted = async {
                    loop {
                        let daily = both.app.store.open_daily(schedule.id).await;
                        match daily.expect("read") {
                            Some(daily) => break daily,
                            None => tokio::task::yield_now().await,
                        }
                    }
                };
                let daily = tokio::time::timeout(PATIENCE, noted).await;
                let daily = daily.expect("it is posted");
                posted.push((daily.space.platform(), daily.due_at));
            }
        }
        let nine = at("2026-03-04T09:00:00Z");
        assert_eq!(posted.len(), 2, "{posted:?}");
        assert!(posted[0].0 != posted[1].0 && posted.iter().all(|(_, due)| *due == nine));
        let asked = here.messages("daily").into_iter();
        assert_eq!(asked.filter(|view| view.button("A").is_some()).count(), 1);
        let asked = there.messages("daily").into_iter();
        assert_eq!(asked.filter(asks_on_slack).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn while_slack_is_lost_discord_goes_on_and_it_comes_back() {
    let both = Together::open().await;
    both.run(async {
        let world = both.locals.slack.world();
        world.fault(SocketFault::NoHello { times: None });
        world.fault(SocketFault::Drop);
        let lost = "Slack is lost, the rest goes on; starting it again in 5 s";
        eventually(|| both.log.told(lost) > 0).await;
        both.is_answered_on_discord().await;
        world.clear_faults();
        eventually(|| both.on_slack()).await;
        both.is_answered_on_slack().await;
        assert_eq!(both.log.told("Discord is lost"), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_about_somebody_on_one_platform_stays_on_the_other() {
    let both = Together::open().await;
    both.declare().await;
    both.run(async {
        both.to("2026-03-04T09:00:00Z");
        let on_discord = both.locals.on_discord().expect("it has one").0.space;
        let on_slack = both.locals.on_slack().expect("it has one").0.space;
        let user_there = |person: &chat_sandbox::slack::Person| {
            let id = format!("{}:{}", on_slack.id(), person.id());
            UserId::new(on_slack.platform(), id)
        };
        // Ben deletes on Slack, Chloe on Discord.
        for (name, deletes_on_slack) in [("ben", true), ("chloe", false)] {
            let (here, there) = (
                both.locals.discord.person(name),
                both.locals.slack.person(name),
            );
            let daily = here
                .wait_for("daily", |view| view.button("A").is_some())
                .await;
            here.click(&daily, "A").await.expect("it is answered");
            let daily = there.wait_for("daily", asks_on_slack).await;
            there.click(&daily, "A").await.expect("it is acknowledged");
            there.wait_for("daily", |view| view.ephemeral).await;
            if deletes_on_slack {
                let asked = there.slash("general", "/privacy delete").await;
                asked.expect("it is acknowledged");
                let asks = there.wait_for("general", |view| view.ephemeral).await;
                let sure = there.click(&asks, "Delete everything").await;
                sure.expect("it is acknowledged");
                there
                    .wait_for("general", |view| view.text().contains("Done"))
                    .await;
            } else {
                let asks = here.slash("general", "/privacy delete").await;
                let asks = asks.expect("it is answered");
                let asks = asks.message().expect("it asks");
                let sure = here.click(asks, "Delete everything").await;
                sure.expect("it is answered");
            }
            let left = [
                both.answers(&on_discord, UserId::discord(here.id())).await,
                both.answers(&on_slack, user_there(&there)).await,
            ];
            let expected = if deletes_on_slack { [1, 0] } else { [0, 1] };
            assert_eq!(left, expected, "{name}");
        }
    })
    .await;
}
