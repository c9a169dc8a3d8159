//! Changing a schedule: what is not named stays, and what changed is told.

use greenroom::app::Caller;
use greenroom::app::card::{Card, Part};
use greenroom::app::setting::ScheduleRequest;
use greenroom::model::ScheduleSettings;

use super::{admin, schedules};
use crate::harness::{Room, said, shown};

/// Sets a schedule anew, then the options of a subset, and compares.
async fn set_some(room: &Room, admin: &Caller, some: usize) {
    let request = |chosen: &dyn Fn(usize) -> bool, with: [&str; 6], discuss, channel: u64| {
        let text = |at: usize| chosen(at).then(|| with[at].to_owned());
        ScheduleRequest {
            name: Some("all".to_owned()),
            time: text(0),
            zone: text(1),
            weekdays: text(2),
            topics: text(3),
            reveal: text(4),
            channel: chosen(5).then(|| channel.into()),
            discuss: chosen(6).then_some(discuss),
        }
    };
    let old = ["09:00", "Berlin", "mon-fri", "caching", "at-once", ""];
    let new = ["9.30pm", "india", "Mon/Wed/Fri", "all", "at-close", ""];
    let old = request(&|_| true, old, false, 1);
    let all = request(&|_| true, new, true, 2);
    let some_of = request(&|at| some >> at & 1 == 1, new, true, 2);
    let set = async |request| {
        let card = room
            .app()
            .set_schedule(admin, request, async |_, _| None)
            .await;
        (
            card.expect("it is set"),
            schedules(room).await.remove(0).settings,
        )
    };
    let (_, after_all) = set(all).await;
    let (_, before) = set(old).await;
    let (card, after) = set(some_of).await;
    let named = |at: usize| some >> at & 1 == 1;
    let pick = |at: usize| if named(at) { &after_all } else { &before };
    let expected = ScheduleSettings {
        channel: pick(5).channel.clone(),
        timetable: greenroom::model::Timetable {
            time: pick(0).timetable.time,
            zone: pick(1).timetable.zone,
            weekdays: pick(2).timetable.weekdays,
            skipped: before.timetable.skipped.clone(),
            taken: Default::default(),
        },
        topics: pick(3).topics.clone(),
        reveal: pick(4).reveal,
        discuss: pick(6).discuss,
    };
    assert_eq!(after, expected, "{some:b}");
    let told = changed(&card);
    let lines = [
        "Time", "Zone", "Days", "Topics", "Verdicts", "Channel", "Threads",
    ];
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(
            told.contains(&format!("{line}: ")),
            named(at),
            "{some:b}: {told}"
        );
    }
    if some == 0b111_1111 {
        assert_eq!(
            told.replace("  \n", "\n"),
            "Channel: channel 1 → channel 2\nDays: weekdays → mon, wed, fri\n\
             Time: 09:00 → 21:30\nZone: Europe/Berlin → Asia/Kolkata\n\
             Topics: Caching → all topics\nVerdicts: at once → when a daily closes\n\
             Threads: none → for each closed daily with an answer"
        );
    }
}

/// What a card says is changed.
fn changed(card: &Card) -> String {
    let field = card.body.iter().find_map(|part| match part {
        Part::Field { name, value } if name == "Changed" => Some(value.to_string()),
        _ => None,
    });
    field.unwrap_or_default()
}

#[tokio::test]
async fn whatever_is_not_named_stays_as_it_is() {
    let room = Room::open().await;
    // Admitted once: so many in a minute would be too fast.
    let admin = admin(&room);
    for some in 0..1 << 7 {
        set_some(&room, &admin, some).await;
    }
    room.close().await;
}

#[tokio::test]
async fn a_change_says_what_it_changed() {
    let room = Room::with_schedule().await;
    let lines = [
        "/schedule skip date:2026-03-06",
        "/schedule set topics:http time:10",
        "/schedule set topics:all time:9am",
        "/schedule set time:09:00",
        "/schedule pause",
        "/schedule set days:mon-fri",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule skip date:2026-03-06
    Skipped
    Fri 6 March 2026 (UTC)
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00
    Only you can see this

    > /schedule set topics:http time:10
    Schedule changed
    Changed
    Time: 09:00 → 10:00
    Topics: all topics → HTTP
    daily
    #daily · every day · 10:00 UTC · HTTP
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    - Wed 4 March 10:00
    - Thu 5 March 10:00
    - Sat 7 March 10:00
    - Sun 8 March 10:00
    - Mon 9 March 10:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule set topics:all time:9am
    Schedule changed
    Changed
    Time: 10:00 → 09:00
    Topics: HTTP → all topics
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule set time:09:00
    Nothing to change
    The schedule already has these settings. Give the options that you want to change.
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, in your time zone
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule pause
    Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    Only you can see this

    > /schedule set days:mon-fri
    Schedule changed
    Changed
    Days: every day → weekdays
    daily
    #daily · weekdays · 09:00 UTC · all topics
    Paused: `/schedule resume` starts it again.
    Skips: Fri 6 March 2026 (UTC)
    Next dailies, once it is resumed, in your time zone
    - Wed 4 March 09:00
    - Thu 5 March 09:00
    - Mon 9 March 09:00
    - Tue 10 March 09:00
    - Wed 11 March 09:00
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_schedule_that_moves_says_from_where_and_how_to_have_a_second() {
    let room = Room::with_schedule().await;
    let lines = [
        "/schedule set channel:#general time:18:00 zone:UTC",
        "/schedule set channel:#daily",
        // All that a new one needs may be meant for a new one.
        "/schedule set channel:#daily time:19:00 zone:UTC",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#general time:18:00 zone:UTC
    Schedule changed
    “daily” has moved from #daily to #general. If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a channel, a time and a zone.
    Changed
    Channel: #daily → #general
    Time: 09:00 → 18:00
    daily
    #general · every day · 18:00 UTC · all topics
    Next dailies
    - Wed 4 March 18:00
    - Thu 5 March 18:00
    - Fri 6 March 18:00
    - Sat 7 March 18:00
    - Sun 8 March 18:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule set channel:#daily
    Schedule changed
    “daily” has moved from #general to #daily. If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a channel, a time and a zone.
    Changed
    Channel: #general → #daily
    daily
    #daily · every day · 18:00 UTC · all topics
    Next dailies
    - Wed 4 March 18:00
    - Thu 5 March 18:00
    - Fri 6 March 18:00
    - Sat 7 March 18:00
    - Sun 8 March 18:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule set channel:#daily time:19:00 zone:UTC
    Schedule changed
    “daily” is changed. If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`, with a channel, a time and a zone.
    Changed
    Time: 18:00 → 19:00
    daily
    #daily · every day · 19:00 UTC · all topics
    Next dailies
    - Wed 4 March 19:00
    - Thu 5 March 19:00
    - Fri 6 March 19:00
    - Sat 7 March 19:00
    - Sun 8 March 19:00

    /daily post posts today's question at once
    Only you can see this
    ");
    for line in [
        "/schedule set time:20:00",
        "/schedule set schedule:daily channel:#general",
        "/schedule set schedule:second channel:#general time:18:00 zone:UTC",
    ] {
        let answer = said(&room, line).await;
        assert!(!answer.contains("second schedule"), "{line}: {answer}");
    }
    room.close().await;
}

#[tokio::test]
async fn what_the_open_daily_keeps_of_the_settings_before_is_told() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let kept = async |line: &str| {
        let told = room.told(&room.ana, line).await;
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
    The open daily stays as it was posted: about Caching. `/daily replace schedule:daily` gives it another question.
    > /schedule set channel:#general
    The open daily stays as it was posted: in #daily.
    > /schedule set reveal:at-once

    > /schedule set topics:caching, http

    > /schedule set channel:#daily topics:http reveal:at-close
    The open daily stays as it was posted: about Caching, with verdicts at once. `/daily replace schedule:daily` gives it another question.
    > /schedule set channel:#general topics:caching
    The open daily stays as it was posted: in #daily.
    > /schedule set channel:#daily reveal:at-once

    > /schedule set channel:#general topics:http reveal:at-close
    The open daily stays as it was posted: in #daily, about Caching, with verdicts at once. `/daily replace schedule:daily` gives it another question.
    > /schedule set discuss:true time:10:00

    ");
    // What is told is so.
    let verdict = shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());
    said(&room, "/schedule remove").await;
    let again = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    assert_eq!(kept(again).await, "", "it has closed");
    room.close().await;
}

#[tokio::test]
async fn midnight_is_said_to_begin_the_day() {
    let room = Room::open().await;
    let lines = [
        "/schedule set channel:#daily time:0 zone:UTC days:mon",
        "/schedule set topics:http",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#daily time:0 zone:UTC days:mon
    Schedule set
    00:00 is the start of the day: a Monday's daily is posted in the night from Sunday to Monday.
    daily
    #daily · mon · 00:00 UTC · all topics
    Next dailies
    - Mon 9 March 00:00
    - Mon 16 March 00:00
    - Mon 23 March 00:00
    - Mon 30 March 00:00
    - Mon 6 April 00:00

    /daily post posts today's question at once
    Only you can see this

    > /schedule set topics:http
    Schedule changed
    Changed
    Topics: all topics → HTTP
    daily
    #daily · mon · 00:00 UTC · HTTP
    Next dailies
    - Mon 9 March 00:00
    - Mon 16 March 00:00
    - Mon 23 March 00:00
    - Mon 30 March 00:00
    - Mon 6 April 00:00

    /daily post posts today's question at once
    Only you can see this
    ");
    room.close().await;
}
