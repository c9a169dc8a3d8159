//! What is offered while a schedule is typed, and how what is typed is read.

use super::admin;
use crate::harness::{Room, plain, said, shown};

#[tokio::test]
async fn zones_and_schedules_are_offered_while_typing() {
    let room = Room::with_schedule().await;
    let line = "/schedule set channel:#daily time:09:00 zone:berl";
    let zones = room.ana.autocomplete("staff", line).await.expect("offers");
    assert!(
        zones.iter().any(|choice| choice.value == "Europe/Berlin"),
        "{zones:?}"
    );
    let names = room
        .ana
        .autocomplete("staff", "/schedule pause schedule:da")
        .await
        .expect("offers");
    assert_eq!(names.len(), 1, "{names:?}");
    room.close().await;
}

#[tokio::test]
async fn zones_are_asked_about_where_they_can_be_several() {
    let room = Room::open().await;
    let set = async |zone: &str| {
        let line = format!("/schedule set channel:#daily time:9 zone:{zone}");
        plain(&shown(room.ana.slash("staff", &line).await))
    };
    for (zone, shown) in [
        ("GMT+5", "09:00 UTC+5 "),
        ("utc-3", "09:00 UTC-3 "),
        ("UTC+5:30", "09:00 Asia/Kolkata "),
        ("india", "09:00 Asia/Kolkata "),
        ("New York, USA", "09:00 America/New York "),
        ("Asia/Kolkata · India", "09:00 Asia/Kolkata "),
    ] {
        let answer = set(zone).await;
        assert!(answer.contains(shown), "{zone}: {answer}");
    }
    let mut refused = Vec::new();
    for zone in ["PST", "IST", "CST", "EST", "usa"] {
        refused.push(set(zone).await);
    }
    insta::assert_snapshot!(refused.join("\n\n"), @r"
    Which time zone?
    “PST” could mean several time zones; name the one you mean: America/Los Angeles, Asia/Manila or Pacific/Pitcairn

    Which time zone?
    “IST” could mean several time zones; name the one you mean: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem

    Which time zone?
    “CST” could mean several time zones; name the one you mean: America/Chicago, Asia/Shanghai or America/Havana

    Which time zone?
    “EST” could mean several time zones; name the one you mean: America/New York, America/Panama or Australia/Brisbane

    Which time zone?
    “usa” could mean several time zones; name the one you mean: America/New York, America/Chicago, America/Denver, America/Phoenix, America/Los Angeles, America/Anchorage or Pacific/Honolulu
    ");
    let offered = async |typed: &str| {
        let line = format!("/schedule set zone:{typed}");
        let choices = room.ana.autocomplete("staff", &line).await.expect("offers");
        choices
            .into_iter()
            .map(|choice| choice.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(offered("indi").await[0], "Asia/Kolkata · India");
    assert!(!offered("GMT").await.iter().any(|name| name.contains("Etc")));
    room.close().await;
}

#[tokio::test]
async fn lists_are_completed_item_by_item() {
    let room = Room::open().await;
    let offered = async |line: &str| {
        let choices = room.ana.autocomplete("staff", line).await.expect("offers");
        let pair = |choice: chat_sandbox::Choice| {
            let value = choice.value.as_str().expect("text").to_owned();
            (choice.name, value)
        };
        choices.into_iter().map(pair).collect::<Vec<_>>()
    };
    let all = offered("/schedule set topics:").await;
    assert_eq!(all[0], ("all topics".to_owned(), "all".to_owned()));
    let next = offered("/schedule set topics:caching, ").await;
    assert_eq!(next.len(), 2, "{next:?}");
    assert!(
        next.contains(&("Caching, HTTP".to_owned(), "caching, http".to_owned())),
        "{next:?}"
    );
    let last = offered("/schedule set topics:Caching,http,rel").await;
    let (label, value) = &last[0];
    assert_eq!(value, "caching, http, databases-sql");
    let days = offered("/schedule set days:mon, w").await;
    assert_eq!(days.len(), 1, "{days:?}");
    assert_eq!(days[0].1, "mon, wednesday");
    let days = offered("/schedule set days:w").await;
    assert_eq!(days.len(), 3, "{days:?}");
    // What is offered is read, whichever of the two a client sends.
    for topics in [label, value] {
        let line = format!("/schedule set channel:#daily time:9 zone:UTC topics:{topics}");
        let answer = plain(&shown(room.ana.slash("staff", &line).await));
        assert!(
            answer.contains("Caching, HTTP, Relational databases"),
            "{answer}"
        );
    }
    room.close().await;
}

#[tokio::test]
async fn what_admins_have_set_is_offered_to_admins_only() {
    let room = Room::with_schedule().await;
    let (app, admin, ben) = (room.app(), admin(&room), room.caller(&room.ben));
    assert_eq!(app.suggest_schedules(&admin, "").await.len(), 1);
    assert!(app.suggest_schedules(&ben, "").await.is_empty());
    assert!(!app.suggest_dates(&admin, false, "").await.is_empty());
    assert!(app.suggest_dates(&ben, false, "").await.is_empty());
    assert_eq!(app.suggest_askable(&admin, "").len(), 6);
    assert!(app.suggest_askable(&ben, "").is_empty());
    // As the adapter asks it.
    let offered = room
        .ana
        .autocomplete("staff", "/daily post schedule:")
        .await;
    assert_eq!(offered.expect("offers").len(), 1);
    room.close().await;
}

#[tokio::test]
async fn an_option_within_the_text_of_another_is_noticed() {
    let room = Room::with_schedule().await;
    let lines = [
        "/schedule set channel:#daily time:09:00 zone:Berlin schedule:evening weekdays:mon-fri",
        "/schedule set channel:#daily time:09:00 weekdays:mon-fri zone:Berlin topic:http",
        "/schedule set weekdays: mon-fri",
        "/schedule set days:mon-fri verdict:at-close topics:http verdict:at-close",
        "/schedule pause name:daily",
        "/schedule skip date:tomorrow reason:holiday",
        "/schedule skip date:tomorrow until:friday name:daily",
        "/daily queue question:cache-aside Schedule:daily",
        "/question caching topic:http",
        "/quiz caching number:3",
        "/leaderboard topic:caching when:month",
        "/schedule list",
    ];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#daily time:09:00 zone:Berlin schedule:evening weekdays:mon-fri
    I can't read that
    “evening weekdays:mon-fri” contains `weekdays:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule set channel:#daily time:09:00 weekdays:mon-fri zone:Berlin topic:http
    Nothing was changed
    - “09:00 weekdays:mon-fri” contains `weekdays:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    - “Berlin topic:http” contains `topic:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule set weekdays: mon-fri
    I can't read that
    “weekdays: mon-fri” contains `weekdays:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule set days:mon-fri verdict:at-close topics:http verdict:at-close
    Nothing was changed
    - “mon-fri verdict:at-close” contains `verdict:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    - “http verdict:at-close” contains `verdict:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule pause name:daily
    I can't read that
    “name:daily” contains `name:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule skip date:tomorrow reason:holiday
    I can't read that
    “tomorrow reason:holiday” contains `reason:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule skip date:tomorrow until:friday name:daily
    I can't read that
    “friday name:daily” contains `name:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /daily queue question:cache-aside Schedule:daily
    I can't read that
    “cache-aside Schedule:daily” contains `Schedule:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /question caching topic:http
    I can't read that
    “caching topic:http” contains `topic:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /quiz caching number:3
    I can't read that
    “caching number:3” contains `number:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /leaderboard topic:caching when:month
    I can't read that
    “caching when:month” contains `when:`, which looks like another option. Give each option by itself, under one of the names that are offered.
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Wed 4 March 09:00
    Only you can see this
    ");
    // A name may have a colon, and whoever has such a schedule can still name it.
    for name in ["morning: algorithms", "the team: backend"] {
        let set = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        let answer = said(&room, &set).await;
        assert!(answer.contains("Schedule set"), "{answer}");
    }
    let space = room.member(&room.ana).space;
    let there = room.app().store.schedules(space.clone()).await;
    let settings = there.expect("read").remove(0).settings;
    let name = "evening weekdays:mon-fri".to_owned();
    let declared = room.app().set(space, name.clone(), settings, None);
    declared.await.expect("it is set");
    let answer = said(&room, &format!("/schedule set schedule:{name} time:10")).await;
    assert!(answer.contains("Schedule changed"), "{answer}");
    let answer = said(&room, &format!("/schedule pause schedule:{name}")).await;
    assert!(answer.contains("Schedule paused"), "{answer}");
    room.close().await;
}
