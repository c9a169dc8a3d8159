//! What is offered while somebody types dates to skip; `stories/skipping.rs` has the rest.

use chrono::Duration;

use crate::harness::{Room, plain, said, shown};

#[tokio::test]
async fn dates_are_read_as_they_are_offered_and_shown() {
    let room = Room::with_schedule().await;
    let dates = room
        .ana
        .autocomplete("staff", "/schedule skip date:")
        .await
        .expect("offers");
    for (date, value) in dates
        .into_iter()
        .take(2)
        .map(|choice| (choice.name, choice.value))
    {
        let line = format!("/schedule skip date:{date}");
        let answer = plain(&shown(room.ana.slash("staff", &line).await));
        assert!(answer.contains(&date), "{answer}");
        let line = format!("/schedule unskip date:{}", value.as_str().expect("text"));
        shown(room.ana.slash("staff", &line).await);
    }
    // So is what a list shows.
    let line = "/schedule skip date:5 March until:saturday";
    let answer = plain(&shown(room.ana.slash("staff", line).await));
    let range = "Thu 5 March 2026 to Sat 7 March 2026";
    assert!(answer.contains(&format!("Skips: {range}")), "{answer}");
    let line = format!("/schedule unskip date:{range}");
    let answer = plain(&shown(room.ana.slash("staff", &line).await));
    assert!(!answer.contains("Skips"), "{answer}");
    room.close().await;
}

#[tokio::test]
async fn dates_are_offered_as_each_schedule_has_them() {
    let room = Room::open().await;
    let offered = async |line: &str| {
        let choices = room.ana.autocomplete("staff", line).await.expect("offers");
        let names: Vec<String> = choices.into_iter().map(|choice| choice.name).collect();
        names
    };
    said(&room, "/schedule set channel:#daily time:08:00 zone:Tokyo").await;
    said(&room, "/schedule skip date:2026-03-06 until:2026-03-07").await;
    let skipped = offered("/schedule unskip date:").await;
    let (friday, saturday) = ("Fri 6 March 2026", "Sat 7 March 2026");
    assert_eq!(skipped, ["all that are skipped", friday, saturday]);
    let named = offered("/schedule unskip date:6 March").await;
    assert_eq!(named, [friday]);
    // For the reader it is 16:00 on the 4th, in Tokyo 01:00 on the 5th.
    room.advance(Duration::hours(8));
    said(
        &room,
        "/schedule set schedule:utc channel:#daily time:08:00 zone:UTC",
    )
    .await;
    let tomorrow = offered("/schedule skip date:tomorrow").await;
    assert_eq!(tomorrow, ["Thu 5 March 2026", "Fri 6 March 2026"]);
    room.close().await;
}
