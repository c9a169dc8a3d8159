//! Schedules that are paused or removed, and what becomes of the daily that is open.

use chat_sandbox::MessageView;
use chrono::Duration;

use crate::harness::{Room, question_in, said, shown};

/// A room with an open daily, of Wednesday 4 March at 09:00, whose verdicts are shown when it closes.
async fn with_hidden_verdicts() -> (Room, MessageView) {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    said(&room, set).await;
    let daily = room.next_daily().await;
    (room, daily)
}

/// Waits until a daily's message shows the result.
async fn closed(room: &Room, daily: &MessageView) -> MessageView {
    let id = daily.id;
    let is_closed = move |m: &MessageView| m.id == id && m.button("A").is_none();
    room.ben.wait_for("daily", is_closed).await
}

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

#[tokio::test]
async fn a_paused_schedules_daily_closes_when_the_next_would_have_come_and_all_are_told() {
    let (room, daily) = with_hidden_verdicts().await;
    // Thursday 5 March at 09:00.
    let then = "<t:1772701200:F>";
    let receipt = shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    let due = format!("closes: that is when the next one is posted, due {then}. Until then");
    assert!(receipt.text().contains(&due), "{}", receipt.text());

    let paused = said(&room, "/schedule pause").await;
    let closes = format!("The daily that is open closes {then}.");
    assert!(
        paused.contains("posts nothing until you resume it") && paused.contains(&closes),
        "{paused}"
    );
    let preview = said(&room, "/schedule preview").await;
    assert!(preview.contains(&closes), "{preview}");
    let now = shown(room.ben.click(&receipt, "My verdict").await).text();
    assert!(
        now.contains(&format!("closes: {then}. Until then")),
        "{now}"
    );

    room.advance(Duration::hours(23));
    let open = shown(room.ben.click(&receipt, "My verdict").await).text();
    assert!(open.contains(then), "{open}");
    room.advance(Duration::hours(1));
    let result = closed(&room, &daily).await.text();
    assert!(result.contains("1 answer in all"), "{result}");
    let verdict = shown(room.ben.click(&receipt, "My verdict").await).text();
    assert!(verdict.contains("Right!"), "{verdict}");
    let preview = said(&room, "/schedule preview").await;
    assert!(!preview.contains("that is open"), "{preview}");

    said(&room, "/schedule resume").await;
    let next = room.next_daily().await;
    let paused = said(&room, "/schedule pause").await;
    assert!(paused.contains("that is open closes"), "{paused}");
    // Resumed in time, it closes with the next one again.
    let resumed = said(&room, "/schedule resume").await;
    assert!(!resumed.contains("that is open"), "{resumed}");
    room.next_daily().await;
    closed(&room, &next).await;
    room.close().await;
}

#[tokio::test]
async fn where_none_follows_within_a_week_all_are_told_when_the_open_daily_closes() {
    let (room, daily) = with_hidden_verdicts().await;
    // Wednesday 11 March at 09:00.
    let then = "<t:1773219600:F>";
    let closes = format!("The daily that is open closes {then}.");
    let skipped = said(&room, "/schedule skip date:5 March until:20 March").await;
    assert!(skipped.contains(&closes), "{skipped}");
    let set = said(&room, "/schedule set time:10:00").await;
    assert!(set.contains(&closes), "{set}");
    let receipt = shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    let told = receipt.text();
    assert!(told.contains(&format!("closes: {then}.")), "{told}");
    let unskipped = said(&room, "/schedule unskip date:10 March").await;
    assert!(!unskipped.contains("that is open"), "{unskipped}");
    said(&room, "/schedule skip date:10 March").await;
    room.advance(Duration::days(7));
    closed(&room, &daily).await;
    room.close().await;
}
