//! `/schedule skip` and `unskip`: dates on which nothing is posted.

use chrono::Duration;

use super::{Message, Room};

stories!(
    skipped_dates_post_nothing_until_they_are_unskipped,
    dates_to_skip_are_refused_when_they_make_no_sense,
    ranges_are_skipped_as_they_are_written_and_no_further,
    dates_are_those_of_the_schedules_zone_and_say_so,
    dates_on_which_nothing_is_due_are_said_to_be,
    all_dates_are_unskipped_at_once,
);

async fn skipped_dates_post_nothing_until_they_are_unskipped(room: &Room) {
    room.schedule("").await;
    let skipped = "/schedule skip date:2026-03-05 until:2026-03-06";
    let told = room.ana.conversation(&[skipped, skipped]).await;
    insta::assert_snapshot!(told, @r"
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

    > /schedule skip date:2026-03-05 until:2026-03-06
    Nothing to change
    “daily” already skips Thu 5 March 2026 to Fri 6 March 2026 (UTC). /schedule list shows the dates that it skips.
    Only you can see this
    ");

    let unskip = "/schedule unskip date:2026-03-06";
    insta::assert_snapshot!(room.ana.told(unskip).await, @r"
    ✅ No longer skipped
    Fri 6 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Thu 5 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Mon, 9 Mar 2026, 09:00 UTC
    Only you can see this
    ");

    let wednesday = room.next_daily().await.text;
    assert!(wednesday.contains("Wednesday, 4 March"), "{wednesday}");
    room.advance(Duration::days(1));
    let friday = room.next_daily().await.text;
    assert!(friday.contains("Friday, 6 March"), "{friday}");
    let list = room.ana.told("/schedule list").await;
    insta::assert_snapshot!(list, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Sat, 7 Mar 2026, 09:00 UTC
    Only you can see this
    ");
}

async fn dates_to_skip_are_refused_when_they_make_no_sense(room: &Room) {
    room.schedule("").await;
    room.next_daily().await;
    let lines = [
        "/schedule skip date:whenever",
        "/schedule skip date:yesterday",
        "/schedule skip date:2026-02-30",
        "/schedule skip date:03/04/2026",
        "/schedule skip date:+262142-01-01",
        "/schedule skip date:9999-12-30 until:9999-12-31 schedule:other",
        "/schedule skip date:2026-03-03",
        "/schedule skip date:2026-03-04",
        "/schedule skip date:2026-03-09 until:2026-03-08",
        "/schedule skip date:2026-03-09 until:2027-03-10",
        "/schedule unskip date:2026-03-09",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:whenever
    I can't read that
    “whenever” isn't a date that I can read; write it like 24 Dec, 2026-12-24 or tomorrow
    Only you can see this

    > /schedule skip date:yesterday
    Which date?
    Tue 3 March 2026 (UTC) has passed. Name a date from Wed 4 March 2026 on.
    Only you can see this

    > /schedule skip date:2026-02-30
    No such date
    “2026-02-30”: February 2026 has 28 days
    Only you can see this

    > /schedule skip date:03/04/2026
    Which date?
    “03/04/2026” could be Wed 4 March 2026 or Fri 3 April 2026; write it like 2026-12-24
    Only you can see this

    > /schedule skip date:+262142-01-01
    I can't read that
    “+262142-01-01” isn't a date that I can read; write it like 24 Dec, 2026-12-24 or tomorrow
    Only you can see this

    > /schedule skip date:9999-12-30 until:9999-12-31 schedule:other
    Which schedule?
    There is no schedule called “other”. /schedule list shows all schedules; /schedule set makes another.
    Only you can see this

    > /schedule skip date:2026-03-03
    Which date?
    Tue 3 March 2026 (UTC) has passed. Name a date from Wed 4 March 2026 on.
    Only you can see this

    > /schedule skip date:2026-03-04
    Already posted
    Wed 4 March 2026 (UTC) already has its daily. /daily replace gives it another question.
    Only you can see this

    > /schedule skip date:2026-03-09 until:2026-03-08
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:2026-03-09 until:2027-03-10
    Fewer dates, please
    You can name at most 366 dates at once.
    Only you can see this

    > /schedule unskip date:2026-03-09
    Nothing to change
    “daily” doesn't skip Mon 9 March 2026 (UTC). /schedule list shows the dates that it skips.
    Only you can see this
    ");
}

async fn ranges_are_skipped_as_they_are_written_and_no_further(room: &Room) {
    room.schedule("").await;
    let say = async |line: &str| room.ana.slash(line).await.text;
    let christmas = "Skips: Thu 24 December 2026 to Sat 26 December 2026 (UTC)\n";
    for range in [
        "Dec 24-26",
        "24-26 Dec",
        "24 Dec to 26 Dec",
        "24 Dec until:26 Dec",
        "24 until:26 Dec",
    ] {
        let skipped = say(&format!("/schedule skip date:{range}")).await;
        assert!(skipped.contains(christmas), "{range}: {skipped}");
        let unskipped = say(&format!("/schedule unskip date:{range}")).await;
        assert!(!unskipped.contains("Skips"), "{range}: {unskipped}");
    }
    let lines = [
        "/schedule skip date:28 Dec until:3 Jan",
        "/schedule skip date:26 Dec until:24 Dec",
        "/schedule skip date:26 Dec to 24 Dec",
        "/schedule skip date:5 Jan until:2 Jan",
        "/schedule skip date:3 Jan until:28 Dec",
        "/schedule skip date:2 March until:6 March",
        "/schedule skip date:24 Dec 9999",
        "/schedule skip date:24 Dec 99",
        "/schedule skip date:2 March 2028 until:5 March 2028",
        "/schedule skip date:29 Feb 2032",
        "/schedule skip date:4 March 2028",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:28 Dec until:3 Jan
    ✅ Skipped
    Mon 28 December 2026 to Sun 3 January 2027 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Mon 28 December 2026 to Sun 3 January 2027 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule skip date:26 Dec until:24 Dec
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:26 Dec to 24 Dec
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:5 Jan until:2 Jan
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:3 Jan until:28 Dec
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:2 March until:6 March
    Which date?
    Mon 2 March 2026 (UTC) has passed. Name a date from Wed 4 March 2026 on.
    Only you can see this

    > /schedule skip date:24 Dec 9999
    Which date?
    Fri 24 December 9999 is too far ahead. Name dates within the next two years.
    Only you can see this

    > /schedule skip date:24 Dec 99
    Which date?
    Thu 24 December 2099 is too far ahead. Name dates within the next two years.
    Only you can see this

    > /schedule skip date:2 March 2028 until:5 March 2028
    Which date?
    Sun 5 March 2028 is too far ahead. Name dates within the next two years.
    Only you can see this

    > /schedule skip date:29 Feb 2032
    Which date?
    Sun 29 February 2032 is too far ahead. Name dates within the next two years.
    Only you can see this

    > /schedule skip date:4 March 2028
    ✅ Skipped
    Sat 4 March 2028 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Mon 28 December 2026 to Sun 3 January 2027, Sat 4 March 2028 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed, 4 Mar 2026, 09:00 UTC
    Skips: Mon 28 December 2026 to Sun 3 January 2027, Sat 4 March 2028 (UTC)
    Only you can see this
    ");
}

async fn dates_are_those_of_the_schedules_zone_and_say_so(room: &Room) {
    let set = "/schedule set channel:#daily time:08:00 zone:Tokyo";
    room.ana.slash(set).await;
    // For the reader it is 16:00 on the 4th, in Tokyo 01:00 on the 5th.
    room.advance(Duration::hours(8));
    let lines = [
        "/schedule skip date:tomorrow",
        "/schedule list",
        "/schedule skip date:tomorrow",
        "/schedule skip date:2026-03-04",
        "/schedule unskip date:today until:tomorrow",
        "/schedule unskip date:today until:tomorrow",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:tomorrow
    ✅ Skipped
    Fri 6 March 2026 (Asia/Tokyo)
    daily
    #daily · every day · 08:00 Asia/Tokyo · all topics
    Skips: Fri 6 March 2026 (Asia/Tokyo)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 23:00 UTC
    • Fri, 6 Mar 2026, 23:00 UTC
    • Sat, 7 Mar 2026, 23:00 UTC
    • Sun, 8 Mar 2026, 23:00 UTC
    • Mon, 9 Mar 2026, 23:00 UTC
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 08:00 Asia/Tokyo · all topics
    Next: Wed, 4 Mar 2026, 23:00 UTC
    Skips: Fri 6 March 2026 (Asia/Tokyo)
    Only you can see this

    > /schedule skip date:tomorrow
    Nothing to change
    “daily” already skips Fri 6 March 2026 (Asia/Tokyo). /schedule list shows the dates that it skips.
    Only you can see this

    > /schedule skip date:2026-03-04
    Which date?
    Wed 4 March 2026 (Asia/Tokyo) has passed. Name a date from Thu 5 March 2026 on.
    Only you can see this

    > /schedule unskip date:today until:tomorrow
    ✅ No longer skipped
    Thu 5 March 2026 to Fri 6 March 2026 (Asia/Tokyo)
    daily
    #daily · every day · 08:00 Asia/Tokyo · all topics
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 23:00 UTC
    • Thu, 5 Mar 2026, 23:00 UTC
    • Fri, 6 Mar 2026, 23:00 UTC
    • Sat, 7 Mar 2026, 23:00 UTC
    • Sun, 8 Mar 2026, 23:00 UTC
    Only you can see this

    > /schedule unskip date:today until:tomorrow
    Nothing to change
    “daily” doesn't skip any date from Thu 5 March 2026 to Fri 6 March 2026 (Asia/Tokyo). /schedule list shows the dates that it skips.
    Only you can see this
    ");
    room.ana.slash("/daily post schedule:daily").await;
    let posted = |message: &Message| message.says("5 March 2026");
    let daily = room.ben.wait_for("daily", &posted).await;
    room.recorded(&daily).await;
    insta::assert_snapshot!(room.ana.told("/daily post schedule:daily").await, @r"
    Already posted
    The daily of Thu 5 March 2026 (Asia/Tokyo) is already posted in #daily. A schedule posts at most once a day; the next one is due Thu, 5 Mar 2026, 23:00 UTC.
    Only you can see this
    ");
}

async fn dates_on_which_nothing_is_due_are_said_to_be(room: &Room) {
    room.schedule("days:weekends").await;
    let lines = [
        "/schedule skip date:10 March until:11 March",
        "/schedule skip date:this weekend",
        "/schedule preview",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule skip date:10 March until:11 March
    ✅ Skipped
    Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    Nothing is due on Tue 10 March 2026 to Wed 11 March 2026 anyway: the schedule posts on weekends. The first date after that is Sat 14 March 2026.
    daily
    #daily · weekends · 09:00 UTC · all topics
    Skips: Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    Next dailies, in your time zone
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    • Sat, 14 Mar 2026, 09:00 UTC
    • Sun, 15 Mar 2026, 09:00 UTC
    • Sat, 21 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule skip date:this weekend
    ✅ Skipped
    Sat 7 March 2026 to Sun 8 March 2026 (UTC)
    daily
    #daily · weekends · 09:00 UTC · all topics
    Skips: Sat 7 March 2026 to Sun 8 March 2026, Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    Next dailies, in your time zone
    • Sat, 14 Mar 2026, 09:00 UTC
    • Sun, 15 Mar 2026, 09:00 UTC
    • Sat, 21 Mar 2026, 09:00 UTC
    • Sun, 22 Mar 2026, 09:00 UTC
    • Sat, 28 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule preview
    Preview
    Nothing is due on Tue 10 March 2026 to Wed 11 March 2026 anyway: the schedule posts on weekends. The first date after that is Sat 14 March 2026.
    daily
    #daily · weekends · 09:00 UTC · all topics
    Skips: Sat 7 March 2026 to Sun 8 March 2026, Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    Next dailies, in your time zone
    • Sat, 14 Mar 2026, 09:00 UTC
    • Sun, 15 Mar 2026, 09:00 UTC
    • Sat, 21 Mar 2026, 09:00 UTC
    • Sun, 22 Mar 2026, 09:00 UTC
    • Sat, 28 Mar 2026, 09:00 UTC
    Only you can see this
    ");
}

async fn all_dates_are_unskipped_at_once(room: &Room) {
    room.schedule("").await;
    let lines = [
        "/schedule unskip date:all that are skipped",
        "/schedule skip date:10 March until:11 March",
        "/schedule skip date:20 March",
        "/schedule unskip date:All",
    ];
    insta::assert_snapshot!(room.ana.conversation(&lines).await, @r"
    > /schedule unskip date:all that are skipped
    Nothing to change
    “daily” skips no date.
    Only you can see this

    > /schedule skip date:10 March until:11 March
    ✅ Skipped
    Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Tue 10 March 2026 to Wed 11 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule skip date:20 March
    ✅ Skipped
    Fri 20 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Tue 10 March 2026 to Wed 11 March 2026, Fri 20 March 2026 (UTC)
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Only you can see this

    > /schedule unskip date:All
    ✅ No longer skipped
    Tue 10 March 2026 to Fri 20 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies, in your time zone
    • Wed, 4 Mar 2026, 09:00 UTC
    • Thu, 5 Mar 2026, 09:00 UTC
    • Fri, 6 Mar 2026, 09:00 UTC
    • Sat, 7 Mar 2026, 09:00 UTC
    • Sun, 8 Mar 2026, 09:00 UTC
    Only you can see this
    ");
}
