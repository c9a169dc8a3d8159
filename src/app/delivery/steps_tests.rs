//! Dailies through a clock that is moved ahead and back, edits, posts by hand, faults and restarts.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{Duration, NaiveDate, NaiveTime, TimeDelta};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;

use super::*;
use crate::app::Caller;
use crate::bank::Bank;
use crate::clock::Clock;
use crate::model::{
    Member, PlatformId, Schedule, ScheduleSettings, SpaceId, Timetable, UserId, Weekdays,
};
use crate::store::Store;
use crate::time::Zone;

/// Why a schedule waits.
fn closed() -> (NoticeKind, String) {
    (NoticeKind::ChannelClosed, "Missing Access".into())
}

/// From one edge of the earth to the other.
const ZONES: [&str; 6] = [
    "Pacific/Kiritimati",
    "Asia/Kolkata",
    "UTC",
    "America/Vancouver",
    "Pacific/Honolulu",
    "Etc/GMT+12",
];

/// A server with one schedule, and what came into its channel.
struct Scene {
    app: App,
    bank: Arc<Bank>,
    schedule: i64,
    /// By the daily that a message shows. Restarts forget none.
    messages: BTreeMap<i64, NaiveDate>,
    _folder: TempDir,
}

impl Scene {
    async fn open() -> Self {
        let folder = TempDir::new().expect("a folder");
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let bank = Arc::new(Bank::load(&bank).expect("the tests' bank is valid"));
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let clock = Clock::manual("2026-03-04T08:00:00Z".parse().expect("an instant"));
        let app = App::new(store, bank.clone(), clock);
        let mut scene = Self {
            app,
            bank,
            schedule: 0,
            messages: BTreeMap::new(),
            _folder: folder,
        };
        scene.schedule = scene.set("UTC", 540).await.id;
        scene
    }

    async fn set(&self, zone: &str, minute: u32) -> Schedule {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0);
        let zone: Zone = zone.parse().expect("a zone");
        let timetable = Timetable::new(zone, time.expect("a time"), Weekdays::EVERY_DAY);
        let settings = ScheduleSettings::new("7".into(), timetable);
        let set = self
            .app
            .set(SpaceId::discord("1"), "daily".into(), settings, None);
        set.await.expect("set")
    }

    async fn schedule(&self) -> Schedule {
        let schedules = self.app.store.schedules(SpaceId::discord("1")).await;
        schedules.expect("read").remove(0)
    }

    fn admin(&self) -> Caller {
        let (space, user) = (SpaceId::discord("1"), UserId::discord("2"));
        let admin = self.app.admit(Member { space, user }, true);
        admin.expect("within the pace")
    }

    fn local_date(&self, schedule: &Schedule) -> NaiveDate {
        schedule.settings.timetable.local_date(self.app.clock.now())
    }

    /// A turn of the engine. `send` says what becomes of each message: it comes and is recorded, it comes and the program
    /// is killed before it is recorded, or it doesn't come.
    async fn turn(&mut self, mut send: impl FnMut() -> Sent) {
        self.app.claim_due(PlatformId::Discord).await.expect("kept");
        for post in self.app.to_post().await.expect("read") {
            let daily = &post.daily;
            let place = |id: i64| ("7".into(), id.to_string().as_str().into());
            if self.messages.contains_key(&daily.id) {
                let found = self
                    .app
                    .record_posted(daily, place(daily.id), Some(daily.tried_at));
                found.await.expect("recorded");
            } else if post.expired {
                self.app.give_up(daily).await.expect("given up");
            } else {
                let sent = send();
                if let Sent::Lost = sent {
                    continue;
                }
                let there = self.messages.values().any(|date| *date == daily.date);
                assert!(!there, "a second daily on {}", daily.date);
                self.messages.insert(daily.id, daily.date);
                if let Sent::Recorded = sent {
                    let posted = self.app.record_posted(daily, place(daily.id), None);
                    posted.await.expect("recorded");
                }
            }
        }
    }

    /// `/daily post`: what it promises must come.
    async fn post_now(&mut self) {
        let schedule = self.schedule().await;
        let today = self.local_date(&schedule);
        let promised = self.app.post_now(&self.admin(), None).await.is_ok();
        self.turn(|| Sent::Recorded).await;
        let daily = self.app.store.daily_on(self.schedule, today).await;
        let daily = daily.expect("read").expect("claimed, or there before");
        if promised {
            assert_eq!(daily.state, DailyState::Posted, "promised for {today}");
        } else {
            assert_ne!(daily.state, DailyState::Claimed, "refused for {today}");
        }
    }

    fn restart(&mut self) {
        let (store, clock) = (self.app.store.clone(), self.app.clock.clone());
        self.app = App::new(store, self.bank.clone(), clock);
    }

    /// Two weeks by a steady clock: from the fourth day on each date has its daily.
    async fn goes_on(&mut self) {
        let mut schedule = self.schedule().await;
        let begins = self.local_date(&schedule) + TimeDelta::days(4);
        for _ in 0..14 * 24 {
            self.app.clock.advance(Duration::hours(1));
            self.turn(|| Sent::Recorded).await;
        }
        schedule = self.schedule().await;
        let ends = self.local_date(&schedule) - TimeDelta::days(2);
        for date in begins.iter_days().take_while(|date| *date <= ends) {
            let daily = self.app.store.daily_on(self.schedule, date).await;
            let there = daily
                .expect("read")
                .is_some_and(|daily| daily.message.is_some());
            assert!(there, "nothing on {date}: {schedule:#?}");
        }
    }
}

/// What becomes of a message.
enum Sent {
    Recorded,
    Unrecorded,
    Lost,
}

#[tokio::test]
async fn no_clock_doubles_a_daily_or_silences_a_schedule() {
    for seed in 0..12 {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut scene = Scene::open().await;
        for _ in 0..60 {
            let moved = match rng.random_range(0..20) {
                0 => Duration::days(rng.random_range(2..500)),
                1 => Duration::days(-rng.random_range(2..500)),
                2 => Duration::minutes(-rng.random_range(1..2880)),
                _ => Duration::minutes(rng.random_range(1..1440)),
            };
            scene.app.clock.advance(moved);
            match rng.random_range(0..8) {
                0 => {
                    let zone = ZONES[rng.random_range(0..ZONES.len())];
                    scene.set(zone, rng.random_range(0..1440)).await;
                }
                1 => scene.post_now().await,
                2 => scene.restart(),
                _ => {}
            }
            let mut send = || match rng.random_range(0..6) {
                0 => Sent::Lost,
                1 => Sent::Unrecorded,
                _ => Sent::Recorded,
            };
            scene.turn(&mut send).await;
        }
        scene.goes_on().await;
    }
}

#[tokio::test]
async fn a_clock_that_was_ahead_is_told_and_set_aside() {
    let mut scene = Scene::open().await;
    scene.app.clock.advance(Duration::days(400));
    scene.set("UTC", 600).await;
    scene.app.clock.advance(Duration::hours(4));
    scene.turn(|| Sent::Recorded).await;
    assert_eq!(scene.messages.len(), 1);
    scene.app.clock.advance(Duration::days(-400));
    scene.restart();

    let ahead = scene.app.store.set_aside_ahead(scene.app.clock.now()).await;
    let ahead = ahead.expect("set aside");
    let date = "2027-04-08".parse().expect("a date");
    assert_eq!((ahead.len(), ahead[0].dates.clone()), (1, vec![date]));
    let again = scene.app.store.set_aside_ahead(scene.app.clock.now()).await;
    assert_eq!(again.expect("set aside"), [], "it is told once");
    let list = scene.app.list_schedules(&scene.admin()).await;
    let list = format!("{:?}", list.expect("a card"));
    assert!(
        list.contains("My clock was once ahead") && list.contains("8 April 2027"),
        "{list}"
    );

    scene.post_now().await;
    scene.goes_on().await;
    // It lives until that date, which has had its daily.
    scene.app.clock.advance(Duration::days(400 - 16));
    scene.goes_on().await;
}

#[tokio::test]
async fn what_was_set_aside_counts_again_when_its_time_comes() {
    let mut scene = Scene::open().await;
    scene
        .app
        .clock
        .advance(Duration::days(400) + Duration::hours(2));
    scene.turn(|| Sent::Recorded).await;
    scene.app.clock.advance(Duration::days(-400));
    scene.restart();
    scene.turn(|| Sent::Recorded).await;
    let newest = scene.schedule().await.newest;
    assert_eq!(newest, "2026-03-04".parse().ok(), "by the clock as it is");
    scene.app.clock.advance(Duration::days(400));
    let ahead = scene.app.store.set_aside_ahead(scene.app.clock.now()).await;
    assert_eq!(ahead.expect("set aside"), []);
    let newest = scene.schedule().await.newest;
    assert_eq!(newest, "2027-04-08".parse().ok(), "its time has come");
}

#[tokio::test]
async fn waits_that_begin_by_a_clock_that_was_ahead_do_not_last_until_its_time() {
    let mut scene = Scene::open().await;
    scene
        .app
        .clock
        .advance(Duration::days(400) + Duration::hours(2));
    scene.turn(|| Sent::Lost).await;
    let daily = scene.app.to_post().await.expect("read").remove(0).daily;
    let refused = scene.app.has_to_wait(&daily, closed());
    refused.await.expect("heard");
    assert!(scene.schedule().await.suspension.is_some());
    scene.app.clock.advance(Duration::days(-400));
    scene.restart();
    scene.goes_on().await;

    // Of a space that removed the bot, the data is kept for a month, and not for as long as that.
    scene.app.clock.advance(Duration::days(400));
    let left = scene
        .app
        .store
        .space_left(SpaceId::discord("1"), scene.app.clock.now());
    left.await.expect("heard");
    scene.app.clock.advance(Duration::days(-400));
    scene.restart();
    for _ in 0..2 {
        let schedules = scene.app.store.schedules(SpaceId::discord("1")).await;
        assert_eq!(schedules.expect("read").len(), 1);
        scene
            .app
            .claim_due(PlatformId::Discord)
            .await
            .expect("kept");
        scene.app.end_what_is_over().await.expect("ended");
        scene.app.clock.advance(Duration::days(31));
    }
    scene.app.end_what_is_over().await.expect("ended");
    let schedules = scene.app.store.schedules(SpaceId::discord("1")).await;
    assert_eq!(schedules.expect("read"), []);
}

#[tokio::test]
async fn only_the_platform_that_a_schedule_is_on_claims_its_daily() {
    let scene = Scene::open().await;
    scene.app.clock.advance(Duration::hours(2));
    for (platform, claimed) in [(PlatformId::Slack, 0), (PlatformId::Discord, 1)] {
        assert_eq!(
            scene.app.schedules_on(platform).await.expect("read"),
            claimed
        );
        scene.app.claim_due(platform).await.expect("kept");
        assert_eq!(scene.app.to_post().await.expect("read").len(), claimed);
    }
}

#[tokio::test]
async fn a_refusal_of_a_channel_that_the_schedule_left_is_not_its_own() {
    let mut scene = Scene::open().await;
    scene.app.clock.advance(Duration::hours(2));
    scene.turn(|| Sent::Lost).await;
    let old = scene.app.to_post().await.expect("read").remove(0).daily;
    let mut settings = scene.schedule().await.settings;
    settings.channel = "8".into();
    let moved = scene
        .app
        .set(SpaceId::discord("1"), "daily".into(), settings, None);
    moved.await.expect("set");

    let refused = scene.app.has_to_wait(&old, closed());
    refused.await.expect("heard");
    assert_eq!(scene.schedule().await.suspension, None);
    let new = scene.app.to_post().await.expect("read").remove(0).daily;
    let refused = scene.app.has_to_wait(&new, closed());
    refused.await.expect("heard");
    assert!(scene.schedule().await.suspension.is_some());
}

#[tokio::test]
async fn a_post_by_hand_over_the_date_line_comes_and_is_not_overtaken() {
    let mut scene = Scene::open().await;
    scene.app.clock.advance(Duration::hours(4));
    scene.set("Pacific/Kiritimati", 540).await;
    scene.post_now().await;
    for zone in ["Pacific/Honolulu", "Pacific/Kiritimati", "Etc/GMT+12"] {
        scene.set(zone, 540).await;
        scene.post_now().await;
    }
    let dates: Vec<String> = scene.messages.values().map(ToString::to_string).collect();
    assert_eq!(dates, ["2026-03-05", "2026-03-04"]);
}
