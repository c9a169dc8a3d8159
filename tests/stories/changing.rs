//! Changing a schedule: what is not named stays, and what changed is told.

use super::Room;

stories!(
    a_change_says_what_it_changed,
    a_schedule_that_moves_says_from_where_and_how_to_have_a_second,
    what_the_open_daily_keeps_of_the_settings_before_is_told,
    midnight_is_said_to_begin_the_day,
);

async fn a_change_says_what_it_changed(room: &Room) {
    room.schedule("").await;
    let lines = [
        "/schedule skip date:2026-03-06",
        "/schedule set topics:http time:10",
        "/schedule set topics:all time:9am",
        "/schedule set time:09:00",
        "/schedule pause",
        "/schedule set days:mon-fri",
        "/schedule set topics:http, caching",
        "/schedule set topics:caching and http",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:2026-03-06
    ✅ Skipped
    Fri 6 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule set topics:http time:10
    ✅ Schedule changed
    Changed
    Time: 09:00 → 10:00
    Topics: all topics → HTTP
    daily
    #daily · every day · 10:00 UTC · HTTP
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 10:00 UTC
    • Thu, 5 Mar 2026, 10:00 UTC
    • Sat, 7 Mar 2026, 10:00 UTC
    • Sun, 8 Mar 2026, 10:00 UTC
    • Mon, 9 Mar 2026, 10:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule set topics:all time:9am
    ✅ Schedule changed
    Changed
    Time: 10:00 → 09:00
    Topics: HTTP → all topics
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule set time:09:00
    Nothing to change
    The schedule already has these settings. Give the options that you want to change.
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule pause
    ✅ Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    Only you can see this

    > /schedule set days:mon-fri
    ✅ Schedule changed
    Changed
    Days: every day → weekdays
    daily
    #daily · weekdays · 09:00 UTC · all topics
    Paused: /schedule resume starts it again.
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, once it is resumed, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    • Tue, 10 Mar 2026, 09:00 UTC
    • Wed, 11 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule set topics:http, caching
    ✅ Schedule changed
    Changed
    Topics: all topics → HTTP, Caching
    daily
    #daily · weekdays · 09:00 UTC · HTTP, Caching
    Paused: /schedule resume starts it again.
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, once it is resumed, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    • Tue, 10 Mar 2026, 09:00 UTC
    • Wed, 11 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule set topics:caching and http
    Nothing to change
    The schedule already has these settings. Give the options that you want to change.
    daily
    #daily · weekdays · 09:00 UTC · HTTP, Caching
    Paused: /schedule resume starts it again.
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, once it is resumed, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    • Tue, 10 Mar 2026, 09:00 UTC
    • Wed, 11 Mar 2026, 09:00 UTC
    Only you can see this
    ");
}

async fn a_schedule_that_moves_says_from_where_and_how_to_have_a_second(room: &Room) {
    room.schedule("").await;
    let lines = [
        "/schedule set channel:#general time:18:00 zone:UTC",
        "/schedule set channel:#daily",
        // All that a new one needs may be meant for a new one.
        "/schedule set channel:#daily time:19:00 zone:UTC",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule set channel:#general time:18:00 zone:UTC
    ✅ Schedule changed
    “daily” has moved from #daily to #general. If you wanted a second schedule instead, give it a name: /schedule set schedule:second, with a channel, a time and a zone.
    Changed
    Channel: #daily → #general
    Time: 09:00 → 18:00
    daily
    #general · every day · 18:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 18:00 UTC
    • Thu, 5 Mar 2026, 18:00 UTC
    • Fri, 6 Mar 2026, 18:00 UTC
    • Sat, 7 Mar 2026, 18:00 UTC
    • Sun, 8 Mar 2026, 18:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule set channel:#daily
    ✅ Schedule changed
    “daily” has moved from #general to #daily. If you wanted a second schedule instead, give it a name: /schedule set schedule:second, with a channel, a time and a zone.
    Changed
    Channel: #general → #daily
    daily
    #daily · every day · 18:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 18:00 UTC
    • Thu, 5 Mar 2026, 18:00 UTC
    • Fri, 6 Mar 2026, 18:00 UTC
    • Sat, 7 Mar 2026, 18:00 UTC
    • Sun, 8 Mar 2026, 18:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule set channel:#daily time:19:00 zone:UTC
    ✅ Schedule changed
    “daily” is changed. If you wanted a second schedule instead, give it a name: /schedule set schedule:second, with a channel, a time and a zone.
    Changed
    Time: 18:00 → 19:00
    daily
    #daily · every day · 19:00 UTC · all topics
    Next dailies
    • Wed, 4 Mar 2026, 19:00 UTC
    • Thu, 5 Mar 2026, 19:00 UTC
    • Fri, 6 Mar 2026, 19:00 UTC
    • Sat, 7 Mar 2026, 19:00 UTC
    • Sun, 8 Mar 2026, 19:00 UTC
    /daily post posts today's question at once
    Only you can see this
    ");
    for line in [
        "/schedule set time:20:00",
        "/schedule set schedule:daily channel:#general",
        "/schedule set schedule:second channel:#general time:18:00 zone:UTC",
    ] {
        let answer = room.ana.told(line).await;
        assert!(!answer.contains("second schedule"), "{line}: {answer}");
    }
}

async fn what_the_open_daily_keeps_of_the_settings_before_is_told(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let kept = async |line: &str| {
        let told = room.ana.told(line).await;
        let kept = told.lines().filter(|line| line.contains("open daily"));
        kept.collect::<Vec<_>>().join("\n")
    };
    let lines = [
        "/schedule set reveal:at-close",
        "/schedule set topics:http",
        "/schedule set channel:#general",
        "/schedule set reveal:at-once",
        "/schedule set topics:caching, http",
        "/schedule set channel:#daily topics:http reveal:at-close",
        "/schedule set channel:#general topics:caching",
        "/schedule set channel:#daily reveal:at-once",
        "/schedule set channel:#general topics:http reveal:at-close",
        "/schedule set discuss:true time:10:00",
    ];
    let mut told = Vec::new();
    for line in lines {
        told.push(format!("> {line}\n{}", kept(line).await));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    > /schedule set reveal:at-close
    The open daily stays as it was posted: with verdicts at once.
    > /schedule set topics:http
    The open daily stays as it was posted: about Caching. /daily replace schedule:daily gives it another question.
    > /schedule set channel:#general
    The open daily stays as it was posted: in #daily.
    > /schedule set reveal:at-once

    > /schedule set topics:caching, http

    > /schedule set channel:#daily topics:http reveal:at-close
    The open daily stays as it was posted: about Caching, with verdicts at once. /daily replace schedule:daily gives it another question.
    > /schedule set channel:#general topics:caching
    The open daily stays as it was posted: in #daily.
    > /schedule set channel:#daily reveal:at-once

    > /schedule set channel:#general topics:http reveal:at-close
    The open daily stays as it was posted: in #daily, about Caching, with verdicts at once. /daily replace schedule:daily gives it another question.
    > /schedule set discuss:true time:10:00
    ");
    // What is told is so.
    let verdict = room.ben.press_right(&daily).await;
    assert!(verdict.says("Right!"), "{}", verdict.text);
    room.ana.told("/schedule remove").await;
    let again = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    assert_eq!(kept(again).await, "", "it has closed");
}

async fn midnight_is_said_to_begin_the_day(room: &Room) {
    let lines = [
        "/schedule set channel:#daily time:0 zone:UTC days:mon",
        "/schedule set topics:http",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule set channel:#daily time:0 zone:UTC days:mon
    ✅ Schedule set
    00:00 is the start of the day: a Monday's daily is posted in the night from Sunday to Monday.
    daily
    #daily · mon · 00:00 UTC · all topics
    Next dailies
    • Mon, 9 Mar 2026, 00:00 UTC
    • Mon, 16 Mar 2026, 00:00 UTC
    • Mon, 23 Mar 2026, 00:00 UTC
    • Mon, 30 Mar 2026, 00:00 UTC
    • Mon, 6 Apr 2026, 00:00 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule set topics:http
    ✅ Schedule changed
    Changed
    Topics: all topics → HTTP
    daily
    #daily · mon · 00:00 UTC · HTTP
    Next dailies
    • Mon, 9 Mar 2026, 00:00 UTC
    • Mon, 16 Mar 2026, 00:00 UTC
    • Mon, 23 Mar 2026, 00:00 UTC
    • Mon, 30 Mar 2026, 00:00 UTC
    • Mon, 6 Apr 2026, 00:00 UTC
    /daily post posts today's question at once
    Only you can see this
    ");
}
