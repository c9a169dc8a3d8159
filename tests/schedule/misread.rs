//! What admins type that has no one meaning, or a near one: asked about under a title that says what is so.

use crate::harness::{Room, said};

#[tokio::test]
async fn what_is_read_and_can_be_several_is_asked_about() {
    let room = Room::with_schedule().await;
    let lines = [
        "/schedule set zone:EST",
        "/schedule set zone:brazil",
        "/schedule skip date:5/6",
        "/schedule skip date:10 Dec until:5 Dec",
        "/schedule skip date:30 Feb",
        "/schedule skip date:tomorow",
        "/schedule skip date:lundi",
        "/schedule set days:mon,lundi",
        "/schedule set days:wensday",
        "/schedule set days:none",
        "/schedule set days:every other day",
        "/schedule set days:once a month",
        "/schedule set topics:none",
        "/schedule pause schedule:dayli",
        "/schedule set schedule:dayli time:half past nine",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set zone:EST
    Which time zone?
    “EST” could mean several time zones; name the one you mean: America/New York, America/Panama or Australia/Brisbane
    Only you can see this

    > /schedule set zone:brazil
    Which time zone?
    “brazil” could mean several time zones; name the one you mean: America/Sao Paulo, America/Manaus, America/Rio Branco or America/Noronha
    Only you can see this

    > /schedule skip date:5/6
    Which date?
    “5/6” could be Wed 6 May 2026 or Fri 5 June 2026; write it like 2026-12-24
    Only you can see this

    > /schedule skip date:10 Dec until:5 Dec
    Which dates?
    The last date must not be before the first; over more than half a year, write the years too.
    Only you can see this

    > /schedule skip date:30 Feb
    No such date
    “30 Feb”: February has 29 days at most
    Only you can see this

    > /schedule skip date:tomorow
    Which date?
    “tomorow” isn't a date; did you mean tomorrow?
    Only you can see this

    > /schedule skip date:lundi
    Which date?
    “lundi” isn't a date; did you mean Monday?
    Only you can see this

    > /schedule set days:mon,lundi
    Which days?
    I don't know which days “lundi” means; did you mean Monday? Write them in English: mon,wed,fri, mon-fri, weekdays, weekends or every day
    Only you can see this

    > /schedule set days:wensday
    Which days?
    I don't know which days “wensday” means; did you mean Wednesday? Write them in English: mon,wed,fri, mon-fri, weekdays, weekends or every day
    Only you can see this

    > /schedule set days:none
    Which days?
    A schedule posts on at least one day of the week; /schedule pause keeps it from posting
    Only you can see this

    > /schedule set days:every other day
    Which days?
    A schedule posts on the same days every week, so not “every other day”. Name those days: mon,wed,fri, mon-fri, weekdays, weekends or every day. /schedule skip leaves out single dates, and /schedule pause keeps it from posting
    Only you can see this

    > /schedule set days:once a month
    Which days?
    A schedule posts on the same days every week, so not “once a month”. Name those days: mon,wed,fri, mon-fri, weekdays, weekends or every day. /schedule skip leaves out single dates, and /schedule pause keeps it from posting
    Only you can see this

    > /schedule set topics:none
    Which topic?
    Name at least one topic, or “all” for every topic. /topics shows all topics.
    Only you can see this

    > /schedule pause schedule:dayli
    Which schedule?
    There is no schedule called “dayli”. Did you mean “daily”? `/schedule list` shows all schedules; `/schedule set` makes another.
    Only you can see this

    > /schedule set schedule:dayli time:half past nine
    Something is missing
    There is no schedule called “dayli”. If you mean “daily”: `/schedule set schedule:daily time:09:30`. A new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_time_that_may_be_after_noon_is_said_to_be_read_as_one_before() {
    let room = Room::with_schedule().await;
    let first = async |line: &str| {
        let told = said(&room, line).await;
        let told = told.lines().find(|line| line.contains("is read as"));
        told.map(str::to_owned)
    };
    let new = "/schedule set channel:#daily zone:UTC schedule:";
    let told = first(&format!("{new}evening time:half past nine")).await;
    insta::assert_snapshot!(told.expect("said"), @"“half past nine” is read as 09:30. For 21:30, send `/schedule set schedule:evening time:21:30`.");
    let told = first("/schedule set schedule:evening time:9").await;
    insta::assert_snapshot!(told.expect("said"), @"“9” is read as 09:00. For 21:00, send `/schedule set schedule:evening time:21:00`.");
    for unasked in [
        "time:21:30",
        "time:09:00",
        "time:9 am",
        "time:nine in the evening",
    ] {
        let line = format!("/schedule set schedule:evening {unasked}");
        assert_eq!(first(&line).await, None, "{line}");
    }
    assert!(first("/schedule set schedule:daily time:8").await.is_none());
    let told = first("/schedule set schedule:daily time:nine o'clock").await;
    insta::assert_snapshot!(told.expect("said"), @"“nine o'clock” is read as 09:00. For 21:00, send `/schedule set schedule:daily time:21:00`.");
    room.close().await;
}
