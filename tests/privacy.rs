//! What becomes of talk below a daily once its answer was deleted; `stories/privacy.rs` has the rest.

use crate::harness::{Room, shown};

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
