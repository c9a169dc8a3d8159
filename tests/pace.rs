//! One member who never stops clicking or typing, and the others.

use crate::harness::{Room, shown};

/// More than anyone may ask for at once.
const MANY: usize = 1_000;

/// Has Ben ask for more than he may, so that what he asks for next is too much; but for what he may again a
/// moment later, for which a slow machine takes long enough.
fn exhaust(room: &Room) {
    let ask = || room.app().admit(room.member(&room.ben), false);
    let admitted = (0..MANY).filter(|_| ask().is_ok()).count();
    assert!(admitted < MANY / 2, "{admitted} of {MANY}");
}

#[tokio::test]
async fn one_who_never_stops_clicking_is_asked_to_wait_and_others_are_served() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let first = shown(room.ben.click(&daily, "A").await).text();
    assert!(first.contains("points"), "{first}");
    room.until(async || {
        exhaust(&room);
        let answer = shown(room.ben.click(&daily, "A").await);
        assert!(answer.ephemeral);
        answer.text().contains("Give me a few seconds")
    })
    .await;
    let others = shown(room.chloe.click(&daily, "A").await).text();
    assert!(others.contains("points"), "{others}");
    room.close().await;
}

#[tokio::test]
async fn one_who_never_stops_typing_is_offered_nothing_more_and_others_are() {
    let room = Room::open().await;
    let line = "/question query:cach";
    let offered = room.ben.autocomplete("general", line).await;
    assert!(!offered.expect("an answer").is_empty());
    room.until(async || {
        exhaust(&room);
        let offered = room.ben.autocomplete("general", line).await;
        offered.expect("an answer").is_empty()
    })
    .await;
    let others = room.chloe.autocomplete("general", line).await;
    assert!(!others.expect("an answer").is_empty());
    room.close().await;
}
