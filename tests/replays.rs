//! Every event three times and out of order: one grade, one daily, the same boards.

use chat_sandbox::{GatewayFault, MessageView};
use rusqlite::Connection;

use crate::harness::{Room, shown};

/// Has every event come three times, and before the one that came before it.
fn disturb(room: &Room) {
    let world = room.sandbox.world();
    world.fault(GatewayFault::DuplicateEvents);
    world.fault(GatewayFault::DuplicateEvents);
    world.fault(GatewayFault::ReorderEvents);
}

/// How many rows a query finds in the room's database.
fn count(room: &Room, rows: &str) -> u32 {
    let database = Connection::open(room.database()).expect("the database is there");
    let count = format!("SELECT count(*) FROM {rows}");
    database
        .query_row(&count, [], |row| row.get(0))
        .expect("counted")
}

/// The answers of the bot to a message that everyone sees.
fn receipts(room: &Room, to: &MessageView) -> usize {
    let messages = room.ana.messages("daily").into_iter();
    messages.filter(|m| m.reply_to == Some(to.id)).count()
}

/// Three members answer two dailies by button and reply, one practises, and the admin asks for a daily
/// that is there. Returns the leaderboard and how much was recorded.
async fn played(disturbed: bool) -> (String, [u32; 4]) {
    let room = Room::open().await;
    // A topic of one question, so that it is worth the same each time.
    let set = "/schedule set channel:#daily time:09:00 zone:UTC topics:databases-sql";
    shown(room.ana.slash("staff", set).await);
    if disturbed {
        disturb(&room);
    }
    for _ in 0..2 {
        let daily = room.next_daily().await;
        let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
        let said = room.ana.reply(&daily, &right).await;
        let (ben, bens, chloe, dup) = tokio::join!(
            room.ben.click(&daily, &right),
            room.ben.click(&daily, &right),
            room.chloe.click(&daily, &wrong),
            room.ana.slash("staff", "/daily post"),
        );
        for verdict in [ben, bens] {
            assert!(shown(verdict).text().contains("Right!"));
        }
        assert!(shown(chloe).text().contains("Not right"));
        assert!(shown(dup).text().contains("already posted"));
        room.ana
            .wait_for("daily", |message| message.reply_to == Some(said.id))
            .await;
    }
    let quiz = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let right = room.right_letter(&quiz);
    assert!(
        shown(room.ben.click(&quiz, &right).await)
            .text()
            .contains("Right!")
    );
    // What comes after the quiz was answered comes after all copies of what came before.
    let board = shown(room.ana.slash("general", "/leaderboard period:all").await).text();
    let said = room.ana.messages("daily").into_iter();
    for said in said.filter(|message| message.author.id == room.ana.id()) {
        assert_eq!(receipts(&room, &said), 1, "{}", said.text());
    }
    let rows = ["dailies", "answers", "quizzes", "quiz_items"].map(|table| count(&room, table));
    let refused = room.sandbox.world().requests().into_iter();
    let refused: Vec<_> = refused.filter(|request| request.status >= 400).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    room.close().await;
    (board, rows)
}

#[tokio::test]
async fn events_that_come_thrice_and_shuffled_count_as_if_they_came_once() {
    let calm = played(false).await;
    assert_eq!(calm.1, [2, 6, 1, 1]);
    assert_eq!(played(true).await, calm);
}

#[tokio::test]
async fn a_daily_is_replaced_once_by_a_command_that_comes_thrice() {
    let room = Room::with_schedule().await;
    room.next_daily().await;
    disturb(&room);

    shown(room.ana.slash("staff", "/daily replace").await);

    shown(room.ana.slash("staff", "/schedule list").await);
    assert_eq!(count(&room, "replaced"), 1);
    room.close().await;
}
