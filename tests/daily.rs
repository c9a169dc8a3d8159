//! The daily question on Discord alone; `stories/daily.rs` has the rest.

use chrono::Duration;

use crate::harness::{Room, said, shown};

#[tokio::test]
async fn daily_post_is_for_admins_and_posts_now() {
    let room = Room::with_schedule().await;
    let refused = room.ben.slash("general", "/daily post").await;
    assert!(refused.is_err(), "Discord does not offer it to ben");

    insta::assert_snapshot!(room.told(&room.ana, "/daily post").await, @r"
    Today's daily
    It is on its way to #daily.
    Only you can see this
    ");
    let daily = room
        .ben
        .wait_for("daily", |message| message.button("A").is_some())
        .await;

    room.advance(Duration::hours(2));
    assert!(daily.text().contains("4 March 2026"));
    let tomorrow = room.next_daily().await;
    assert!(
        tomorrow.text().contains("5 March 2026"),
        "09:00 of the same day posted no second one"
    );
    room.close().await;
}

#[tokio::test]
async fn commands_that_did_not_change_are_not_sent_again_after_a_restart() {
    let mut room = Room::open().await;
    room.restart_bot().await;
    let registered = room.sandbox.world().requests().into_iter();
    let registered = registered.filter(|r| r.method == "PUT" && r.path.ends_with("/commands"));
    assert_eq!(registered.count(), 1);
    room.close().await;
}

/// On Slack nobody else sees a receipt.
#[tokio::test]
async fn a_receipt_shows_each_member_their_own_verdict() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let receipt = room.reply(&room.chloe, &daily, "A").await;
    let nothing = shown(room.ben.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads(&nothing), @r"
    My verdict
    **My verdict** shows each member their own answer. You have not answered this daily yet: press a letter on it, or reply to it with one.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn the_next_daily_comes_after_one_that_a_zone_further_east_had() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    room.advance(Duration::hours(3));
    said(&room, "/schedule set zone:Pacific/Kiritimati").await;
    shown(room.ana.slash("staff", "/daily post").await);
    room.closed(&first).await;
    said(&room, "/schedule set zone:UTC").await;
    let lines = ["/daily post", "/schedule preview"];
    insta::assert_snapshot!(room.conversation(&room.ana, &lines).await, @r"
    > /daily post
    Already posted
    The daily of Wed 4 March 2026 (UTC) was posted in #daily and has closed. A schedule posts at most once a day; the next one is due Fri 6 March 09:00.
    Only you can see this

    > /schedule preview
    Preview
    daily
    #daily · every day · 09:00 UTC · all topics
    Next dailies
    - Fri 6 March 09:00
    - Sat 7 March 09:00
    - Sun 8 March 09:00
    - Mon 9 March 09:00
    - Tue 10 March 09:00
    Only you can see this
    ");
    room.close().await;
}
