//! `/daily replace`: an open daily gets another question.

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;

use crate::harness::{Room, question_in, said, shown};

#[tokio::test]
async fn a_question_is_replaced_in_its_message_and_answers_to_it_are_taken_back() {
    let room = Room::asking(&["cache-aside", "sql-null"]).await;
    let yesterday = room.next_daily().await;
    let right = room.right_letter(&yesterday);
    shown(room.ben.click(&yesterday, &right).await);
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    let daily = room.next_daily().await;
    room.press_right(&room.ben, &daily).await;
    room.press_wrong(&room.chloe, &daily).await;
    let receipt = room.reply(&room.chloe, &daily, "A").await;

    said(&room, "/daily queue question:cache-ttl").await;
    let told = room.told(&room.ana, "/daily replace").await;

    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 2 answers to the previous question no longer count. Those members keep their streaks.
    Only you can see this
    ");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    let messages = room.ben.messages("daily");
    let todays = |message: &&MessageView| message.text().contains("5 March 2026");
    assert_eq!(messages.iter().filter(todays).count(), 1);
    // His points are as they were.
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **2** · longest 2
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    insta::assert_snapshot!(room.told(&room.chloe, "/stats").await, @r"
    Your stats
    There is nothing to show yet. Answer the daily, or practise with `/quiz`: every answer with a verdict counts here.
    Only you can see this
    ");
    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads(&verdict), @r"
    Another question
    This daily has another question now, which you have not answered yet: look at the message again. If you answered the previous one, you keep your streak but get no points for it.
    Only you can see this
    ");

    let stale = daily.button("A").and_then(|button| button.custom_id);
    let stale = Action::decode(&stale.expect("an id")).expect("one of ours");
    let caller = room.caller(&room.ben);
    let refused = room
        .app()
        .press(&caller, stale, room.at(&daily), None)
        .await;
    let refused = refused.expect_err("a refusal").to_string();
    insta::assert_snapshot!(refused, @r"
    This daily has another question now. Look at the message again, and answer the new one.
    ");

    // Nobody gains twice.
    let right = room.right_letter(&replaced);
    let verdict = shown(room.ben.click(&replaced, &right).await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &replaced), @r"
    Right!
    **What happens when a time to live is over?**

    ✅ **A** · The copy is stale ← your answer
    It must be fetched or validated again.

    ❌ **B** · The key is renamed
    Names do not change.

    ❌ **C** · The server restarts
    Nothing restarts.

    ❌ **D** · The copy doubles in size each hour
    Nothing grows.


    **+32 points** · Streak: 2 dailies in a row.
    Caching · hard
    [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_streak_outlives_a_question_that_was_replaced_after_it_was_answered() {
    let room = Room::asking(&["cache-aside", "sql-null"]).await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    shown(room.chloe.click(&first, "A").await);
    let second = room.next_daily().await;
    shown(room.ben.click(&second, "A").await);
    said(&room, "/daily queue question:cache-ttl").await;
    let told = room.told(&room.ana, "/daily replace").await;
    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks the question that was next in the queue, in the same message. 1 answer to the previous question no longer counts. That member keeps their streak.
    Only you can see this
    ");
    let (id, old) = (second.id, question_in(&second).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    insta::assert_snapshot!(room.reads_unshuffled(&replaced, &replaced), @r"
    Daily question · Thursday, 5 March 2026
    **What happens when a time to live is over?**

    **A** · The copy is stale
    **B** · The key is renamed
    **C** · The server restarts
    **D** · The copy doubles in size each hour
    Caching · hard · press a letter, or reply with it · replaces an earlier question; answers to that one keep streaks but earn no points
    [A] [B] [C] [D]
    ");

    let third = room.next_daily().await;

    let bens = shown(room.ben.click(&third, "A").await).text();
    assert!(bens.contains("3 dailies in a row"), "{bens}");
    let chloes = shown(room.chloe.click(&third, "A").await).text();
    assert!(
        chloes.contains("streak begins"),
        "she did not answer: {chloes}"
    );
    room.close().await;
}

#[tokio::test]
async fn a_question_can_be_replaced_on_the_days_after_its_own() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:23:59 zone:UTC days:wed";
    shown(room.ana.slash("staff", set).await);
    room.advance(Duration::hours(16));
    let posted = |message: &MessageView| message.button("A").is_some();
    let daily = room.ben.wait_for("daily", posted).await;
    room.recorded(&daily).await;
    room.advance(Duration::days(2));

    let told = room.told(&room.ana, "/daily replace").await;

    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks another question, in the same message.
    Only you can see this
    ");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    room.close().await;
}

#[tokio::test]
async fn a_replaced_question_does_not_come_back_before_the_others() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    let (id, old) = (first.id, question_in(&first).id);
    room.advance(Duration::minutes(1));
    shown(room.ana.slash("staff", "/daily replace").await);
    let daily = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    // All six questions, and then the one of longest ago.
    let mut asked = vec![question_in(&daily).id];
    for _ in 0..5 {
        asked.push(question_in(&room.next_daily().await).id);
    }
    assert!(!asked.contains(&old), "{old} came again: {asked:?}");
    room.close().await;
}

#[tokio::test]
async fn only_an_open_daily_gets_another_question_and_only_from_admins() {
    let room = Room::with_schedule().await;
    let none = room.told(&room.ana, "/daily replace").await;
    insta::assert_snapshot!(none, @r"
    No open daily
    There is no open daily, so there is no question to replace. `/daily queue` chooses what is asked next.
    Only you can see this
    ");
    let daily = room.next_daily().await;
    said(&room, "/schedule pause").await;
    room.advance(Duration::days(8));
    room.closed(&daily).await;
    assert_eq!(room.told(&room.ana, "/daily replace").await, none);
    let caller = room.caller(&room.ben);
    for refused in [
        room.app().replace_daily(&caller, None).await,
        room.app().queue_question(&caller, "cache-ttl", None).await,
    ] {
        let refused = refused.expect_err("a refusal").to_string();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @"Only members who may manage this server can do that.");
        }
    }
    room.close().await;
}

#[tokio::test]
async fn the_old_name_does_the_same_and_says_what_the_new_one_is() {
    let room = Room::asking(&["cache-aside"]).await;
    let none = room.told(&room.ana, "/daily skip").await;
    insta::assert_snapshot!(none, @r"
    No open daily
    There is no open daily, so there is no question to replace. `/daily queue` chooses what is asked next.
    Only you can see this
    ");
    let daily = room.next_daily().await;
    let told = room.told(&room.ana, "/daily skip").await;
    insta::assert_snapshot!(told, @r"
    Replaced
    The daily in #daily asks another question, in the same message.

    `/daily skip` is called `/daily replace` now, and the old name will go.
    Only you can see this
    ");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    let again = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(!again.contains("is called"), "{again}");
    room.close().await;
}
