//! Schedules that are paused or removed, and what becomes of the daily that is open.

use chrono::Duration;

use crate::harness::{Room, question_in, said, shown};

#[tokio::test]
async fn what_a_removed_schedule_was_to_skip_and_to_ask_does_not_come_back() {
    let room = Room::with_schedule().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    for _ in 0..2 {
        said(&room, "/schedule skip date:2026-03-05 until:2026-03-06").await;
        said(&room, "/daily queue question:cache-aside").await;
        let removed = said(&room, "/schedule remove").await;
        assert!(
            removed
                .contains("If you set it again, its streaks come back, but its skipped dates and its queue do not."),
            "{removed}"
        );
        let again = said(&room, set).await;
        assert!(
            again.contains("Schedule set") && !again.contains("Skips"),
            "{again}"
        );
        // Thursday 5 March at 09:00.
        assert!(again.contains("<t:1772701200:F>"), "{again}");
        let list = said(&room, "/schedule list").await;
        assert!(
            !list.contains("Skips") && !list.contains("Queued"),
            "{list}"
        );
    }
    room.close().await;
}

#[tokio::test]
async fn a_daily_that_was_closed_by_removal_is_said_to_be_and_when_the_next_comes() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let id = daily.id;
    let set = "/schedule set channel:#daily time:18:00 zone:UTC";
    for _ in 0..2 {
        said(&room, "/schedule remove").await;
        let again = said(&room, set).await;
        assert!(
            again.contains("Today's daily has already been posted.")
                && !again.contains("/daily post"),
            "{again}"
        );
        room.ben
            .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
            .await;
        let post = said(&room, "/daily post").await;
        // Thursday 5 March at 18:00.
        assert!(
            post.starts_with("Already posted")
                && post.contains("and has closed. A schedule posts at most once a day; the next one is due <t:1772733600:F>."),
            "{post}"
        );
    }
    said(&room, "/schedule pause").await;
    let post = said(&room, "/daily post").await;
    assert!(
        post.contains("has closed.") && !post.contains("the next one"),
        "{post}"
    );
    said(&room, "/schedule remove").await;
    // Under another name it is another schedule, with a daily of its own today.
    let other = said(&room, &format!("{set} schedule:other")).await;
    assert!(!other.contains("Today's daily has already"), "{other}");
    let post = said(&room, "/daily post").await;
    assert!(post.contains("on its way"), "{post}");
    let second = room
        .ben
        .wait_for("daily", move |m| m.id != id && m.button("A").is_some())
        .await;
    assert_ne!(question_in(&second).id, question_in(&daily).id);
    room.advance(Duration::hours(1));
    let post = said(&room, "/daily post").await;
    assert!(
        post.contains("is already posted in")
            && post.contains("the next one is due <t:1772733600:F>"),
        "{post}"
    );
    room.close().await;
}

#[tokio::test]
async fn a_removed_schedules_streaks_run_again_once_it_is_set_again() {
    let room = Room::with_schedule().await;
    let answer = async || {
        let daily = room.next_daily().await;
        shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    };
    let read = async |line: &str| shown(room.ben.slash("general", line).await).text();
    let streaks = async |running: u32, longest: u32| {
        let stats = read("/stats").await;
        let own = format!("**{running}** · longest {longest}");
        assert!(stats.contains(&own), "{own}: {stats}");
        let board = read("/leaderboard period:all").await;
        let shown = board.contains(&format!("right · streak {running}"));
        assert_eq!(shown, running > 0, "{board}");
        assert_eq!(board.contains("streak"), running > 0, "{board}");
    };
    answer().await;
    answer().await;
    streaks(2, 2).await;
    said(&room, "/schedule remove").await;
    streaks(0, 2).await;
    said(&room, "/schedule set channel:#daily time:09:00 zone:UTC").await;
    streaks(2, 2).await;
    answer().await;
    streaks(3, 3).await;
    room.close().await;
}
