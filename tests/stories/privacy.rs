//! `/privacy`: export and delete.

use super::{Message, Room};

stories!(
    an_export_has_everything_about_the_caller_and_nobody_else,
    deleting_asks_once_and_then_leaves_nothing,
    a_closed_daily_stops_naming_a_member_who_was_deleted,
    an_open_daily_stays_answered_when_the_answer_is_deleted,
    a_closed_daily_stops_counting_the_vote_of_a_member_who_was_deleted,
);

async fn an_export_has_everything_about_the_caller_and_nobody_else(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    room.chloe.press_wrong(&daily).await;
    let quiz = room.ben.slash("/quiz topic:http count:1").await;
    room.ben.press(&quiz, "A").await;
    room.ben.slash("/question caching").await;

    let export = room.ben.exported().await;

    let (ben, chloe) = (room.ben.user(), room.chloe.user());
    assert_eq!(export["member"], ben.id());
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
    let question = daily.question();
    let quiz = &question.quizzes[0];
    assert_eq!(answer["chosen"], quiz.options[quiz.right()].text);
    assert_eq!(answer["right"], true);
    let at = answer["answered_at"].as_str().expect("a date");
    assert!(
        at.starts_with("2026-03-04T09:00:0") && at.ends_with('Z'),
        "{at}"
    );
    assert!(!export.to_string().contains(chloe.id()), "{export:#}");
}

async fn deleting_asks_once_and_then_leaves_nothing(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    room.chloe.press_right(&daily).await;

    let asked = room.ben.slash("/privacy delete").await;
    insta::assert_snapshot!(asked.reads(), @r"
    Delete your data
    This removes every answer, point, streak, quiz and lookup of yours in this server. It cannot be undone. A daily that is open now and that you have answered stays answered until it closes: you can't answer it again.
    [Delete everything] [Keep it]
    Only you can see this
    ");
    let kept = room.ben.press(&asked, "Keep it").await;
    insta::assert_snapshot!(kept.reads(), @r"
    Delete your data
    Nothing was deleted.
    Only you can see this
    ");

    let asked = room.ben.slash("/privacy delete").await;
    let deleted = room.ben.press(&asked, "Delete everything").await;
    insta::assert_snapshot!(deleted.reads(), @r"
    ✅ Delete your data
    Done: everything stored about you in this server has been deleted. If you had answered a daily that is still open, a mark that says so stays until it closes, without your id or your answer.
    Only you can see this
    ");

    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.chloe.told(line).await, @r"
    Leaderboard · All time
    1. Chloe · 11 points · 100% right · streak 1
    Page 1 of 1 · 1 member
    [This week] [This month]
    ");
    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    There is nothing to show yet. Each answer with a verdict counts here: to a daily, or in practice with /quiz.
    Only you can see this
    ");
}

async fn a_closed_daily_stops_naming_a_member_who_was_deleted(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    room.next_daily().await;
    let name = room.ben.name();
    let named = |message: &Message| message.id == daily.id && message.says(&name);
    room.chloe.wait_for("daily", &named).await;

    let asked = room.ben.slash("/privacy delete").await;
    room.ben.press(&asked, "Delete everything").await;

    let unnamed = |message: &Message| message.id == daily.id && !message.says(&name);
    room.chloe.wait_for("daily", &unnamed).await;
}

async fn an_open_daily_stays_answered_when_the_answer_is_deleted(room: &Room) {
    room.ask(&["cache-aside", "sql-null"]).await;
    let daily = room.next_daily().await;
    room.ben.press_wrong(&daily).await;
    for _ in 0..2 {
        let asked = room.ben.slash("/privacy delete").await;
        assert!(asked.says("stays answered"), "{}", asked.text);
        room.ben.press(&asked, "Delete everything").await;
    }

    let again = room.ben.press_right(&daily).await;
    insta::assert_snapshot!(again.reads(), @r"
    Already answered
    You answered this daily before you deleted your data, so it stays answered until it closes. The next one counts again.
    Only you can see this
    ");
    // That ben deleted anything is nobody else's business.
    let told = room.ben.reply(&daily, &daily.right()).await;
    insta::assert_snapshot!(told.shows(), @r"
    Already answered
    Ben, you can no longer answer this daily. The next one counts again.
    ");
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · All time
    The board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    ");

    let next = room.next_daily().await;
    let verdict = room.ben.press_right(&next).await;
    insta::assert_snapshot!(next.unshuffled(&verdict.reads()), @r"
    ✅ Right!
    What is NULL = NULL in SQL?
    ✅ A · Unknown ← your answer
    Comparisons with NULL have no truth value.
    ❌ B · True
    Only IS NOT DISTINCT FROM says so.
    ❌ C · False
    It is neither true nor false.
    ❌ D · An error
    It is a valid expression.
    +21 points · Your streak begins today.
    Relational databases · medium
    [Model answer]
    Only you can see this
    ");
}

async fn a_closed_daily_stops_counting_the_vote_of_a_member_who_was_deleted(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    // A wrong answer: it is counted, and nobody is named for it.
    room.ben.press_wrong(&daily).await;
    room.next_daily().await;
    let closed = room.closed(&daily).await;
    assert!(closed.says("1 answer in all"), "{closed:?}");

    let asked = room.ben.slash("/privacy delete").await;
    room.ben.press(&asked, "Delete everything").await;

    let uncounted = |message: &Message| message.id == daily.id && message.says("Nobody answered.");
    room.chloe.wait_for("daily", &uncounted).await;
}
