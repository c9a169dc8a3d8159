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
        "/schedule set topics:none",
        "/schedule pause schedule:dayli",
        "/schedule set schedule:dayli time:half past nine",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
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
    insta::assert_snapshot!(told.expect("said"), @"");
    let told = first("/schedule set schedule:evening time:9").await;
    insta::assert_snapshot!(told.expect("said"), @"");
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
    insta::assert_snapshot!(told.expect("said"), @"");
    room.close().await;
}
