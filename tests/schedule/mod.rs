//! `/schedule`: for admins.

mod changing;
mod channel;
mod ending;
mod naming;
mod setting;
mod typing;

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Caller;
use greenroom::model::Schedule;

use crate::harness::{Room, said};

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
    let lines = [
        set,
        "/schedule list",
        "/schedule pause",
        "/schedule pause",
        "/schedule resume",
        "/schedule preview schedule:daily",
        "/schedule remove",
        "/schedule list",
    ];
    // 21:30 in Berlin is 20:30 in UTC.
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http
    Schedule set
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next dailies
    - Wed 4 March 20:30
    - Fri 6 March 20:30
    - Mon 9 March 20:30
    - Wed 11 March 20:30
    - Fri 13 March 20:30

    /daily post posts today's question at once
    Only you can see this

    > /schedule list
    Schedules
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next: Wed 4 March 20:30
    Only you can see this

    > /schedule pause
    Schedule paused
    “daily” in #daily posts nothing until you resume it. Streaks are not affected.
    Only you can see this

    > /schedule pause
    Nothing to change
    The schedule “daily” is already paused.
    Only you can see this

    > /schedule resume
    Schedule resumed
    “daily” in #daily posts again, next Wed 4 March 20:30.
    Only you can see this

    > /schedule preview schedule:daily
    Preview
    daily
    #daily · mon, wed, fri · 21:30 Europe/Berlin · Caching, HTTP
    Next dailies
    - Wed 4 March 20:30
    - Fri 6 March 20:30
    - Mon 9 March 20:30
    - Wed 11 March 20:30
    - Fri 13 March 20:30
    Only you can see this

    > /schedule remove
    Schedule removed
    “daily” in #daily has been removed, and its daily is closed if one was open. If you set it again, its streaks come back; its days, topics, `reveal`, `discuss`, skipped dates and queue do not.
    Only you can see this

    > /schedule list
    Schedules
    There is no schedule yet. `/schedule set` with a channel, a time and a zone makes one.
    Only you can see this
    ");
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
    let refusals = refusals.map(|refused| refused.expect_err("a refusal").to_string());
    insta::assert_snapshot!(refusals.join("\n"), @r"
    Only members who may manage this server can do that.
    Only members who may manage this server can do that.
    Only members who may manage this server can do that.
    Only members who may manage this server can do that.
    ");
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
        let list = said(&room, "/schedule list").await;
        list.contains("Posted late: ") && list.contains("Missed: ")
    };
    room.until(told).await;
    insta::assert_snapshot!(room.told(&room.ana, "/schedule list").await, @r"
    Schedules
    daily
    #daily · every day · 09:00 UTC · all topics
    Next: Sat 7 March 09:00
    Posted late: Fri 6 March 2026 (UTC) by 2 hours 5 minutes
    Missed: Thu 5 March 2026 (UTC). I could not post within six hours; nobody's streak is affected.
    Only you can see this
    ");
    room.close().await;
}
