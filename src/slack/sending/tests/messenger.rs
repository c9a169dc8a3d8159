//! Dailies on the local Slack: one message each, whatever comes of a call.

use std::sync::Arc;
use std::time::Duration;

use chat_sandbox::slack::{Fault, SlackFailure, SlackFault};
use chat_sandbox::{RestFailure, RestFault};
use chrono::{TimeDelta, Utc};

use super::{HASTY, PATIENT, Slack};
use crate::app::Action;
use crate::app::card::{Button, Card, Style, Tone};
use crate::app::delivery::{Failure, Platform as _, key_of, tried_at};
use crate::model::{
    Daily, DailyState, Difficulty, Member, MessageRef, Place, PlatformId, Quiz, Reveal, SpaceId,
    UserId,
};
use crate::slack::sending::Messenger;

/// A workspace, and the engine's platform for it.
struct Scene {
    slack: Slack,
    space: SpaceId,
    messenger: Messenger,
}

impl Scene {
    async fn with(call: Duration, settle: Duration) -> Self {
        let slack = Slack::start().await;
        let (space, messenger) = Self::process(&slack, call, settle).await;
        Self {
            slack,
            space,
            messenger,
        }
    }

    async fn start() -> Self {
        Self::with(PATIENT, Duration::ZERO).await
    }

    /// What a process has that was just started.
    async fn process(slack: &Slack, call: Duration, settle: Duration) -> (SpaceId, Messenger) {
        let sender = Arc::new(slack.sender(call));
        let space = sender.log_in().await.expect("a valid token").space;
        let messenger = Messenger::new([(space.clone(), sender)], settle);
        (space, messenger)
    }

    /// Has the process killed and started again.
    async fn restart(&mut self) {
        (_, self.messenger) = Self::process(&self.slack, HASTY, Duration::ZERO).await;
    }

    fn place(&self) -> Place {
        Place {
            space: self.space.clone(),
            channel: self.slack.channel("general").as_str().into(),
        }
    }

    /// A daily that was claimed now, in the first channel.
    fn daily(&self) -> Daily {
        let now = Utc::now();
        Daily {
            id: 5,
            schedule: 1,
            space: self.space.clone(),
            channel: self.place().channel,
            date: now.date_naive(),
            question: "ttl".into(),
            topic: "caching".into(),
            difficulty: Difficulty::Easy,
            quiz: Quiz {
                prompt: "What is a TTL?".into(),
                options: Vec::new(),
            },
            state: DailyState::Claimed,
            due_at: now,
            claimed_at: now,
            tried_at: now,
            tried_in: self.place().channel,
            given_up: false,
            message: None,
            posted_at: None,
            reveal: Reveal::AtOnce,
            version: 0,
        }
    }

    /// Posts a daily as the engine does.
    async fn post(&self, daily: &Daily) -> Result<MessageRef, Failure> {
        let key = key_of(daily);
        assert!(tried_at(&key) <= Some(daily.tried_at) && tried_at(&key).is_some());
        let (place, card) = (self.place(), card(daily.id));
        self.messenger.post(&place, &card, &key).await
    }

    /// The channel's history lags by that, in the time of the local Slack.
    fn lag(&self, seconds: u64) {
        let lag = Fault::HistoryLags(Duration::from_secs(seconds));
        self.slack.sandbox.world().fault(lag);
    }

    fn advance(&self, seconds: i64) {
        let by = TimeDelta::seconds(seconds);
        self.slack.sandbox.world().advance(by);
    }
}

fn card(daily: i64) -> Card {
    let action = Action::DailyAnswer {
        daily,
        option: 0,
        version: 0,
    };
    Card::new(Tone::Neutral, "Daily")
        .text("What is a TTL?")
        .row([Button::new("A", Style::Secondary, action)])
}

/// That daily, tried once more.
fn tried(daily: &Daily) -> Daily {
    Daily {
        tried_at: Utc::now() + TimeDelta::milliseconds(1),
        ..daily.clone()
    }
}

fn posting(what: SlackFailure) -> Fault {
    SlackFault::new("chat.postMessage", what).times(1).into()
}

fn on_the_way(what: RestFailure) -> Fault {
    let fault = RestFault::new(what);
    fault.path("chat.postMessage").times(1).into()
}

#[tokio::test]
async fn a_post_that_was_done_but_not_said_so_is_found_though_the_history_lags() {
    for fault in [
        posting(SlackFailure::ErrorAfter("fatal_error")),
        posting(SlackFailure::StatusAfter(504)),
        posting(SlackFailure::StallAfter),
        on_the_way(RestFailure::DropAfter),
    ] {
        for killed in [false, true] {
            let mut scene = Scene::with(HASTY, Duration::ZERO).await;
            let world = scene.slack.sandbox.world().clone();
            let daily = scene.daily();
            assert_eq!(scene.messenger.find(&daily).await, Ok(Vec::new()));
            let daily = tried(&daily);
            world.fault(fault.clone());
            let unsure = scene.post(&daily).await;
            assert!(matches!(unsure, Err(Failure::Unsure(_))), "{unsure:?}");
            world.clear_faults();
            scene.lag(5);
            if killed {
                scene.restart().await;
            }
            let early = scene.messenger.find(&daily).await;
            assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
            scene.advance(6);
            let found = scene.messenger.find(&daily).await.expect("it is there");
            assert_eq!((found.len(), scene.slack.posted()), (1, 1), "{fault:?}");
            let shown = scene.slack.sandbox.person("ana").messages("general");
            assert_eq!(found[0].message.0, shown[0].ts);
        }
    }
}

#[tokio::test]
async fn a_post_that_was_not_done_is_done_after_two_clear_looks() {
    for fault in [
        posting(SlackFailure::Error("internal_error")),
        on_the_way(RestFailure::Status(500)),
        on_the_way(RestFailure::DropBefore),
    ] {
        let scene = Scene::start().await;
        let daily = tried(&scene.daily());
        scene.slack.sandbox.world().fault(fault);
        let unsure = scene.post(&daily).await;
        assert!(matches!(unsure, Err(Failure::Unsure(_))), "{unsure:?}");
        let early = scene.messenger.find(&daily).await;
        assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
        assert_eq!(scene.messenger.find(&daily).await, Ok(Vec::new()));
        let daily = tried(&daily);
        let posted = scene.post(&daily).await.expect("posted");
        assert_eq!(scene.messenger.find(&daily).await, Ok(vec![posted]));
        assert_eq!(scene.slack.posted(), 1);
    }
}

#[tokio::test]
async fn looks_that_come_too_soon_after_each_other_decide_nothing() {
    let hour = Duration::from_secs(3_600);
    let scene = Scene::with(PATIENT, hour).await;
    let daily = tried(&scene.daily());
    for _ in 0..3 {
        let Err(Failure::Later(_, wait)) = scene.messenger.find(&daily).await else {
            panic!("it decided");
        };
        assert!(wait > hour / 2 && wait <= hour, "{wait:?}");
    }
}

#[tokio::test]
async fn a_daily_that_was_never_tried_is_posted_after_one_look_or_none() {
    let scene = Scene::start().await;
    let world = scene.slack.sandbox.world();
    assert_eq!(scene.messenger.find(&scene.daily()).await, Ok(Vec::new()));
    for scope in ["channels", "groups", "im", "mpim"] {
        world.set_scope(&format!("{scope}:history"), false);
    }
    let daily = scene.daily();
    assert_eq!(scene.messenger.find(&daily).await, Ok(Vec::new()));
    // What was refused certainly isn't there.
    let daily = tried(&daily);
    world.fault(posting(SlackFailure::Error("restricted_action")));
    let closed = scene.post(&daily).await;
    assert!(matches!(closed, Err(Failure::Closed(_))), "{closed:?}");
    assert_eq!(scene.messenger.find(&daily).await, Ok(Vec::new()));
    // Of anything else only the history can tell.
    world.fault(posting(SlackFailure::ErrorAfter("fatal_error")));
    let unsure = scene.post(&daily).await;
    assert!(matches!(unsure, Err(Failure::Unsure(_))), "{unsure:?}");
    let Err(Failure::Unseen(why)) = scene.messenger.find(&daily).await else {
        panic!("it would be posted again");
    };
    assert!(why.contains("history"), "{why}");
    assert_eq!(scene.slack.posted(), 1);
}

#[tokio::test]
async fn a_second_message_of_a_daily_is_found_and_taken_away() {
    let scene = Scene::start().await;
    let daily = tried(&scene.daily());
    let first = scene.post(&daily).await.expect("posted");
    let ana = scene.slack.sandbox.person("ana");
    // More than Slack tells of at a time.
    for number in 0..120 {
        ana.say("general", &format!("{number}")).await;
    }
    let second = scene.post(&daily).await.expect("posted");
    let found = scene.messenger.find(&daily).await;
    assert_eq!(found, Ok(vec![first.clone(), second.clone()]));
    assert_eq!(scene.messenger.retract(&second).await, Ok(()));
    assert_eq!(scene.messenger.retract(&second).await, Err(Failure::Gone));
    assert_eq!(scene.messenger.find(&daily).await, Ok(vec![first]));
}

#[tokio::test]
async fn a_clock_that_is_off_hides_no_message_and_another_database_has_other_dailies() {
    let scene = Scene::start().await;
    let daily = tried(&scene.daily());
    let posted = scene.post(&daily).await.expect("posted");
    scene.advance(3_600);
    let ahead = Daily {
        tried_at: daily.tried_at + TimeDelta::hours(2),
        ..daily.clone()
    };
    assert_eq!(scene.messenger.find(&ahead).await, Ok(vec![posted]));
    let elsewhere = Daily {
        claimed_at: daily.claimed_at + TimeDelta::hours(1),
        tried_at: daily.tried_at + TimeDelta::hours(1),
        ..daily
    };
    let found = scene.messenger.find(&elsewhere).await;
    assert!(matches!(found, Err(Failure::Later(..))), "{found:?}");
}

#[tokio::test]
async fn a_message_is_edited_or_what_became_of_it_is_said_in_its_thread_once() {
    let scene = Scene::start().await;
    let ana = scene.slack.sandbox.person("ana");
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let closed = Card::new(Tone::Neutral, "Closed").text("It was A.");
    let edit = async || scene.messenger.edit(&posted, &closed).await;
    let (shown, place) = (card(5), scene.place());
    let other = scene.messenger.post(&place, &shown, "5-1").await;
    let other = other.expect("posted");
    let changed = scene.messenger.edit(&other, &closed).await;
    assert_eq!(changed, Ok(()));
    assert_eq!(ana.messages("general")[1].text(), "Closed\nIt was A.");
    assert_eq!(scene.messenger.retract(&other).await, Ok(()));

    scene.slack.sandbox.world().fault(Fault::CloseEditWindow);
    let early = edit().await;
    assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
    for _ in 0..3 {
        assert_eq!(edit().await, Ok(()));
    }
    let seen = ana.messages("general");
    assert_eq!((seen.len(), seen[0].replies), (2, 1));
    assert_eq!(seen[1].text(), "Closed\nIt was A.");

    assert_eq!(scene.messenger.retract(&posted).await, Ok(()));
    scene.slack.sandbox.world().clear_faults();
    assert_eq!(edit().await, Err(Failure::Gone));
}

#[tokio::test]
async fn what_was_said_instead_of_an_edit_is_changed_or_taken_away_and_never_said_again() {
    let scene = Scene::start().await;
    let (ana, world) = (
        scene.slack.sandbox.person("ana"),
        scene.slack.sandbox.world(),
    );
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let closed = |first: &str| Card::new(Tone::Neutral, "Closed").text(first);
    let edit = async |first: &str| scene.messenger.edit(&posted, &closed(first)).await;
    let unchangeable = |times| {
        let what = SlackFailure::Error("edit_window_closed");
        SlackFault::new("chat.update", what).times(times)
    };
    world.fault(unchangeable(2));
    let early = edit("First: Ben").await;
    assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
    assert_eq!(edit("First: Ben").await, Ok(()));
    // What was said can be changed yet.
    world.fault(unchangeable(1));
    assert_eq!(edit("First: Chloe").await, Ok(()));
    let seen = ana.messages("general");
    assert_eq!(
        (seen.len(), seen[1].text().as_str()),
        (2, "Closed\nFirst: Chloe")
    );
    // And then it can't.
    world.fault(Fault::CloseEditWindow);
    assert_eq!(edit("First: nobody").await, Ok(()));
    assert_eq!(ana.messages("general").len(), 1);
}

#[tokio::test]
async fn of_a_daily_that_shows_its_result_no_other_is_said_when_it_cannot_be_changed_any_more() {
    let scene = Scene::start().await;
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let closed = |first: &str| Card::new(Tone::Neutral, "Closed").text(first);
    let edit = async |first: &str| scene.messenger.edit(&posted, &closed(first)).await;
    assert_eq!(edit("First: Ben").await, Ok(()));
    let world = scene.slack.sandbox.world();
    world.fault(Fault::CloseEditWindow);
    for _ in 0..3 {
        assert_eq!(edit("First: nobody").await, Ok(()));
    }
    assert_eq!(scene.slack.posted(), 1);
}

#[tokio::test]
async fn where_nobody_may_look_below_a_daily_its_result_is_not_tried_for_ever() {
    let scene = Scene::start().await;
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let world = scene.slack.sandbox.world();
    for scope in ["channels", "groups", "im", "mpim"] {
        world.set_scope(&format!("{scope}:history"), false);
    }
    world.fault(Fault::CloseEditWindow);
    let closed = Card::new(Tone::Neutral, "Closed");
    assert_eq!(scene.messenger.edit(&posted, &closed).await, Ok(()));
    assert_eq!(scene.slack.posted(), 1);
}

#[tokio::test]
async fn what_is_said_of_one_message_decides_nothing_of_another_that_shows_the_same() {
    let scene = Scene::start().await;
    let daily = tried(&scene.daily());
    let closed = Card::new(Tone::Neutral, "Closed").text("It was A.");
    scene.slack.sandbox.world().fault(Fault::CloseEditWindow);
    for posted in [scene.post(&daily).await, scene.post(&daily).await] {
        let posted = posted.expect("posted");
        let early = scene.messenger.edit(&posted, &closed).await;
        assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
    }
}

#[tokio::test]
async fn a_thread_is_opened_once_though_nobody_said_that_it_was() {
    let scene = Scene::start().await;
    let world = scene.slack.sandbox.world();
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let opening = Card::new(Tone::Neutral, "And you?").text("Why?");
    let discuss = async |opening: Option<&Card>| {
        let key = "thread-5";
        scene
            .messenger
            .discuss(&posted, "Title", opening, (key, Utc::now()))
            .await
    };
    assert_eq!(discuss(None).await, Ok(()));
    assert_eq!(scene.slack.posted(), 1, "there is nothing to say");
    let early = discuss(Some(&opening)).await;
    assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
    world.fault(posting(SlackFailure::ErrorAfter("fatal_error")));
    let unsure = discuss(Some(&opening)).await;
    assert!(matches!(unsure, Err(Failure::Unsure(_))), "{unsure:?}");
    for _ in 0..2 {
        assert_eq!(discuss(Some(&opening)).await, Ok(()));
    }
    assert_eq!(scene.slack.posted(), 2);
    world.archive("general", true);
    let other = MessageRef {
        message: "1700000000.000100".into(),
        ..posted.clone()
    };
    let gone = scene
        .messenger
        .discuss(&other, "", Some(&opening), ("x", Utc::now()));
    assert_eq!(gone.await, Err(Failure::Gone));
}

#[tokio::test]
async fn what_was_typed_in_a_thread_before_the_daily_closed_is_not_looked_through() {
    let scene = Scene::start().await;
    let posted = scene.post(&tried(&scene.daily())).await.expect("posted");
    let ana = scene.slack.sandbox.person("ana");
    let daily = ana.messages("general").remove(0);
    for number in 0..250 {
        ana.reply(&daily, &format!("{number}")).await;
    }
    scene.advance(2 * 3_600);
    let opening = Card::new(Tone::Neutral, "And you?").text("Why?");
    let closed_at = Utc::now() + TimeDelta::hours(2);
    let discuss = async || {
        let key = ("thread-5", closed_at);
        let opening = Some(&opening);
        scene
            .messenger
            .discuss(&posted, "Title", opening, key)
            .await
    };
    let early = discuss().await;
    assert!(matches!(early, Err(Failure::Later(..))), "{early:?}");
    assert_eq!(discuss().await, Ok(()));
    assert_eq!(scene.slack.calls("conversations.replies"), 2, "one a look");
    assert_eq!(ana.messages("general").len(), 252);
}

#[tokio::test]
async fn an_admin_is_told_directly_and_what_may_have_arrived_is_not_sent_again() {
    let scene = Scene::start().await;
    let ana = scene.slack.sandbox.person("ana");
    let member = |space: &SpaceId, user: &str| Member {
        space: space.clone(),
        user: UserId::new(PlatformId::Slack, format!("{}:{user}", space.id())),
    };
    let card = Card::new(Tone::Neutral, "Few are left").text("Queue more.");
    let tell = async |to: Member| scene.messenger.tell(&to, &card, "notice-1").await;
    assert_eq!(tell(member(&scene.space, ana.id())).await, Ok(()));
    assert_eq!(ana.messages("@bot")[0].text(), "Few are left\nQueue more.");
    let world = scene.slack.sandbox.world();
    world.fault(posting(SlackFailure::ErrorAfter("fatal_error")));
    let unsure = tell(member(&scene.space, ana.id())).await;
    assert!(matches!(unsure, Err(Failure::Refused(_))), "{unsure:?}");
    let nobody = tell(member(&scene.space, "U404")).await;
    assert_eq!(nobody, Err(Failure::Gone));
}

#[tokio::test]
async fn what_is_for_a_workspace_without_the_bot_waits() {
    let scene = Scene::start().await;
    let (card, user) = (card(5), UserId::new(PlatformId::Slack, "T404:U1"));
    let waits = async |space: &SpaceId, channel: &str| {
        let place = Place {
            space: space.clone(),
            channel: channel.into(),
        };
        let posted = scene.messenger.post(&place, &card, "5-1").await;
        let to = Member {
            space: space.clone(),
            user: user.clone(),
        };
        let told = scene.messenger.tell(&to, &card, "notice-1").await;
        for failure in [posted.map(drop), told] {
            assert!(matches!(failure, Err(Failure::Later(..))), "{failure:?}");
        }
    };
    waits(&SpaceId::new(PlatformId::Slack, "T404"), "C1").await;
    // One whose bot token is refused is as if there were none.
    scene.slack.sandbox.world().uninstall();
    let general = scene.slack.channel("general");
    waits(&scene.space, &general).await;
    let asked = scene.slack.calls("chat.postMessage");
    waits(&scene.space, &general).await;
    assert_eq!(scene.slack.calls("chat.postMessage"), asked);
}
