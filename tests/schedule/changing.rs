//! Changing a schedule: what is not named stays.

use greenroom::app::Caller;
use greenroom::app::card::{Card, Part};
use greenroom::app::setting::ScheduleRequest;
use greenroom::model::ScheduleSettings;

use super::{admin, schedules};
use crate::harness::Room;

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
        "Time",
        "Zone",
        "Days",
        "Topics",
        "Verdicts",
        "Channel",
        "Talked over",
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
             Talked over: nothing → each closed daily with an answer, in a thread"
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
