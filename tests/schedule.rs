//! `/schedule`: for hosts.

use chrono::Duration;
use greenroom::sandbox::MessageView;

use crate::harness::{Room, shown};

#[tokio::test]
async fn a_schedule_is_set_listed_previewed_paused_resumed_and_removed() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http";
    let answer = shown(room.ana.slash("staff", set).await).text();
    assert!(
        answer.contains("21:30 Europe/Berlin") && answer.contains("caching, http"),
        "{answer}"
    );
    // Wednesday 4 March 2026, 21:30 in Berlin is 20:30 in UTC.
    assert!(answer.contains("<t:1772656200:F>"), "{answer}");
    assert_eq!(answer.matches(":F>").count(), 5, "five instants: {answer}");

    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("<t:1772656200:R>"), "{list}");
    let paused = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(paused.contains("posts nothing until"), "{paused}");
    let again = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(again.contains("is paused already"), "{again}");
    let resumed = shown(room.ana.slash("staff", "/schedule resume").await).text();
    assert!(resumed.contains("posts again"), "{resumed}");
    let preview = shown(
        room.ana
            .slash("staff", "/schedule preview schedule:daily")
            .await,
    )
    .text();
    assert_eq!(preview.matches(":F>").count(), 5, "{preview}");
    let removed = shown(room.ana.slash("staff", "/schedule remove").await).text();
    assert!(removed.contains("is gone"), "{removed}");
    let none = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(none.contains("There is no schedule yet"), "{none}");
    room.close().await;
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let room = Room::open().await;
    for (line, hint) in [
        ("/schedule set channel:#daily time:25:00 zone:UTC", "25:00"),
        (
            "/schedule set channel:#daily time:09:00 zone:Europe/Berln",
            "Europe/Berlin",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC days:someday",
            "someday",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC topics:cachng",
            "caching",
        ),
    ] {
        let refused = shown(room.ana.slash("staff", line).await);
        assert!(
            refused.ephemeral && refused.text().replace('\\', "").contains(hint),
            "{line}: {}",
            refused.text()
        );
    }
    let none = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(
        none.contains("There is no schedule yet"),
        "nothing was set: {none}"
    );
    room.close().await;
}

#[tokio::test]
async fn schedules_are_at_most_25_and_more_than_that_can_still_be_listed() {
    let room = Room::open().await;
    let set = async |name: &str| {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC name:{name}");
        shown(room.ana.slash("staff", &line).await).text()
    };
    for number in 0..25 {
        let answer = set(&format!("nr-{number}")).await;
        assert!(answer.contains("Schedule set"), "{answer}");
    }
    let refused = set("another").await;
    assert!(refused.contains("at most 25 schedules"), "{refused}");
    let changed = set("nr-7").await;
    assert!(changed.contains("Schedule set"), "{changed}");
    let remove = "/schedule remove schedule:nr-0";
    shown(room.ana.slash("staff", remove).await);
    let answer = set("another").await;
    assert!(answer.contains("Schedule set"), "one was removed: {answer}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("nr-24") && !list.contains("more"), "{list}");

    // The configuration may declare more.
    let space = room.caller(&room.ana).member.space;
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
async fn only_hosts_may_and_the_bot_checks_it_itself() {
    let room = Room::with_schedule().await;
    assert!(
        room.ben.slash("general", "/schedule list").await.is_err(),
        "Discord does not offer it"
    );

    let caller = room.caller(&room.ben);
    let refusals = [
        room.app().list_schedules(&caller).await,
        room.app().preview_schedule(&caller, None).await,
        room.app().post_now(&caller, None).await,
        room.app()
            .set_schedule_state(&caller, None, greenroom::store::ScheduleState::Removed)
            .await,
    ];
    for refused in refusals {
        assert!(
            refused
                .expect_err("a refusal")
                .to_string()
                .contains("Only members who may manage")
        );
    }
    room.close().await;
}

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
async fn skipped_dates_post_nothing_until_they_are_unskipped() {
    let room = Room::with_schedule().await;
    let skipped = "/schedule skip date:2026-03-05 until:2026-03-06";
    let preview = shown(room.ana.slash("staff", skipped).await).text();
    assert!(
        preview.contains("Skips: Thu 5 March 2026 to Fri 6 March 2026"),
        "{preview}"
    );
    // 4 March, then 7 March at 09:00.
    assert!(
        preview.contains("<t:1772614800:F>") && preview.contains("<t:1772874000:F>"),
        "{preview}"
    );
    assert!(!preview.contains("<t:1772701200:F>"), "5 March: {preview}");

    let offered = room
        .ana
        .autocomplete("staff", "/schedule unskip date:")
        .await;
    let offered: Vec<_> = offered
        .expect("offers")
        .into_iter()
        .map(|choice| choice.name)
        .collect();
    assert_eq!(offered, ["Thu 5 March 2026", "Fri 6 March 2026"]);
    let unskipped = shown(
        room.ana
            .slash("staff", "/schedule unskip date:2026-03-06")
            .await,
    );
    assert!(
        unskipped.text().contains("Skips: Thu 5 March 2026\n"),
        "{}",
        unskipped.text()
    );

    let wednesday = room.next_daily().await.text();
    assert!(wednesday.contains("Wednesday, 4 March"), "{wednesday}");
    room.advance(Duration::days(1));
    let friday = room.next_daily().await.text();
    assert!(friday.contains("Friday, 6 March"), "{friday}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("Missed"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn dates_to_skip_are_refused_when_they_make_no_sense() {
    let room = Room::with_schedule().await;
    room.next_daily().await;
    for (line, hint) in [
        ("/schedule skip date:tomorrow", "write it like 2026-12-24"),
        ("/schedule skip date:2026-03-03", "has passed"),
        ("/schedule skip date:2026-03-04", "/daily skip"),
        (
            "/schedule skip date:2026-03-09 until:2026-03-08",
            "last date",
        ),
        ("/schedule skip date:2026-03-09 until:2027-03-10", "366"),
        ("/schedule unskip date:2026-03-09", "skips none"),
    ] {
        let refused = shown(room.ana.slash("staff", line).await).text();
        let refused = refused.replace('\\', "");
        assert!(refused.contains(hint), "{line}: {refused}");
    }
    room.close().await;
}

#[tokio::test]
async fn late_and_missed_dailies_are_told() {
    let mut room = Room::with_schedule().await;
    room.next_daily().await;
    // From 09:00 on Wednesday to 11:05 on Friday.
    room.stop_bot().await;
    room.advance(Duration::hours(50) + Duration::minutes(5));
    room.start_bot().await;
    let late = |message: &MessageView| {
        message.text().contains("Friday, 6 March 2026") && message.button("A").is_some()
    };
    room.ben.wait_for("daily", late).await;
    let told = async || {
        let list = shown(room.ana.slash("staff", "/schedule list").await).text();
        list.contains("Posted late: Fri 6 March 2026 by 2 hours 5 minutes")
            && list.contains("Missed: Thu 5 March 2026.")
    };
    room.until(told).await;
    room.close().await;
}
