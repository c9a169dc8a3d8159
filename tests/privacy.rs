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
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.chloe.click(&daily, &room.right_letter(&daily)).await);

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    insta::assert_snapshot!(room.reads(&asked), @r"
    Delete your data
    This removes every answer, point, streak, quiz and lookup of yours in this server. It cannot be undone. A daily that is open now and that you have answered stays answered until it closes: you can't answer it again.
    [Delete everything] [Keep it]
    Only you can see this
    ");
    let kept = shown(room.ben.click(&asked, "Keep it").await);
    insta::assert_snapshot!(room.reads(&kept), @r"
    Delete your data
    Nothing was deleted.
    Only you can see this
    ");

    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    let deleted = shown(room.ben.click(&asked, "Delete everything").await);
    insta::assert_snapshot!(room.reads(&deleted), @r"
    Delete your data
    Done: everything stored about you in this server has been deleted. If you had answered a daily that is still open, a mark that says so stays until it closes, without your id or your answer.
    Only you can see this
    ");

    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.told(&room.chloe, line).await, @r"
    Leaderboard · All time
    **1.** @chloe · **11** points · 100% right · streak 1

    Page 1 of 1 · 1 member
    [This week] [This month]
    ");
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    There is nothing to show yet. Answer the daily, or practise with `/quiz`: every answer with a verdict counts here.
    Only you can see this
    ");
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
    let room = Room::asking(&["cache-aside", "sql-null"]).await;
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    for _ in 0..2 {
        let asked = shown(room.ben.slash("general", "/privacy delete").await);
        assert!(asked.text().contains("stays answered"), "{}", asked.text());
        shown(room.ben.click(&asked, "Delete everything").await);
    }

    let again = shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    insta::assert_snapshot!(room.reads(&again), @r"
    Already answered
    You answered this daily before you deleted your data, so it stays answered until it closes. The next one counts again.
    Only you can see this
    ");
    // That ben deleted anything is nobody else's business.
    let said = room.ben.reply(&daily, &room.right_letter(&daily)).await;
    let told = room
        .ben
        .wait_for("daily", move |m| m.reply_to == Some(said.id))
        .await;
    insta::assert_snapshot!(room.reads(&told), @r"
    Already answered
    @ben, you can no longer answer this daily. The next one counts again.
    ");
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.told(&room.ben, line).await, @r"
    Leaderboard · All time
    The board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    ");

    let next = room.next_daily().await;
    let verdict = shown(room.ben.click(&next, &room.right_letter(&next)).await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &next), @r"
    Right!
    **What is NULL = NULL in SQL?**

    ✅ **A** · Unknown ← your answer
    Comparisons with NULL have no truth value.

    ❌ **B** · True
    Only IS NOT DISTINCT FROM says so.

    ❌ **C** · False
    It is neither true nor false.

    ❌ **D** · An error
    It is a valid expression.


    **+21 points** · Your streak begins today.
    Relational databases · medium
    [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn who_deleted_an_answer_is_not_asked_for_another() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    let looked_up = shown(room.chloe.slash("daily", "/question caching").await);
    shown(room.ben.click(&daily, "A").await);
    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    shown(room.ben.click(&asked, "Delete everything").await);

    let said = room.ben.reply(&daily, "B or C").await;
    let told = room.answer_to(&said).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    Already answered
    @ben, you can no longer answer this daily. The next one counts again.
    ");
    let again = room.ben.reply(&daily, "is it B?").await;
    let elsewhere = room.ben.reply(&looked_up, "B").await;
    room.unanswered(&[again, elsewhere], &daily).await;
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
