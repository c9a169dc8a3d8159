//! What becomes of dailies that were claimed, and then something came between.

use chat_sandbox::{MessageView, Permissions};
use chrono::Duration;

use crate::harness::{Room, shown, start};

/// Has the bot forget that a daily was posted, as when it was killed right before it was recorded.
async fn forget(room: &mut Room, daily: &MessageView) {
    room.stop_bot().await;
    let sql = rusqlite::Connection::open(room.database()).expect("the database");
    let forgot = sql.execute(
        "UPDATE dailies SET state = 'claimed', message = NULL, ordinal = NULL, posted_at = NULL,
            closed_at = NULL, version = 0, shown = 0 WHERE message = ?1",
        [daily.id.to_string()],
    );
    assert_eq!(forgot.expect("an update"), 1);
}

fn dailies(room: &Room, channel: &str) -> usize {
    let messages = room.ben.messages(channel).into_iter();
    messages
        .filter(|m| m.text().contains("Daily question"))
        .count()
}

fn close_channel(room: &Room, closed: bool) {
    let (all, none) = (Permissions::SEND_MESSAGES, Permissions::empty());
    let (allow, deny) = if closed { (none, all) } else { (all, none) };
    room.sandbox
        .world()
        .set_permissions("daily", "bot", allow, deny);
}

/// Waits until the schedule waits for its channel.
async fn suspended(room: &Room) {
    let told = async || {
        let list = shown(room.ana.slash("staff", "/schedule list").await).text();
        list.contains("I can't post there")
    };
    room.until(told).await;
}

/// Whether the first day's daily will not be sent any more.
async fn given_up(room: &Room) -> bool {
    let (store, space) = (&room.app().store, room.member(&room.ana).space);
    let schedules = store.schedules(space).await.expect("read");
    let daily = store.daily_on(schedules[0].id, start().date_naive()).await;
    daily.expect("read").is_some_and(|daily| daily.given_up)
}

#[tokio::test]
async fn a_daily_sent_before_a_long_outage_is_found_again() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    forget(&mut room, &daily).await;
    room.advance(Duration::hours(7));
    room.start_bot().await;
    room.recorded(&daily).await;
    let verdict = shown(room.ben.click(&daily, &room.right_letter(&daily)).await).text();
    assert!(verdict.contains("Right!"), "{verdict}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("late") && !list.contains("Missed"), "{list}");
    assert_eq!(dailies(&room, "daily"), 1);
    room.close().await;
}

#[tokio::test]
async fn a_daily_found_after_the_next_one_breaks_no_streak_and_takes_no_answers() {
    let mut room = Room::with_schedule().await;
    let first = room.next_daily().await;
    forget(&mut room, &first).await;
    room.advance(Duration::days(1));
    room.start_bot().await;
    let id = first.id;
    let second = room
        .ben
        .wait_for("daily", move |m| m.id != id && m.button("A").is_some())
        .await;
    room.recorded(&second).await;
    shown(room.ben.click(&second, "A").await);
    room.ben
        .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
        .await;
    let third = room.next_daily().await;
    let verdict = shown(room.ben.click(&third, "A").await).text();
    assert!(verdict.contains("Streak: 2 dailies in a row"), "{verdict}");
    room.close().await;
}

#[tokio::test]
async fn a_daily_is_found_in_the_channel_that_its_schedule_left() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    forget(&mut room, &daily).await;
    let general = room.ben.channels().into_iter();
    let general = general
        .clone()
        .find(|channel| channel.name == "general")
        .expect("#general")
        .id;
    let sql = rusqlite::Connection::open(room.database()).expect("the database");
    let moved = sql.execute("UPDATE dailies SET channel = ?1", [general.to_string()]);
    assert_eq!(moved.expect("an update"), 1);
    room.start_bot().await;
    room.recorded(&daily).await;
    assert_eq!((dailies(&room, "daily"), dailies(&room, "general")), (1, 0));

    room.next_daily().await;
    let id = daily.id;
    room.ben
        .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
        .await;
    room.close().await;
}

#[tokio::test]
async fn a_paused_schedule_does_not_send_what_waited_for_its_channel() {
    let room = Room::with_schedule().await;
    close_channel(&room, true);
    room.advance(Duration::hours(1));
    suspended(&room).await;
    shown(room.ana.slash("staff", "/schedule pause").await);
    close_channel(&room, false);
    room.advance(Duration::hours(2));
    shown(room.ana.slash("staff", "/schedule resume").await);
    let thursday = room.next_daily().await.text();
    assert!(thursday.contains("Thursday, 5 March"), "{thursday}");
    assert_eq!(dailies(&room, "daily"), 1);
    room.close().await;
}

#[tokio::test]
async fn a_missed_daily_can_be_posted_by_hand() {
    let room = Room::with_schedule().await;
    close_channel(&room, true);
    room.advance(Duration::hours(1));
    suspended(&room).await;
    room.advance(Duration::hours(8));
    room.until(async || given_up(&room).await).await;
    close_channel(&room, false);
    shown(room.ana.slash("staff", "/daily post").await);
    let daily = room
        .ben
        .wait_for("daily", |m| m.button("A").is_some())
        .await;
    assert!(
        daily.text().contains("Wednesday, 4 March"),
        "{}",
        daily.text()
    );
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("I can't post there"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn unskipping_a_date_to_come_leaves_today_alone() {
    let room = Room::with_schedule().await;
    shown(
        room.ana
            .slash("staff", "/schedule skip date:2026-12-25")
            .await,
    );
    close_channel(&room, true);
    room.advance(Duration::hours(1));
    suspended(&room).await;
    shown(
        room.ana
            .slash("staff", "/schedule unskip date:2026-12-25")
            .await,
    );
    room.advance(Duration::hours(7));
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("Missed: Wed 4 March 2026 (UTC)"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn a_daily_sent_by_a_clock_that_was_ahead_is_found() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    forget(&mut room, &daily).await;
    // Later than the local Discord's clock, whose time is in the ids of messages.
    let sql = rusqlite::Connection::open(room.database()).expect("the database");
    let ahead = "UPDATE dailies SET tried_at = tried_at + 1000 * 86400 * 3650";
    assert_eq!(sql.execute(ahead, []).expect("an update"), 1);
    drop(sql);
    room.start_bot().await;
    room.recorded(&daily).await;
    assert_eq!(dailies(&room, "daily"), 1);
    room.close().await;
}
