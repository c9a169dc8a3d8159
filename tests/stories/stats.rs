//! `/stats`: a member's record.

use super::Room;

stories!(
    a_record_has_points_rank_streaks_and_the_weakest_topic,
    another_members_record_can_be_seen_and_an_empty_one_is_said_to_be,
    answers_whose_verdict_is_hidden_are_counted_apart_right_or_not,
    where_there_are_several_schedules_streaks_are_said_to_be_each_ones_own,
    who_only_practises_has_no_share_of_right_dailies,
);

async fn a_record_has_points_rank_streaks_and_the_weakest_topic(room: &Room) {
    room.ask(&["http-idempotency"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    let mut quiz = room.ben.slash("/quiz topic:caching count:3").await;
    loop {
        let graded = room.ben.press_wrong(&quiz).await;
        match graded.button("Next") {
            Some(_) => quiz = room.ben.press(&graded, "Next").await,
            None => break,
        }
    }

    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Ben
    Points
    21 · rank 1
    Streak
    1 · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 0/3 (0%)
    HTTP · 1/1 (100%)
    Worth practising
    Of the topics in which you have answered at least 3 questions, Caching is your weakest: try /quiz topic:caching
    By topic: dailies and practice together
    Only you can see this
    ");
}

async fn another_members_record_can_be_seen_and_an_empty_one_is_said_to_be(room: &Room) {
    room.ask(&["http-idempotency"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    let line = "/quiz topic:caching count:1";
    let quiz = room.ben.slash(line).await;
    room.ben.press_wrong(&quiz).await;

    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Ben
    Points
    21 · rank 1
    Streak
    1 · longest 1
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
    insta::assert_snapshot!(room.chloe.told(line).await, @r"
    Stats
    Ben
    Points
    21 · rank 1
    Streak
    1 · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    HTTP · 1/1 (100%)
    By topic: dailies only
    Only you can see this
    ");
    insta::assert_snapshot!(room.chloe.told("/stats").await, @r"
    Your stats
    There is nothing to show yet. Each answer with a verdict counts here: to a daily, or in practice with /quiz.
    Only you can see this
    ");
}

async fn where_there_are_several_schedules_streaks_are_said_to_be_each_ones_own(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    let one = room.ben.told("/stats").await;
    insta::assert_snapshot!(one, @r"
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
    let second = "/schedule set channel:#general time:18:00 zone:UTC schedule:second";
    room.ana.told(second).await;
    let lines = ["/stats", "/stats member:@ben"];
    insta::assert_snapshot!(room.ben.conversation(&lines).await, @r"
    > /stats
    Your stats
    Ben
    Points
    11 · rank 1
    Streak
    1 · longest 1
    Each schedule has its own streak; the best is shown.
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this

    > /stats member:@ben
    Your stats
    Ben
    Points
    11 · rank 1
    Streak
    1 · longest 1
    Each schedule has its own streak; the best is shown.
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    room.ana.told("/schedule remove schedule:second").await;
    assert_eq!(room.ben.told("/stats").await, one);
}

async fn answers_whose_verdict_is_hidden_are_counted_apart_right_or_not(room: &Room) {
    room.ask(&["cache-aside", "sql-null"]).await;
    let first = room.next_daily().await;
    room.ben.press_right(&first).await;
    room.chloe.press_right(&first).await;
    room.ana.told("/schedule set reveal:at-close").await;
    let second = room.next_daily().await;
    room.ben.press_right(&second).await;
    room.chloe.press_wrong(&second).await;

    let of_ben = room.ana.told("/stats member:@ben").await;
    insta::assert_snapshot!(of_ben, @r"
    Stats
    Ben
    Points
    11 · rank 1
    Streak
    2 · longest 2
    Dailies
    1 answer · 1 right (100%) · 1 more when its daily closes
    By topic
    Caching · 1/1 (100%)
    By topic: dailies only
    Only you can see this
    ");
    let of_chloe = room.ana.told("/stats member:@chloe").await;
    assert_eq!(
        of_chloe,
        of_ben.replace("Ben", "Chloe"),
        "right and wrong ones are told alike"
    );
    let own = room.ben.told("/stats").await;
    insta::assert_snapshot!(own, @r"
    Your stats
    Ben
    Your answer to an open daily will count on the leaderboard once that daily closes.
    Points
    11 · rank 1
    Streak
    2 · longest 2
    Dailies
    1 answer · 1 right (100%) · 1 more when its daily closes
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
    let of_chloe = room.chloe.told("/stats").await;
    assert_eq!(of_chloe, own.replace("Ben", "Chloe"));

    // Ana's only answer is hidden.
    room.ana.press_wrong(&second).await;
    insta::assert_snapshot!(room.ben.told("/stats member:@ana").await, @r"
    Stats
    Ana has 1 answer to show here when its daily closes.
    Only you can see this
    ");
    room.next_daily().await;
    room.closed(&second).await;
    insta::assert_snapshot!(room.ben.told("/stats member:@ana").await, @r"
    Stats
    Ana
    Points
    0 · no rank yet
    Streak
    1 · longest 1
    Dailies
    1 answer · 0 right (0%)
    By topic
    Relational databases · 0/1 (0%)
    By topic: dailies only
    Only you can see this
    ");
}

async fn who_only_practises_has_no_share_of_right_dailies(room: &Room) {
    let quiz = room.ben.slash("/quiz topic:caching count:1").await;
    room.ben.press_right(&quiz).await;
    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Ben
    Points
    0 · no rank yet
    Streak
    0 · longest 0
    Dailies
    0 answers
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");
}
