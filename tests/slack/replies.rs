//! Typed replies: what stands in a daily's thread is an answer.

use std::time::Duration;

use chat_sandbox::slack::{MessageView, SlackFailure, SlackFault};
use greenroom::model::Reveal;

use serde_json::Value;

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
async fn a_press_is_answered_where_it_was_made_when_the_daily_has_replies() {
    let room = Room::with_schedule(Reveal::AtOnce).await;
    let daily = room.next_daily().await;
    room.ben.reply(&daily, "B").await;
    let own = |view: &MessageView| view.ephemeral;
    room.ben.wait_for("daily", own).await;
    // From now on the message names itself as its thread.
    room.chloe.click(&daily, "A").await.expect("acknowledged");
    let verdict = room.chloe.wait_for("daily", own).await;
    assert_eq!(verdict.thread, None);
    room.close().await;
}

#[tokio::test]
async fn where_too_much_is_shown_in_the_channel_the_receipt_comes_by_direct_message() {
    let room = Room::with_schedule(Reveal::AtOnce).await;
    let daily = room.next_daily().await;
    let what = SlackFailure::Error("ratelimited");
    room.world()
        .fault(SlackFault::new("chat.postEphemeral", what).times(1));
    room.ben.reply(&daily, "B").await;
    let direct = room.ben.wait_for("@bot", |view| view.by_bot).await;
    assert!(direct.buttons().contains(&"My verdict".to_owned()));
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

/// Of each thing that was typed, whether Slack was told that it was taken.
fn acknowledged(room: &Room) -> Vec<bool> {
    let lines = room.world().traffic();
    let of = |kind: &'static str| {
        let lines = lines.iter().filter(move |line| line["kind"] == kind);
        lines.map(|line| &line["envelope"])
    };
    let typed = of("event").filter(|frame| {
        let event = &frame["payload"]["event"];
        event["type"] == "message" && event["bot_id"].is_null()
    });
    let acknowledged =
        |frame: &Value| of("ack").any(|other| other["envelope_id"] == frame["envelope_id"]);
    typed.map(acknowledged).collect()
}

/// Has Slack never say who ben is, who types an answer after which chloe has hers.
async fn typed_by_one_whom_slack_keeps_quiet_about(room: &Room) {
    let daily = room.next_daily().await;
    let stalls = SlackFault::new("users.info", SlackFailure::StallAfter);
    room.world().fault(stalls.times(1));
    room.ben.reply(&daily, "B").await;
    room.chloe.reply(&daily, "A").await;
    room.chloe.wait_for("daily", |view| view.ephemeral).await;
}

#[tokio::test]
async fn what_is_typed_is_acknowledged_once_it_is_stored() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    typed_by_one_whom_slack_keeps_quiet_about(&room).await;
    assert_eq!(acknowledged(&room), [false, true]);
    room.world().clear_faults();
    eventually(async || acknowledged(&room) == [true, true]).await;
    room.close().await;
}

#[tokio::test]
async fn what_is_typed_and_not_stored_when_the_bot_stops_is_not_acknowledged() {
    let mut room = Room::without_bot().await;
    let soon = Duration::from_millis(200);
    (
        room.settings.timing.acknowledge,
        room.settings.timing.farewell,
    ) = (3 * soon, 4 * soon);
    room.start_bot().await;
    room.schedule(Reveal::AtClose).await;
    typed_by_one_whom_slack_keeps_quiet_about(&room).await;
    room.stop_bot().await;
    assert_eq!(acknowledged(&room), [false, true]);
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

#[tokio::test]
async fn in_the_thread_of_a_closed_daily_whoever_asks_the_bot_is_told_so() {
    let room = Room::with_schedule(Reveal::AtClose).await;
    let daily = room.next_daily().await;
    room.to_nine();
    let ts = daily.ts.clone();
    let closed = move |view: &MessageView| view.ts == ts && !view.buttons().contains(&"A".into());
    room.ben.wait_for("daily", closed).await;
    room.chloe.reply(&daily, "@greenroom why is it A?").await;
    let own = |view: &MessageView| view.ephemeral;
    let told = room.chloe.wait_for("daily", own).await;
    assert!(
        told.text().contains("This daily is closed."),
        "{}",
        told.text()
    );
    room.close().await;
}

/// The daily that a message shows.
pub async fn daily_of(room: &Room, message: &MessageView) -> i64 {
    let (channel, ts) = (message.channel.as_str(), message.ts.as_str());
    let at = greenroom::model::MessageRef::new(room.space(), channel, ts);
    let daily = room.app().store.daily_of_message(at).await;
    daily.expect("read").expect("it is recorded").id
}
