//! A daily of which Slack didn't say whether it posted it, and where the bot may not look: an admin looks, and says.

use std::time::Duration;

use chat_sandbox::slack::{AppSeed, Fault, MessageView, SlackFailure, SlackFault};
use chat_sandbox::{RestFailure, RestFault};
use greenroom::model::ScheduleSettings;
use greenroom::slack::Timing;

use super::outbox::dailies;
use super::{Room, answer, timetable};
use crate::harness::eventually;

const AGAIN: &str = "Post again";

/// Whether the daily in doubt is in its channel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Daily {
    Posted,
    Unposted,
}

/// Who set the schedule, and is therefore asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SetBy {
    Admin,
    Member,
}

/// A room whose daily is in doubt, and what whoever set its schedule is asked.
async fn in_doubt(daily: Daily, set_by: SetBy) -> (Room, MessageView) {
    let mut events = AppSeed::default().events;
    events.retain(|event| !event.starts_with("message."));
    let mut room = Room::hearing(events).await;
    room.settings.admins = vec![room.ana.id().to_owned()];
    room.settings.timing = Timing {
        again: Duration::from_millis(50),
        settle: Duration::ZERO,
        ..room.settings.timing.clone()
    };
    room.start_bot().await;
    for scope in ["channels", "groups"] {
        room.world().set_scope(&format!("{scope}:history"), false);
    }
    let asked = match set_by {
        SetBy::Admin => room.ana.clone(),
        SetBy::Member => room.ben.clone(),
    };
    let settings = ScheduleSettings::new(room.channel("daily").into(), timetable());
    let user = Some(room.member(&asked).user);
    let set = room
        .app()
        .set(room.space(), "daily".into(), settings, user)
        .await;
    set.expect("it is set");
    let post = "chat.postMessage";
    let fault: Fault = match daily {
        Daily::Posted => {
            let failure = SlackFailure::ErrorAfter("fatal_error");
            SlackFault::new(post, failure).times(1).into()
        }
        Daily::Unposted => {
            let failure = RestFailure::Status(500);
            RestFault::new(failure).path(post).times(1).into()
        }
    };
    room.world().fault(fault);
    room.to_nine();
    let asks = |view: &MessageView| view.buttons().contains(&AGAIN.into());
    let question = asked.wait_for("@bot", asks).await;
    let there = dailies(&room).len();
    assert_eq!(there, usize::from(daily == Daily::Posted));
    (room, question)
}

/// Waits until a daily is there that the bot has recorded, and returns it.
async fn recorded(room: &Room) -> MessageView {
    let newest = async || dailies(room).pop().expect("it is there");
    let is_there = |view: &MessageView| view.buttons().contains(&"A".into());
    room.ben.wait_for("daily", is_there).await;
    eventually(async || room.is_recorded(&newest().await).await).await;
    newest().await
}

#[tokio::test]
async fn an_admin_who_does_not_find_it_has_it_posted_again_and_once() {
    let (room, asked) = in_doubt(Daily::Unposted, SetBy::Admin).await;
    insta::assert_snapshot!(asked.text(), @r"
    Is the daily there?
    Slack did not say whether it posted the daily of Wednesday, 4 March 2026 in <#C00000000D>, of the schedule “daily”, and I may not read that channel to find out. Please look there. If the daily is there, the first press of one of its letters tells me. If it isn't, Post again posts it; if it is there all the same, everybody sees it twice. Until I know, this schedule posts nothing, for 6 hours at most; then it goes on with its next daily.
    ");
    // Twice at the same time.
    let pressed = tokio::join!(room.ana.click(&asked, AGAIN), room.ana.click(&asked, AGAIN));
    pressed.0.and(pressed.1).expect("they are acknowledged");
    let daily = recorded(&room).await;
    let settled = |view: &MessageView| view.text().contains("Nothing was posted again");
    room.ana.wait_for("@bot", settled).await;
    let told = answer(
        &room.ana,
        "general",
        room.ana.slash("general", "/daily post"),
    );
    let told = told.await.text();
    assert!(told.contains("Already posted"), "{told}");
    assert_eq!(dailies(&room), [daily]);
    room.close().await;
}

#[tokio::test]
async fn whoever_is_no_admin_has_nothing_posted_again_and_an_admin_is_asked_after_the_command() {
    let (room, asked) = in_doubt(Daily::Unposted, SetBy::Member).await;
    let refused = answer(&room.ben, "@bot", room.ben.click(&asked, AGAIN)).await;
    let refused = refused.text();
    assert!(refused.contains("Only admins"), "{refused}");
    let used = room.ana.slash("general", "/daily post");
    let asked = answer(&room.ana, "general", used).await;
    assert_eq!(asked.buttons(), [AGAIN]);
    assert!(dailies(&room).is_empty());
    let pressed = room.ana.click(&asked, AGAIN).await;
    pressed.expect("it is acknowledged");
    let daily = recorded(&room).await;
    assert_eq!(dailies(&room), [daily]);
    room.close().await;
}

#[tokio::test]
async fn a_first_message_that_turns_up_when_it_was_posted_again_is_deleted() {
    let (room, asked) = in_doubt(Daily::Posted, SetBy::Admin).await;
    let first = dailies(&room).remove(0);
    let pressed = room.ana.click(&asked, AGAIN).await;
    pressed.expect("it is acknowledged");
    eventually(async || dailies(&room).len() == 2).await;
    let second = recorded(&room).await;
    let verdict = answer(&room.ben, "daily", room.ben.click(&first, "A")).await;
    assert!(verdict.text().contains("points"), "{}", verdict.text());
    eventually(async || dailies(&room) == [second.clone()]).await;
    room.close().await;
}

#[tokio::test]
async fn a_message_that_somebody_presses_is_the_dailys_and_none_is_posted_again() {
    let (room, asked) = in_doubt(Daily::Posted, SetBy::Admin).await;
    let daily = dailies(&room).remove(0);
    let verdict = answer(&room.ben, "daily", room.ben.click(&daily, "A")).await;
    assert!(verdict.text().contains("points"), "{}", verdict.text());
    let told = answer(&room.ana, "@bot", room.ana.click(&asked, AGAIN)).await;
    insta::assert_snapshot!(told.text(), @r"
    Already posted
    Nothing was posted again: by now I know that the daily is in <#C00000000D>.
    ");
    assert!(room.is_recorded(&daily).await);
    assert_eq!(dailies(&room).len(), 1);
    room.close().await;
}
