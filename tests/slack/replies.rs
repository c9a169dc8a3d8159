//! Typed replies: what stands in a daily's thread is an answer.

use chat_sandbox::slack::{MessageView, SlackFailure, SlackFault};
use greenroom::model::Reveal;

use super::Room;
use crate::harness::eventually;

#[tokio::test]
async fn an_answer_is_pressed_or_typed_in_the_thread() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    let daily = room.next_daily().await;
    room.chloe.click(&daily, "A").await.expect("acknowledged");
    let own = |view: &MessageView| view.ephemeral;
    let pressed = room.chloe.wait_for("daily", own).await;
    assert!(pressed.text().contains('A'), "{}", pressed.text());

    room.ben.reply(&daily, "I'd say B").await;
    let receipt = room.ben.wait_for("daily", own).await;
    assert_eq!(receipt.thread.as_ref(), Some(&daily.ts));
    let (ben, id) = (room.member(&room.ben), daily_of(&room, &daily).await);
    let given = room.app().store.answer_of(id, ben.user.clone()).await;
    assert_eq!(given.expect("read").map(|answer| answer.option), Some(1));
    room.close().await;
}

#[tokio::test]
async fn of_two_replies_the_later_one_is_recorded_last() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    let daily = room.next_daily().await;
    // Slack takes its time to say who wrote the first one.
    let stalls = SlackFault::new("users.info", SlackFailure::StallAfter);
    room.world().fault(stalls.times(1));
    room.ben.reply(&daily, "B").await;
    room.ben.reply(&daily, "no wait, C").await;
    // What others say meanwhile doesn't wait.
    room.chloe.reply(&daily, "A").await;
    let own = |view: &MessageView| view.ephemeral;
    room.chloe.wait_for("daily", own).await;
    room.world().clear_faults();
    let receipts = || room.ben.messages("daily").into_iter().filter(own);
    eventually(async || receipts().count() == 2).await;
    let read: Vec<String> = receipts().map(|view| view.text()).collect();
    assert!(read[0].contains("recorded as B"), "{read:?}");
    assert!(read[1].contains("is now C"), "{read:?}");
    let (ben, id) = (room.member(&room.ben), daily_of(&room, &daily).await);
    let given = room.app().store.answer_of(id, ben.user).await;
    assert_eq!(given.expect("read").map(|answer| answer.option), Some(2));
    room.close().await;
}

#[tokio::test]
async fn talk_elsewhere_is_let_alone_and_a_mention_is_answered_in_its_thread() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    let daily = room.next_daily().await;
    let talk = room.ben.say("daily", "B").await;
    room.chloe.reply(&talk, "C").await;
    room.chloe.say("daily", "@greenroom B").await;
    let own = |view: &MessageView| view.ephemeral;
    room.chloe.wait_for("daily", own).await;
    let id = daily_of(&room, &daily).await;
    let mut given = Vec::new();
    for person in [&room.ben, &room.chloe] {
        let answer = room.app().store.answer_of(id, room.member(person).user);
        given.push(answer.await.expect("read").map(|answer| answer.option));
    }
    assert_eq!(given, [None, Some(1)]);
    room.close().await;
}

/// The daily that a message shows.
async fn daily_of(room: &Room, message: &MessageView) -> i64 {
    let (channel, ts) = (message.channel.as_str(), message.ts.as_str());
    let at = greenroom::model::MessageRef::new(room.space(), channel, ts);
    let daily = room.app().store.daily_of_message(at).await;
    daily.expect("read").expect("it is recorded").id
}
