//! Clocks and calendars that are off: a clock that was ahead, dates at the end of the calendar, the date line, a zone that
//! is not known any more, and the local Discord's own clock.

use std::sync::Arc;

use chat_sandbox::{MessageView, Permissions, Stops};
use chrono::Duration;
use futures_util::future::BoxFuture;
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::model::{PlatformId, ScheduleSettings, SpaceId, Timetable, Weekdays};
use greenroom::rules::timetable::parse_time;
use greenroom::store::Store;
use greenroom::time::Zone;
use rusqlite::Connection;

use crate::harness::{Room, bank_folder, shown, start};

fn dailies(room: &Room) -> Vec<MessageView> {
    let messages = room.ben.messages("daily").into_iter();
    messages
        .filter(|message| message.text().contains("Daily question"))
        .collect()
}

async fn list(room: &Room) -> String {
    shown(room.ana.slash("staff", "/schedule list").await).text()
}

#[tokio::test]
async fn a_schedule_goes_on_after_its_clock_was_ahead() {
    let mut room = Room::with_schedule().await;
    let clock = room.app().clock.clone();
    clock.advance(Duration::days(400));
    let early = room.next_daily().await;
    assert!(early.text().contains("8 April 2027"), "{}", early.text());
    room.stop_bot().await;
    clock.advance(Duration::days(-400) - Duration::minutes(30));
    room.start_bot().await;

    let told = async || list(&room).await.contains("My clock was once ahead");
    room.until(told).await;
    let lines = ["/schedule list", "/daily post"];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed 4 March 09:00
    My clock was once ahead, so these dates have already had their daily and get no other: Thu 8 April 2027 (UTC)
    Only you can see this

    > /daily post
    Today's daily
    It is on its way to #daily.
    Only you can see this
    ");
    let today = |m: &MessageView| m.text().contains("4 March 2026");
    let daily = room.ben.wait_for("daily", today).await;
    room.recorded(&daily).await;
    let set = "/schedule set channel:#daily time:09:00 zone:Europe/London";
    insta::assert_snapshot!(room.told(&room.ana, set).await, @r"
    Schedule changed
    “daily” is changed. If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a channel, a time and a zone.

    The daily of Wed 4 March 2026 (Europe/London) has already been posted. A schedule posts at most once a day, so the next one comes on a later date.
    Changed
    Zone: UTC → Europe/London
    daily
    #daily · every day · 09:00 Europe/London · all topics
    My clock was once ahead, so these dates have already had their daily and get no other: Thu 8 April 2027 (Europe/London)
    Next dailies, in your time zone
    - Thu 5 March 09:00
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00
    Only you can see this
    ");
    room.advance(Duration::hours(1));
    let tomorrow = room.next_daily().await.text();
    assert!(tomorrow.contains("5 March 2026"), "{tomorrow}");
    room.close().await;
}

#[tokio::test]
async fn a_daily_that_a_clock_ahead_has_sent_is_found_and_not_sent_again() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    room.stop_bot().await;
    let database = Connection::open(room.database()).expect("the database");
    // Tried 400 days from now, by that clock.
    let unrecorded =
        "UPDATE dailies SET state = 'claimed', message = NULL, posted_at = NULL, ordinal = NULL,
            tried_at = tried_at + 34560000000";
    assert_eq!(database.execute(unrecorded, []).expect("written"), 1);
    drop(database);
    // So that Discord does not tell by the nonce, which has the time in it.
    room.advance(Duration::minutes(10));
    room.start_bot().await;
    room.recorded(&daily).await;
    assert_eq!(dailies(&room).len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_daily_that_was_overtaken_suspends_nothing() {
    let mut room = Room::with_schedule().await;
    let newer = room.next_daily().await;
    room.stop_bot().await;
    let database = Connection::open(room.database()).expect("the database");
    let older = "INSERT INTO dailies (schedule, space, channel, local_date, question, topic, difficulty, quiz, state,
            reveal, claimed_at, due_at, turn, tried_at, tried_in)
        SELECT schedule, space, channel, '2026-03-03', question, topic, difficulty, quiz, 'claimed',
            reveal, claimed_at, due_at, 0, tried_at, tried_in FROM dailies";
    assert_eq!(database.execute(older, []).expect("written"), 1);
    drop(database);
    let none = Permissions::empty();
    let world = room.sandbox.world().clone();
    world.set_permissions("daily", "bot", none, Permissions::VIEW_CHANNEL);
    room.start_bot().await;

    let space = room.member(&room.ana).space;
    let schedule = async || {
        let schedules = room.app().store.schedules(space.clone()).await;
        schedules.expect("read").remove(0)
    };
    let id = schedule().await.id;
    let given_up = async || {
        let date = "2026-03-03".parse().expect("a date");
        let daily = room.app().store.daily_on(id, date).await.expect("read");
        daily.is_some_and(|daily| daily.given_up)
    };
    room.until(given_up).await;
    assert_eq!(schedule().await.suspension, None);
    world.set_permissions("daily", "bot", Permissions::VIEW_CHANNEL, none);
    shown(room.ben.click(&newer, "A").await);
    room.close().await;
}

#[tokio::test]
async fn a_post_by_hand_comes_after_a_move_over_the_date_line() {
    let room = Room::open().await;
    room.advance(Duration::hours(4));
    for (zone, date) in [
        ("Pacific/Kiritimati", "5 March 2026"),
        ("Pacific/Honolulu", "4 March 2026"),
    ] {
        let set = format!("/schedule set channel:#daily time:09:00 zone:{zone}");
        shown(room.ana.slash("staff", &set).await);
        let promised = shown(room.ana.slash("staff", "/daily post").await).text();
        assert!(promised.contains("on its way"), "{zone}: {promised}");
        let posted = |m: &MessageView| m.text().contains(date) && m.button("A").is_some();
        let daily = room.ben.wait_for("daily", posted).await;
        room.recorded(&daily).await;
    }
    assert_eq!(dailies(&room).len(), 2);
    room.close().await;
}

#[tokio::test]
async fn a_zone_that_is_not_known_any_more_stops_its_own_schedule_alone() {
    let mut room = Room::with_schedule().await;
    let set = "/schedule set channel:#general time:09:00 zone:UTC schedule:lost";
    shown(room.ana.slash("staff", set).await);
    room.stop_bot().await;
    let database = Connection::open(room.database()).expect("the database");
    let lost = "UPDATE schedules SET zone = 'Mars/Phobos' WHERE name = 'lost'";
    assert_eq!(database.execute(lost, []).expect("written"), 1);
    drop(database);
    room.start_bot().await;

    room.next_daily().await;
    let told = room
        .ana
        .wait_for("@bot", |message| message.text().contains("can't be read"));
    insta::assert_snapshot!(room.reads(&told.await), @r"
    A schedule can't be read
    The schedule “lost” can't be read, so it posts nothing: `/schedule list` says what is wrong with it. Set it anew with `/schedule set`; what it has asked and everybody's streaks are kept.
    ");
    let lines = [
        "/schedule list",
        "/daily post schedule:lost",
        "/schedule set schedule:lost time:10:00",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Thu 5 March 09:00
    lost
    #general · every day · 09:00 UTC · all topics
    It posts nothing, since its `zone` can't be read: “Mars/Phobos”. Set it anew with `/schedule set`.
    Only you can see this

    > /daily post schedule:lost
    That didn't work
    The schedule “lost” can't be read, so it posts nothing: `/schedule list` says what is wrong with it. Set it anew with `/schedule set`; what it has asked and everybody's streaks are kept.
    Only you can see this

    > /schedule set schedule:lost time:10:00
    Something is missing
    The schedule “lost” can't be read, so it must be set as a whole, with `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set schedule:lost channel:#daily time:10:00 zone:Berlin`
    Only you can see this
    ");
    shown(room.ben.slash("general", "/leaderboard").await);
    shown(room.ana.slash("staff", set).await);
    assert!(!list(&room).await.contains("Phobos"));
    room.next_daily().await;
    let posted = |m: &MessageView| m.text().contains("Daily question");
    room.ben.wait_for("general", posted).await;
    room.close().await;
}

#[tokio::test]
async fn dates_at_the_end_of_the_calendar_are_answered() {
    let room = Room::with_schedule().await;
    let dates = [
        "+262142-12-31",
        "+262142-01-01",
        "+10000-01-01",
        "9999-12-31",
        "2026-03-05",
        "0001-01-01",
        "0000-01-01",
        "-262143-01-01",
    ];
    for command in ["skip", "unskip"] {
        for date in dates {
            let alone = format!("/schedule {command} date:{date}");
            shown(room.ana.slash("staff", &alone).await);
            for until in dates {
                shown(
                    room.ana
                        .slash("staff", &format!("{alone} until:{until}"))
                        .await,
                );
            }
        }
    }
    assert!(!list(&room).await.contains("Skips"), "all were unskipped");
    room.close().await;
}

#[tokio::test]
async fn nothing_panics_at_the_end_of_the_years_of_four_digits() {
    let room = Room::with_schedule().await;
    for _ in 0..3 {
        room.advance(Duration::days(366 * 7_000));
        let said = room.ben.say("general", "still here").await;
        assert_eq!(room.ben.message(said.id).map(|said| said.id), Some(said.id));
        list(&room).await;
        shown(room.ben.slash("general", "/leaderboard").await);
        shown(room.ana.slash("staff", "/schedule preview").await);
        room.ana
            .slash("staff", "/daily post")
            .await
            .expect("answered");
    }
    assert!(
        room.sandbox
            .world()
            .now()
            .to_string()
            .starts_with("9999-12-31")
    );
    room.close().await;
}

/// As the program has it.
struct Dailies(App);

impl Stops for Dailies {
    fn next(&self, within: Duration) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async move { self.0.next_due(within).await.expect("read") })
    }

    fn caught_up(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            while self.0.is_behind().await.expect("read") {
                tokio::task::yield_now().await;
            }
        })
    }
}

#[tokio::test]
async fn the_next_day_comes_by_way_of_each_daily() {
    let room = Room::open().await;
    room.sandbox.stop_at(Arc::new(Dailies(room.app().clone())));
    let times = [
        ("00:00", "UTC"),
        ("07:50", "UTC"),
        ("08:10", "UTC"),
        ("08:11", "UTC"),
        ("13:37", "Pacific/Kiritimati"),
        ("23:59", "America/Vancouver"),
    ];
    for (number, (time, zone)) in times.iter().enumerate() {
        let set =
            format!("/schedule set channel:#daily time:{time} zone:{zone} schedule:at-{number}");
        shown(room.ana.slash("staff", &set).await);
    }
    for day in 1..=10 {
        room.sandbox
            .world()
            .advance_by_stops(Duration::days(1))
            .await;
        assert_eq!(dailies(&room).len(), day * times.len(), "day {day}");
    }
    let list = list(&room).await;
    assert!(!list.contains("late") && !list.contains("Missed"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn a_schedule_that_fails_holds_up_no_other() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("greenroom.db");
    let bank = Bank::load(&bank_folder()).expect("the tests' bank is valid");
    let clock = Clock::manual(start());
    let app = App::new(Store::open(&file).expect("a new one"), bank, clock);
    let nine = parse_time("09:00").expect("a time");
    let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
    let settings = ScheduleSettings::new("7".into(), timetable);
    for (space, name) in [
        ("1", "daily"),
        ("1", "broken"),
        ("1", "more"),
        ("3", "other"),
    ] {
        let set = app.set(SpaceId::discord(space), name.into(), settings.clone(), None);
        set.await.expect("set");
    }
    let database = Connection::open(&file).expect("the database");
    database
        .execute_batch(
            "CREATE TRIGGER broken BEFORE INSERT ON dailies
             WHEN (SELECT name FROM schedules WHERE id = NEW.schedule) = 'broken'
             BEGIN SELECT raise(ABORT, 'broken'); END",
        )
        .expect("written");
    app.clock.advance(Duration::hours(1));
    // What it logs is an error, which no other test may come upon.
    let quiet = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
    app.claim_due(PlatformId::Discord).await.expect("kept");
    drop(quiet);
    assert_eq!(app.to_post().await.expect("read").len(), 3);
}
