//! Each daily is one message, whatever Slack says of it or doesn't, and whenever the bot is stopped. Each step is gone
//! through once; `GREENROOM_KILLS` sets another number.

use std::time::Duration;

use chat_sandbox::slack::{AppSeed, Fault, MessageView, Options, SlackFailure, SlackFault};
use chat_sandbox::{RestFailure, RestFault};
use futures_util::future::join_all;
use greenroom::model::Reveal;
use greenroom::slack::Timing;
use serde_json::json;

use super::{Room, answer};
use crate::harness::eventually;

/// How often each step is gone through.
fn kills() -> usize {
    let said = std::env::var("GREENROOM_KILLS").ok();
    said.and_then(|kills| kills.parse().ok()).unwrap_or(1)
}

/// A room whose bot waits for little. Without ears it isn't told of its own messages.
async fn hasty(ears: bool, settle: Duration) -> Room {
    let mut events = AppSeed::default().events;
    events.retain(|event| ears || !event.starts_with("message."));
    let mut room = Room::hearing(events).await;
    room.settings.timing = Timing {
        call: Duration::from_secs(1),
        again: Duration::from_millis(50),
        settle,
        ..room.settings.timing.clone()
    };
    room.start_bot().await;
    room.schedule(Reveal::AtOnce).await;
    room
}

/// What Slack may do with a post of which it doesn't say that it is done.
fn unsaid() -> [Fault; 5] {
    let slack = |what| Fault::from(SlackFault::new("chat.postMessage", what).times(1));
    let way = RestFault::new(RestFailure::DropAfter).path("chat.postMessage");
    [
        slack(SlackFailure::ErrorAfter("fatal_error")),
        slack(SlackFailure::ErrorAfter("internal_error")),
        slack(SlackFailure::StatusAfter(504)),
        slack(SlackFailure::StallAfter),
        way.times(1).into(),
    ]
}

/// The messages that show dailies and take answers.
pub fn dailies(room: &Room) -> Vec<MessageView> {
    let all = room.ben.messages("daily").into_iter();
    all.filter(|view| view.buttons().contains(&"A".into()))
        .collect()
}

#[tokio::test]
async fn a_post_that_was_done_and_not_said_so_is_found_though_the_history_lags() {
    for _ in 0..kills() {
        let cases = unsaid()
            .into_iter()
            .flat_map(|fault| [(fault.clone(), false), (fault, true)]);
        let rooms = cases.map(async |(fault, killed)| {
            let mut room = hasty(false, Duration::from_secs(2)).await;
            let lag = || Fault::HistoryLags(Duration::from_secs(5));
            room.world().fault(lag());
            room.world().fault(fault);
            room.to_nine();
            room.ben.wait_for("daily", |view| view.by_bot).await;
            let mut before = 1;
            if killed {
                room.stop_bot().await;
                room.world().clear_faults();
                room.world().fault(lag());
                before = room.world().calls("conversations.history").len();
                room.start_bot().await;
            }
            let looked = || room.world().calls("conversations.history").len();
            eventually(async || looked() > before).await;
            room.world().advance(chrono::Duration::seconds(6));
            let message = dailies(&room).remove(0);
            eventually(async || room.is_recorded(&message).await).await;
            assert_eq!(dailies(&room).len(), 1);
            assert_eq!(room.world().calls("chat.postMessage").len(), 1);
            room
        });
        for room in join_all(rooms).await {
            room.close().await;
        }
    }
}

#[tokio::test]
async fn a_post_that_was_not_done_is_done_later_and_once() {
    let room = hasty(false, Duration::from_millis(100)).await;
    let fault = RestFault::new(RestFailure::Status(500)).path("chat.postMessage");
    room.world().fault(fault.times(3));
    room.next_daily().await;
    assert_eq!(dailies(&room).len(), 1);
    room.close().await;
}

#[tokio::test]
async fn what_the_bot_is_told_of_its_own_messages_is_enough_and_a_second_one_is_deleted() {
    let hour = Duration::from_secs(3_600);
    let room = hasty(true, hour).await;
    room.world().fault(Fault::HistoryLags(hour));
    let fault = SlackFault::new("chat.postMessage", SlackFailure::ErrorAfter("fatal_error"));
    room.world().fault(fault.times(1));
    let message = room.next_daily().await;
    let again =
        json!({ "channel": message.channel, "text": message.text, "blocks": message.blocks });
    let url = format!("{}chat.postMessage", room.sandbox.api());
    let posted = reqwest::Client::new()
        .post(url)
        .bearer_auth(Options::default().bot_token);
    posted.json(&again).send().await.expect("posted");
    eventually(async || room.world().calls("chat.delete").len() == 1).await;
    assert_eq!(dailies(&room), [message]);
    room.close().await;
}

#[tokio::test]
async fn without_a_look_into_the_channel_nothing_is_sent_twice_and_the_admin_is_told() {
    let room = hasty(false, Duration::ZERO).await;
    for scope in ["channels", "groups", "im", "mpim"] {
        room.world().set_scope(&format!("{scope}:history"), false);
    }
    let fault = SlackFault::new("chat.postMessage", SlackFailure::ErrorAfter("fatal_error"));
    room.world().fault(fault.times(1));
    room.to_nine();
    let suspended = async || {
        let all = room.app().store.schedules(room.space()).await;
        all.expect("read")
            .iter()
            .any(|schedule| schedule.suspension.is_some())
    };
    eventually(suspended).await;
    assert_eq!(dailies(&room).len(), 1);
    assert_eq!(room.world().calls("chat.postMessage").len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_daily_in_doubt_is_posted_again_when_an_admin_says_so() {
    let room = hasty(false, Duration::ZERO).await;
    let set = "/schedule set reveal:at-close";
    let set = answer(&room.ana, "general", room.ana.slash("general", set)).await;
    assert!(set.text().contains("Schedule"), "{}", set.text());
    for scope in ["channels", "groups", "im", "mpim"] {
        room.world().set_scope(&format!("{scope}:history"), false);
    }
    let fault = SlackFault::new("chat.postMessage", SlackFailure::ErrorAfter("fatal_error"));
    room.world().fault(fault.times(1));
    room.to_nine();
    let asked = |view: &MessageView| view.buttons().contains(&"Post again".into());
    let asked = room.ana.wait_for("@bot", asked).await;
    room.world().set_admin("ana", false);
    let press = room.ana.click(&asked, "Post again");
    let told = answer(&room.ana, "@bot", press).await;
    assert!(
        told.text().contains("Only admins and owners"),
        "{}",
        told.text()
    );
    assert_eq!(dailies(&room).len(), 1);
    room.world().set_admin("ana", true);
    let press = room.ana.click(&asked, "Post again");
    press.await.expect("it is acknowledged");
    eventually(async || dailies(&room).len() == 2).await;
    room.close_after(&["missing_scope"]).await;
}
