//! Schedules that are paused or removed, and what becomes of the daily that is open.

use chrono::Duration;

use super::{Message, Room};

stories!(
    what_an_admin_posts_of_a_paused_schedule_leaves_it_paused,
    what_a_removed_schedule_was_to_skip_and_to_ask_does_not_come_back,
    a_daily_that_was_closed_by_removal_is_said_to_be_and_when_the_next_comes,
    a_removed_schedules_streaks_run_again_once_it_is_set_again,
    a_paused_schedules_daily_closes_when_the_next_would_have_come_and_all_are_told,
    where_none_follows_within_a_week_all_are_told_when_the_open_daily_closes,
    a_daily_that_was_due_during_a_pause_or_on_a_skipped_date_is_said_to_be_missed,
);

/// An open daily, of Wednesday 4 March at 09:00, whose verdicts are shown when it closes.
async fn with_hidden_verdicts(room: &Room) -> Message {
    room.schedule("reveal:at-close").await;
    room.queue(&["cache-aside"]).await;
    room.next_daily().await
}

async fn what_a_removed_schedule_was_to_skip_and_to_ask_does_not_come_back(room: &Room) {
    room.schedule("").await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    let lines = [
        "/schedule skip date:2026-03-05 until:2026-03-06",
        "/daily queue question:cache-aside",
        "/schedule remove",
        set,
        "/schedule list",
    ];
    let first = room.ana.conversation(&lines).await;
    insta::assert_snapshot!(first, @r"
    > /schedule skip date:2026-03-05 until:2026-03-06
    ✅ Skipped
    Thu 5 March 2026 to Fri 6 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Thu 5 March 2026 to Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    • Tue, 10 Mar 2026, 09:00 UTC
    Only you can see this

    > /daily queue question:cache-aside
    ✅ Queued
    “How does cache-aside work?” comes next in “daily”. /schedule list shows what is queued.
    Only you can see this

    > /schedule remove
    ✅ Schedule removed
    “daily” in #daily has been removed, and its daily is closed if one was open. If you set it again, its streaks come back; its days, topics, reveal, discuss, skipped dates and queue do not.
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:UTC
    ✅ Schedule set
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed, 4 Mar 2026, 09:00 UTC
    Only you can see this
    ");
    assert_eq!(room.ana.conversation(&lines).await, first);
}

async fn a_daily_that_was_closed_by_removal_is_said_to_be_and_when_the_next_comes(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    let set = "/schedule set channel:#daily time:18:00 zone:UTC";
    let mut again = Vec::new();
    for _ in 0..2 {
        let lines = ["/schedule remove", set];
        let removed = room.ana.conversation(&lines).await;
        room.closed(&daily).await;
        let post = room.ana.conversation(&["/daily post"]).await;
        again.push(removed + &post);
    }
    insta::assert_snapshot!(again[0], @r"
    > /schedule remove
    ✅ Schedule removed
    “daily” in #daily has been removed, and its daily is closed if one was open. If you set it again, its streaks come back; its days, topics, reveal, discuss, skipped dates and queue do not.
    Only you can see this

    > /schedule set channel:#daily time:18:00 zone:UTC
    ✅ Schedule set
    The daily of Wed 4 March 2026 (UTC) has already been posted. A schedule posts at most once a day, so the next one comes on a later date.
    daily
    #daily · every day · 18:00 UTC · all topics
    Next dailies
    • Thu, 5 Mar 2026, 18:00 UTC
    • Fri, 6 Mar 2026, 18:00 UTC
    • Sat, 7 Mar 2026, 18:00 UTC
    • Sun, 8 Mar 2026, 18:00 UTC
    • Mon, 9 Mar 2026, 18:00 UTC
    Only you can see this

    > /daily post
    Already posted
    The daily of Wed 4 March 2026 (UTC) was posted in #daily and has closed. A schedule posts at most once a day; the next one is due Thu, 5 Mar 2026, 18:00 UTC.
    Only you can see this
    ");
    assert_eq!(again[1], again[0]);
    let lines = ["/schedule pause", "/daily post"];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule pause
    ✅ Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    Only you can see this

    > /daily post
    Already posted
    The daily of Wed 4 March 2026 (UTC) was posted in #daily and has closed. A schedule posts at most once a day. The schedule stays paused; /schedule resume has it post again.
    Only you can see this
    ");
    room.ana.told("/schedule remove").await;
    // Under another name it is another schedule, with a daily of its own today.
    let other = format!("{set} schedule:other");
    let lines = [&other, "/daily post"];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule set channel:#daily time:18:00 zone:UTC schedule:other
    ✅ Schedule set
    other
    #daily · every day · 18:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 18:00 UTC
    • Thu, 5 Mar 2026, 18:00 UTC
    • Fri, 6 Mar 2026, 18:00 UTC
    • Sat, 7 Mar 2026, 18:00 UTC
    • Sun, 8 Mar 2026, 18:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /daily post
    ✅ Today's daily
    It is on its way to #daily.
    Only you can see this
    ");
    let other = |message: &Message| message.id != daily.id && message.has_button("A");
    let second = room.ben.wait_for("daily", &other).await;
    assert_ne!(second.question().id, daily.question().id);
    room.advance(Duration::hours(1));
    insta::assert_snapshot!(room.ana.told("/daily post").await, @r"
    Already posted
    The daily of Wed 4 March 2026 (UTC) is already posted in #daily. A schedule posts at most once a day; the next one is due Thu, 5 Mar 2026, 18:00 UTC.
    Only you can see this
    ");
}

async fn a_removed_schedules_streaks_run_again_once_it_is_set_again(room: &Room) {
    room.schedule("").await;
    let answer = async || {
        let daily = room.next_daily().await;
        room.ben.press_right(&daily).await;
    };
    let read = async |line: &str| room.ben.slash(line).await.text;
    let streaks = async |running: u32, longest: u32| {
        let stats = read("/stats").await;
        let own = format!("{running} · longest {longest}");
        assert!(stats.contains(&own), "{own}: {stats}");
        let board = read("/leaderboard period:all").await;
        let shown = board.contains(&format!("right · streak {running}"));
        assert_eq!(shown, running > 0, "{board}");
        assert_eq!(board.contains("streak"), running > 0, "{board}");
    };
    answer().await;
    answer().await;
    streaks(2, 2).await;
    room.ana.told("/schedule remove").await;
    streaks(0, 2).await;
    room.ana
        .told("/schedule set channel:#daily time:09:00 zone:UTC")
        .await;
    streaks(2, 2).await;
    answer().await;
    streaks(3, 3).await;
}

async fn what_an_admin_posts_of_a_paused_schedule_leaves_it_paused(room: &Room) {
    room.schedule("").await;
    room.ana.told("/schedule pause").await;
    let post = room.ana.told("/daily post").await;
    insta::assert_snapshot!(post, @r"
    ✅ Today's daily
    It is on its way to #daily. The schedule stays paused; /schedule resume has it post again.
    Only you can see this
    ");
    let open = |message: &Message| message.has_button("A");
    room.ben.wait_for("daily", &open).await;
    let list = room.ana.told("/schedule list").await;
    assert!(list.contains("Paused:"), "{list}");
}

async fn a_paused_schedules_daily_closes_when_the_next_would_have_come_and_all_are_told(
    room: &Room,
) {
    let daily = with_hidden_verdicts(room).await;
    let read = async |receipt: &Message| {
        let verdict = room.ben.press(receipt, "My verdict").await;
        daily.unshuffled(&verdict.reads())
    };
    let right = daily.right();
    let receipt = room.ben.press(&daily, &right).await;
    insta::assert_snapshot!(daily.unshuffled(&receipt.reads()), @r"
    Recorded
    Your answer is A · The application
    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu, 5 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");

    let lines = ["/schedule pause", "/schedule preview"];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule pause
    ✅ Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    The open daily closes Thu, 5 Mar 2026, 09:00 UTC.
    Only you can see this

    > /schedule preview
    Preview
    The open daily closes Thu, 5 Mar 2026, 09:00 UTC.
    daily
    #daily · every day · 09:00 UTC · all topics
    Verdicts are shown when a daily closes.
    Paused: /schedule resume starts it again.
    Next dailies, once it is resumed
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    Only you can see this
    ");
    let paused = read(&receipt).await;
    insta::assert_snapshot!(paused, @r"
    Recorded
    Your answer is A · The application
    The verdict and the points come when the daily closes: Thu, 5 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");

    room.advance(Duration::hours(23));
    assert_eq!(read(&receipt).await, paused);
    room.advance(Duration::hours(1));
    let result = room.closed(&daily).await;
    insta::assert_snapshot!(daily.unshuffled(&result.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    ✅ A · The application
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    Votes
    A ████████████ 1 ✅
    B ░░░░░░░░░░░░ 0
    C ░░░░░░░░░░░░ 0
    1 answer in all
    First with the right answer
    Ben
    Caching · easy · closed
    [My verdict] [Model answer]
    ");
    insta::assert_snapshot!(read(&receipt).await, @r"
    ✅ Right!
    Who fills the cache in cache-aside?
    ✅ A · The application ← your answer
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    +11 points · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    let preview = room.ana.told("/schedule preview").await;
    insta::assert_snapshot!(preview, @r"
    Preview
    daily
    #daily · every day · 09:00 UTC · all topics
    Verdicts are shown when a daily closes.
    Paused: /schedule resume starts it again.
    Next dailies, once it is resumed
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    • Tue, 10 Mar 2026, 09:00 UTC
    Only you can see this
    ");

    room.ana.told("/schedule resume").await;
    let next = room.next_daily().await;
    // Resumed in time, it closes with the next one again.
    let lines = ["/schedule pause", "/schedule resume"];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule pause
    ✅ Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    The open daily closes Sat, 7 Mar 2026, 09:00 UTC.
    Only you can see this

    > /schedule resume
    ✅ Schedule resumed
    “daily” in #daily posts again, next Sat, 7 Mar 2026, 09:00 UTC.
    Only you can see this
    ");
    room.next_daily().await;
    room.closed(&next).await;
}

async fn where_none_follows_within_a_week_all_are_told_when_the_open_daily_closes(room: &Room) {
    let daily = with_hidden_verdicts(room).await;
    let lines = [
        "/schedule skip date:5 March until:20 March",
        "/schedule set time:10:00",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:5 March until:20 March
    ✅ Skipped
    Thu 5 March 2026 to Fri 20 March 2026 (UTC)
    The open daily closes Wed, 11 Mar 2026, 09:00 UTC.
    daily
    #daily · every day · 09:00 UTC · all topics
    Verdicts are shown when a daily closes.
    Skips: Thu 5 March 2026 to Fri 20 March 2026 (UTC)
    Next dailies, in your time zone
    • Sat, 21 Mar 2026, 09:00 UTC
    • Sun, 22 Mar 2026, 09:00 UTC
    • Mon, 23 Mar 2026, 09:00 UTC
    • Tue, 24 Mar 2026, 09:00 UTC
    • Wed, 25 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule set time:10:00
    ✅ Schedule changed
    The open daily closes Wed, 11 Mar 2026, 09:00 UTC.
    The daily of Wed 4 March 2026 (UTC) has already been posted. A schedule posts at most once a day, so the next one comes on a later date.
    Changed
    Time: 09:00 → 10:00
    daily
    #daily · every day · 10:00 UTC · all topics
    Verdicts are shown when a daily closes.
    Skips: Thu 5 March 2026 to Fri 20 March 2026 (UTC)
    Next dailies, in your time zone
    • Sat, 21 Mar 2026, 10:00 UTC
    • Sun, 22 Mar 2026, 10:00 UTC
    • Mon, 23 Mar 2026, 10:00 UTC
    • Tue, 24 Mar 2026, 10:00 UTC
    • Wed, 25 Mar 2026, 10:00 UTC
    Only you can see this
    ");
    let right = daily.right();
    let receipt = room.ben.press(&daily, &right).await;
    insta::assert_snapshot!(daily.unshuffled(&receipt.reads()), @r"
    Recorded
    Your answer is A · The application
    The verdict and the points come when the daily closes: Wed, 11 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");
    let line = "/schedule unskip date:10 March";
    insta::assert_snapshot!(room.ana.told(line).await, @r"
    ✅ No longer skipped
    Tue 10 March 2026 (UTC)
    daily
    #daily · every day · 10:00 UTC · all topics
    Verdicts are shown when a daily closes.
    Skips: Thu 5 March 2026 to Mon 9 March 2026, Wed 11 March 2026 to Fri 20 March 2026 (UTC)
    Next dailies, in your time zone
    • Tue, 10 Mar 2026, 10:00 UTC
    • Sat, 21 Mar 2026, 10:00 UTC
    • Sun, 22 Mar 2026, 10:00 UTC
    • Mon, 23 Mar 2026, 10:00 UTC
    • Tue, 24 Mar 2026, 10:00 UTC
    Only you can see this
    ");
    room.ana.told("/schedule skip date:10 March").await;
    room.advance(Duration::days(7));
    room.closed(&daily).await;
}

async fn a_daily_that_was_due_during_a_pause_or_on_a_skipped_date_is_said_to_be_missed(
    room: &Room,
) {
    let set = "/schedule set channel:#daily time:12:00 zone:UTC schedule:";
    room.ana.told(&format!("{set}noon")).await;
    let resumed = async |line: &str| {
        let told = room.ana.told(line).await;
        let text: Vec<&str> = told
            .lines()
            .filter(|line| line.contains("has not been posted"))
            .collect();
        text.join("\n")
    };
    room.ana.told("/schedule pause").await;
    assert_eq!(resumed("/schedule resume").await, "", "it is still to come");
    room.ana.told("/schedule pause").await;
    room.advance(Duration::hours(6));
    insta::assert_snapshot!(room.ana.told("/schedule resume").await, @r"
    ✅ Schedule resumed
    “noon” in #daily posts again, next Thu, 5 Mar 2026, 12:00 UTC.
    The daily of Wed 4 March 2026 (UTC) has not been posted, and its time has passed. /daily post posts it now.
    Only you can see this
    ");
    room.ana.told("/schedule skip date:tomorrow").await;
    room.ana.told(&format!("{set}other")).await;
    room.advance(Duration::days(1));
    let line = "/schedule unskip date:today schedule:noon";
    let told = "The daily of Thu 5 March 2026 (UTC) has not been posted, and its time has passed. /daily post schedule:noon posts it now.";
    assert_eq!(resumed(line).await, told);
    // What is told is so, and is told no more once it has been done.
    room.ana.told("/daily post schedule:noon").await;
    let noon = |message: &Message| message.says("5 March 2026");
    room.ben.wait_for("daily", &noon).await;
    room.ana.told("/schedule pause schedule:noon").await;
    assert_eq!(resumed("/schedule resume schedule:noon").await, "");
}
