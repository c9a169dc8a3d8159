//! Typed answers on boards and in records: what is withheld until their daily closes.

use chat_sandbox::MessageView;
use chrono::Duration;

use crate::harness::{Room, shown};

#[tokio::test]
async fn nothing_tells_whether_a_typed_reply_is_right_before_its_daily_closes() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
    // ben types after he pressed; ana and chloe type at once.
    shown(room.ben.click(&daily, &right).await);
    for (person, letter) in [
        (&room.ben, &right),
        (&room.chloe, &right),
        (&room.ana, &wrong),
    ] {
        room.reply(person, &daily, letter).await;
    }
    let guest = room.sandbox.world().add_person("guest");
    let lines = [
        "/leaderboard period:all",
        "/leaderboard period:week",
        "/stats member:@ben",
        "/stats member:@chloe",
        "/stats member:@ana",
    ];
    insta::assert_snapshot!(room.conversation(&guest, &lines).await, @r"
    > /leaderboard period:all
    Leaderboard · All time
    The board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]

    > /leaderboard period:week
    Leaderboard · This week
    This week's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]

    > /stats member:@ben
    Stats
    @ben has 1 answer to show here when its daily closes.
    Only you can see this

    > /stats member:@chloe
    Stats
    @chloe has 1 answer to show here when its daily closes.
    Only you can see this

    > /stats member:@ana
    Stats
    @ana has 1 answer to show here when its daily closes.
    Only you can see this
    ");
    // Hers to know.
    insta::assert_snapshot!(room.told(&room.chloe, "/stats").await, @r"
    Your stats
    @chloe

    Your answer to an open daily will count on the leaderboard once that daily closes.
    Points
    **11** · no rank yet
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this
    ");

    room.next_daily().await;
    room.closed(&daily).await;
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.told(&guest, line).await, @r"
    Leaderboard · All time
    **1.** @ben · **11** points · 100% right · streak 1
    **1.** @chloe · **11** points · 100% right · streak 1
    **–** @ana · **0** points · 0% right · streak 1


    @guest has no answer that counts so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)
    Page 1 of 1 · 3 members
    [This week] [This month]
    ");
    room.close().await;
}

/// Whatever is typed, everyone reads the same; the member alone reads that it counts later.
#[tokio::test]
async fn who_typed_an_answer_is_told_that_it_counts_when_its_daily_closes() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
    room.reply(&room.ben, &daily, &right).await;
    insta::assert_snapshot!(room.told(&room.ben, "/leaderboard").await, @r"
    Leaderboard · This week
    This week's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]
    ");

    room.press_right(&room.chloe, &daily).await;
    room.reply(&room.ana, &daily, &wrong).await;
    let guest = room.sandbox.world().add_person("guest");
    let mut read = Vec::new();
    for person in [&room.ben, &room.ana, &guest] {
        let board = shown(person.slash("general", "/leaderboard").await);
        let own = format!("@{}", person.name());
        read.push(room.reads(&board).replace(&own, "@reader"));
    }
    insta::assert_snapshot!(read[0], @r"
    Leaderboard · This week
    **1.** @chloe · **11** points · 100% right · streak 1


    @reader has no answer that counts this week so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)
    Page 1 of 1 · 1 member
    [This month] [All time]
    ");
    assert!(read.iter().all(|board| *board == read[0]), "{read:?}");

    let board = shown(room.chloe.slash("general", "/leaderboard").await);
    let mut own = Vec::new();
    for person in [&room.ben, &room.ana, &guest] {
        let all = shown(person.click(&board, "All time").await);
        own.push(format!("{}:\n{}", person.name(), room.reads(&all)));
        own.push(room.told(person, "/stats").await);
    }
    // Only who waits is told so, right or wrong.
    insta::assert_snapshot!(own.join("\n\n"), @r"
    ben:
    Leaderboard · All time
    **1.** @chloe · **11** points · 100% right · streak 1


    @ben has no answer that counts so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)

    Your answer to an open daily will count on the leaderboard once that daily closes.
    Page 1 of 1 · 1 member
    [This week] [This month]
    Only you can see this

    Your stats
    @ben

    Your answer to an open daily will count on the leaderboard once that daily closes.
    Points
    **11** · no rank yet
    Streak
    **1** · longest 1
    Dailies
    1 answer · 1 right (100%)
    By topic
    Caching · 1/1 (100%)
    By topic: dailies and practice together
    Only you can see this

    ana:
    Leaderboard · All time
    **1.** @chloe · **11** points · 100% right · streak 1


    @ana has no answer that counts so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)

    Your answer to an open daily will count on the leaderboard once that daily closes.
    Page 1 of 1 · 1 member
    [This week] [This month]
    Only you can see this

    Your stats
    @ana

    Your answer to an open daily will count on the leaderboard once that daily closes.
    Points
    **0** · no rank yet
    Streak
    **1** · longest 1
    Dailies
    1 answer · 0 right (0%)
    By topic
    Caching · 0/1 (0%)
    By topic: dailies and practice together
    Only you can see this

    guest:
    Leaderboard · All time
    **1.** @chloe · **11** points · 100% right · streak 1


    @guest has no answer that counts so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)
    Page 1 of 1 · 1 member
    [This week] [This month]
    Only you can see this

    Your stats
    There is nothing to show yet. Each answer with a verdict counts here: to a daily, or in practice with `/quiz`.
    Only you can see this
    ");
    // That he waits is ben's own to know.
    let line = "/stats member:@ben";
    insta::assert_snapshot!(room.told(&room.chloe, line).await, @r"
    Stats
    @ben has 1 answer to show here when its daily closes.
    Only you can see this
    ");
    let line = "/leaderboard topic:http";
    let board = shown(room.chloe.slash("general", line).await);
    let own = shown(room.ben.click(&board, "All time").await);
    insta::assert_snapshot!(room.reads(&own), @r"
    Leaderboard · All time · HTTP
    The board on HTTP is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    Only you can see this
    ");

    room.next_daily().await;
    room.closed(&daily).await;
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
    room.close().await;
}

#[tokio::test]
async fn what_a_board_showed_stays_in_its_week_and_typed_answers_count_in_that_of_the_close() {
    let room = Room::with_schedule().await;
    room.advance(Duration::days(4));
    let sunday = room.next_daily().await;
    assert!(
        sunday.text().contains("Sunday, 8 March"),
        "{}",
        sunday.text()
    );
    let right = room.right_letter(&sunday);
    shown(room.ben.click(&sunday, &right).await);
    room.chloe.reply(&sunday, &right).await;
    room.ben
        .wait_for("daily", |m| m.text().contains("is recorded"))
        .await;
    let listed = async |period: &str| {
        let board = room
            .ana
            .slash("general", &format!("/leaderboard period:{period}"))
            .await;
        let board = shown(board).text();
        [&room.ben, &room.chloe].map(|person| board.contains(&format!("** <@{}> ·", person.id())))
    };
    assert_eq!(listed("week").await, [true, false], "on Sunday");

    // What is typed on Monday after a press is hidden until the close, and stays in its week.
    room.advance(Duration::hours(23));
    let told = room.reply(&room.ben, &sunday, &right).await;
    assert!(told.text().contains("your first answer counts"));
    room.next_daily().await;
    room.closed(&sunday).await;
    assert_eq!(listed("week").await, [false, true], "on Monday");
    for period in ["all", "month"] {
        assert_eq!(listed(period).await, [true, true], "{period}");
    }
    room.close().await;
}

#[tokio::test]
async fn a_pressed_answer_is_on_the_weeks_board_at_once_whatever_the_zone_of_its_schedule() {
    let room = Room::with_schedule().await;
    // Sunday evening in Los Angeles is Monday in the server's zone, that of its first schedule.
    let set = "/schedule set schedule:late channel:#daily time:23:00 zone:America/Los_Angeles";
    shown(room.ana.slash("staff", set).await);
    room.advance(Duration::days(5));
    let late = |m: &MessageView| m.text().contains("Sunday, 8 March");
    let daily = room.ben.wait_for("daily", late).await;
    room.recorded(&daily).await;
    room.press_right(&room.ben, &daily).await;
    let board = shown(room.ben.slash("general", "/leaderboard period:week").await).text();
    let bens = format!("**1.** <@{}>", room.ben.id());
    assert!(board.contains(&bens), "{board}");
    room.close().await;
}
