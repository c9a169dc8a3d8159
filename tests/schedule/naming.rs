//! What schedules are called, and how many of them there may be.

use futures_util::future::join_all;
use greenroom::app::setting::ScheduleRequest;

use super::{admin, schedules};
use crate::harness::{Room, said, shown};

#[tokio::test]
async fn names_that_look_alike_are_one() {
    let room = Room::open().await;
    let caller = admin(&room);
    let set = async |name: &str| {
        let request = ScheduleRequest {
            name: Some(name.to_owned()),
            channel: Some(1.into()),
            time: Some("9".to_owned()),
            zone: Some("UTC".to_owned()),
            ..ScheduleRequest::default()
        };
        let card = room
            .app()
            .set_schedule(&caller, request, async |_, _| None)
            .await;
        card.map(drop).map_err(|error| error.to_string())
    };
    for name in [
        "x",
        "x\u{200b}",
        "\u{feff}X",
        " x\u{2060} ",
        "ｘ",
        "x\u{fe0f}",
        "x\u{e0041}",
    ] {
        assert_eq!(set(name).await, Ok(()), "{name:?}");
    }
    for name in ["my  daily", "my\u{a0}daily", "MY daily", "my\tdaily"] {
        assert_eq!(set(name).await, Ok(()), "{name:?}");
    }
    let names: Vec<String> = schedules(&room)
        .await
        .into_iter()
        .map(|schedule| schedule.name)
        .collect();
    assert_eq!(names, ["my daily", "x"]);
    for name in [
        "",
        " ",
        "\u{200b}",
        "\u{3164}\u{115f}",
        "\u{2800}",
        "\u{ad}\u{feff}",
        "…",
        "--",
        "🔥",
        "\u{301}",
        &"x".repeat(33),
    ] {
        let refused = set(name).await.expect_err(name);
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @r"
            A schedule's name has 1 to 32 characters, with a letter or digit among them.
            ");
        }
    }
    // Whoever names one may write it so too.
    let line = "/schedule pause schedule:Ｘ\u{200b}";
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    Schedule paused
    “x” in <#1> posts nothing until you resume it. Streaks are not affected.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn schedules_are_at_most_25_and_more_than_that_can_still_be_listed() {
    let room = Room::open().await;
    let set = async |name: &str| {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        shown(room.ana.slash("staff", &line).await).text()
    };
    for number in 0..25 {
        let answer = set(&format!("nr-{number}")).await;
        assert!(answer.contains("Schedule set"), "{answer}");
    }
    let line = "/schedule set channel:#daily time:09:00 zone:UTC schedule:another";
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    That didn't work
    A server has at most 25 schedules. Change one of them by its name, or remove one first with `/schedule remove`.
    Only you can see this
    ");
    let changed = set("nr-7").await;
    assert!(changed.contains("Nothing to change"), "{changed}");
    let remove = "/schedule remove schedule:nr-0";
    shown(room.ana.slash("staff", remove).await);
    let answer = set("another").await;
    assert!(answer.contains("Schedule set"), "one was removed: {answer}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("nr-24") && !list.contains("more"), "{list}");

    // Those of the configuration come in addition.
    let space = room.member(&room.ana).space;
    let there = room.app().store.schedules(space.clone()).await;
    let settings = there.expect("read").remove(0).settings;
    for name in ["x", "y"] {
        let declared = room
            .app()
            .set(space.clone(), name.to_owned(), settings.clone(), None);
        declared.await.expect("it is set");
    }
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("and 2 more"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn sixty_set_at_once_are_25() {
    let room = Room::open().await;
    let caller = admin(&room);
    let set = (0..60).map(|number| {
        let request = ScheduleRequest {
            name: Some(format!("nr-{number}")),
            channel: Some(1.into()),
            time: Some("9".to_owned()),
            zone: Some("UTC".to_owned()),
            ..ScheduleRequest::default()
        };
        room.app().set_schedule(&caller, request, async |_, _| None)
    });
    let outcomes = join_all(set).await;
    let refused = outcomes.into_iter().filter_map(Result::err);
    let refused: Vec<String> = refused.map(|error| error.to_string()).collect();
    assert_eq!(refused.len(), 35);
    insta::allow_duplicates! {
        for refused in refused {
            insta::assert_snapshot!(refused, @r"
            A server has at most 25 schedules. Change one of them by its name, or remove one first with `/schedule remove`.
            ");
        }
    }
    assert_eq!(schedules(&room).await.len(), 25);
    room.close().await;
}

#[tokio::test]
async fn a_name_that_may_be_misspelt_gets_the_one_that_is_there() {
    let room = Room::open().await;
    insta::assert_snapshot!(room.told(&room.ana, "/schedule pause schedule:dayly").await, @r"
    No schedule yet
    There is no schedule yet. `/schedule set` with a channel, a time and a zone makes one.
    Only you can see this
    ");
    for name in ["daily", "evening"] {
        let set = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        said(&room, &set).await;
    }
    let lines = [
        "/schedule pause schedule:dayly",
        "/daily post schedule:EVENNIG",
        "/schedule set schedule:dayly topics:http",
        "/schedule pause schedule:weekly",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule pause schedule:dayly
    Which schedule?
    There is no schedule called “dayly”. Did you mean “daily”? `/schedule list` shows all schedules; `/schedule set` makes another.
    Only you can see this

    > /daily post schedule:EVENNIG
    Which schedule?
    There is no schedule called “EVENNIG”. Did you mean “evening”? `/schedule list` shows all schedules; `/schedule set` makes another.
    Only you can see this

    > /schedule set schedule:dayly topics:http
    Something is missing
    There is no schedule called “dayly”. If you mean “daily”: `/schedule set schedule:daily topics:http`. A new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`, `zone`.
    Only you can see this

    > /schedule pause schedule:weekly
    Which schedule?
    There is no schedule called “weekly”. `/schedule list` shows all schedules; `/schedule set` makes another.
    Only you can see this
    ");
    let offered = room
        .ana
        .autocomplete("staff", "/schedule pause schedule:dayly");
    let offered = offered.await.expect("offers");
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert_eq!(offered[0].value, "daily");
    room.close().await;
}

#[tokio::test]
async fn the_example_offered_works_and_keeps_what_was_given() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC schedule:evening";
    said(&room, set).await;
    let lines = [
        "/schedule set schedule:evning time:half past nine",
        "/schedule set schedule:evning time:25:99",
        "/schedule set schedule:evning time:9 pm days:mon-fri topics:http,cachng reveal:at-close discuss:true",
        "/schedule set schedule:fresh zone:India topics:all",
        "/schedule set schedule:fresh time:9 pm channel:#general",
    ];
    let told = room.conversation(&room.ana, &lines).await;
    insta::assert_snapshot!(told, @r"
    > /schedule set schedule:evning time:half past nine
    Something is missing
    There is no schedule called “evning”. If you mean “evening”: `/schedule set schedule:evening time:09:30`. A new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`.
    Only you can see this

    > /schedule set schedule:evning time:25:99
    Nothing was changed
    - “25:99” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    - There is no schedule called “evning”. If you mean “evening”: `/schedule set schedule:evening time:09:00`. A new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`.
    Only you can see this

    > /schedule set schedule:evning time:9 pm days:mon-fri topics:http,cachng reveal:at-close discuss:true
    Nothing was changed
    - There is no topic “cachng”. Did you mean Caching?
    - There is no schedule called “evning”. If you mean “evening”: `/schedule set schedule:evening time:21:00 days:weekdays topics:http reveal:at-close discuss:true`. A new one needs `channel`, `time` and `zone`; still missing: `channel`, `zone`.
    Only you can see this

    > /schedule set schedule:fresh zone:India topics:all
    Something is missing
    There is no schedule called “fresh” to change, and a new one needs `channel`, `time` and `zone`; still missing: `channel`, `time`. For example: `/schedule set schedule:fresh channel:#daily time:09:00 zone:Asia/Kolkata topics:all`
    Only you can see this

    > /schedule set schedule:fresh time:9 pm channel:#general
    Something is missing
    There is no schedule called “fresh” to change, and a new one needs `channel`, `time` and `zone`; still missing: `zone`. For example: `/schedule set schedule:fresh time:21:00 zone:Berlin channel:`#general
    Only you can see this
    ");
    let examples = told.split("`/schedule set ").skip(1);
    let examples = examples.filter_map(|rest| rest.split([';', '\n']).next());
    let examples = examples.map(|line| {
        line.replace('`', "")
            .replace(". A new one needs channel, time and zone", "")
    });
    let mut worked = 0;
    for example in examples {
        let answer = said(&room, &format!("/schedule set {example}")).await;
        let done = answer.contains("Schedule set") || answer.contains("Schedule changed");
        assert!(
            done || answer.contains("Nothing to change"),
            "{example}: {answer}"
        );
        worked += 1;
    }
    assert_eq!(worked, lines.len());
    room.close().await;
}
