//! What becomes of talk below a daily once its answer was deleted; `stories/privacy.rs` has the rest.

use crate::harness::{Room, question_in, shown};

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
async fn whoever_deleted_an_answer_is_not_sent_to_the_daily_that_takes_no_other() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    let line = format!("/question {}", question_in(&daily).id);
    let lookup = shown(room.ben.slash("general", &line).await);
    let refused = async || room.reads(&shown(room.ben.click(&lookup, "Show answer").await));
    let before = refused().await;
    assert!(before.contains("Answer the daily first"), "{before}");
    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    shown(room.ben.click(&asked, "Delete everything").await);

    insta::assert_snapshot!(refused().await, @r"
    That didn't work
    This is the question of an open daily, here or in another server of yours. You have answered it; once it has closed, you can see everything about it.
    Only you can see this
    ");
    room.close().await;
}
