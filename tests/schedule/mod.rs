//! `/schedule`: for admins.

mod channel;
mod ending;
mod naming;
mod setting;
mod typing;

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Caller;
use greenroom::model::Schedule;

use crate::harness::{Room, shown};

/// Ana as the use-cases know who may manage the server.
fn admin(room: &Room) -> Caller {
    let admin = room.app().admit(room.member(&room.ana), true);
    admin.expect("within the pace")
}

async fn schedules(room: &Room) -> Vec<Schedule> {
    let space = room.member(&room.ana).space;
    room.app().store.schedules(space).await.expect("read")
}

#[tokio::test]
async fn a_schedule_is_set_listed_previewed_paused_resumed_and_removed() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http";
    let answer = shown(room.ana.slash("staff", set).await).text();
    assert!(
        answer.contains("21:30 Europe/Berlin") && answer.contains("Caching, HTTP"),
        "{answer}"
    );
    // Wednesday 4 March 2026, 21:30 in Berlin is 20:30 in UTC.
    assert!(answer.contains("<t:1772656200:F>"), "{answer}");
    assert_eq!(answer.matches(":F>").count(), 5, "five instants: {answer}");

    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("<t:1772656200:F>"), "{list}");
    let paused = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(paused.contains("posts nothing until"), "{paused}");
    let again = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(again.contains("is already paused"), "{again}");
    let resumed = shown(room.ana.slash("staff", "/schedule resume").await).text();
    assert!(resumed.contains("posts again, next <t:"), "{resumed}");
    let preview = shown(
        room.ana
            .slash("staff", "/schedule preview schedule:daily")
            .await,
    )
    .text();
    assert_eq!(preview.matches(":F>").count(), 5, "{preview}");
    let removed = shown(room.ana.slash("staff", "/schedule remove").await).text();
    assert!(
        removed.contains("has been removed, and its daily is closed if one was open"),
        "{removed}"
    );
    let none = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(none.contains("There is no schedule yet"), "{none}");
    room.close().await;
}

#[tokio::test]
async fn only_admins_may_and_the_bot_checks_it_itself() {
    let room = Room::with_schedule().await;
    assert!(
        room.ben.slash("general", "/schedule list").await.is_err(),
        "Discord does not offer it"
    );

    let caller = room.caller(&room.ben);
    let refusals = [
        room.app().list_schedules(&caller).await,
        room.app().preview_schedule(&caller, None).await,
        room.app().post_now(&caller, None).await,
        room.app()
            .set_schedule_state(&caller, None, greenroom::model::ScheduleState::Removed)
            .await,
    ];
    for refused in refusals {
        assert!(
            refused
                .expect_err("a refusal")
                .to_string()
                .contains("Only members who may manage")
        );
    }
    room.close().await;
}

#[tokio::test]
async fn late_and_missed_dailies_are_told() {
    let mut room = Room::with_schedule().await;
    room.next_daily().await;
    // From 09:00 on Wednesday to 11:05 on Friday.
    room.stop_bot().await;
    room.advance(Duration::hours(50) + Duration::minutes(5));
    room.start_bot().await;
    let late = |message: &MessageView| {
        message.text().contains("Friday, 6 March 2026") && message.button("A").is_some()
    };
    room.ben.wait_for("daily", late).await;
    let told = async || {
        let list = shown(room.ana.slash("staff", "/schedule list").await).text();
        list.contains("Posted late: Fri 6 March 2026 by 2 hours 5 minutes")
            && list.contains("Missed: Thu 5 March 2026.")
    };
    room.until(told).await;
    room.close().await;
}
