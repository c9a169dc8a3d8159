//! Questions of members about their own answer, typed below the daily.

use super::Room;

stories!(
    whoever_asks_about_their_answer_gets_a_receipt_again,
    a_receipt_that_is_given_again_tells_no_hidden_verdict_and_no_option,
    who_asks_below_a_closed_daily_is_answered_each_time,
);

/// Ways to ask for one's own answer or verdict.
const ASKED: [&str; 6] = [
    "was I right?",
    "verdict?",
    "what was my answer?",
    "did it count?",
    "is my answer counted?",
    "did i get it",
];

async fn whoever_asks_about_their_answer_gets_a_receipt_again(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    room.ben.press_right(&daily).await;
    for text in ASKED {
        let receipt = room.ben.reply(&daily, text).await;
        insta::assert_snapshot!(receipt.shows(), @r"
        Recorded
        Ben, your answer is recorded. Only you can see the verdict:
        [My verdict]
        ");
        let verdict = room.ben.press(&receipt, "My verdict").await;
        assert!(verdict.says("Right!"), "{}", verdict.text);
    }
    for text in ASKED {
        let how = room.chloe.reply(&daily, text).await;
        insta::assert_snapshot!(how.shows(), @r"
        How to answer
        To answer, reply with one letter from A to C, its number, or the whole text of the option.
        [A] [B] [C]
        ");
    }
}

async fn a_receipt_that_is_given_again_tells_no_hidden_verdict_and_no_option(room: &Room) {
    room.schedule("reveal:at-close").await;
    room.queue(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let right = daily.right();
    room.ben.press_right(&daily).await;
    let receipt = room.ben.reply(&daily, "what was my answer?").await;
    insta::assert_snapshot!(receipt.shows(), @r"
    Recorded
    Ben, your answer is recorded. Only you can see the verdict:
    [My verdict]
    ");
    let kept = room.ben.press(&receipt, "My verdict").await;
    assert!(
        kept.says(&format!("Your answer is {right} ·")),
        "{}",
        kept.text
    );
    assert!(!kept.says("Right!"), "{}", kept.text);

    // Whoever names that option in another way is asked nothing.
    let place = match &*right {
        "A" => "erste",
        "B" => "zweite",
        _ => "dritte",
    };
    let same = room.ben.reply(&daily, place).await;
    assert!(same.says("Already answered"), "{}", same.text);
    assert!(same.says("is your answer already"), "{}", same.text);
}

async fn who_asks_below_a_closed_daily_is_answered_each_time(room: &Room) {
    room.ask(&["cache-aside"]).await;
    let first = room.next_daily().await;
    room.ben.press_right(&first).await;
    room.next_daily().await;
    let closed = room.closed(&first).await;
    for text in ASKED.iter().chain(&["help", "it's closed?"]) {
        let counts = room.ben.reply(&closed, text).await;
        insta::assert_snapshot!(counts.shows(), @r"
        Closed
        Ben, this daily is closed, and your answer counts. Only you can see the verdict:
        [My verdict]
        ");
        let verdict = room.ben.press(&counts, "My verdict").await;
        assert!(verdict.says("Right!"), "{}", verdict.text);

        let closed = room.chloe.reply(&closed, text).await;
        insta::assert_snapshot!(closed.shows(), @r"
        Closed
        This daily is closed. Practise its topic with /quiz topic:caching, or answer one that is still open here.
        ");
    }
}
