//! The daily question: posted, answered, closed.

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;

use crate::harness::{Room, shown};

#[tokio::test]
async fn a_daily_posts_at_its_local_time_and_once() {
    let room = Room::with_schedule().await;
    room.advance(Duration::minutes(59));
    let daily = room.next_daily().await;
    assert!(
        daily
            .text()
            .contains("Daily question · Wednesday, 4 March 2026"),
        "{}",
        daily.text()
    );

    room.advance(Duration::minutes(5));
    let refused = shown(room.ana.slash("staff", "/daily post").await);

    assert!(
        refused.text().contains("already posted"),
        "{}",
        refused.text()
    );
    assert_eq!(dailies(&room).len(), 1);
    room.close().await;
}

#[tokio::test]
async fn a_press_is_graded_for_the_one_who_pressed_and_once() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let quiz = room.quiz_in(&daily);

    let verdict = shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    assert!(verdict.ephemeral && room.chloe.message(verdict.id).is_none());
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());
    for option in &quiz.options {
        assert!(verdict.text().contains(&option.why), "{}", verdict.text());
    }

    let again = shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    assert!(
        again.text().contains("Right!"),
        "the first answer counts: {}",
        again.text()
    );
    assert!(
        again.text().contains("You answered this daily before"),
        "{}",
        again.text()
    );

    let wrong = shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    assert!(
        wrong.text().contains("Not right") && wrong.text().contains("+0 points"),
        "{}",
        wrong.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_typed_reply_is_graded_without_telling_everyone() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let letter = room.right_letter(&daily);

    let said = room
        .chloe
        .reply(&daily, &format!("{}) ", letter.to_lowercase()))
        .await;
    let receipt = answer_to(&room, &said).await;
    assert!(
        receipt.text().contains("your answer is recorded"),
        "{}",
        receipt.text()
    );
    for word in ["Right", "Not right", "points"] {
        assert!(
            !receipt.text().contains(word),
            "the verdict is not for everyone: {}",
            receipt.text()
        );
    }

    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
    assert!(
        verdict.ephemeral && verdict.text().contains("Right!"),
        "{}",
        verdict.text()
    );
    let nothing = shown(room.ben.click(&receipt, "My verdict").await);
    assert!(
        nothing.text().contains("You have not answered"),
        "{}",
        nothing.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_reply_may_be_a_number_or_the_options_words() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let quiz = room.quiz_in(&daily);

    let number = room
        .ben
        .reply(&daily, &format!("{}", room.right(&daily) + 1))
        .await;
    assert!(answer_to(&room, &number).await.text().contains("recorded"));
    let words = room
        .chloe
        .reply(&daily, &quiz.options[quiz.right()].text.to_uppercase())
        .await;
    let receipt = answer_to(&room, &words).await;

    let verdict = shown(room.chloe.click(&receipt, "My verdict").await);
    assert!(verdict.text().contains("Right!"), "{}", verdict.text());
    room.close().await;
}

#[tokio::test]
async fn the_next_daily_closes_the_one_before_and_shows_its_result() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    let quiz = room.quiz_in(&first);
    shown(room.chloe.click(&first, &room.wrong_letter(&first)).await);
    room.advance(Duration::minutes(1));
    shown(room.ben.click(&first, &room.right_letter(&first)).await);

    let second = room.next_daily().await;

    let id = first.id;
    let closed = room
        .ben
        .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
        .await;
    let text = closed.text();
    for option in &quiz.options {
        assert!(
            text.contains(&option.why),
            "each option is explained: {text}"
        );
    }
    assert!(text.contains("2 answers in all"), "{text}");
    assert!(
        text.contains(&format!("<@{}>", room.ben.id())),
        "ben was first with the right one: {text}"
    );
    assert_ne!(room.quiz_in(&second).prompt, quiz.prompt, "no repeat");

    let late = room.chloe.reply(&closed, "B").await;
    assert!(
        answer_to(&room, &late)
            .await
            .text()
            .contains("This daily is closed")
    );
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
        assert!(
            refused.text().contains("Answer the daily first"),
            "{button}: {}",
            refused.text()
        );
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

    shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
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

    let on_its_way = shown(room.ana.slash("staff", "/daily post").await);
    assert!(
        on_its_way.text().contains("on its way"),
        "{}",
        on_its_way.text()
    );
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
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);

    room.restart_bot().await;

    let again = shown(room.ben.click(&daily, &room.wrong_letter(&daily)).await);
    assert!(
        again.text().contains("You answered this daily before"),
        "{}",
        again.text()
    );
    let verdict = shown(room.chloe.click(&daily, &room.right_letter(&daily)).await);
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
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    let old = first
        .button("A")
        .and_then(|button| button.custom_id)
        .expect("an id");
    let second = room.next_daily().await;
    // An answer to the second shows that it is there, and so closes the first.
    shown(room.chloe.click(&second, "A").await);

    for (id, word) in [
        (old.as_str(), "This daily is closed"),
        ("g1:da:999:0", "no longer there"),
        ("g0:whatever", "made by another version"),
        ("g1:show:no-such-question", "no longer in the bank"),
        ("g1:qa:999:0:0", "no longer there"),
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
        let refusal = answer.expect_err("a refusal").to_string();
        assert!(refusal.contains(word), "{id}: {refusal}");
    }
    room.close().await;
}

/// The messages of the bot in #daily.
fn dailies(room: &Room) -> Vec<MessageView> {
    let messages = room.ben.messages("daily").into_iter();
    messages
        .filter(|message| message.text().contains("Daily question"))
        .collect()
}

/// What the bot answered to a message.
async fn answer_to(room: &Room, said: &MessageView) -> MessageView {
    let id = said.id;
    room.ben
        .wait_for("daily", move |message| message.reply_to == Some(id))
        .await
}
