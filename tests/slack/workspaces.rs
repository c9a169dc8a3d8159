//! Workspaces that let the bot in no more, and what becomes of their data.

use chat_sandbox::slack::{SlackFailure, SlackFault};
use greenroom::model::{PlatformId, SpaceId};
use greenroom::slack::RunError;

use super::Room;
use crate::harness::{eventually, log};

/// One of which there is data, and another on another platform.
fn others() -> [SpaceId; 2] {
    [
        SpaceId::new(PlatformId::Slack, "T0LEFT"),
        SpaceId::new(PlatformId::Discord, "7"),
    ]
}

/// A room whose bot has data of those as well, and is off.
async fn with_others() -> Room {
    let mut room = Room::open().await;
    for space in others() {
        room.app().space_joined(space).await.expect("noted");
    }
    room.stop_bot().await;
    room
}

/// Waits until so many workspaces are connected, of so many that are to be.
async fn connected(room: &Room, workspaces: (usize, usize)) {
    eventually(async || room.workspaces() == workspaces).await;
}

/// The spaces that have the bot, as far as it knows.
async fn spaces(room: &Room) -> Vec<SpaceId> {
    room.app().spaces().await.expect("read")
}

#[tokio::test]
async fn a_workspace_that_is_gone_from_the_configuration_has_removed_the_bot() {
    let mut room = with_others().await;
    room.start_bot().await;
    let [_, on_discord] = others();
    assert_eq!(spaces(&room).await, [on_discord, room.space()]);
    connected(&room, (1, 1)).await;
    room.close().await;
}

#[tokio::test]
async fn a_workspace_that_removed_the_bot_while_it_was_away_is_noted_and_stays_to_be_mended() {
    let mut room = with_others().await;
    let second = room.settings.workspaces[0].clone();
    room.settings.workspaces.push(second);
    let what = SlackFailure::Error("account_inactive");
    let first = SlackFault::new("auth.test", what).times(1);
    room.world().fault(first);
    room.start_bot().await;
    let [_, on_discord] = others();
    assert_eq!(spaces(&room).await.first(), Some(&on_discord));
    assert_eq!(spaces(&room).await.len(), 2);
    connected(&room, (1, 2)).await;
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_workspace_whose_tokens_cannot_be_used_may_still_have_the_bot() {
    let mut room = with_others().await;
    room.settings.unusable = 1;
    room.start_bot().await;
    assert_eq!(spaces(&room).await.len(), 3);
    connected(&room, (1, 2)).await;
    room.stop_bot().await;
    room.settings.unusable = 0;
    let mut second = room.settings.workspaces[0].clone();
    second.bot_token = "xoxb-another".to_owned().into();
    room.settings.workspaces.push(second);
    room.start_bot().await;
    assert_eq!(spaces(&room).await.len(), 3);
    connected(&room, (1, 2)).await;
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
}

/// Has Slack refuse the bot token by that word, and returns why the bot ends and which spaces it then has.
async fn refused_by(word: &'static str) -> (String, Vec<SpaceId>) {
    let mut room = Room::open().await;
    let app = room.app().clone();
    for method in ["users.info", "auth.test"] {
        let what = SlackFailure::Error(word);
        room.world().fault(SlackFault::new(method, what));
    }
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    let RunError::Refused(why) = room.bot_ended().await else {
        panic!("it ended otherwise");
    };
    let spaces = app.spaces().await.expect("read");
    assert_eq!(log::take_problems().len(), 1);
    room.close().await;
    (why, spaces)
}

#[tokio::test]
async fn a_bot_token_that_is_refused_while_the_bot_runs_ends_its_workspace() {
    let (why, spaces) = refused_by("invalid_auth").await;
    assert!(why.contains("OAuth & Permissions"), "{why}");
    assert_eq!(spaces.len(), 1, "it may be let in again");
    let (why, spaces) = refused_by("token_revoked").await;
    assert!(why.contains("uninstalled"), "{why}");
    assert_eq!(spaces, []);
}

#[tokio::test]
async fn a_single_refusal_of_the_bot_token_ends_nothing() {
    let room = Room::open().await;
    let what = SlackFailure::Error("invalid_auth");
    room.world()
        .fault(SlackFault::new("users.info", what).times(1));
    for _ in 0..2 {
        let used = room.ben.slash("general", "/quiz");
        used.await.expect("it is acknowledged");
    }
    connected(&room, (1, 1)).await;
    room.close().await;
}

#[tokio::test]
async fn of_two_entries_for_one_workspace_the_first_goes_on_and_the_second_is_told_once() {
    let mut room = Room::without_bot().await;
    let mut second = room.settings.workspaces[0].clone();
    second.bot_token.file = Some("second.token".into());
    room.settings.workspaces.push(second);
    room.start_bot().await;
    let used = room.ben.slash("general", "/quiz");
    used.await.expect("it is acknowledged");
    room.ben.wait_for("general", |view| view.by_bot).await;
    connected(&room, (1, 2)).await;
    let problems = log::take_problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let told = &problems[0];
    for part in ["Remove one", "second.token", room.space().id()] {
        assert!(told.contains(part), "{part}: {told}");
    }
    room.close().await;
}
