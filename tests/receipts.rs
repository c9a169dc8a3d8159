//! What members type below a daily once they have answered it, and below receipts and hints of it.

use crate::harness::{Room, shown};

#[tokio::test]
async fn after_the_answer_that_counts_each_try_is_told_so_and_talk_is_not() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    shown(room.chloe.click(&daily, "A").await);
    let mut told = String::new();
    for text in [
        "change it to B",
        "no, B",
        "B or C",
        "second one please",
        "not B, C",
        "E",
        "go back to my first answer",
        "undo",
        "can I change my answer?",
    ] {
        let said = room.chloe.reply(&daily, text).await;
        let answer = room.answer_to(&said).await;
        told += &format!("> {text}\n{}\n\n", room.reads(&answer));
    }
    insta::assert_snapshot!(told, @r"
    > change it to B
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > no, B
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > B or C
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > second one please
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > not B, C
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > E
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > go back to my first answer
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > undo
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > can I change my answer?
    Already answered
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]
    ");
    let words = &room.quiz_in(&daily).options[0].text;
    let mut silent = Vec::new();
    for text in [
        "thank you",
        "maybe later",
        "one second please",
        "why is A wrong?",
        "why is it B?",
        "is A wrong?",
        "is it really B?",
        "B is wrong",
        &format!("why would {words} be any good here, of all things?"),
    ] {
        silent.push(room.chloe.reply(&daily, text).await);
    }
    room.unanswered(&silent, &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_wish_to_change_an_answer_is_told_how_and_of_whom_has_none_it_is_talk() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    let none = room.chloe.reply(&daily, "can I change my answer?").await;
    shown(room.ben.click(&daily, "A").await);
    for text in [
        "go back to my first answer",
        "take my answer back",
        "delete my answer",
        "undo",
        "change it",
        "swap to the other one",
    ] {
        let said = room.ben.reply(&daily, text).await;
        let told = room.answer_to(&said).await.text();
        assert!(
            told.contains("reply with one letter") && told.contains("your earlier answer stands"),
            "{text}: {told}"
        );
        assert!(
            told.contains("but not withdraw it (`/privacy delete`"),
            "{text}: {told}"
        );
    }
    room.unanswered(&[none], &daily).await;
    room.close().await;
}

#[tokio::test]
async fn an_answer_that_may_change_is_corrected_in_a_word_and_not_asked_about_again() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    let said = room.ben.reply(&daily, "B").await;
    let receipt = room.answer_to(&said).await;
    for (below, text, asks) in [
        (&receipt, "no", "Which one do you mean?"),
        (&receipt, "nope C", "Do you mean C?"),
        (&daily, "nope C", "Do you mean C?"),
        (&daily, "is it B?", "**B** is your answer already."),
    ] {
        let said = room.ben.reply(below, text).await;
        let hint = room.answer_to(&said).await.text();
        assert!(hint.contains(asks), "{text}: {hint}");
        let stays = hint.contains("your earlier answer stands");
        assert_eq!(stays, text != "is it B?", "{text}: {hint}");
    }
    let mut silent = Vec::new();
    for text in ["no", "why is A wrong?", "blub", "ok", "is C wrong?"] {
        silent.push(room.ben.reply(&daily, text).await);
    }
    silent.push(room.chloe.reply(&receipt, "no").await);
    room.unanswered(&silent, &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_reply_to_the_hint_answers_its_daily_also_after_a_restart() {
    let mut room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let right = room.right_letter(&daily);
    let both = room.ben.reply(&daily, "A or B").await;
    let hint = room.answer_to(&both).await;

    room.restart_bot().await;
    let said = room.ben.reply(&hint, &right).await;
    let receipt = room.answer_to(&said).await;

    assert!(
        room.verdict_of(&room.ben, &receipt)
            .await
            .contains("Right!")
    );
    // Below a receipt, too, whoever's it is.
    let said = room.chloe.reply(&receipt, &right).await;
    let receipt = room.answer_to(&said).await;
    assert!(
        room.verdict_of(&room.chloe, &receipt)
            .await
            .contains("Right!")
    );
    let thanks = room.chloe.reply(&receipt, "thanks!").await;
    room.unanswered(&[thanks], &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_reply_to_a_receipt_of_another_question_is_not_graded_by_the_new_one() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let said = room.ben.reply(&daily, "A").await;
    let receipt = room.answer_to(&said).await;
    shown(room.ana.slash("staff", "/daily replace").await);

    let late = room.chloe.reply(&receipt, "B").await;

    let told = room.answer_to(&late).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    This daily has another question now. Look at the message again, and answer the new one.
    ");
    room.close().await;
}
