//! `/stats`: a member's record.

use crate::harness::{Room, said, shown};

#[tokio::test]
async fn a_record_has_points_rank_streaks_and_the_weakest_topic() {
    let room = Room::asking(&["http-idempotency"]).await;
    let daily = room.next_daily().await;
    room.press_right(&room.ben, &daily).await;
    let mut quiz = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:3")
            .await,
    );
    loop {
        let graded = room.press_wrong(&room.ben, &quiz).await;
        match graded.button("Next") {
            Some(_) => quiz = shown(room.ben.click(&graded, "Next").await),
            None => break,
        }
    }

    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **21** · rank 1
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 0/3 (0%)
    HTTP · 1/1 (100%)
    Worth practising
    Of the topics in which you have answered at least 3 questions, **Caching** is your weakest: try `/quiz topic:caching`
    By topic: dailies and practice together
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn another_members_record_can_be_seen_and_an_empty_one_is_said_to_be() {
    let room = Room::asking(&["http-idempotency"]).await;
    let daily = room.next_daily().await;
    room.press_right(&room.ben, &daily).await;
    let line = "/quiz topic:caching count:1";
    let quiz = shown(room.ben.slash("general", line).await);
    room.press_wrong(&room.ben, &quiz).await;

    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    @ben
    Points
    **21** · rank 1
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 0/1 (0%)
    HTTP · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    // Practice is ben's own.
    let line = "/stats member:@ben";
    insta::assert_snapshot!(room.told(&room.chloe, line).await, @r"
    Stats
    @ben
    Points
    **21** · rank 1
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    HTTP · 1/1 (100%)
    By topic: dailies only
    Only you can see this
    ");
    insta::assert_snapshot!(room.told(&room.chloe, "/stats").await, @r"
    Your stats
    There is nothing to show yet. Answer the daily, or practise with `/quiz`: every answer with a verdict counts here.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn where_there_are_several_schedules_streaks_are_said_to_be_each_ones_own() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.press_right(&room.ben, &daily).await;
    let one = room.told(&room.ben, "/stats").await;
    insta::assert_snapshot!(one, @r"
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
    let second = "/schedule set channel:#general time:18:00 zone:UTC schedule:second";
    said(&room, second).await;
    let lines = ["/stats", "/stats member:@ben"];
    insta::assert_snapshot!(room.conversation(&room.ben, &lines).await, @r"
    > /stats
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **1** · longest 1
    Each schedule has its own streak; the best is shown.
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this

    > /stats member:@ben
    Your stats
    @ben
    Points
    **11** · rank 1
    Streak
    **1** · longest 1
    Each schedule has its own streak; the best is shown.
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    said(&room, "/schedule remove schedule:second").await;
    assert_eq!(room.told(&room.ben, "/stats").await, one);
    room.close().await;
}
