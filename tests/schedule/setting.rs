//! Setting a schedule: what is missing or not understood.

use chat_sandbox::Permissions;

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
    Which time zone?
    “Europe/Berln” isn't a time zone; did you mean Europe/Berlin?
    Only you can see this

    > /schedule set channel:#daily time:09:00 zone:UTC days:someday
    I can't read that
    I don't know which days “someday” means. Write them in English: mon,wed,fri, mon-fri, weekdays, weekends or every day
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
    - I don't know which days “someday” means. Write them in English: mon,wed,fri, mon-fri, weekdays, weekends or every day
    - There is no topic “cachng”. Did you mean Caching?
    - There is no topic “htpt”. Did you mean HTTP?
    - A schedule's name has 1 to 32 characters, with a letter or digit among them.
    Only you can see this

    > /schedule set topics:cachng,htpt,cachng,cachng
    Nothing was changed
    - There is no topic “cachng”. Did you mean Caching?
    - There is no topic “htpt”. Did you mean HTTP?
    - There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`. For example: `/schedule set schedule:daily channel:#daily time:09:00 zone:Berlin`
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
    - There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set schedule:daily channel:#daily time:09:00 zone:Berlin`
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
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`. For example: `/schedule set schedule:daily channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule set time:9
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set schedule:daily channel:#daily time:09:00 zone:Berlin`
    Only you can see this

    > /schedule set channel:#daily time:9
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `zone`. For example: `/schedule set schedule:daily time:09:00 zone:Berlin channel:`#daily
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
    Which schedule?
    Run it again with `schedule:` set to one of: algos, daily, other.
    Only you can see this
    ");
    // One that was removed is new again.
    said(&room, "/schedule remove schedule:daily").await;
    let line = "/schedule set schedule:daily time:12";
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    Something is missing
    There is no schedule called “daily” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`. For example: `/schedule set schedule:daily channel:#daily time:12:00 zone:Berlin`
    Only you can see this
    ");
    room.close().await;
}
