//! Hints that ask which option is meant, and what members say to them.

use crate::harness::{Room, shown};

#[tokio::test]
async fn a_part_of_an_option_is_asked_about() {
    let room = Room::asking(&["cache-ttl"]).await;
    let daily = room.next_daily().await;
    let said = room.ben.reply(&daily, "doubles in size").await;
    let hint = room.answer_to(&said).await;
    let text = daily.text();
    let letter = "ABCD"
        .chars()
        .find(|letter| text.contains(&format!("**{letter}** · The copy doubles")));
    let letter = letter.expect("it is shown").to_string();
    let asks = |letter: &str| format!("Do you mean {letter}?");
    let hint_as_in_bank = room.reads(&hint).replace(&asks(&letter), &asks("D"));
    insta::assert_snapshot!(hint_as_in_bank, @r"
    Which option?
    Do you mean D? Then reply with the letter, or press it.
    [A] [B] [C] [D]
    ");
    // Only who was asked says yes or no to it.
    let others = room.chloe.reply(&hint, "yes").await;
    let no = room.ben.reply(&hint, "no").await;
    let which = room.answer_to(&no).await;
    insta::assert_snapshot!(room.reads(&which), @r"
    Which option?
    Which one do you mean? Reply with one letter from A to D, or press it.
    [A] [B] [C] [D]
    ");
    let yes = room.ben.reply(&hint, "yeah, that one").await;
    let receipt = room.answer_to(&yes).await;
    let verdict = shown(room.ben.click(&receipt, "My verdict").await);
    insta::assert_snapshot!(room.reads_unshuffled(&verdict, &daily), @r"
    Not right: the answer is A
    **What happens when a time to live is over?**

    ✅ **A** · The copy is stale
    It must be fetched or validated again.

    ❌ **B** · The key is renamed
    Names do not change.

    ❌ **C** · The server restarts
    Nothing restarts.

    ❌ **D** · The copy doubles in size each hour ← your answer
    Nothing grows.


    **+0 points** · Your streak begins today.
    Caching · hard
    [Model answer]
    Only you can see this
    ");
    room.unanswered(&[others], &daily).await;
    room.close().await;
}

#[tokio::test]
async fn whoever_asks_how_to_answer_is_told_until_they_have() {
    let room = Room::asking(&["cache-ttl"]).await;
    let daily = room.next_daily().await;
    for text in [
        "help",
        "Help!",
        "how do I answer this?",
        "what are the options",
    ] {
        let said = room.ben.reply(&daily, text).await;
        let told = room.answer_to(&said).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(room.reads(&told), @r"
            How to answer
            To answer, reply with one letter from A to D, its number, or the whole text of the option.
            [A] [B] [C] [D]
            ");
        }
    }
    shown(room.ben.click(&daily, "A").await);
    let silent = room.ben.reply(&daily, "help").await;
    room.unanswered(&[silent], &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_yes_below_the_daily_is_the_one_option_that_its_member_was_asked_about_last() {
    let room = Room::asking(&["cache-ttl"]).await;
    let daily = room.next_daily().await;
    let mut silent = vec![room.ben.reply(&daily, "yes").await];
    room.unanswered(&silent, &daily).await;
    for (text, asks) in [
        ("is it C?", "Do you mean C?"),
        ("is it B?", "Do you mean B?"),
    ] {
        let said = room.ben.reply(&daily, text).await;
        let hint = room.answer_to(&said).await.text();
        assert!(hint.contains(asks), "{text}: {hint}");
    }
    // Nobody else was asked.
    silent.push(room.chloe.reply(&daily, "yes").await);
    let said = room.ben.reply(&daily, "yes, that one").await;
    let receipt = room.answer_to(&said).await;
    let verdict = room.verdict_of(&room.ben, &receipt).await;
    let own = verdict.lines().find(|line| line.contains("your answer"));
    assert!(own.is_some_and(|line| line.contains("**B**")), "{verdict}");
    silent.push(room.ben.reply(&daily, "yes").await);
    room.unanswered(&silent, &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_yes_where_several_options_were_proposed_asks_about_those() {
    let room = Room::asking(&["cache-ttl"]).await;
    let daily = room.next_daily().await;
    let about_both = "whether you mean A or B.";
    let which = "Which one do you mean?";
    let mut last = None;
    for (text, asks) in [
        ("A or B", about_both),
        ("yes", about_both),
        ("no", which),
        ("👍", about_both),
        ("no", which),
    ] {
        let said = room.ben.reply(&daily, text).await;
        let hint = room.answer_to(&said).await;
        assert!(hint.text().contains(asks), "{text}: {}", hint.text());
        last = Some(hint);
    }
    // What is typed to that is still understood.
    let which_one = last.expect("there were some");
    for (text, asks) in [
        ("yes", about_both),
        ("the other one", which),
        ("nope C", "Do you mean C?"),
    ] {
        let said = room.ben.reply(&which_one, text).await;
        let hint = room.answer_to(&said).await.text();
        assert!(hint.contains(asks), "{text}: {hint}");
    }
    let answer = room.ben.reply(&which_one, "B").await;
    let receipt = room.answer_to(&answer).await.text();
    assert!(receipt.contains("your answer is recorded"), "{receipt}");
    room.close().await;
}

#[tokio::test]
async fn after_a_no_a_yes_is_asked_about_once_more() {
    let room = Room::asking(&["cache-ttl"]).await;
    let daily = room.next_daily().await;
    for (text, asks) in [
        ("nope C", "Do you mean C?"),
        ("no", "Which one do you mean?"),
        ("yes", "Do you mean C?"),
        ("42", "To answer, reply with one letter"),
        ("yes", "Which one do you mean?"),
    ] {
        let said = room.ben.reply(&daily, text).await;
        let hint = room.answer_to(&said).await.text();
        assert!(hint.contains(asks), "{text}: {hint}");
    }
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("nothing to show yet"), "{stats}");
    room.close().await;
}

#[tokio::test]
async fn a_yes_means_nothing_once_the_answer_or_the_question_is_another() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC reveal:at-close";
    shown(room.ana.slash("staff", set).await);
    let daily = room.next_daily().await;
    let ask = async |letter: &str| {
        let said = room.ben.reply(&daily, &format!("is it {letter}?")).await;
        let hint = room.answer_to(&said).await.text();
        assert!(hint.contains(&format!("Do you mean {letter}?")), "{hint}");
    };
    shown(room.ben.click(&daily, "A").await);
    ask("B").await;
    let said = room.ben.reply(&daily, "yes").await;
    let receipt = room.answer_to(&said).await.text();
    assert!(receipt.contains("your answer is now **B**"), "{receipt}");
    ask("C").await;
    shown(room.ben.click(&daily, "A").await);
    let late = room.ben.reply(&daily, "yes").await;
    room.unanswered(&[late], &daily).await;
    room.close().await;
}

#[tokio::test]
async fn a_yes_to_a_hint_about_two_options_is_asked_about_again() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let both = room.ben.reply(&daily, "A or B").await;
    let hint = room.answer_to(&both).await;
    let yes = room.ben.reply(&hint, "yes").await;
    let again = room.answer_to(&yes).await;
    assert_eq!(room.reads(&again), room.reads(&hint));
    insta::assert_snapshot!(room.reads(&again), @r"
    Which option?
    I can't tell whether you mean A or B. Reply with one letter.
    [A] [B] [C]
    ");
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("nothing to show yet"), "{stats}");
    // The buttons of a hint answer too.
    shown(room.ben.click(&again, "A").await);
    room.close().await;
}
