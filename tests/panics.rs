//! Faults in the code: a panic ends the program with a reason, so that it is started again, or it is told and
//! the rest goes on. And whoever waits for an answer has one.

use std::time::Duration;

use chat_sandbox::{GatewayFault, MessageView, Options};
use greenroom::discord::{RunError, Timing};
use rusqlite::Connection;

use crate::harness::planted::Planted;
use crate::harness::{APOLOGY, Room, came_online, shown, shown_or_apology};
use crate::sources;

/// Each task of the bot, and something that it logs at work, if need be with the span.
const TASKS: [(&str, Option<&str>, &str); 7] = [
    ("posting dailies", None, "due_schedules"),
    ("showing results", None, "outdated_dailies"),
    ("starting threads", None, "dailies_to_discuss"),
    ("sending notices", None, "unsent_notices"),
    ("telling what cannot be read", None, "what cannot be read"),
    ("the connection", None, "looked at the connections"),
    (
        "relaying the connection",
        Some("relay"),
        "somebody connected",
    ),
];

/// Where tasks are started, and where it is tried what becomes of their panics.
const STARTED: [(&str, &str); 16] = [
    ("Work::Post.task()", "TASKS"),
    ("Work::Show.task()", "TASKS"),
    ("DISCUSSING", "TASKS"),
    ("NOTIFYING", "TASKS"),
    ("\"telling what cannot be read\"", "TASKS"),
    ("\"relaying the connection\"", "TASKS"),
    (
        "\"taking Slack's requests\"",
        "slack::gateway::a_panic_where_requests_are_taken_ends_the_bot",
    ),
    (
        "\"asking anew about people\"",
        "slack::gateway::a_panic_where_people_are_asked_about_ends_the_bot",
    ),
    (
        "\"the database's writer\"",
        "the_end_of_the_databases_writer_ends_the_bot",
    ),
    ("\"the metrics\"", "the tests of src/cli/run.rs"),
    ("\"the daily backups\"", "the tests of src/cli/run.rs"),
    ("\"ending what is over\"", "the tests of src/cli/run.rs"),
    (
        "\"watching the question files\"",
        "the tests of src/cli/run.rs",
    ),
    ("\"the previews\"", "the tests of src/cli/sandbox.rs"),
    (
        "\"keeping the clocks together\"",
        "the tests of src/cli/sandbox.rs",
    ),
    (
        "\"telling where it is open\"",
        "the tests of src/cli/sandbox.rs",
    ),
];

/// A bot that looks at everything again and again.
fn eager() -> Timing {
    Timing {
        look: Duration::from_millis(50),
        again: Duration::from_millis(100),
        listed: Duration::from_secs(1),
        ..Timing::default()
    }
}

/// A room in which a schedule posts to #daily, whose log the test has.
async fn open() -> (Planted, Room) {
    let planted = Planted::listen();
    let mut room = Room::without_bot(Options::default(), eager()).await;
    room.closes = planted.closes.clone();
    room.start_bot().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(room.ana.slash("staff", set).await);
    (planted, room)
}

fn dailies(room: &Room) -> Vec<MessageView> {
    let messages = room.ben.messages("daily").into_iter();
    messages
        .filter(|message| message.text().contains("Daily question"))
        .collect()
}

#[test]
fn the_panic_of_each_task_is_tried() {
    let known: Vec<&str> = STARTED.iter().map(|(task, _)| *task).collect();
    let mut found = 0;
    for (name, text) in sources::shipped("src") {
        for (at, _) in text.match_indices("asks.start(") {
            let rest = text[at + "asks.start(".len()..].trim_start();
            let task = rest.split(',').next().unwrap_or_default();
            assert!(
                known.contains(&task),
                "{name} starts {task}: try what becomes of its panic, and name it in STARTED"
            );
            found += 1;
        }
    }
    assert!(found >= STARTED.len(), "only {found} are started");
}

#[tokio::test]
async fn a_panic_in_each_task_ends_the_bot_with_a_reason() {
    let (planted, mut room) = open().await;
    for (task, span, line) in TASKS {
        match span {
            Some(span) => planted.within(span, line),
            None => planted.at(line),
        }
        room.sandbox.world().fault(GatewayFault::Say("{"));
        room.sandbox.world().fault(GatewayFault::Reconnect);
        room.advance(chrono::TimeDelta::days(1));
        let store = room.app().store.clone();
        let RunError::Ended(ended) = room.bot_ended().await else {
            panic!("{task} ended it otherwise");
        };
        // As the program does, whatever serenity may still be trying.
        store.close().await;
        assert_eq!((ended.task, &*ended.why), (task, "panicked: planted"));
        room.start_bot().await;
        room.next_daily().await;
    }
    room.close().await;
}

#[tokio::test]
async fn the_end_of_the_databases_writer_ends_the_bot() {
    let (_planted, mut room) = open().await;
    room.app().store.close().await;
    let RunError::Ended(ended) = room.bot_ended().await else {
        panic!("it ended otherwise");
    };
    assert_eq!(ended.task, "the database's writer");
    room.start_bot().await;
    room.close().await;
}

/// Has a daily fall due while that panics, once.
async fn comes_all_the_same(line: &'static str, told: &str) {
    let (planted, room) = open().await;
    let first = room.next_daily().await;
    planted.at(line);
    room.advance(chrono::TimeDelta::days(1));
    room.until(async || planted.has_panicked() && dailies(&room).len() == 2)
        .await;
    // The first one shows its result, and the second takes answers.
    let shows = |m: &MessageView| m.id == first.id && m.button("A").is_none();
    room.ben.wait_for("daily", shows).await;
    let second = dailies(&room).remove(1);
    room.recorded(&second).await;
    shown(room.ben.click(&second, "A").await);
    assert_eq!(planted.told(told), 1, "{}", planted.lines());
    assert_eq!(dailies(&room).len(), 2, "none came twice");
    room.close().await;
}

#[tokio::test]
async fn a_panic_over_one_daily_is_told_and_the_daily_comes_once() {
    for line in [">::daily_posted", ">::daily_shown"] {
        comes_all_the_same(line, "working on a daily fails").await;
    }
    comes_all_the_same(">::claim_daily", "a schedule can't be processed").await;
}

#[tokio::test]
async fn a_schedule_that_panics_for_long_holds_up_no_other_and_is_told_once() {
    let (planted, room) = open().await;
    let other = "/schedule set channel:#general time:12:00 zone:UTC schedule:other";
    shown(room.ana.slash("staff", other).await);
    planted.at_each(">::claim_daily");
    room.advance(chrono::TimeDelta::hours(1));
    room.until(async || planted.said("it still can't be processed") >= 20)
        .await;
    shown(room.ben.slash("general", "/topics").await);
    assert_eq!(planted.told("can't be processed"), 1, "{}", planted.lines());
    planted.clear();
    room.until(async || planted.told("a schedule is processed again") == 1)
        .await;
    room.until(async || dailies(&room).len() == 1).await;
    room.close().await;
}

#[tokio::test]
async fn a_database_that_fails_for_long_is_told_once() {
    let (planted, room) = open().await;
    let database = Connection::open(room.database()).expect("the database");
    let rename = |from: &str, to: &str| {
        let rename = format!("ALTER TABLE {from} RENAME TO {to}");
        database.execute_batch(&rename).expect("renamed");
    };
    rename("schedules", "gone");
    for looks in 0..10 {
        // Each move of the clock is looked at at once.
        room.advance(chrono::TimeDelta::minutes(1));
        room.until(async || planted.said("posting dailies fails") > looks)
            .await;
    }
    assert_eq!(
        planted.told("posting dailies fails"),
        1,
        "{}",
        planted.lines()
    );
    rename("gone", "schedules");
    room.next_daily().await;
    room.close().await;
}

/// A line for each command, as whoever may use it types it.
const COMMANDS: [&str; 17] = [
    "/daily post",
    "/daily queue question:cache-aside",
    "/daily replace",
    "/leaderboard",
    "/privacy delete",
    "/privacy export",
    "/question cache-aside",
    "/quiz count:2",
    "/schedule list",
    "/schedule pause",
    "/schedule preview",
    "/schedule resume",
    "/schedule set channel:#daily time:09:00 zone:UTC",
    "/schedule skip date:2026-12-24",
    "/schedule unskip date:2026-12-24",
    "/stats",
    "/topics",
];

/// Those that ask the database nothing.
const WITHOUT: [&str; 2] = ["/privacy delete", "/topics"];

#[tokio::test]
async fn whoever_gives_a_command_that_panics_is_answered() {
    let (planted, room) = open().await;
    let registered = room.ana.commands("staff");
    for command in &registered {
        let start = format!("/{}", command.name);
        let named = COMMANDS.iter().filter(|line| line.starts_with(&start));
        assert!(named.count() > 0, "{start} is not tried");
    }
    for line in COMMANDS {
        planted.within("interaction", " the database");
        let answer = shown_or_apology(room.ana.slash("staff", line).await).text();
        assert_eq!(planted.has_panicked(), !WITHOUT.contains(&line), "{line}");
        assert_eq!(planted.has_panicked(), answer.contains(APOLOGY), "{answer}");
        // Before the command's own code, where nothing else would answer.
        planted.at("\"interaction_create\"");
        let answer = shown_or_apology(room.ana.slash("staff", line).await).text();
        assert!(answer.contains(APOLOGY), "{answer}");
    }
    // And all of it goes on.
    room.next_daily().await;
    room.close().await;
}

#[tokio::test]
async fn whoever_presses_chooses_or_types_what_panics_is_answered() {
    let (planted, room) = open().await;
    let daily = room.next_daily().await;
    let lookup = shown(room.ben.slash("general", "/question cache-aside").await);
    for (message, label) in [(&daily, "A"), (&lookup, "Quiz me")] {
        planted.within("interaction", " the database");
        let answer = shown_or_apology(room.ben.click(message, label).await).text();
        assert!(answer.contains(APOLOGY), "{label}: {answer}");
        planted.at("\"interaction_create\"");
        let answer = shown_or_apology(room.ben.click(message, label).await).text();
        assert!(answer.contains(APOLOGY), "{label}: {answer}");
    }
    let topics = shown(room.ben.slash("general", "/topics").await);
    planted.at("\"interaction_create\"");
    let menu = topics.selects().remove(0);
    let chosen = [&*menu.options[0].1];
    let answer = room.ben.select(&topics, &menu.custom_id, &chosen).await;
    assert!(shown_or_apology(answer).text().contains(APOLOGY));

    planted.within("reply", " the database");
    let said = room.ben.reply(&daily, "A").await;
    let answers = |m: &MessageView| m.reply_to == Some(said.id) && m.text().contains(APOLOGY);
    room.ben.wait_for("daily", answers).await;

    planted.at(">::schedules::");
    let line = "/schedule remove schedule:d";
    let offered = room.ana.autocomplete("staff", line).await;
    assert!(offered.expect("an answer").is_empty() && planted.has_panicked());
    let offered = room.ana.autocomplete("staff", line).await;
    assert_eq!(offered.expect("an answer").len(), 1);
    room.close().await;
}

#[tokio::test]
async fn an_event_that_panics_is_told_and_the_next_is_handled() {
    let (planted, mut room) = open().await;
    for line in [
        ">::spaces::",
        ">::space_joined",
        "\"ready\"",
        "\"guild_create\"",
    ] {
        room.stop_bot().await;
        let told = planted.told("an event was not handled");
        planted.at(line);
        room.launch_bot().await.expect("REST is well");
        assert!(came_online(&room.sandbox, true).await);
        room.until(async || planted.told("an event was not handled") == told + 1)
            .await;
        room.next_daily().await;
    }
    room.close().await;
}

#[tokio::test]
async fn a_notice_to_who_has_no_id_of_discords_is_told_to_the_log_and_sent_to_nobody() {
    let (planted, mut room) = open().await;
    room.stop_bot().await;
    let database = Connection::open(room.database()).expect("the database");
    for id in ["", "0", "-1", "ana", "1e3", "99999999999999999999999"] {
        // Its channel can't be read either, so that there is something to be told.
        let odd = "UPDATE schedules SET set_by = ?1, zone = 'Mars/Phobos'";
        let id = format!("discord:{id}");
        assert_eq!(database.execute(odd, [&id]).expect("written"), 1);
        database
            .execute("DELETE FROM notices", [])
            .expect("written");
        let told = planted.told("nobody could be told");
        room.start_bot().await;
        room.until(async || planted.told("nobody could be told") > told)
            .await;
        let unsent = async || {
            let unsent = room.app().store.unsent_notices().await;
            unsent.expect("read").len()
        };
        room.until(async || unsent().await == 0).await;
        room.stop_bot().await;
        assert_eq!(planted.told("nobody could be told"), told + 1, "{id:?}");
    }
    let requests = room.sandbox.world().requests();
    let direct = requests
        .iter()
        .filter(|r| r.path.contains("/users/@me/channels"));
    assert_eq!(direct.count(), 0, "nobody has such an id");
    room.close().await;
}
