//! One member who never stops clicking or typing, and the others.

use futures_util::future::join_all;

use crate::harness::{Room, shown};

/// More than anyone may do in a minute.
const TIMES: usize = 300;

#[tokio::test]
async fn one_who_never_stops_clicking_is_asked_to_wait_and_others_are_served() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let clicks = join_all((0..TIMES).map(|_| room.ben.click(&daily, "A")));
    let others = room.chloe.click(&daily, "A");
    let (clicks, others) = tokio::join!(clicks, others);

    let told = clicks.into_iter().map(shown);
    let (refused, served): (Vec<_>, Vec<_>) =
        told.partition(|message| message.text().contains("Give me a few seconds"));
    assert!(refused.len() > TIMES / 4, "{}", refused.len());
    assert!(served.len() > TIMES / 4, "{}", served.len());
    assert!(refused.iter().all(|message| message.ephemeral));
    assert!(shown(others).text().contains("points"));
    room.close().await;
}

#[tokio::test]
async fn one_who_never_stops_typing_is_offered_nothing_more_and_others_are() {
    let room = Room::open().await;
    let line = "/question query:cach";
    let typed = join_all((0..TIMES).map(|_| room.ben.autocomplete("general", line)));
    let others = room.chloe.autocomplete("general", line);
    let (typed, others) = tokio::join!(typed, others);

    let offered = typed.into_iter().map(|offered| offered.expect("an answer"));
    let (nothing, some): (Vec<_>, Vec<_>) = offered.partition(Vec::is_empty);
    assert!(nothing.len() > TIMES / 4, "{}", nothing.len());
    assert!(some.len() > TIMES / 4, "{}", some.len());
    assert!(!others.expect("an answer").is_empty());
    room.close().await;
}
