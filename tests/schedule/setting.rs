//! Setting a schedule, or changing one: what is missing or not understood, and what becomes of it.

use chat_sandbox::Permissions;
use greenroom::app::Caller;
use greenroom::app::card::{Card, Part};
use greenroom::app::setting::ScheduleRequest;
use greenroom::model::ScheduleSettings;

use super::{admin, schedules};
use crate::harness::{Room, said};

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let room = Room::open().await;
    let lines = [
        "/schedule set channel:#daily time:25:00 zone:UTC",
        "/schedule set channel:#daily time:09:00 zone:Europe/Berln",
        "/schedule set channel:#daily time:09:00 zone:UTC days:someday",
        "/schedule set channel:#daily time:09:00 zone:UTC topics:cachng",
        "/schedule set channel:#daily time:09:00 zone:UTC topics:, ,",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#daily time:25:00 zone:UTC
    I can't read that
    “25:00” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:Europe/Berln
    I can't read that
    “Europe/Berln” isn't a time zone; did you mean Europe/Berlin?
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:UTC days:someday
    I can't read that
    “someday” isn't a weekday; write days like mon,wed,fri, mon-fri, weekdays, weekends or every day
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:UTC topics:cachng
    Which topic?
    There is no topic “cachng”. Did you mean Caching?
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:UTC topics:, ,
    Which topic?
    Name at least one topic, or “all” for every topic. /topics shows all topics.
    Only you can see this

    > /schedule list
    Schedules
    There is no schedule yet. `/schedule set` with a channel, a time and a zone makes one.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_schedule_is_told_at_once() {
    let room = Room::open().await;
    let words: Vec<String> = (0..99).map(|word| format!("nothing{word}")).collect();
    let many = format!("/schedule set topics:{}", words.join(","));
    let lines = [
        "/schedule set time:25:99 zone:nowhere days:someday topics:cachng,htpt schedule:--",
        "/schedule set topics:cachng,htpt,cachng,cachng",
        &many,
        // What is there but can't be read isn't missing.
        "/schedule set time:25:99",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set time:25:99 zone:nowhere days:someday topics:cachng,htpt schedule:--
    Nothing was changed
    - “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    - “nowhere” isn't a time zone that I know; name a city like Berlin or New York, a country, or an offset like UTC+2
    - “someday” isn't a weekday; write days like mon,wed,fri, mon-fri, weekdays, weekends or every day
    - There is no topic “cachng”. Did you mean Caching?
    - There is no topic “htpt”. Did you mean HTTP?
    - A schedule's name has 1 to 32 characters, with a letter or digit among them.
    Only you can see this

    > /schedule set topics:cachng,htpt,cachng,cachng
    Nothing was changed
    - There is no topic “cachng”. Did you mean Caching?
    - There is no topic “htpt”. Did you mean HTTP?
    - There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule set topics:nothing0,nothing1,nothing2,nothing3,nothing4,nothing5,nothing6,nothing7,nothing8,nothing9,nothing10,nothing11,nothing12,nothing13,nothing14,nothing15,nothing16,nothing17,nothing18,nothing19,nothing20,nothing21,nothing22,nothing23,nothing24,nothing25,nothing26,nothing27,nothing28,nothing29,nothing30,nothing31,nothing32,nothing33,nothing34,nothing35,nothing36,nothing37,nothing38,nothing39,nothing40,nothing41,nothing42,nothing43,nothing44,nothing45,nothing46,nothing47,nothing48,nothing49,nothing50,nothing51,nothing52,nothing53,nothing54,nothing55,nothing56,nothing57,nothing58,nothing59,nothing60,nothing61,nothing62,nothing63,nothing64,nothing65,nothing66,nothing67,nothing68,nothing69,nothing70,nothing71,nothing72,nothing73,nothing74,nothing75,nothing76,nothing77,nothing78,nothing79,nothing80,nothing81,nothing82,nothing83,nothing84,nothing85,nothing86,nothing87,nothing88,nothing89,nothing90,nothing91,nothing92,nothing93,nothing94,nothing95,nothing96,nothing97,nothing98
    Nothing was changed
    - There is no topic “nothing0”. /topics shows all topics.
    - There is no topic “nothing1”. /topics shows all topics.
    - There is no topic “nothing2”. /topics shows all topics.
    - There is no topic “nothing3”. /topics shows all topics.
    - There is no topic “nothing4”. /topics shows all topics.
    - There is no topic “nothing5”. /topics shows all topics.
    - There is no topic “nothing6”. /topics shows all topics.
    - There is no topic “nothing7”. /topics shows all topics.
    - There is no topic “nothing8”. /topics shows all topics.
    - There is no topic “nothing9”. /topics shows all topics.
    - and 90 more
    Only you can see this

    > /schedule set time:25:99
    Nothing was changed
    - “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    - There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this
    ");
    let world = room.sandbox.world();
    let (none, send) = (Permissions::empty(), Permissions::SEND_MESSAGES);
    world.set_permissions("daily", "bot", none, send);
    let lines = [
        "/schedule set channel:#daily time:25:99 zone:UTC",
        "/schedule set channel:#general time:25:99 zone:UTC",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#daily time:25:99 zone:UTC
    Nothing was changed
    - “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    - Nothing was changed: I don't have **Send Messages** in #daily. Give me that permission in the channel's settings, or choose another channel, and run the command again.
    Only you can see this

    > /schedule set channel:#general time:25:99 zone:UTC
    I can't read that
    “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    Only you can see this

    > /schedule list
    Schedules
    There is no schedule yet. `/schedule set` with a channel, a time and a zone makes one.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_new_schedule_says_what_it_still_needs() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:9 zone:UTC";
    let (algos, other) = (
        format!("{set} schedule:algos"),
        format!("{set} schedule:other"),
    );
    let lines = [
        "/schedule set",
        "/schedule set time:9",
        "/schedule set channel:#daily time:9",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule set time:9
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule set channel:#daily time:9
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this
    ");
    // The only one there is needs no name.
    said(&room, &algos).await;
    insta::assert_snapshot!(room.told(&room.ana, "/schedule set time:10").await, @r"
    Schedule changed
    Changed
    Time: 09:00 → 10:00
    algos
    #daily · every day · 10:00 UTC · all topics
    Next dailies
    - Wed 4 March 10:00
    - Thu 5 March 10:00
    - Fri 6 March 10:00
    - Sat 7 March 10:00
    - Sun 8 March 10:00

    /daily post posts today's question at once
    Only you can see this
    ");
    said(&room, &other).await;
    insta::assert_snapshot!(room.told(&room.ana, "/schedule set time:11").await, @r"
    Which schedule?
    Run it again with `schedule:` set to one of: algos, other.
    Only you can see this
    ");
    // What is named in full is new.
    said(&room, set).await;
    insta::assert_snapshot!(room.told(&room.ana, "/schedule set time:11").await, @r"
    Schedule changed
    Changed
    Time: 09:00 → 11:00
    daily
    #daily · every day · 11:00 UTC · all topics
    Next dailies
    - Wed 4 March 11:00
    - Thu 5 March 11:00
    - Fri 6 March 11:00
    - Sat 7 March 11:00
    - Sun 8 March 11:00

    /daily post posts today's question at once
    Only you can see this
    ");
    // One that was removed is new again.
    said(&room, "/schedule remove schedule:daily").await;
    let line = "/schedule set schedule:daily time:12";
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set channel:#daily time:09:00 zone:Berlin`
    Only you can see this
    ");
    room.close().await;
}

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
    daily
    #daily · every day · 09:00 UTC · all topics
    Skips: Fri 6 March 2026
    Next dailies
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
    Skips: Fri 6 March 2026
    Next dailies
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
    Skips: Fri 6 March 2026
    Next dailies
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
    Skips: Fri 6 March 2026
    Next dailies
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
    Skips: Fri 6 March 2026
    Next dailies, once it is resumed
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
        "/schedule set channel:#general time:20:00 zone:UTC",
    ] {
        let answer = said(&room, line).await;
        assert!(!answer.contains("second schedule"), "{line}: {answer}");
    }
    room.close().await;
}
