//! The daily question: posted, answered, closed.

use chrono::Duration;

use super::Room;

stories!(
    a_daily_posts_at_its_local_time_and_once,
    a_press_is_graded_for_the_one_who_pressed_and_once,
    a_typed_reply_is_graded_without_telling_everyone,
    a_reply_may_be_a_number_or_the_options_words,
    the_next_daily_closes_the_one_before_and_shows_its_result,
    nothing_reveals_an_open_daily_to_who_has_not_answered,
    a_press_on_a_closed_daily_and_on_a_strange_button_gets_a_friendly_word,
    a_restart_keeps_the_daily_its_answers_and_its_buttons,
    who_is_late_is_sent_to_the_newest_daily_only_where_it_can_be_answered,
);

async fn a_daily_posts_at_its_local_time_and_once(room: &Room) {
    room.ask(&["cache-aside"]).await;
    room.advance(Duration::minutes(59));
    let daily = room.next_daily().await;
    insta::assert_snapshot!(daily.unshuffled(&daily.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    A · The application
    B · The database
    C · The browser
    Caching · easy · press a letter, or reply with it
    [A] [B] [C]
    ");

    room.advance(Duration::minutes(5));
    insta::assert_snapshot!(room.ana.told("/daily post").await, @r"
    Already posted
    The daily of Wed 4 March 2026 (UTC) is already posted in #daily. A schedule posts at most once a day; the next one is due Thu, 5 Mar 2026, 09:00 UTC.
    Only you can see this
    ");
    assert_eq!(room.dailies().len(), 1);
}

async fn a_press_is_graded_for_the_one_who_pressed_and_once(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;

    let verdict = room.ben.press_right(&daily).await;
    assert!(room.chloe.again(&verdict).is_none());
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

    // The first answer counts.
    let again = room.ben.press_wrong(&daily).await;
    insta::assert_snapshot!(daily.unshuffled(&again.reads()), @r"
    ✅ Right!
    You answered this daily before; your first answer counts.
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

    let wrong = room.chloe.press_wrong(&daily).await;
    insta::assert_snapshot!(daily.unshuffled(&wrong.reads()), @r"
    ❌ Not right: the answer is A
    Who fills the cache in cache-aside?
    ✅ A · The application
    It reads the database on a miss and writes the cache.
    ❌ B · The database ← your answer
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    +0 points · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
}

async fn a_typed_reply_is_graded_without_telling_everyone(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let letter = daily.right();

    let typed = format!("{}) ", letter.to_lowercase());
    let receipt = room.chloe.reply(&daily, &typed).await;
    // The verdict is not for everyone.
    insta::assert_snapshot!(daily.unshuffled(&receipt.shows()), @r"
    Recorded
    Chloe, your answer is recorded. Only you can see the verdict:
    [My verdict]
    ");

    let verdict = room.chloe.press(&receipt, "My verdict").await;
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

async fn a_reply_may_be_a_number_or_the_options_words(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    let quiz = daily.quiz();

    let number = "ABCD".find(&daily.right()).expect("a letter") + 1;
    let recorded = room.ben.reply(&daily, &number.to_string()).await;
    assert!(recorded.says("recorded"));
    let words = quiz.options[quiz.right()].text.to_uppercase();
    let receipt = room.chloe.reply(&daily, &words).await;

    let verdict = room.chloe.press(&receipt, "My verdict").await;
    assert!(verdict.says("Right!"), "{}", verdict.text);
}

async fn the_next_daily_closes_the_one_before_and_shows_its_result(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let quiz = first.quiz();
    room.chloe.press_wrong(&first).await;
    room.advance(Duration::minutes(1));
    room.ben.press_right(&first).await;

    let second = room.next_daily().await;

    let closed = room.closed(&first).await;
    // ben was first with the right one.
    insta::assert_snapshot!(first.unshuffled(&closed.reads()), @r"
    Daily question · Wednesday, 4 March 2026
    Who fills the cache in cache-aside?
    ✅ A · The application
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    Votes
    A ██████░░░░░░ 1 ✅
    B ██████░░░░░░ 1
    C ░░░░░░░░░░░░ 0
    2 answers in all
    First with the right answer
    Ben
    Caching · easy · closed
    [Model answer]
    ");
    assert_ne!(second.quiz().prompt, quiz.prompt, "no repeat");

    let told = room.chloe.reply(&closed, "B").await;
    insta::assert_snapshot!(told.shows(), @r"
    Closed
    Chloe, this daily is closed, and your answer counts. Only you can see the verdict:
    [My verdict]
    ");
}

async fn nothing_reveals_an_open_daily_to_who_has_not_answered(room: &Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    let (question, prompt) = (daily.question(), daily.quiz().prompt);

    let lookup = room.ben.slash(&format!("/question {}", question.id)).await;
    for button in ["Show answer", "Quiz me"] {
        let refused = room.ben.press(&lookup, button).await;
        insta::assert_snapshot!(refused.reads(), @r"
        ❌ That didn't work
        This is the question of an open daily, here or in another server of yours. Answer the daily first; once you have its verdict, or it has closed, you can see everything about it.
        Only you can see this
        ");
    }
    let mut asked = room.ben.slash("/quiz count:20").await;
    while !asked.has_button("See the result") {
        assert!(!asked.says(&prompt), "the daily's quiz is not practised");
        let graded = room.ben.press(&asked, "A").await;
        asked = match graded.has_button("Next") {
            true => room.ben.press(&graded, "Next").await,
            false => graded,
        };
    }

    room.ben.press_wrong(&daily).await;
    let answer = room.ben.press(&lookup, "Show answer").await;
    assert!(answer.says(&question.answer), "{}", answer.text);
}

async fn a_press_on_a_closed_daily_and_on_a_strange_button_gets_a_friendly_word(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let old = first.id_of("A");
    let second = room.next_daily().await;
    // An answer to the second shows that it is there, and so closes the first.
    room.chloe.press(&second, "A").await;

    let mut refusals = Vec::new();
    for id in [
        old,
        "g1:da:999:0",
        "g0:whatever",
        "g1:show:no-such-question",
        "g1:qa:999:0:0",
    ] {
        let answer = room.pressed_late(&*room.ben, &first, id).await;
        refusals.push(answer.expect_err("a refusal").to_string());
    }
    insta::assert_snapshot!(refusals.join("\n"), @r"
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    This daily is no longer there.
    This button was made by another version of me. Please run the command again.
    This question is no longer in the bank. See /topics for others.
    This quiz is no longer there. Start a new one with /quiz.
    ");
}

async fn who_is_late_is_sent_to_the_newest_daily_only_where_it_can_be_answered(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let second = room.next_daily().await;
    let closed = room.closed(&first).await;
    let told = room.chloe.reply(&closed, "B").await.text;
    assert!(
        told.ends_with("/quiz topic:caching, or answer one that is still open here."),
        "{told}"
    );

    let pressed = async || {
        let letter = first.id_of("A");
        let pressed = room.pressed_late(&*room.ben, &first, letter);
        let refused = pressed.await.expect_err("it is closed").to_string();
        refused.replace('`', "")
    };
    let alone = "This daily is closed. Practise its topic with /quiz topic:caching.";
    assert!(
        pressed()
            .await
            .ends_with(", or answer one that is still open here.")
    );
    room.ben.press_right(&second).await;
    assert_eq!(pressed().await, alone, "it is answered");
    let asked = room.ben.slash("/privacy delete").await;
    room.ben.press(&asked, "Delete everything").await;
    assert_eq!(pressed().await, alone, "it was, and can't be again");
    room.ana.slash("/schedule remove").await;
    room.closed(&second).await;
    let told = room.ana.reply(&closed, "B").await.text;
    assert!(told.ends_with(alone), "{told}");
}

async fn a_restart_keeps_the_daily_its_answers_and_its_buttons(room: &mut Room) {
    room.schedule("").await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;

    room.restart_bot().await;

    let again = room.ben.press_wrong(&daily).await;
    assert!(again.says("You answered this daily before"), "{again:?}");
    let verdict = room.chloe.press_right(&daily).await;
    assert!(verdict.says("Right!"), "{verdict:?}");
    assert_eq!(room.dailies().len(), 1);
}
