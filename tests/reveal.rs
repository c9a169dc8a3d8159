//! What is typed behind a spoiler, which only Discord has; `stories/reveal.rs` has the rest.

use crate::harness::{Room, said};

/// A room in which verdicts are shown when the daily closes.
async fn at_close() -> Room {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    let set = said(&room, set).await;
    assert!(set.contains("Verdicts are shown when"), "{set}");
    said(&room, "/daily queue question:cache-aside").await;
    room
}

#[tokio::test]
async fn what_is_typed_behind_a_spoiler_is_not_told_openly() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    let mut receipts = Vec::new();
    for typed in ["||A||", "I change it to ||B||", "B"] {
        let receipt = room.reply(&room.chloe, &daily, typed).await;
        receipts.push(room.reads(&receipt));
    }
    insta::assert_snapshot!(receipts.join("\n\n"), @r"
    Recorded
    @chloe, your answer is recorded as ||**A**||. You can change it with another reply until the daily closes; only you will see the verdict. Everyone can read your replies, so press a letter to answer privately.
    [My verdict]

    Recorded
    @chloe, your answer is now ||**B**||.
    [My verdict]

    Recorded
    @chloe, your answer is still **B**.
    [My verdict]
    ");
    room.close().await;
}
