//! Verdicts that wait for the close.

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;
use serde_json::Value;

use crate::harness::{Room, question_in, said, shown};

/// A room in which verdicts are shown when the daily closes.
async fn at_close() -> Room {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    let set = said(&room, set).await;
    assert!(set.contains("Verdicts are shown when"), "{set}");
    said(&room, "/daily queue question:cache-aside").await;
    room
}

#[tokio::test]
async fn a_receipt_hides_the_verdict_and_the_answer_may_be_changed_until_the_close() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    insta::assert_snapshot!(room.reads_unshuffled(&daily, &daily), @r"
    Daily question · Wednesday, 4 March 2026
    **Who fills the cache in cache-aside?**

    **A** · The application
    **B** · The database
    **C** · The browser
    Caching · easy · press a letter, or reply with it · verdicts when it closes; until then you may change your answer
    [A] [B] [C]
    ");
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));

    // No option says why, and no button leads to the answer.
    let receipt = shown(room.ben.click(&daily, &wrong).await);
    let changed = shown(room.ben.click(&daily, &right).await);
    let again = shown(room.ben.click(&changed, "My verdict").await);

    insta::assert_snapshot!(room.reads_unshuffled(&receipt, &daily), @r"
    Recorded
    Your answer is **B** · The database

    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu 5 March 09:00. Until then you may change it: press another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");
    insta::assert_snapshot!(room.reads_unshuffled(&changed, &daily), @r"
    Recorded
    Your answer has changed: only this one counts.

    Your answer is **A** · The application

    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu 5 March 09:00. Until then you may change it: press another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");
    insta::assert_snapshot!(room.reads_unshuffled(&again, &daily), @r"
    Recorded
    Your answer is **A** · The application

    The verdict and the points come when the daily closes, which is when the next one is posted: due Thu 5 March 09:00. Until then you may change it: press another letter.
    Caching · easy
    [My verdict]
    Only you can see this
    ");

    room.next_daily().await;
    let result = room.closed(&daily).await;
    insta::assert_snapshot!(room.reads_unshuffled(&result, &daily), @r"
    Daily question · Wednesday, 4 March 2026
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.

    Votes
    `A ████████████` 1 ✅
    `B ░░░░░░░░░░░░` 0
    `C ░░░░░░░░░░░░` 0
    1 answer in all
    First with the right answer
    @ben
    Caching · easy · closed
    [My verdict] [Model answer]
    ");
    let stale = daily.button(&wrong).and_then(|button| button.custom_id);
    let stale = Action::decode(&stale.expect("an id")).expect("one of ours");
    let caller = room.caller(&room.ben);
    let late = room
        .app()
        .press(&caller, stale, room.at(&daily), None)
        .await;
    let late = format!("{:?}", late.expect("a card").body);
    assert!(late.contains("your last answer counts"), "{late}");
    let none = shown(room.chloe.click(&result, "My verdict").await);
    insta::assert_snapshot!(room.reads(&none), @r"
    My verdict
    **My verdict** shows each member their own answer. You didn't answer this daily's question; its message shows the result.
    Only you can see this
    ");
    let verdict = shown(room.ben.click(&result, "My verdict").await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &daily), @r"
    Right!
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application ← your answer
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.


    **+11 points** · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.told(&room.ben, line).await, @r"
    Leaderboard · All time
    **1.** @ben · **11** points · 100% right · streak 1

    Page 1 of 1 · 1 member
    [This week] [This month]
    ");
    room.close().await;
}

#[tokio::test]
async fn a_daily_that_nobody_answered_has_no_verdicts_to_ask_for() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    room.next_daily().await;
    let result = room.closed(&daily).await;
    insta::assert_snapshot!(room.reads_unshuffled(&result, &daily), @r"
    Daily question · Wednesday, 4 March 2026
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.

    Votes
    `A ░░░░░░░░░░░░` 0 ✅
    `B ░░░░░░░░░░░░` 0
    `C ░░░░░░░░░░░░` 0
    0 answers in all
    Caching · easy · closed
    [Model answer]
    ");
    room.close().await;
}

#[tokio::test]
async fn nothing_gives_a_hidden_verdict_away() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    let id = question_in(&daily).id;
    let lookup = shown(room.ben.slash("general", &format!("/question {id}")).await);
    room.press_right(&room.ben, &daily).await;

    for button in ["Show answer", "Quiz me"] {
        let refused = shown(room.ben.click(&lookup, button).await);
        insta::allow_duplicates! {
            insta::assert_snapshot!(room.reads(&refused), @r"
            That didn't work
            This is the question of an open daily, here or in another server of yours. Answer the daily first; once you have its verdict, or it has closed, you can see everything about it.
            Only you can see this
            ");
        }
    }
    let line = "/leaderboard period:all";
    insta::assert_snapshot!(room.told(&room.chloe, line).await, @r"
    Leaderboard · All time
    The board is empty so far. Typed answers, and answers with a hidden verdict, count once the daily closes.
    [This week] [This month]
    ");
    insta::assert_snapshot!(room.told(&room.ben, "/stats").await, @r"
    Your stats
    Your answer to an open daily will count on the leaderboard once that daily closes.
    Streak
    **1** · longest 1
    Only you can see this
    ");
    let (right, points) = exported(&room).await;
    assert_eq!((right, points), (Value::Null, Value::Null));

    room.next_daily().await;
    room.closed(&daily).await;
    let answer = shown(room.ben.click(&lookup, "Show answer").await);
    insta::assert_snapshot!(room.reads(&answer), @r"
    How does cache-aside work?
    The application reads the cache, and on a miss reads the database and fills the cache.
    What an interviewer listens for
    - The first point of cache-aside
    - The second point of cache-aside
    They may ask next
    - And what then?
    Read more
    - https://www.rfc-editor.org/rfc/rfc9111
    Caching · easy · redis, patterns
    [Quiz me]
    Only you can see this
    ");
    let (right, points) = exported(&room).await;
    assert_eq!(right, Value::from(true));
    assert!(points.as_i64() > Some(0), "{points}");
    room.close().await;
}

#[tokio::test]
async fn points_count_in_the_week_in_which_their_daily_closes() {
    let room = at_close().await;
    room.advance(Duration::days(4));
    let sunday = room.next_daily().await;
    assert!(
        sunday.text().contains("Sunday, 8 March"),
        "{}",
        sunday.text()
    );
    room.press_right(&room.ben, &sunday).await;

    let monday = room.next_daily().await;
    room.closed(&sunday).await;

    assert!(
        monday.text().contains("Monday, 9 March"),
        "{}",
        monday.text()
    );
    let line = "/leaderboard period:week";
    insta::assert_snapshot!(room.told(&room.ben, line).await, @r"
    Leaderboard · This week
    **1.** @ben · **11** points · 100% right · streak 1

    Page 1 of 1 · 1 member
    [This month] [All time]
    ");
    room.close().await;
}

#[tokio::test]
async fn what_is_typed_behind_a_spoiler_is_not_told_openly() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    let mut receipts = Vec::new();
    for typed in ["||A||", "I change it to ||B||", "B"] {
        let receipt = room.reply(&room.chloe, &daily, typed).await;
        receipts.push(room.reads(&receipt));
    }
    insta::assert_snapshot!(receipts.join("\n\n"), @r"
    Recorded
    @chloe, your answer is recorded as ||**A**||. You can change it with another reply until the daily closes; only you will see the verdict. Everyone can read your replies, so press a letter to answer privately.
    [My verdict]

    Recorded
    @chloe, your answer is now ||**B**||.
    [My verdict]

    Recorded
    @chloe, your answer is still **B**.
    [My verdict]
    ");
    room.close().await;
}

#[tokio::test]
async fn typed_replies_may_change_the_answer_too() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    let (wrong, right) = (room.wrong_letter(&daily), room.right_letter(&daily));
    let mut receipts = Vec::new();
    for letter in [&wrong, &right, &right] {
        let receipt = room.reply(&room.chloe, &daily, letter).await;
        receipts.push(room.reads_unshuffled(&receipt, &daily));
    }
    insta::assert_snapshot!(receipts.join("\n\n"), @r"
    Recorded
    @chloe, your answer is recorded as **B**. You can change it with another reply until the daily closes; only you will see the verdict. Everyone can read your replies, so press a letter to answer privately.
    [My verdict]

    Recorded
    @chloe, your answer is now **A**.
    [My verdict]

    Recorded
    @chloe, your answer is still **A**.
    [My verdict]
    ");
    room.next_daily().await;
    let result = room.closed(&daily).await;
    let verdict = shown(room.chloe.click(&result, "My verdict").await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &daily), @r"
    Right!
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application ← your answer
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.


    **+11 points** · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_correction_in_words_changes_the_answer_and_what_names_two_leaves_it() {
    let room = at_close().await;
    let daily = room.next_daily().await;
    let (right, wrong) = (room.right_letter(&daily), room.wrong_letter(&daily));
    let quiz = room.quiz_in(&daily);
    let answer_to = async |text: &str| room.reply(&room.chloe, &daily, text).await;
    let recorded =
        async |receipt: &MessageView| shown(room.chloe.click(receipt, "My verdict").await).text();
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
            None => format!("your answer is recorded as **{letter}**."),
            Some(_) => format!("your answer is now **{letter}**."),
        };
        assert!(answer.text().contains(&named), "{text}: {}", answer.text());
        let kept = recorded(&answer).await;
        assert!(kept.contains(&format!("**{letter}**")), "{text}: {kept}");
        receipt = Some(answer);
    }
    let receipt = receipt.expect("the last one");
    let again = answer_to(&format!("edit: {right}")).await.text();
    assert!(
        again.contains(&format!("your answer is still **{right}**.")),
        "{again}"
    );
    for text in [
        format!("not {right}, {wrong}"),
        format!("{right} -> {wrong}"),
        format!("no, not {right}"),
        "E".into(),
    ] {
        let hint = answer_to(&text).await.text();
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
        assert!(kept.contains(&format!("**{right}**")), "{text}: {kept}");
    }
    room.close().await;
}

#[tokio::test]
async fn a_schedule_that_changes_leaves_the_open_daily_as_it_was() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    room.press_wrong(&room.ben, &daily).await;
    let again = room.press_right(&room.ben, &daily).await.text();
    assert!(again.contains("your first answer counts"), "{again}");
    room.close().await;
}

/// What the export says of ben's only answer: whether it is right, and its points.
async fn exported(room: &Room) -> (Value, Value) {
    let message = shown(room.ben.slash("general", "/privacy export").await);
    let file = room
        .sandbox
        .world()
        .file(&message.attachments[0].url)
        .expect("the file");
    let export: Value = serde_json::from_slice(&file.bytes).expect("JSON");
    let answer = &export["data"]["answers"][0];
    (answer["right"].clone(), answer["points"].clone())
}
