//! What schedules are called, and how many of them there may be.

use futures_util::future::join_all;
use greenroom::app::setting::ScheduleRequest;

use super::{admin, schedules};
use crate::harness::{Room, shown};

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
