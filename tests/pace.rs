//! One member who never stops clicking, and the others.

use futures_util::future::join_all;

use crate::harness::{Room, shown};

/// More than anyone may do in a minute.
const CLICKS: usize = 300;

#[tokio::test]
async fn one_who_never_stops_clicking_is_asked_to_wait_and_others_are_served() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let clicks = join_all((0..CLICKS).map(|_| room.ben.click(&daily, "A")));
    let others = room.chloe.click(&daily, "A");
    let (clicks, others) = tokio::join!(clicks, others);

    let told = clicks.into_iter().map(shown);
    let (refused, served): (Vec<_>, Vec<_>) =
        told.partition(|message| message.text().contains("Give me a few seconds"));
    assert!(refused.len() > CLICKS / 4, "{}", refused.len());
    assert!(served.len() > CLICKS / 4, "{}", served.len());
    assert!(refused.iter().all(|message| message.ephemeral));
    assert!(shown(others).text().contains("points"));
    room.close().await;
}
