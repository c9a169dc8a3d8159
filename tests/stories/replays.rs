//! Everything told more than once: one grade, one daily, the same boards.

use rusqlite::Connection;

use super::{Message, Room};

stories!(
    what_is_told_more_than_once_counts_once,
    a_daily_is_replaced_once_by_a_command_that_is_told_more_than_once,
);

/// How many rows of a table are in the room's database.
fn count(room: &Room, table: &str) -> u32 {
    let database = Connection::open(room.database()).expect("the database is there");
    let count = format!("SELECT count(*) FROM {table}");
    let counted = database.query_row(&count, [], |row| row.get(0));
    counted.expect("counted")
}

async fn what_is_told_more_than_once_counts_once(room: &Room) {
    // A topic of one question, so that it is worth the same each time.
    room.schedule("topics:databases-sql").await;
    room.repeat_everything();
    for _ in 0..2 {
        let daily = room.next_daily().await;
        let receipt = room.ana.reply(&daily, &daily.right()).await;
        assert!(receipt.says("your answer is recorded"), "{receipt:?}");
        let (ben, chloe, post) = tokio::join!(
            room.ben.press_right(&daily),
            room.chloe.press_wrong(&daily),
            room.ana.slash("/daily post"),
        );
        assert!(ben.says("Right!"), "{ben:?}");
        assert!(chloe.says("Not right"), "{chloe:?}");
        assert!(post.says("already posted"), "{post:?}");
    }
    let quiz = room.ben.slash("/quiz topic:http count:1").await;
    let graded = room.ben.press_right(&quiz).await;
    assert!(graded.says("Right!"), "{graded:?}");

    // What comes after the quiz was answered comes after all copies of what came before.
    let board = room.ana.told("/leaderboard period:all").await;
    insta::assert_snapshot!(board, @r"
    Leaderboard · All time
    1. Ben · 43 points · 100% right · streak 2
    2. Ana · 21 points · 100% right · streak 2
    – Chloe · 0 points · 0% right · streak 2
    Page 1 of 1 · 3 members
    [This week] [This month]
    ");
    let is_receipt = |message: &&Message| message.says("your answer is recorded");
    let receipts = room.ana.messages("daily");
    assert_eq!(receipts.iter().filter(is_receipt).count(), 2);
    let rows = ["dailies", "answers", "quizzes", "quiz_items"].map(|table| count(room, table));
    assert_eq!(rows, [2, 6, 1, 1]);
}

async fn a_daily_is_replaced_once_by_a_command_that_is_told_more_than_once(room: &Room) {
    room.schedule("").await;
    room.next_daily().await;
    room.repeat_everything();

    room.ana.slash("/daily replace").await;

    room.ana.slash("/schedule list").await;
    assert_eq!(count(room, "replaced"), 1);
}
