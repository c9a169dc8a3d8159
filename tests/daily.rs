//! The daily question: posted, answered, closed.

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;

use crate::harness::{Room, shown};

#[tokio::test]
async fn a_daily_posts_at_its_local_time_and_once() {
    let room = Room::asking(&["cache-aside"]).await;
    room.advance(Duration::minutes(59));
    let daily = room.next_daily().await;
    insta::assert_snapshot!(room.reads_unshuffled(&daily, &daily), @r"
    Daily question · Wednesday, 4 March 2026
    **Who fills the cache in cache-aside?**

    **A** · The application
    **B** · The database
    **C** · The browser
    Caching · easy · press a letter, or reply with it
    [A] [B] [C]
    ");

    room.advance(Duration::minutes(5));
    insta::assert_snapshot!(room.told(&room.ana, "/daily post").await, @r"
    Already posted
    The daily of Wed 4 March 2026 (UTC) is already posted in #daily. A schedule posts at most once a day; the next one is due Thu 5 March 09:00.
    Only you can see this
    ");
    assert_eq!(dailies(&room).len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_press_is_graded_for_the_one_who_pressed_and_once() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;

    let verdict = room.press_right(&room.ben, &daily).await;
    assert!(room.chloe.message(verdict.id).is_none());
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

    // The first answer counts.
    let again = room.press_wrong(&room.ben, &daily).await;
    insta::assert_snapshot!(room.reads_unshuffled(&again, &daily), @r"
    Right!
    You answered this daily before; your first answer counts.

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

    let wrong = room.press_wrong(&room.chloe, &daily).await;
    insta::assert_snapshot!(room.reads_unshuffled(&wrong, &daily), @r"
    Not right: the answer is A
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database ← your answer
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.


    **+0 points** · Your streak begins today.
    Caching · easy
    [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_typed_reply_is_graded_without_telling_everyone() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let letter = room.right_letter(&daily);

    let typed = format!("{}) ", letter.to_lowercase());
    let receipt = room.reply(&room.chloe, &daily, &typed).await;
    // The verdict is not for everyone.
    insta::assert_snapshot!(room.reads_unshuffled(&receipt, &daily), @r"
    Recorded
    @chloe, your answer is recorded. Only you can see the verdict:
    [My verdict]
    ");

    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
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
    let nothing = shown(room.ben.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads(&nothing), @r"
    My verdict
    **My verdict** shows each member their own answer. You have not answered this daily yet: press a letter on it, or reply to it with one.
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_reply_may_be_a_number_or_the_options_words() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let quiz = room.quiz_in(&daily);

    let number = format!("{}", room.right(&daily) + 1);
    let recorded = room.reply(&room.ben, &daily, &number).await;
    assert!(recorded.text().contains("recorded"));
    let words = quiz.options[quiz.right()].text.to_uppercase();
    let receipt = room.reply(&room.chloe, &daily, &words).await;

    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());
    room.close().await;
}

#[tokio::test]
async fn the_next_daily_closes_the_one_before_and_shows_its_result() {
    let room = Room::asking(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let quiz = room.quiz_in(&first);
    room.press_wrong(&room.chloe, &first).await;
    room.advance(Duration::minutes(1));
    room.press_right(&room.ben, &first).await;

    let second = room.next_daily().await;

    let closed = room.closed(&first).await;
    // ben was first with the right one.
    insta::assert_snapshot!(room.reads_unshuffled(&closed, &first), @r"
    Daily question · Wednesday, 4 March 2026
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.

    Votes
    `A ██████░░░░░░` 1 ✅
    `B ██████░░░░░░` 1
    `C ░░░░░░░░░░░░` 0
    2 answers in all
    First with the right answer
    @ben
    Caching · easy · closed
    [Model answer]
    ");
    assert_ne!(room.quiz_in(&second).prompt, quiz.prompt, "no repeat");

    let told = room.reply(&room.chloe, &closed, "B").await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    ");
    room.close().await;
}

#[tokio::test]
async fn nothing_reveals_an_open_daily_to_who_has_not_answered() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let prompt = room.quiz_in(&daily).prompt;
    let library = room.app().library();
    let question = library
        .bank
        .questions()
        .iter()
        .find(|q| q.quizzes[0].prompt == prompt)
        .expect("it");

    let lookup = shown(
        room.ben
            .slash("general", &format!("/question {}", question.id))
            .await,
    );
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
    let mut asked = shown(room.ben.slash("general", "/quiz count:20").await);
    while asked.button("See the result").is_none() {
        assert!(
            !asked.text().contains(&prompt),
            "the daily's quiz is not practised"
        );
        let graded = shown(room.ben.click(&asked, "A").await);
        asked = match graded.button("Next") {
            Some(_) => shown(room.ben.click(&graded, "Next").await),
            None => graded,
        };
    }

    room.press_wrong(&room.ben, &daily).await;
    let answer = shown(room.ben.click(&lookup, "Show answer").await);
    assert!(
        answer.text().contains(&question.answer),
        "{}",
        answer.text()
    );
    room.close().await;
}

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
async fn a_restart_keeps_the_daily_its_answers_and_its_buttons() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    room.press_right(&room.ben, &daily).await;

    room.restart_bot().await;

    let again = room.press_wrong(&room.ben, &daily).await;
    assert!(
        again.text().contains("You answered this daily before"),
        "{}",
        again.text()
    );
    let verdict = room.press_right(&room.chloe, &daily).await;
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());
    assert_eq!(dailies(&room).len(), 1);
    let registered = room.sandbox.world().requests().into_iter();
    let registered = registered.filter(|r| r.method == "PUT" && r.path.ends_with("/commands"));
    assert_eq!(
        registered.count(),
        1,
        "commands that did not change are not sent again"
    );
    room.close().await;
}

#[tokio::test]
async fn a_press_on_a_closed_daily_and_on_a_strange_button_gets_a_friendly_word() {
    let room = Room::asking(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let old = first
        .button("A")
        .and_then(|button| button.custom_id)
        .expect("an id");
    let second = room.next_daily().await;
    // An answer to the second shows that it is there, and so closes the first.
    shown(room.chloe.click(&second, "A").await);

    let mut refusals = Vec::new();
    for id in [
        old.as_str(),
        "g1:da:999:0",
        "g0:whatever",
        "g1:show:no-such-question",
        "g1:qa:999:0:0",
    ] {
        let caller = room.caller(&room.ben);
        let answer = match Action::decode(id) {
            Some(action) => {
                room.app()
                    .press(&caller, action, room.at(&first), None)
                    .await
            }
            None => Err(greenroom::app::wording::unknown_button().into()),
        };
        refusals.push(answer.expect_err("a refusal").to_string());
    }
    insta::assert_snapshot!(refusals.join("\n"), @r"
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    This daily is no longer there.
    This button was made by another version of me. Please run the command again.
    This question is no longer in the bank. See /topics for others.
    This quiz is no longer there. Start a new one with /quiz.
    ");
    room.close().await;
}

#[tokio::test]
async fn who_is_late_is_sent_to_the_newest_daily_only_where_it_can_be_answered() {
    let room = Room::asking(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let second = room.next_daily().await;
    let closed = room.closed(&first).await;
    let told = room.reply(&room.chloe, &closed, "B").await.text();
    assert!(
        told.ends_with("`/quiz topic:caching`, or answer one that is still open here."),
        "{told}"
    );

    let pressed = async || {
        let caller = room.caller(&room.ben);
        let id = first.button("A").and_then(|button| button.custom_id);
        let action = id.as_deref().and_then(Action::decode).expect("a letter");
        let pressed = room.app().press(&caller, action, room.at(&first), None);
        pressed.await.expect_err("it is closed").to_string()
    };
    let alone = "This daily is closed. Practise its topic with `/quiz topic:caching`.";
    assert!(
        pressed()
            .await
            .ends_with(", or answer one that is still open here.")
    );
    shown(room.ben.click(&second, &room.right_letter(&second)).await);
    assert_eq!(pressed().await, alone, "it is answered");
    let asked = shown(room.ben.slash("general", "/privacy delete").await);
    shown(room.ben.click(&asked, "Delete everything").await);
    assert_eq!(pressed().await, alone, "it was, and can't be again");
    shown(room.ana.slash("staff", "/schedule remove").await);
    room.closed(&second).await;
    let told = room.reply(&room.ana, &closed, "B").await.text();
    assert!(told.ends_with(alone), "{told}");
    room.close().await;
}

/// The messages of the bot in #daily.
fn dailies(room: &Room) -> Vec<MessageView> {
    let messages = room.ben.messages("daily").into_iter();
    messages
        .filter(|message| message.text().contains("Daily question"))
        .collect()
}
