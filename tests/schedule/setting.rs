//! Setting a schedule, or changing one: what is missing or not understood, and what becomes of it.

use chat_sandbox::Permissions;
use greenroom::app::Caller;
use greenroom::app::card::{Card, Part};
use greenroom::app::setting::ScheduleRequest;
use greenroom::model::ScheduleSettings;

use super::{admin, schedules};
use crate::harness::{Room, plain, said, shown};

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
            "Caching",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC topics:, ,",
            "Name at least one topic",
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
async fn all_that_is_wrong_with_a_schedule_is_told_at_once() {
    let room = Room::open().await;
    let refused = said(
        &room,
        "/schedule set time:25:99 zone:nowhere days:someday topics:cachng,htpt schedule:--",
    )
    .await;
    let faults = [
        "25:99",
        "nowhere",
        "someday",
        "“cachng”",
        "“htpt”",
        "1 to 32 characters",
    ];
    assert!(refused.starts_with("Nothing was changed"), "{refused}");
    for fault in faults {
        assert!(refused.contains(fault), "{fault}: {refused}");
    }
    assert_eq!(refused.matches("\n- ").count(), faults.len(), "{refused}");
    let again = said(&room, "/schedule set topics:cachng,htpt,cachng,cachng").await;
    assert_eq!(again.matches("“cachng”").count(), 1, "{again}");
    let words: Vec<String> = (0..99).map(|word| format!("nothing{word}")).collect();
    let many = said(&room, &format!("/schedule set topics:{}", words.join(","))).await;
    assert!(
        many.contains("“nothing9”") && !many.contains("nothing10"),
        "{many}"
    );
    assert!(many.ends_with("more"), "{many}");
    // What is there but can't be read isn't missing.
    let refused = said(&room, "/schedule set time:25:99").await;
    assert!(
        refused.contains("25:99") && refused.contains("still missing: `channel`, `zone`"),
        "{refused}"
    );
    let world = room.sandbox.world();
    let (none, send) = (Permissions::empty(), Permissions::SEND_MESSAGES);
    world.set_permissions("daily", "bot", none, send);
    let refused = said(&room, "/schedule set channel:#daily time:25:99 zone:UTC").await;
    assert!(
        refused.contains("25:99") && refused.contains("Send Messages"),
        "{refused}"
    );
    let one = said(&room, "/schedule set channel:#general time:25:99 zone:UTC").await;
    assert!(
        one.starts_with("I can't read that") && !one.contains("\n- "),
        "{one}"
    );
    let none = said(&room, "/schedule list").await;
    assert!(none.contains("There is no schedule yet"), "{none}");
    room.close().await;
}

#[tokio::test]
async fn a_new_schedule_says_what_it_still_needs() {
    let room = Room::open().await;
    let set = async |line: &str| plain(&shown(room.ana.slash("staff", line).await));
    for (line, missing) in [
        ("/schedule set", "still missing: `channel`, `time`, `zone`"),
        ("/schedule set time:9", "still missing: `channel`, `zone`"),
        (
            "/schedule set channel:#daily time:9",
            "still missing: `zone`",
        ),
    ] {
        let refused = set(line).await;
        assert!(refused.contains(missing), "{line}: {refused}");
    }
    set("/schedule set channel:#daily time:9 zone:UTC schedule:algos").await;
    // The only one there is needs no name.
    let changed = set("/schedule set time:10").await;
    assert!(
        changed.contains("algos") && changed.contains("09:00 → 10:00"),
        "{changed}"
    );
    set("/schedule set channel:#daily time:9 zone:UTC schedule:other").await;
    let which = set("/schedule set time:11").await;
    assert!(which.contains("Which schedule?"), "{which}");
    // What is named in full is new.
    set("/schedule set channel:#daily time:9 zone:UTC").await;
    let changed = set("/schedule set time:11").await;
    assert!(
        changed.contains("daily\n") && changed.contains("→ 11:00"),
        "{changed}"
    );
    // One that was removed is new again.
    set("/schedule remove schedule:daily").await;
    let refused = set("/schedule set schedule:daily time:12").await;
    assert!(
        refused.contains("still missing: `channel`, `zone`"),
        "{refused}"
    );
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
    shown(
        room.ana
            .slash("staff", "/schedule skip date:2026-03-06")
            .await,
    );
    let card = shown(
        room.ana
            .slash("staff", "/schedule set topics:http time:10")
            .await,
    );
    let text = plain(&card);
    assert!(
        text.contains("Schedule changed") && text.contains("Time: 09:00 → 10:00"),
        "{text}"
    );
    assert!(text.contains("Time: 09:00 → 10:00"), "{text}");
    assert!(text.contains("Topics: all topics → HTTP"), "{text}");
    assert!(text.contains("Skips: Fri 6 March 2026"), "{text}");
    let back = shown(
        room.ana
            .slash("staff", "/schedule set topics:all time:9am")
            .await,
    );
    assert!(
        plain(&back).contains("Topics: HTTP → all topics"),
        "{}",
        plain(&back)
    );
    let same = shown(room.ana.slash("staff", "/schedule set time:09:00").await);
    assert!(
        plain(&same).starts_with("Nothing to change"),
        "{}",
        plain(&same)
    );

    shown(room.ana.slash("staff", "/schedule pause").await);
    let paused = shown(room.ana.slash("staff", "/schedule set days:mon-fri").await);
    let text = plain(&paused);
    assert!(text.contains("Next dailies, once it is resumed"), "{text}");
    assert!(!text.contains("/daily post"), "{text}");
    room.close().await;
}

#[tokio::test]
async fn a_schedule_that_moves_says_from_where_and_how_to_have_a_second() {
    let room = Room::with_schedule().await;
    let channel = |name: &str| {
        let there = room.ana.channels().into_iter();
        let id = there.into_iter().find(|channel| channel.name == name);
        format!("<#{}>", id.expect("it is there").id)
    };
    let (daily, general) = (channel("daily"), channel("general"));
    let second =
        "If you wanted a second schedule instead, give it a name: `/schedule set schedule:second`";
    let moved = said(&room, "/schedule set channel:#general time:18:00 zone:UTC").await;
    assert!(
        moved.contains(&format!(
            "“daily” has moved from {daily} to {general}. {second}"
        )),
        "{moved}"
    );
    for change in [
        format!("Channel: {daily} → {general}"),
        "Time: 09:00 → 18:00".to_owned(),
    ] {
        assert!(moved.contains(&change), "{change}: {moved}");
    }
    let back = said(&room, "/schedule set channel:#daily").await;
    assert!(
        back.contains(&format!("from {general} to {daily}")),
        "{back}"
    );
    // All that a new one needs may be meant for a new one.
    let all = said(&room, "/schedule set channel:#daily time:19:00 zone:UTC").await;
    assert!(all.contains(second) && !all.contains("has moved"), "{all}");
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
