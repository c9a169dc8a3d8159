//! Channels that the bot isn't in, that are archived, renamed or deleted, and come back.

use chat_sandbox::slack::MessageView;
use greenroom::model::{Reveal, Suspension};

use super::Room;
use crate::harness::{eventually, log};

/// Why the schedule waits, once it does.
async fn waits_for(room: &Room) -> Option<String> {
    let all = room.app().store.schedules(room.space()).await;
    let first = all.expect("read").into_iter().next();
    let waiting: Option<Suspension> = first.expect("it is set").suspension;
    waiting.map(|waiting| waiting.why)
}

fn asks(view: &MessageView) -> bool {
    view.buttons().contains(&"A".to_owned())
}

/// Has Ana set the schedule, who is told of what becomes of it.
async fn with_schedule() -> Room {
    let room = Room::of_the_manifest().await;
    let set = room
        .ana
        .slash("daily", "/schedule set #daily time:09:00 zone:UTC");
    set.await.expect("it is acknowledged");
    room.ana
        .wait_for("daily", |view| view.ephemeral && view.by_bot)
        .await;
    room
}

/// Whether Ana reads why it waits and what to do, by direct message and of her schedules.
async fn is_told(room: &Room, why: &str) {
    let about = |view: &MessageView| view.text().contains("I can't post the daily");
    let told = room.ana.wait_for("@bot", about).await.text();
    room.ana.reload();
    let list = room.ana.slash("general", "/schedule list");
    list.await.expect("it is acknowledged");
    let own = |view: &MessageView| view.ephemeral && view.by_bot;
    let listed = room.ana.wait_for("general", own).await.text();
    for read in [told, listed] {
        assert!(read.contains(&format!("says “{why}")), "{read}");
        let way = "with /invite @Greenroom or unarchive it, and I go on at once, or";
        assert!(read.contains(way), "{read}");
    }
}

#[tokio::test]
async fn where_the_bot_is_not_in_the_channel_the_admin_is_told_and_an_invitation_is_enough() {
    let room = with_schedule().await;
    room.world().remove_bot("daily");
    room.to_nine();
    eventually(async || waits_for(&room).await.is_some()).await;
    is_told(&room, "not_in_channel: the bot isn't in the channel").await;

    room.ana.invite_bot("daily").expect("she is in it");
    // The clock stands still: nothing but the invitation has it posted.
    room.ben.wait_for("daily", asks).await;
    eventually(async || waits_for(&room).await.is_none()).await;
    log::take_problems();
    room.close_after(&["not_in_channel"]).await;
}

#[tokio::test]
async fn what_waits_for_an_archived_channel_goes_on_when_that_is_back() {
    let room = with_schedule().await;
    room.world().archive("daily", true);
    room.to_nine();
    eventually(async || waits_for(&room).await.is_some()).await;
    is_told(&room, "is_archived: the channel is archived").await;

    room.world().archive("daily", false);
    room.ben.wait_for("daily", asks).await;
    eventually(async || waits_for(&room).await.is_none()).await;
    log::take_problems();
    room.close_after(&["is_archived"]).await;
}

#[tokio::test]
async fn a_channel_by_another_name_is_the_same_one() {
    let room = Room::with_schedule(Reveal::AtOnce).await;
    room.world().rename("daily", "questions");
    room.to_nine();
    room.ben.wait_for("questions", asks).await;
    room.close().await;
}

#[tokio::test]
async fn a_schedule_whose_channel_was_deleted_is_given_another_and_posts_there() {
    let room = with_schedule().await;
    room.world().delete_channel("daily");
    room.to_nine();
    eventually(async || waits_for(&room).await.is_some()).await;
    is_told(&room, "channel_not_found").await;
    let moved = room.ana.slash("general", "/schedule set channel: #general");
    moved.await.expect("it is acknowledged");
    room.ben.wait_for("general", asks).await;
    log::take_problems();
    room.close_after(&["channel_not_found"]).await;
}
