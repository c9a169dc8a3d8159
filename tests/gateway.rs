//! The connection to Discord: what is resumed, what is begun anew, and when the bot ends so that
//! its supervisor starts it again.

use std::time::Duration;

use chat_sandbox::{GatewayFault, Options, RestFailure, RestFault, Sandbox};
use greenroom::discord::{Lost, RunError, StartError, Timing};
use greenroom::model::{ScheduleSettings, Timetable, Weekdays};
use greenroom::rules::timetable::parse_time;
use greenroom::time::Zone;
use reqwest::Method;

use crate::deadline::SlowDisk;
use crate::harness::{Room, came_online, letter_of_right, record, shown};
use crate::killed::Installed;

/// A local Discord that asks for a heartbeat every second.
fn heartbeats() -> Options {
    Options {
        heartbeat: Duration::from_secs(1),
        ..Options::default()
    }
}

/// A bot that waits a few seconds where it usually waits a minute or two.
fn impatient() -> Timing {
    Timing {
        call: Duration::from_secs(2),
        look: Duration::from_millis(100),
        // So much longer than what is waited for takes that no slow machine is taken for a lost one.
        silence: Duration::from_secs(8),
        away: Duration::from_secs(5),
        listed: Duration::from_secs(1),
        again: Duration::from_millis(100),
        ..Timing::default()
    }
}

/// The bot does what it is there for.
async fn serves(room: &Room) {
    let topics = shown(room.ben.slash("general", "/topics").await);
    assert!(topics.text().contains("Caching"), "{}", topics.text());
}

#[tokio::test]
async fn a_broken_connection_is_resumed() {
    let room = Room::open().await;
    for fault in [
        GatewayFault::Drop,
        GatewayFault::Reconnect,
        GatewayFault::InvalidSession { resumable: true },
        GatewayFault::Close(4000),
    ] {
        room.sandbox.world().fault(fault);
        // Asked while it is away, answered when it is back.
        serves(&room).await;
    }
    assert_eq!(room.sandbox.world().sessions_started(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() {
    let room = Room::open().await;
    room.sandbox
        .world()
        .fault(GatewayFault::InvalidSession { resumable: false });
    assert!(came_online(&room.sandbox, false).await);
    assert!(came_online(&room.sandbox, true).await);
    serves(&room).await;
    assert_eq!(room.sandbox.world().sessions_started(), 2);
    room.close().await;
}

// serenity by itself would read on, and leave its thread to nobody, until a heartbeat is due.
#[tokio::test]
async fn a_connection_that_is_closed_without_a_code_is_resumed() {
    let room = Room::open().await;
    room.sandbox.world().fault(GatewayFault::CloseBare);
    assert!(came_online(&room.sandbox, false).await);
    assert!(came_online(&room.sandbox, true).await);
    serves(&room).await;
    assert_eq!(room.sandbox.world().sessions_started(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_connection_without_acknowledgements_is_given_up_for_another() {
    let room = Room::open_with(heartbeats(), Timing::default()).await;
    room.sandbox.world().fault(GatewayFault::WithholdAcks);
    assert!(came_online(&room.sandbox, false).await);
    room.sandbox.world().clear_faults();
    assert!(came_online(&room.sandbox, true).await);
    serves(&room).await;
    room.close().await;
}

#[tokio::test]
async fn a_handshake_that_stalls_ends_the_bot_until_one_goes_well() {
    let mut room = Room::open_with(heartbeats(), impatient()).await;
    let world = room.sandbox.world().clone();
    world.fault(GatewayFault::StallHandshake { times: None });
    world.fault(GatewayFault::Drop);
    assert!(matches!(room.bot_ended().await, RunError::Lost(_)));

    // Started again, as its supervisor does, it gets no further.
    room.launch_bot().await.expect("REST is well");
    let again = room.bot_ended().await;
    assert!(
        matches!(again, RunError::Lost(Lost::Away { .. })),
        "{again}"
    );

    world.clear_faults();
    room.start_bot().await;
    serves(&room).await;
    room.close().await;
}

#[tokio::test]
async fn a_connection_that_is_silent_ends_the_bot() {
    let timing = Timing {
        look: Duration::from_millis(100),
        silence: Duration::from_secs(1),
        ..Timing::default()
    };
    // No heartbeat is due for longer than that.
    let mut room = Room::open_with(Options::default(), timing).await;
    let ended = room.bot_ended().await;
    assert!(
        matches!(ended, RunError::Lost(Lost::Silent { shard: 0, .. })),
        "{ended}"
    );
    room.close().await;
}

/// Breaks all requests, has someone ask and a daily fall due meanwhile, and mends it.
async fn rest_fails_for_a_while(what: RestFailure, tries: usize) {
    let mut room = Room::open_with(heartbeats(), impatient()).await;
    let world = room.sandbox.world().clone();
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);

    world.fault(RestFault::new(what));
    room.advance(chrono::TimeDelta::hours(1));
    assert!(room.ben.slash("general", "/topics").await.is_err());
    let tried = || {
        let requests = world.requests().into_iter();
        requests.filter(|r| r.path.contains("/messages")).count()
    };
    room.until(async || tried() >= tries).await;
    assert!(room.ben.messages("daily").is_empty());
    room.stop_bot().await;
    let refused = room.launch_bot().await;
    assert!(matches!(refused, Err(StartError::Unreachable(..))));

    world.clear_faults();
    room.start_bot().await;
    let daily = room
        .ben
        .wait_for("daily", |m| m.button("A").is_some())
        .await;
    shown(room.ben.click(&daily, "A").await);
    serves(&room).await;
    let messages = room.ben.messages("daily").into_iter();
    assert_eq!(messages.filter(|m| m.button("A").is_some()).count(), 1);
    room.close().await;
}

#[tokio::test]
async fn requests_that_are_never_answered_are_given_up_and_made_again() {
    rest_fails_for_a_while(RestFailure::Stall, 2).await;
}

#[tokio::test]
async fn a_time_of_502_is_outlived() {
    // More than one round of tries.
    rest_fails_for_a_while(RestFailure::Status(502), 6).await;
}

#[tokio::test]
async fn a_bot_that_may_start_no_session_waits_and_posts_all_the_same() {
    let options = Options {
        session_starts: 0,
        ..Options::default()
    };
    let mut room = Room::without_bot(options, impatient()).await;
    room.launch_bot().await.expect("REST is well");
    assert!(!room.sandbox.world().bot_online());
    // Without a connection nobody can set one by a command.
    let channels = room.ben.channels();
    let channel = channels.iter().find(|channel| channel.name == "daily");
    let nine = parse_time("09:00").expect("a time");
    let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
    let schedule = ScheduleSettings::new(channel.expect("#daily").id.into(), timetable);
    let space = room.member(&room.ben).space;
    let set = room.app().set(space, "daily".to_owned(), schedule, None);
    set.await.expect("set");
    room.advance(chrono::TimeDelta::hours(1));
    room.ben
        .wait_for("daily", |m| m.button("A").is_some())
        .await;
    assert_eq!(room.sandbox.world().sessions_started(), 0);
    room.close().await;
}

#[tokio::test]
async fn the_exit_status_says_whether_starting_again_helps() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    for (code, status) in [
        (4004, 78),
        (4010, 75),
        (4011, 75),
        (4012, 78),
        (4013, 78),
        (4014, 78),
    ] {
        bot.start(&sandbox).await;
        sandbox.world().fault(GatewayFault::Close(code));
        assert_eq!(bot.status().await, Some(status), "{code}");
    }
    bot.start(&sandbox).await;
    bot.terminate();
    assert_eq!(bot.status().await, Some(0), "it was told to stop");
    record(&sandbox);

    let options = Options {
        token: "another".to_owned(),
        ..Options::default()
    };
    let other = Sandbox::start(options).await.expect("a free port");
    let mut refused = Installed::new(&other);
    refused.launch(Installed::program());
    assert_eq!(refused.status().await, Some(78), "its token is refused");
    let broken = RestFault::new(RestFailure::Status(502)).method(Method::GET);
    other.world().fault(broken);
    refused.launch(Installed::program());
    assert_eq!(refused.status().await, Some(75), "nobody is there");
}

#[tokio::test]
async fn what_was_acknowledged_is_finished_before_the_program_ends() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    shown(ana.slash("staff", "/daily post").await);
    let daily = ben.wait_for("daily", |m| m.button("A").is_some()).await;
    let disk = SlowDisk::of(&bot.database());

    let right = letter_of_right(&daily);
    let press = ben.click(&daily, &right);
    let ending = async {
        ben.wait_for("daily", |message| message.thinking).await;
        bot.terminate();
        assert!(came_online(&sandbox, false).await);
        drop(disk);
        assert_eq!(bot.status().await, Some(0));
    };
    let (verdict, ()) = tokio::join!(press, ending);

    let verdict = shown(verdict).text();
    assert!(verdict.contains("Right!"), "{verdict}");
    record(&sandbox);
    assert_eq!(sandbox.world().problems(), [""; 0]);
}
