//! The thread to talk a closed daily over.

use chat_sandbox::{MessageView, Permissions};
use chrono::Duration;

use crate::harness::{Room, said, shown};

/// A room whose closed dailies get a thread.
async fn with_threads() -> Room {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC discuss:true";
    said(&room, set).await;
    said(&room, "/daily queue question:cache-aside").await;
    room
}

fn threads(room: &Room) -> usize {
    let channels = room.ben.channels().into_iter();
    channels.filter(|channel| channel.parent.is_some()).count()
}

/// Waits until the bot asked for so many threads, and returns how the last one was answered.
async fn asked_for_threads(room: &Room, count: usize) -> u16 {
    let answers = || -> Vec<u16> {
        let requests = room.sandbox.world().requests().into_iter();
        requests
            .filter(|request| request.path.ends_with("/threads"))
            .map(|request| request.status)
            .collect()
    };
    room.until(async || answers().len() >= count).await;
    answers()[count - 1]
}

/// Waits until it is recorded that each closed daily has its thread.
async fn all_discussed(room: &Room) {
    let all = async || {
        let left = room.app().store.dailies_to_discuss().await;
        left.expect("read").is_empty()
    };
    room.until(all).await;
}

#[tokio::test]
async fn a_closed_daily_gets_one_thread() {
    let mut room = with_threads().await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    assert_eq!(threads(&room), 0, "it is still open");
    let second = room.next_daily().await;
    room.closed(&first).await;
    assert_eq!(asked_for_threads(&room, 1).await, 201);
    all_discussed(&room).await;

    room.restart_bot().await;
    let third = room.next_daily().await;
    room.closed(&second).await;
    shown(room.ben.click(&third, "A").await);
    room.next_daily().await;
    // None for the second, to which nobody had an answer.
    assert_eq!(asked_for_threads(&room, 2).await, 201);

    assert_eq!(threads(&room), 2);
    let thread = room.ben.channels().into_iter().find(|c| c.id == first.id);
    let thread = thread.expect("the first").name;
    assert_eq!(thread, room.quiz_in(&first).prompt, "named by its question");
    let begun = |m: &MessageView| m.text().contains("And what then?");
    let beginning = room.ben.wait_for(&thread, begun).await;
    insta::assert_snapshot!(room.reads(&beginning), @r"
    They may ask next
    And what then?
    ");
    let messages = room.ben.messages(&thread);
    assert_eq!(messages.iter().filter(|m| begun(m)).count(), 1);
    room.close().await;
}

#[tokio::test]
async fn in_the_thread_of_a_closed_daily_whoever_asks_the_bot_is_told_so() {
    let room = with_threads().await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    room.next_daily().await;
    room.closed(&first).await;
    assert_eq!(asked_for_threads(&room, 1).await, 201);
    let thread = room.quiz_in(&first).prompt;
    let begun = |m: &MessageView| m.text().contains("And what then?");
    let beginning = room.ben.wait_for(&thread, begun).await;
    let bot = beginning.author.id;

    let answer_to = async |said: MessageView| {
        let answers = move |message: &MessageView| message.reply_to == Some(said.id);
        room.reads(&room.ben.wait_for(&thread, answers).await)
    };

    let (mut silent, mut told) = (Vec::new(), Vec::new());
    for author in [&room.chloe, &room.ben] {
        silent.push(author.say(&thread, &format!("<@{bot}> thanks!")).await);
        let said = format!("<@{bot}> why is it A?");
        let asked = author.say(&thread, &said).await;
        told.push(answer_to(asked).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    Closed
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    Closed
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    ");
    let said = format!("<@{bot}> was I right?");
    let own = room.ben.say(&thread, &said).await;
    assert!(answer_to(own).await.contains("your answer counts"));
    // Each author's messages are answered in their order.
    let messages = room.ben.messages(&thread).into_iter();
    let mut answered = messages.filter_map(|message| message.reply_to);
    assert!(!answered.any(|to| silent.iter().any(|said| said.id == to)));
    room.close().await;
}

#[tokio::test]
async fn a_thread_that_was_begun_before_a_stop_is_not_begun_again() {
    let mut room = with_threads().await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    room.next_daily().await;
    let thread = room.quiz_in(&first).prompt;
    assert_eq!(asked_for_threads(&room, 1).await, 201);
    let begun = |m: &MessageView| m.text().contains("And what then?");
    room.ben.wait_for(&thread, begun).await;
    all_discussed(&room).await;
    room.stop_bot().await;
    // It stopped before it could record that.
    let sql = rusqlite::Connection::open(room.database()).expect("the database");
    let again = sql.execute(
        "UPDATE dailies SET to_discuss = 1 WHERE state = 'closed'",
        [],
    );
    assert_eq!(again.expect("written"), 1);
    drop(sql);
    room.advance(Duration::minutes(30));
    room.start_bot().await;
    assert_eq!(asked_for_threads(&room, 2).await, 400, "there already");
    all_discussed(&room).await;
    let messages = room.ben.messages(&thread);
    assert_eq!(messages.iter().filter(|m| begun(m)).count(), 1);
    room.close().await;
}

#[tokio::test]
async fn without_the_permission_dailies_go_on_without_threads() {
    let room = with_threads().await;
    let none = Permissions::empty();
    room.sandbox
        .world()
        .set_permissions("daily", "bot", none, Permissions::CREATE_PUBLIC_THREADS);
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    let second = room.next_daily().await;
    room.closed(&first).await;
    assert_eq!(asked_for_threads(&room, 1).await, 403);

    shown(room.ben.click(&second, "A").await);
    let third = room.next_daily().await;
    shown(room.ben.click(&third, "A").await);
    assert_eq!(asked_for_threads(&room, 2).await, 403);

    assert_eq!(threads(&room), 0);
    room.close().await;
}
