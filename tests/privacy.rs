//! `/privacy`: export and delete.

use crate::harness::{Room, question_in, shown};

#[tokio::test]
async fn an_export_has_everything_about_the_caller_and_nobody_else() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    let quiz = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    shown(room.ben.click(&quiz, "A").await);
    shown(room.ben.slash("general", "/question caching").await);

    let message = shown(room.ben.slash("general", "/privacy export").await);

    assert!(message.ephemeral);
    let file = room
        .sandbox
        .world()
        .file(&message.attachments[0].url)
        .expect("the file");
    let export: serde_json::Value = serde_json::from_slice(&file.bytes).expect("JSON");
    assert_eq!(export["member"], room.ben.id().to_string());
    for (table, rows) in [
        ("answers", 1),
        ("streaks", 1),
        ("quizzes", 1),
        ("practice", 1),
        ("lookups", 1),
    ] {
        assert_eq!(
            export["data"][table].as_array().map(Vec::len),
            Some(rows),
            "{table}: {export:#}"
        );
    }
    let answer = &export["data"]["answers"][0];
    let question = question_in(&daily);
    let quiz = &question.quizzes[0];
    assert_eq!(answer["chosen"], quiz.options[quiz.right()].text);
    assert_eq!(answer["right"], true);
    let at = answer["answered_at"].as_str().expect("a date");
    assert!(
        at.starts_with("2026-03-04T09:00:0") && at.ends_with('Z'),
        "{at}"
    );
    assert!(
        !export.to_string().contains(&room.chloe.id().to_string()),
        "{export:#}"
    );
    room.close().await;
}

#[tokio::test]
async fn deleting_asks_once_and_then_leaves_nothing() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.chloe.click(&daily, &room.right_letter(&daily)).await);

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    assert!(
        asked.text().contains("cannot be undone"),
        "{}",
        asked.text()
    );
    let kept = shown(room.ben.click(&asked, "Keep it").await);
    assert!(
        kept.text().contains("Nothing was deleted"),
        "{}",
        kept.text()
    );

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    let deleted = shown(room.ben.click(&asked, "Delete everything").await);
    assert!(
        deleted
            .text()
            .contains("Done: everything stored about you in this server has been deleted.")
            && deleted.buttons().is_empty(),
        "{}",
        deleted.text()
    );

    let board = shown(room.chloe.slash("general", "/leaderboard period:all").await).text();
    assert!(!board.contains(&format!("<@{}>", room.ben.id())), "{board}");
    assert!(board.contains("1 member"), "{board}");
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("nothing to show yet"), "{stats}");
    room.close().await;
}

#[tokio::test]
async fn a_closed_daily_stops_naming_a_member_who_was_deleted() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    room.next_daily().await;
    let (id, name) = (daily.id, format!("<@{}>", room.ben.id()));
    let named = name.clone();
    room.chloe
        .wait_for("daily", move |m| m.id == id && m.text().contains(&named))
        .await;

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    shown(room.ben.click(&asked, "Delete everything").await);

    room.chloe
        .wait_for("daily", move |m| m.id == id && !m.text().contains(&name))
        .await;
    room.close().await;
}

#[tokio::test]
async fn an_open_daily_stays_answered_when_the_answer_is_deleted() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    for _ in 0..2 {
        let asked = shown(room.ben.slash("general", "/privacy delete").await);
        assert!(asked.text().contains("stays answered"), "{}", asked.text());
        shown(room.ben.click(&asked, "Delete everything").await);
    }

    let again = shown(room.ben.click(&daily, &room.right_letter(&daily)).await).text();
    assert!(again.contains("before you deleted your data"), "{again}");
    let said = room.ben.reply(&daily, &room.right_letter(&daily)).await;
    let told = room
        .ben
        .wait_for("daily", move |m| m.reply_to == Some(said.id))
        .await;
    assert!(
        told.text().contains("can no longer answer this daily"),
        "{}",
        told.text()
    );
    assert!(
        !told.text().contains("delete"),
        "nobody else's business: {}",
        told.text()
    );
    let board = shown(room.ben.slash("general", "/leaderboard period:all").await).text();
    assert!(!board.contains(&format!("<@{}>", room.ben.id())), "{board}");

    let next = room.next_daily().await;
    let verdict = shown(room.ben.click(&next, &room.right_letter(&next)).await).text();
    assert!(verdict.contains("Right!"), "{verdict}");
    room.close().await;
}

#[tokio::test]
async fn a_closed_daily_stops_counting_the_vote_of_a_member_who_was_deleted() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    // A wrong answer: it is counted, and nobody is named for it.
    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    room.next_daily().await;
    let (id, votes) = (daily.id, |text: &str| text.contains("1 answer in all"));
    let closed = room
        .chloe
        .wait_for("daily", move |m| m.id == id && m.text().contains("Votes"))
        .await;
    assert!(votes(&closed.text()), "{}", closed.text());

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    shown(room.ben.click(&asked, "Delete everything").await);

    room.chloe
        .wait_for("daily", move |m| m.id == id && !votes(&m.text()))
        .await;
    room.close().await;
}
