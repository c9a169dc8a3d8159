//! `/leaderboard`: points, ranks and pages.

use super::Room;

stories!(
    members_stand_by_points_with_equal_ones_sharing_a_rank,
    points_grow_with_the_streak_and_practice_gives_none,
    a_missed_daily_ends_a_streak,
    periods_topics_and_other_readers_have_their_own_boards,
    the_board_has_pages_and_the_readers_line_on_each,
    an_empty_board_speaks_of_its_period_and_topic,
);

async fn members_stand_by_points_with_equal_ones_sharing_a_rank(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.chloe.press_right(&daily).await;
    room.ben.press_right(&daily).await;
    room.ana.press_wrong(&daily).await;

    // Who has no points has no rank; and everyone reads it.
    let board = room.ana.told("/leaderboard").await;
    insta::assert_snapshot!(board, @r"
    Leaderboard · This week
    1. Ben · 11 points · 100% right · streak 1
    1. Chloe · 11 points · 100% right · streak 1
    – Ana · 0 points · 0% right · streak 1
    Page 1 of 1 · 3 members
    [This month] [All time]
    ");
    insta::assert_snapshot!(room.ana.told("/leaderboard page:99").await, @r"
    Leaderboard · This week
    There is only one page.
    1. Ben · 11 points · 100% right · streak 1
    1. Chloe · 11 points · 100% right · streak 1
    – Ana · 0 points · 0% right · streak 1
    Page 1 of 1 · 3 members
    [This month] [All time]
    ");
}

async fn points_grow_with_the_streak_and_practice_gives_none(room: &Room) {
    room.ask(&["cache-aside", "sql-null", "cache-ttl"]).await;
    for _ in 0..3 {
        let daily = room.next_daily().await;
        room.ben.press_right(&daily).await;
    }
    let practice = room.ben.slash("/quiz topic:http count:1").await;
    room.ben.press_right(&practice).await;

    // 10, 20 and 30 by difficulty, and 1, 2 and 3 for the streak.
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · All time
    1. Ben · 66 points · 100% right · streak 3
    Page 1 of 1 · 1 member
    [This week] [This month]
    ");
}

async fn a_missed_daily_ends_a_streak(room: &Room) {
    room.ask(&["cache-aside", "sql-null", "cache-ttl"]).await;
    let first = room.next_daily().await;
    room.ben.press_right(&first).await;
    room.next_daily().await;
    let third = room.next_daily().await;
    let right = third.right();
    room.chloe.press(&third, &right).await;

    // ben missed the second.
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · All time
    1. Chloe · 31 points · 100% right · streak 1
    2. Ben · 11 points · 100% right
    Page 1 of 1 · 2 members
    [This week] [This month]
    ");
    let verdict = room.ben.press(&third, &right).await;
    insta::assert_snapshot!(third.unshuffled(&verdict.reads()), @r"
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
    +31 points · Your streak begins today.
    Caching · hard
    [Model answer]
    Only you can see this
    ");
}

async fn periods_topics_and_other_readers_have_their_own_boards(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;

    // No other daily comes.
    room.ana.told("/schedule remove").await;
    room.advance(chrono::Duration::days(7));
    let week = room.ben.slash("/leaderboard period:week").await;
    insta::assert_snapshot!(week.reads(), @r"
    Leaderboard · This week
    This week's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]
    ");
    let all = room.ben.press(&week, "All time").await;
    assert_eq!(all.id, week.id, "his own board is edited along");
    insta::assert_snapshot!(all.reads(), @r"
    Leaderboard · All time
    1. Ben · 11 points · 100% right
    Page 1 of 1 · 1 member
    [This week] [This month]
    ");

    let before = all.text.clone();
    let own = room.chloe.press(&all, "This month").await;
    insta::assert_snapshot!(own.reads(), @r"
    Leaderboard · This month
    1. Ben · 11 points · 100% right
    Chloe has no answer that counts this month so far. (Typed answers, and answers with a hidden verdict, count once the daily closes.)
    Page 1 of 1 · 1 member
    [This week] [All time]
    Only you can see this
    ");
    assert_eq!(room.ben.again(&all).expect("it is there").text, before);

    let line = "/leaderboard period:all topic:rest";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Which topic?
    There is no topic “rest”. /topics shows all topics.
    Only you can see this
    ");
}

async fn the_board_has_pages_and_the_readers_line_on_each(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    for number in 0..12 {
        let person = room.person(&format!("guest-{number}"));
        person.press_right(&daily).await;
    }
    room.ben.press_wrong(&daily).await;

    let first = room.ben.slash("/leaderboard period:all").await;
    // Off the page, and there.
    insta::assert_snapshot!(first.reads(), @r"
    Leaderboard · All time
    1. guest-0 · 11 points · 100% right · streak 1
    1. guest-1 · 11 points · 100% right · streak 1
    1. guest-2 · 11 points · 100% right · streak 1
    1. guest-3 · 11 points · 100% right · streak 1
    1. guest-4 · 11 points · 100% right · streak 1
    1. guest-5 · 11 points · 100% right · streak 1
    1. guest-6 · 11 points · 100% right · streak 1
    1. guest-7 · 11 points · 100% right · streak 1
    1. guest-8 · 11 points · 100% right · streak 1
    1. guest-9 · 11 points · 100% right · streak 1
    …
    – Ben · 0 points · 0% right · streak 1
    Page 1 of 2 · 13 members
    [Next ▶] [This week] [This month]
    ");
    let second = room.ben.press(&first, "Next ▶").await;
    insta::assert_snapshot!(second.reads(), @r"
    Leaderboard · All time
    1. guest-10 · 11 points · 100% right · streak 1
    1. guest-11 · 11 points · 100% right · streak 1
    – Ben · 0 points · 0% right · streak 1
    Page 2 of 2 · 13 members
    [◀ Previous] [This week] [This month]
    ");
    let back = room.ben.press(&second, "◀ Previous").await;
    assert_eq!(back.text, first.text);

    let past = "/leaderboard period:all page:99";
    insta::assert_snapshot!(room.ben.told(past).await, @r"
    Leaderboard · All time
    There are only 2 pages; this is the last.
    1. guest-10 · 11 points · 100% right · streak 1
    1. guest-11 · 11 points · 100% right · streak 1
    – Ben · 0 points · 0% right · streak 1
    Page 2 of 2 · 13 members
    [◀ Previous] [This week] [This month]
    ");
    let line = "/leaderboard period:all topic:caching page:3";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · All time · Caching
    There are only 2 pages; this is the last.
    1. guest-10 · 11 points · 100% right · streak 1
    1. guest-11 · 11 points · 100% right · streak 1
    – Ben · 0 points · 0% right · streak 1
    Page 2 of 2 · 13 members
    [◀ Previous] [This week] [This month]
    ");
}

async fn an_empty_board_speaks_of_its_period_and_topic(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    // No other daily comes.
    room.ana.told("/schedule remove").await;
    // From a Wednesday to the one after, in the same month; then to the next month.
    room.advance(chrono::Duration::days(7));
    let lines = [
        "/leaderboard",
        "/leaderboard topic:caching",
        "/leaderboard period:month topic:http",
        "/leaderboard period:all topic:http",
    ];
    insta::assert_snapshot!(room.ben.conversation(&lines).await, @r"
    > /leaderboard
    Leaderboard · This week
    This week's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]

    > /leaderboard topic:caching
    Leaderboard · This week · Caching
    This week's board on Caching is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This month] [All time]

    > /leaderboard period:month topic:http
    Leaderboard · This month · HTTP
    This month's board on HTTP is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [All time]

    > /leaderboard period:all topic:http
    Leaderboard · All time · HTTP
    The board on HTTP is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    ");
    room.advance(chrono::Duration::days(30));
    let line = "/leaderboard period:month";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · This month
    This month's board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [All time]
    ");
}
