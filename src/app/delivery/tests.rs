//! The engine on a platform in memory.

use std::future::ready;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tempfile::TempDir;

use super::engine::{Delivery, Work};
use super::lane::Lane;
use super::memory::{Memory, daily_of};
use super::platform::Failure;
use crate::app::{Action, App, Outcome, wording};
use crate::bank::Bank;
use crate::clock::Clock;
use crate::model::{
    Daily, Given, Member, MessageRef, NoticeKind, Place, PlatformId, ScheduleSettings, SpaceId,
    Timetable, UserId, Weekdays,
};
use crate::rules::timetable::parse_time;
use crate::store::Store;
use crate::tasks::Tasks;
use crate::time::Zone;

/// An engine with a platform in memory, and schedules that post at 09:00; it is 09:30.
struct Scene {
    app: App,
    platform: Memory,
    engine: Arc<Delivery<Memory>>,
    _folder: TempDir,
}

impl Scene {
    async fn with(platform: Memory, channels: &[&str], admin: Option<&str>) -> Self {
        let folder = TempDir::new().expect("a folder");
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let bank = Bank::load(&bank).expect("the tests' bank is valid");
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let clock = Clock::manual("2026-03-04T09:30:00Z".parse().expect("an instant"));
        let app = App::new(store, bank, clock);
        for channel in channels {
            let nine = parse_time("09:00").expect("a time");
            let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
            let mut settings = ScheduleSettings::new((*channel).into(), timetable);
            settings.discuss = true;
            let set = app.set(
                SpaceId::discord("1"),
                (*channel).into(),
                settings,
                admin.map(UserId::discord),
            );
            set.await.expect("set");
        }
        let engine = Delivery::new(app.clone(), platform.clone(), Duration::ZERO);
        Self {
            app,
            platform,
            engine,
            _folder: folder,
        }
    }

    async fn open() -> Self {
        Self::with(Memory::default(), &["7"], None).await
    }

    /// One whose schedule an admin set, who is told that the tests' bank has few questions.
    async fn with_admin() -> Self {
        Self::with(Memory::default(), &["7"], Some("2")).await
    }

    /// Looks once, and does all that is found.
    async fn turn(&self) {
        for work in [Work::Post, Work::Show] {
            let (found, _) = self.engine.look(work).await.expect("read");
            self.work_off(work, found).await;
        }
        self.engine.start_threads().await.expect("recorded");
        self.engine.tell_admins().await.expect("recorded");
    }

    async fn work_off(&self, work: Work, dailies: Vec<Daily>) {
        let mut lane = Lane::new(1);
        self.engine.start(work, dailies, &mut lane);
        while let Some(ended) = lane.tasks.join_next().await {
            ended.expect("no panic");
        }
    }

    /// Lets the next daily fall due.
    async fn next_day(&self) {
        self.app.clock.advance(TimeDelta::days(1));
        self.turn().await;
    }

    /// Has the next call of this name fail, and be done all the same or not.
    fn fail(&self, call: &'static str, failure: Failure, done: bool) {
        self.platform
            .state()
            .faults
            .push_back((call, failure, done));
    }

    /// The dailies that messages show, oldest first, and none for one that takes no answers.
    fn shown(&self) -> Vec<Option<i64>> {
        let state = self.platform.state();
        let cards = state.messages.iter().map(|(_, card)| daily_of(card));
        cards.collect()
    }

    /// What was called since this was asked last.
    fn calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.platform.state().calls)
    }

    /// Has somebody press a button of a message.
    async fn press_on(&self, action: &Action, at: MessageRef, admin: bool) -> Outcome {
        let member = Member {
            space: SpaceId::discord("1"),
            user: UserId::discord("3"),
        };
        let caller = self.app.admit(member, admin).expect("within the pace");
        self.app.press(&caller, action.clone(), at, None).await
    }

    /// The same, wherever the button is.
    async fn press(&self, action: &Action, admin: bool) -> Outcome {
        let anywhere = MessageRef::new(SpaceId::discord("1"), "9", "9");
        self.press_on(action, anywhere, admin).await
    }

    async fn answer(&self, daily: i64) {
        let given = Given {
            option: 0,
            typed: false,
        };
        let now = self.app.clock.now();
        let answered = self.app.store.answer_daily(
            (daily, 0),
            UserId::discord("3"),
            given,
            Zone::utc().date(now),
            now,
        );
        answered.await.expect("recorded");
    }
}

fn unsure() -> Failure {
    Failure::Unsure("no answer".to_owned())
}

#[tokio::test]
async fn a_daily_is_posted_then_closed_by_the_next_and_talked_over() {
    let scene = Scene::open().await;
    scene.next_day().await;
    assert_eq!(scene.shown(), [Some(1)]);
    scene.answer(1).await;
    scene.next_day().await;
    assert_eq!(scene.shown(), [None, Some(2)], "the first shows its result");
    {
        let state = scene.platform.state();
        assert_eq!(state.threads.len(), 1);
        assert_eq!(state.threads[0].0, state.messages[0].0);
    }
    scene.calls();
    scene.turn().await;
    let none: [&str; 0] = [];
    assert_eq!(scene.calls(), none, "there is nothing left to do");
}

#[tokio::test]
async fn what_may_have_been_sent_is_looked_for_and_not_sent_again() {
    let scene = Scene::open().await;
    scene.fail("post", unsure(), true);
    scene.next_day().await;
    assert_eq!(scene.calls(), ["find", "post"]);
    scene.turn().await;
    assert_eq!(scene.calls(), ["find"]);
    assert_eq!(scene.shown(), [Some(1)]);
    assert!(scene.app.to_post().await.expect("read").is_empty());
}

#[tokio::test]
async fn what_was_not_sent_is_sent_again() {
    let scene = Scene::open().await;
    for done in [false, false] {
        scene.fail("post", unsure(), done);
    }
    scene.next_day().await;
    scene.turn().await;
    scene.turn().await;
    assert_eq!(scene.shown(), [Some(1)]);
}

#[tokio::test]
async fn where_keys_are_remembered_the_first_try_looks_for_nothing() {
    let platform = Memory::remembering(TimeDelta::minutes(2));
    let scene = Scene::with(platform, &["7"], None).await;
    scene.next_day().await;
    assert_eq!(scene.calls(), ["post"]);
}

#[tokio::test]
async fn a_second_message_of_a_daily_is_taken_away() {
    let scene = Scene::open().await;
    scene.fail("post", unsure(), true);
    scene.next_day().await;
    let place = Place {
        space: SpaceId::discord("1"),
        channel: "7".into(),
    };
    {
        let mut state = scene.platform.state();
        let card = state.messages[0].1.clone();
        state.put(&place, &card);
    }
    scene.turn().await;
    assert_eq!(scene.shown(), [Some(1)]);
    let daily = scene.app.store.daily(1).await.expect("read");
    let first = scene.platform.state().messages[0].0.clone();
    assert_eq!(daily.expect("there").message, Some(first.message));
}

#[tokio::test]
async fn a_message_that_is_seen_is_taken_note_of_and_a_second_one_is_a_duplicate() {
    let scene = Scene::open().await;
    let saw = async |at: &MessageRef| scene.app.saw_daily(1, at).await.expect("read");
    let message =
        |space: &str, message: &str| MessageRef::new(SpaceId::discord(space), "7", message);
    let waits = async || scene.app.to_post().await.expect("read").len();
    scene.fail("find", unsure(), false);
    scene.next_day().await;
    assert!(!saw(&message("1", "1")).await);
    assert_eq!(waits().await, 1, "nothing of it was sent yet");
    scene.fail("post", unsure(), true);
    scene.turn().await;
    assert!(!saw(&message("2", "1")).await);
    assert_eq!(waits().await, 1, "that is another space's");
    assert!(!saw(&message("1", "1")).await);
    assert_eq!(waits().await, 0);
    assert!(!saw(&message("1", "1")).await, "it is the same");
    assert!(saw(&message("1", "2")).await);
    scene.app.clock.advance(TimeDelta::minutes(11));
    assert!(
        !saw(&message("1", "2")).await,
        "long after that it is another database's"
    );
}

#[tokio::test]
async fn a_channel_that_is_closed_has_its_schedule_wait_and_the_admin_told() {
    let scene = Scene::with_admin().await;
    scene.fail("post", Failure::Closed("Missing Access".to_owned()), false);
    scene.next_day().await;
    let schedules = scene.app.store.schedules(SpaceId::discord("1")).await;
    let suspension = schedules.expect("read").remove(0).suspension;
    assert_eq!(suspension.expect("it waits").why, "Missing Access");
    let admin = Member {
        space: SpaceId::discord("1"),
        user: UserId::discord("2"),
    };
    let title = wording::notice_title(NoticeKind::ChannelClosed);
    let mut told = scene.platform.state().told.clone();
    told.retain(|(_, card)| card.title == title);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, admin);
    scene.calls();
    scene.turn().await;
    let none: [&str; 0] = [];
    assert_eq!(scene.calls(), none, "it waits, and nobody is told again");
    scene.app.clock.advance(TimeDelta::hours(2));
    scene.turn().await;
    assert_eq!(scene.shown(), [Some(1)]);
}

#[tokio::test]
async fn what_may_be_there_unseen_is_posted_again_only_when_an_admin_says_so() {
    let scene = Scene::with_admin().await;
    let unseen = || Failure::Unseen("may not look".to_owned());
    scene.fail("post", unsure(), true);
    scene.next_day().await;
    scene.fail("find", unseen(), false);
    scene.turn().await;
    let title = wording::notice_title(NoticeKind::InDoubt);
    let asked = || {
        let state = scene.platform.state();
        let told = state.told.iter().filter(|(_, card)| card.title == title);
        let buttons = told.map(|(_, card)| card.buttons[0][0].action.clone());
        buttons.collect::<Vec<_>>()
    };
    assert_eq!(asked().len(), 1);
    scene.calls();
    scene.turn().await;
    let none: [&str; 0] = [];
    assert_eq!(scene.calls(), none, "it waits, and nobody is told again");
    let list = async || {
        let schedules = scene.app.store.schedules(SpaceId::discord("1")).await;
        schedules.expect("read").remove(0).suspension
    };
    assert!(list().await.is_some_and(|it| it.in_doubt));

    // After an hour it is looked for again, in vain.
    scene.app.clock.advance(TimeDelta::hours(1));
    scene.fail("find", unseen(), false);
    scene.turn().await;
    assert_eq!((scene.calls(), asked().len()), (vec!["find"], 1));

    let refused = scene.press(&asked()[0], false).await;
    assert!(refused.is_err(), "only admins may");
    scene
        .press(&asked()[0], true)
        .await
        .expect("it is on its way");
    assert_eq!(list().await, None);
    let first = scene.platform.state().messages.remove(0);
    scene.turn().await;
    assert_eq!(scene.calls(), ["find", "post"]);
    assert_eq!(scene.shown(), [Some(1)]);
    let again = scene.press(&asked()[0], true).await;
    assert!(again.is_err(), "by now it is there");

    // It was there all the same, and somebody presses a letter.
    scene.platform.state().messages.push(first.clone());
    let letter = first.1.buttons[0][0].action.clone();
    let pressed = scene.press_on(&letter, first.0, false).await;
    pressed.expect("it is an answer");
    scene.engine.take_doubles_away().await;
    assert_eq!(scene.calls(), ["retract"]);
    assert_eq!(scene.shown(), [Some(1)]);
}

#[tokio::test]
async fn a_doubt_ends_when_the_message_is_pressed_or_it_is_too_late() {
    for pressed in [true, false] {
        let scene = Scene::with_admin().await;
        scene.fail("post", unsure(), true);
        scene.next_day().await;
        scene.fail("find", Failure::Unseen("may not look".to_owned()), false);
        scene.turn().await;
        if pressed {
            let (at, card) = scene.platform.state().messages[0].clone();
            let letter = card.buttons[0][0].action.clone();
            let pressed = scene.press_on(&letter, at, false).await;
            pressed.expect("it is an answer");
        } else {
            scene.app.clock.advance(TimeDelta::hours(7));
            scene.fail("find", Failure::Unseen("may not look".to_owned()), false);
            scene.turn().await;
        }
        let schedules = scene.app.store.schedules(SpaceId::discord("1")).await;
        assert_eq!(schedules.expect("read").remove(0).suspension, None);
        let doubt = scene.app.store.daily_in_doubt(1).await.expect("read");
        assert_eq!(doubt, None);
        assert!(scene.app.to_post().await.expect("read").is_empty());
        assert_eq!(scene.shown().len(), 1, "nothing was sent twice");
    }
}

#[tokio::test]
async fn a_list_that_is_out_of_date_does_no_harm() {
    let scene = Scene::open().await;
    scene.app.clock.advance(TimeDelta::days(1));
    let (stale, _) = scene.engine.look(Work::Post).await.expect("read");
    assert_eq!(stale.len(), 1);
    scene.work_off(Work::Post, stale.clone()).await;
    // It is posted by now.
    scene.work_off(Work::Post, stale.clone()).await;
    assert_eq!(scene.shown(), [Some(1)]);

    scene.app.clock.advance(TimeDelta::days(1));
    let (stale, _) = scene.engine.look(Work::Post).await.expect("read");
    let mut settings = scene
        .app
        .store
        .schedules(SpaceId::discord("1"))
        .await
        .expect("read");
    let mut settings = settings.remove(0).settings;
    settings.channel = "8".into();
    let moved = scene
        .app
        .set(SpaceId::discord("1"), "7".into(), settings, None);
    moved.await.expect("set");
    // It goes to another channel by now, of which somebody else may have the turn.
    scene.work_off(Work::Post, stale).await;
    assert_eq!(scene.platform.state().messages.len(), 1);
    scene.turn().await;
    let newest = scene.platform.state().messages[1].0.clone();
    assert_eq!(newest.place.channel, "8".into());

    let (stale, _) = scene.engine.look(Work::Show).await.expect("read");
    assert_eq!(stale, [], "shown in the same turn");
}

#[tokio::test]
async fn what_is_to_be_delivered_on_another_platform_is_left_to_it() {
    let scene = Scene::with_admin().await;
    let nine = parse_time("09:00").expect("a time");
    let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
    let settings = ScheduleSettings::new("C7".into(), timetable);
    let space = SpaceId::new(PlatformId::Slack, "T1");
    let admin = UserId::new(PlatformId::Slack, "U2");
    let set = scene.app.set(space, "daily".into(), settings, Some(admin));
    set.await.expect("set");
    scene.next_day().await;
    let claimed = scene.app.claim_due(PlatformId::Slack).await;
    claimed.expect("kept");
    assert_eq!(scene.app.to_post().await.expect("read").len(), 1);
    let state = scene.platform.state();
    assert_eq!(state.messages.len(), 1);
    assert_eq!(state.messages[0].0.place.channel, "7".into());
    let told = state.told.iter().map(|(to, _)| to.space.platform());
    assert_eq!(told.collect::<Vec<_>>(), [PlatformId::Discord]);
}

#[tokio::test]
async fn a_message_that_is_gone_is_not_edited_for_ever_and_a_closed_channel_not_tried_at_once() {
    let scene = Scene::open().await;
    scene.next_day().await;
    scene.platform.state().messages.clear();
    scene.next_day().await;
    assert!(scene.app.to_show().await.expect("read").is_empty());

    for failure in [
        Failure::Closed("Missing Access".to_owned()),
        Failure::Refused("invalid_blocks".to_owned()),
    ] {
        let refused = scene.app.to_show().await.expect("read").len() + 1;
        scene.fail("edit", failure, false);
        scene.next_day().await;
        scene.calls();
        scene.turn().await;
        let none: [&str; 0] = [];
        assert_eq!(scene.calls(), none);
        assert_eq!(scene.app.to_show().await.expect("read").len(), refused);
    }
}

#[tokio::test]
async fn a_notice_is_told_until_the_platform_says_yes_or_no() {
    for (failure, tries) in [
        (unsure(), 2),
        (Failure::Later("slowly".to_owned(), Duration::ZERO), 2),
        (Failure::Gone, 1),
        (Failure::Closed("no direct messages".to_owned()), 1),
        (Failure::Refused("no direct messages".to_owned()), 1),
    ] {
        let scene = Scene::with_admin().await;
        scene.fail("tell", failure.clone(), false);
        scene.next_day().await;
        scene.turn().await;
        scene.turn().await;
        let calls = scene.calls();
        let told = calls.iter().filter(|call| **call == "tell").count();
        assert_eq!(told, tries, "{failure:?}");
    }
}

#[tokio::test]
async fn a_channel_that_gets_stuck_holds_up_no_other_and_a_wake_is_heard() {
    let platform = Memory::stuck_in("7".into());
    let scene = Scene::with(platform, &["7", "8"], None).await;
    let tasks = Tasks::default();
    scene.engine.clone().start_on(&tasks, ready(()));
    scene.app.clock.advance(TimeDelta::days(1));
    scene
        .platform
        .until(|state| state.messages.len() == 1)
        .await;
    scene.app.clock.advance(TimeDelta::days(1));
    let closed = |state: &super::memory::State| {
        let mut cards = state.messages.iter().map(|(_, card)| daily_of(card));
        state.messages.len() == 2 && cards.next() == Some(None)
    };
    scene.platform.until(closed).await;
    tasks.stop().await;
}
