//! `/schedule`: for admins.

use chrono::Duration;

use super::{Message, Room};
use crate::harness::eventually;

stories!(
    a_schedule_is_set_listed_previewed_paused_resumed_and_removed,
    late_and_missed_dailies_are_told,
);

async fn a_schedule_is_set_listed_previewed_paused_resumed_and_removed(room: &Room) {
    let set = "/schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http";
    let lines = [
        set,
        "/schedule list",
        "/schedule pause",
        "/schedule pause",
        "/schedule resume",
        "/schedule preview schedule:daily",
        "/schedule remove",
        "/schedule list",
    ];
    // 21:30 in Berlin is 20:30 in UTC.
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http
    ✅ Schedule set
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next dailies
    • Wed, 4 Mar 2026, 20:30 UTC
    • Fri, 6 Mar 2026, 20:30 UTC
    • Mon, 9 Mar 2026, 20:30 UTC
    • Wed, 11 Mar 2026, 20:30 UTC
    • Fri, 13 Mar 2026, 20:30 UTC
    /daily post posts today's question at once
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next: Wed, 4 Mar 2026, 20:30 UTC
    Only you can see this

    > /schedule pause
    ✅ Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    Only you can see this

    > /schedule pause
    Nothing to change
    The schedule “daily” is already paused.
    Only you can see this

    > /schedule resume
    ✅ Schedule resumed
    “daily” in #daily posts again, next Wed, 4 Mar 2026, 20:30 UTC.
    Only you can see this

    > /schedule preview schedule:daily
    Preview
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next dailies
    • Wed, 4 Mar 2026, 20:30 UTC
    • Fri, 6 Mar 2026, 20:30 UTC
    • Mon, 9 Mar 2026, 20:30 UTC
    • Wed, 11 Mar 2026, 20:30 UTC
    • Fri, 13 Mar 2026, 20:30 UTC
    Only you can see this

    > /schedule remove
    ✅ Schedule removed
    “daily” in #daily has been removed, and its daily is closed if one was open. If you set it again, its streaks come back; its days, topics, reveal, discuss, skipped dates and queue do not.
    Only you can see this

    > /schedule list
    Schedules
    There is no schedule yet. /schedule set with a channel, a time and a zone makes one.
    Only you can see this
    ");
}

async fn late_and_missed_dailies_are_told(room: &mut Room) {
    room.schedule("").await;
    room.next_daily().await;
    // From 09:00 on Wednesday to 11:05 on Friday.
    room.stop_bot().await;
    room.advance(Duration::hours(50) + Duration::minutes(5));
    room.start_bot().await;
    let late = |message: &Message| message.says("Friday, 6 March 2026") && message.has_button("A");
    room.ben.wait_for("daily", &late).await;
    let told = async || {
        let list = room.ana.told("/schedule list").await;
        list.contains("Posted late: ") && list.contains("Missed: ")
    };
    eventually(told).await;
    insta::assert_snapshot!(room.ana.told("/schedule list").await, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Sat, 7 Mar 2026, 09:00 UTC
    Posted late: Fri 6 March 2026 (UTC) by 2 hours 5 minutes
    Missed: Thu 5 March 2026 (UTC). I could not post within six hours; nobody's streak is affected.
    Only you can see this
    ");
}
