//! `/daily replace`: an open daily gets another question.

use chrono::Duration;

use super::idiom::as_on_discord;
use super::{Message, Room};

stories!(
    a_question_is_replaced_in_its_message_and_answers_to_it_are_taken_back,
    a_streak_outlives_a_question_that_was_replaced_after_it_was_answered,
    a_question_can_be_replaced_on_the_days_after_its_own,
    a_replaced_question_does_not_come_back_before_the_others,
    only_an_open_daily_gets_another_question_and_only_from_admins,
);

async fn a_question_is_replaced_in_its_message_and_answers_to_it_are_taken_back(room: &Room) {
    room.ask(&["cache-aside", "sql-null"]).await;
    let yesterday = room.next_daily().await;
    let right = yesterday.right();
    room.ben.press(&yesterday, &right).await;
    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Ben
    Points
    11 · rank 1
    Streak
    1 · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    room.chloe.press_wrong(&daily).await;
    let receipt = room.chloe.reply(&daily, "A").await;

    room.ana.told("/daily queue question:cache-ttl").await;
    let told = room.ana.told("/daily replace").await;

    insta::assert_snapshot!(told, @r"
    ✅ Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 2 answers to the previous question no longer count. Those members keep their streaks.
    Only you can see this
    ");
    let replaced = room.replaced(&daily).await;
    assert_eq!(room.dailies().len(), 2);
    // His points are as they were.
    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Ben
    Points
    11 · rank 1
    Streak
    2 · longest 2
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    insta::assert_snapshot!(room.chloe.told("/stats").await, @r"
    Your stats
    There is nothing to show yet. Each answer with a verdict counts here: to a daily, or in practice with /quiz.
    Only you can see this
    ");
    let verdict = room.chloe.press(&receipt, "My verdict").await;
    insta::assert_snapshot!(verdict.reads(), @r"
    Another question
    This daily has another question now, which you have not answered yet: look at the message again. If you answered the previous one, you keep your streak but get no points for it.
    Only you can see this
    ");

    let refused = room.pressed_late(&*room.ben, &daily, daily.id_of("A"));
    let refused = refused.await.expect_err("a refusal").to_string();
    insta::assert_snapshot!(refused, @r"
    This daily has another question now. Look at the message again, and answer the new one.
    ");

    // Nobody gains twice.
    let right = replaced.right();
    let verdict = room.ben.press(&replaced, &right).await;
    insta::assert_snapshot!(replaced.unshuffled(&verdict.reads()), @r"
    ✅ Right!
    What happens when a time to live is over?
    ✅ A · The copy is stale ← your answer
    It must be fetched or validated again.
    ❌ B · The key is renamed
    Names do not change.
    ❌ C · The server restarts
    Nothing restarts.
    ❌ D · The copy doubles in size each hour
    Nothing grows.
    +32 points · Streak: 2 dailies in a row.
    Caching · hard
    [Model answer]
    Only you can see this
    ");
}

async fn a_streak_outlives_a_question_that_was_replaced_after_it_was_answered(room: &Room) {
    room.ask(&["cache-aside", "sql-null"]).await;
    let first = room.next_daily().await;
    room.ben.press(&first, "A").await;
    room.chloe.press(&first, "A").await;
    let second = room.next_daily().await;
    room.ben.press(&second, "A").await;
    room.ana.told("/daily queue question:cache-ttl").await;
    let told = room.ana.told("/daily replace").await;
    insta::assert_snapshot!(told, @r"
    ✅ Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 1 answer to the previous question no longer counts. That member keeps their streak.
    Only you can see this
    ");
    let replaced = room.replaced(&second).await;
    insta::assert_snapshot!(replaced.unshuffled(&replaced.reads()), @r"
    Daily question · Thursday, 5 March 2026
    What happens when a time to live is over?
    A · The copy is stale
    B · The key is renamed
    C · The server restarts
    D · The copy doubles in size each hour
    Caching · hard · press a letter, or reply with it · replaces an earlier question; answers to that one keep streaks but earn no points
    [A] [B] [C] [D]
    ");

    let third = room.next_daily().await;

    let bens = room.ben.press(&third, "A").await.text;
    assert!(bens.contains("3 dailies in a row"), "{bens}");
    let chloes = room.chloe.press(&third, "A").await.text;
    assert!(
        chloes.contains("streak begins"),
        "she did not answer: {chloes}"
    );
}

async fn a_question_can_be_replaced_on_the_days_after_its_own(room: &Room) {
    let set = "/schedule set channel:#daily time:23:59 zone:UTC days:wed";
    room.ana.slash(set).await;
    room.advance(Duration::hours(16));
    let posted = |message: &Message| message.has_button("A");
    let daily = room.ben.wait_for("daily", &posted).await;
    room.recorded(&daily).await;
    room.advance(Duration::days(2));

    let told = room.ana.told("/daily replace").await;

    insta::assert_snapshot!(told, @r"
    ✅ Replaced
    The daily in #daily asks another question, in the same message.
    Only you can see this
    ");
    room.replaced(&daily).await;
}

async fn a_replaced_question_does_not_come_back_before_the_others(room: &Room) {
    room.schedule("").await;
    let first = room.next_daily().await;
    let old = first.question().id;
    room.advance(Duration::minutes(1));
    room.ana.slash("/daily replace").await;
    let daily = room.replaced(&first).await;
    // All six questions, and then the one of longest ago.
    let mut asked = vec![daily.question().id];
    for _ in 0..5 {
        asked.push(room.next_daily().await.question().id);
    }
    assert!(!asked.contains(&old), "{old} came again: {asked:?}");
}

async fn only_an_open_daily_gets_another_question_and_only_from_admins(room: &Room) {
    room.schedule("").await;
    let none = room.ana.told("/daily replace").await;
    insta::assert_snapshot!(none, @r"
    No open daily
    There is no open daily, so there is no question to replace. /daily queue chooses what is asked next.
    Only you can see this
    ");
    let daily = room.next_daily().await;
    room.ana.told("/schedule pause").await;
    room.advance(Duration::days(8));
    room.closed(&daily).await;
    assert_eq!(room.ana.told("/daily replace").await, none);
    let caller = room.caller(&*room.ben);
    for refused in [
        room.app().replace_daily(&caller, None).await,
        room.app().queue_question(&caller, "cache-ttl", None).await,
    ] {
        let refused = refused.expect_err("a refusal").to_string();
        let refused = as_on_discord(&refused);
        insta::assert_snapshot!(refused, @"Only members who may manage this server can do that.");
    }
}
