//! `/schedule`, where it has to do with Discord or with what is behind it; `stories/schedule.rs`, `changing.rs` and
//! `ending.rs` there have the rest.

mod changing;
mod channel;
mod misread;
mod naming;
mod setting;
mod typing;

use greenroom::app::Caller;
use greenroom::model::Schedule;

use crate::harness::Room;

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
