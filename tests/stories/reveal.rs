//! Verdicts that wait for the close.

use chrono::Duration;
use serde_json::Value;

use super::{Message, Room};

stories!(
    a_receipt_hides_the_verdict_and_the_answer_may_be_changed_until_the_close,
    a_daily_that_nobody_answered_has_no_verdicts_to_ask_for,
    nothing_gives_a_hidden_verdict_away,
    points_count_in_the_week_in_which_their_daily_closes,
    typed_replies_may_change_the_answer_too,
    a_correction_in_words_changes_the_answer_and_what_names_two_leaves_it,
    a_schedule_that_changes_leaves_the_open_daily_as_it_was,
);

/// Has the dailies show verdicts when they close.
async fn at_close(room: &Room) {
    let set = room.schedule("reveal:at-close").await;
    assert!(set.contains("Verdicts are shown when"), "{set}");
    room.queue(&["cache-aside"]).await;
}

/// What the export says of ben's only answer: whether it is right, and its points.
async fn exported(room: &Room) -> (Value, Value) {
    let export = room.ben.exported().await;
    let answer = &export["data"]["answers"][0];
    (answer["right"].clone(), answer["points"].clone())
}

async fn a_receipt_hides_the_verdict_and_the_answer_may_be_changed_until_the_close(room: &Room) {
    at_close(room).await;
    let daily = room.next_daily().await;
    insta::assert_snapshot!(daily.unshuffled(&daily.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    A · The application
    B · The database
    C · The browser
    Caching · easy · press a letter, or reply with it · verdicts when it closes; until then you may change your answer
    [A] [B] [C]
    ");
    let (right, wrong) = (daily.right(), daily.wrong());

    // No option says why, and no button leads to the answer.
    let receipt = room.ben.press(&daily, &wrong).await;
    let changed = room.ben.press(&daily, &right).await;
    let again = room.ben.press(&changed, "My verdict").await;

    insta::assert_snapshot!(daily.unshuffled(&receipt.reads()), @r"
    Recorded
    Your answer is B · The database
    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu, 5 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");
    insta::assert_snapshot!(daily.unshuffled(&changed.reads()), @r"
    Recorded
    Your answer has changed: only this one counts.
    Your answer is A · The application
    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu, 5 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");
    insta::assert_snapshot!(daily.unshuffled(&again.reads()), @r"
    Recorded
    Your answer is A · The application
    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu, 5 Mar 2026, 09:00 UTC. Until then you may change it: press or type another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");

    room.next_daily().await;
    let result = room.closed(&daily).await;
    insta::assert_snapshot!(daily.unshuffled(&result.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    ✅ A · The application
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    Votes
    A ████████████ 1 ✅
    B ░░░░░░░░░░░░ 0
    C ░░░░░░░░░░░░ 0
    1 answer in all
    First with the right answer
    Ben
    Caching · easy · closed
    [My verdict] [Model answer]
    ");
    let stale = daily.id_of(&wrong);
    let late = room.pressed_late(&*room.ben, &daily, stale).await;
    let late = format!("{:?}", late.expect("a card").body);
    assert!(late.contains("your last answer counts"), "{late}");
    let none = room.chloe.press(&result, "My verdict").await;
    insta::assert_snapshot!(none.reads(), @r"
    My verdict
    My verdict shows each member their own answer. You didn't answer this daily's question; its message shows the result.
    Only you can see this
    ");
    let verdict = room.ben.press(&result, "My verdict").await;
    insta::assert_snapshot!(daily.unshuffled(&verdict.reads()), @r"
    ✅ Right!
    Who fills the cache in cache-aside?
    ✅ A · The application ← your answer
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    +11 points · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · All time
    1. Ben · 11 points · 100% right · streak 1
    Page 1 of 1 · 1 member
    [This week] [This month]
    ");
}

async fn a_daily_that_nobody_answered_has_no_verdicts_to_ask_for(room: &Room) {
    at_close(room).await;
    let daily = room.next_daily().await;
    room.next_daily().await;
    let result = room.closed(&daily).await;
    insta::assert_snapshot!(daily.unshuffled(&result.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    ✅ A · The application
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    Votes
    Nobody answered.
    Caching · easy · closed
    [Model answer]
    ");
}

async fn nothing_gives_a_hidden_verdict_away(room: &Room) {
    at_close(room).await;
    let daily = room.next_daily().await;
    let id = daily.question().id;
    let lookup = room.ben.slash(&format!("/question {id}")).await;
    room.ben.press_right(&daily).await;

    for button in ["Show answer", "Quiz me"] {
        let refused = room.ben.press(&lookup, button).await;
        insta::assert_snapshot!(refused.reads(), @r"
        ❌ That didn't work
        This is the question of an open daily, here or in another server of yours. You have answered it; once it has closed, you can see everything about it.
        Only you can see this
        ");
    }
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.chloe.told(line).await, @r"
    Leaderboard · All time
    The board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    ");
    insta::assert_snapshot!(room.ben.told("/stats").await, @r"
    Your stats
    Your answer to an open daily will count on the leaderboard once that daily closes.
    Streak
    1 · longest 1
    Only you can see this
    ");
    let (right, points) = exported(room).await;
    assert_eq!((right, points), (Value::Null, Value::Null));

    room.next_daily().await;
    room.closed(&daily).await;
    let answer = room.ben.press(&lookup, "Show answer").await;
    insta::assert_snapshot!(answer.reads(), @r"
    How does cache-aside work?
    The application reads the cache, and on a miss reads the database and fills the cache.
    What an interviewer listens for
    • The first point of cache-aside
    • The second point of cache-aside
    They may ask next
    • And what then?
    Read more
    • https://www.rfc-editor.org/rfc/rfc9111
    Caching · easy · redis, patterns
    [Quiz me]
    Only you can see this
    ");
    let (right, points) = exported(room).await;
    assert_eq!(right, Value::from(true));
    assert!(points.as_i64() > Some(0), "{points}");
}

async fn points_count_in_the_week_in_which_their_daily_closes(room: &Room) {
    at_close(room).await;
    room.advance(Duration::days(4));
    let sunday = room.next_daily().await;
    assert!(sunday.says("Sunday, 8 March"), "{}", sunday.text);
    room.ben.press_right(&sunday).await;

    let monday = room.next_daily().await;
    room.closed(&sunday).await;

    assert!(monday.says("Monday, 9 March"), "{}", monday.text);
    let line = "/leaderboard period:week";
    insta::assert_snapshot!(room.ben.told(line).await, @r"
    Leaderboard · This week
    1. Ben · 11 points · 100% right · streak 1
    Page 1 of 1 · 1 member
    [This month] [All time]
    ");
}

async fn typed_replies_may_change_the_answer_too(room: &Room) {
    at_close(room).await;
    let daily = room.next_daily().await;
    let (wrong, right) = (daily.wrong(), daily.right());
    let mut receipts = Vec::new();
    for letter in [&wrong, &right, &right] {
        let receipt = room.chloe.reply(&daily, letter).await;
        receipts.push(daily.unshuffled(&receipt.shows()));
    }
    insta::assert_snapshot!(receipts.join("\n\n"), @r"
    Recorded
    Chloe, your answer is recorded as B. You can change it with another reply until the daily closes; only you will see the verdict. Everyone can read your replies, so press a letter to answer privately.
    [My verdict]

    Recorded
    Chloe, your answer is now A.
    [My verdict]

    Recorded
    Chloe, your answer is still A.
    [My verdict]
    ");
    room.next_daily().await;
    let result = room.closed(&daily).await;
    let verdict = room.chloe.press(&result, "My verdict").await;
    insta::assert_snapshot!(daily.unshuffled(&verdict.reads()), @r"
    ✅ Right!
    Who fills the cache in cache-aside?
    ✅ A · The application ← your answer
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    +11 points · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
}

async fn a_correction_in_words_changes_the_answer_and_what_names_two_leaves_it(room: &Room) {
    at_close(room).await;
    let daily = room.next_daily().await;
    let (right, wrong) = (daily.right(), daily.wrong());
    let quiz = daily.quiz();
    let answer_to = async |text: &str| room.chloe.reply(&daily, text).await;
    let recorded = async |receipt: &Message| room.chloe.press(receipt, "My verdict").await.text;
    let corrections = [
        ("it could be L, I guess", &wrong),
        ("no, L", &right),
        ("change it to L", &wrong),
        ("oops, I meant L", &right),
        ("on second thought L", &wrong),
        ("scratch that, L", &right),
        ("L instead", &wrong),
        ("edit: L", &right),
    ];
    let mut receipt = None;
    for (text, letter) in corrections {
        let text = text.replace('L', letter);
        let answer = answer_to(&text).await;
        let named = match receipt {
            None => format!("your answer is recorded as {letter}."),
            Some(_) => format!("your answer is now {letter}."),
        };
        assert!(answer.says(&named), "{text}: {}", answer.text);
        let kept = recorded(&answer).await;
        assert!(
            kept.contains(&format!("Your answer is {letter} ·")),
            "{text}: {kept}"
        );
        receipt = Some(answer);
    }
    let receipt = receipt.expect("the last one");
    let again = answer_to(&format!("edit: {right}")).await.text;
    assert!(
        again.contains(&format!("your answer is still {right}.")),
        "{again}"
    );
    for text in [
        format!("not {right}, {wrong}"),
        format!("{right} -> {wrong}"),
        format!("no, not {right}"),
        "E".into(),
    ] {
        let hint = answer_to(&text).await.text;
        assert!(
            hint.contains("Until you do, your earlier answer stands"),
            "{text}: {hint}"
        );
        let told = quiz.options.iter().any(|option| hint.contains(&option.why));
        assert!(
            !told && !hint.contains("Right!") && !hint.contains("That didn't work"),
            "{hint}"
        );
        let kept = recorded(&receipt).await;
        assert!(
            kept.contains(&format!("Your answer is {right} ·")),
            "{text}: {kept}"
        );
    }
}

async fn a_schedule_that_changes_leaves_the_open_daily_as_it_was(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    room.schedule("reveal:at-close").await;
    room.ben.press_wrong(&daily).await;
    let again = room.ben.press_right(&daily).await.text;
    assert!(again.contains("your first answer counts"), "{again}");
}
