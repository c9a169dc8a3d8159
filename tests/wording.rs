//! What members read, as it is: a change of wording shows here.
//!
//! `INSTA_UPDATE=always cargo test wording` takes the new wording over.

use chat_sandbox::MessageView;

use crate::harness::{Room, shown};

/// Text and buttons, with the ids of people and channels as they are in every room.
fn read(message: &MessageView) -> String {
    let buttons: Vec<String> = message
        .buttons()
        .into_iter()
        .map(|button| format!("[{}]", button.label))
        .collect();
    format!("{}\n{}", message.text(), buttons.join(" "))
}

#[tokio::test]
async fn a_lookup_and_its_answer() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);
    insta::assert_snapshot!("question", read(&question));
    let answer = shown(room.ben.click(&question, "Show answer").await);
    insta::assert_snapshot!("answer", read(&answer));
    let topics = shown(room.ben.slash("general", "/topics").await);
    insta::assert_snapshot!("topics", read(&topics));
    room.close().await;
}

#[tokio::test]
async fn what_admins_read() {
    let room = Room::open().await;
    let set =
        "/schedule set channel:#daily time:09:00 zone:Europe/Berlin days:weekdays topics:http";
    let set = shown(room.ana.slash("staff", set).await);
    insta::assert_snapshot!("schedule_set", read(&set));
    let list = shown(room.ana.slash("staff", "/schedule list").await);
    insta::assert_snapshot!("schedule_list", read(&list));
    room.close().await;
}

#[tokio::test]
async fn what_is_read_before_there_is_anything() {
    let room = Room::open().await;
    for (name, line) in [
        ("empty_board", "/leaderboard"),
        ("empty_record", "/stats"),
        ("delete_asked", "/privacy delete"),
        ("nothing_found", "/question query:xyzzy"),
        (
            "only_near",
            "/question query:redis borrow checker lifetimes",
        ),
        ("corrected", "/question query:cache-asied"),
    ] {
        let message = shown(room.ben.slash("general", line).await);
        insta::assert_snapshot!(name, read(&message));
    }
    room.close().await;
}
