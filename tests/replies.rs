//! What members type below dailies, and when they mention the bot: answers, one hint, or silence.

use chat_sandbox::{MessageView, Person};

use crate::harness::{Room, shown};

async fn verdict_of(person: &Person, receipt: &MessageView) -> String {
    shown(person.click(receipt, "My verdict").await).text()
}

#[tokio::test]
async fn conversation_gets_no_answer_and_each_try_that_cannot_be_read_a_hint() {
    let room = Room::asking(&["cache-aside"]).await;
    let daily = room.next_daily().await;
    let mut silent = Vec::new();
    for text in ["nice question", "👍", "thanks!"] {
        silent.push(room.ben.reply(&daily, text).await);
    }
    let mut hints = String::new();
    for text in ["A or B", "B or C", "E", "none of them", "B/C"] {
        let said = room.ben.reply(&daily, text).await;
        let hint = room.answer_to(&said).await;
        hints += &format!("> {text}\n{}\n\n", room.reads(&hint));
    }
    insta::assert_snapshot!(hints, @r"
    > A or B
    Which option?
    I can't tell whether you mean A or B. Reply with one letter.
    [A] [B] [C]

    > B or C
    Which option?
    I can't tell whether you mean B or C. Reply with one letter.
    [A] [B] [C]

    > E
    How to answer
    To answer, reply with one letter from A to C, its number, or the whole text of the option.
    [A] [B] [C]

    > none of them
    How to answer
    To answer, reply with one letter from A to C, its number, or the whole text of the option.
    [A] [B] [C]

    > B/C
    Which option?
    I can't tell whether you mean B or C. Reply with one letter.
    [A] [B] [C]
    ");
    // What says something at length may be talk: once is enough.
    let about = "I think a much better network cable cures all of that";
    let said = room.ben.reply(&daily, about).await;
    let hint = room.answer_to(&said).await;
    insta::assert_snapshot!(room.reads(&hint), @r"
    How to answer
    If that was an answer, I couldn't tell which: reply with one letter from A to C, its number, or the whole text of the option. If you were just chatting, carry on!
    [A] [B] [C]
    ");
    silent.push(room.ben.reply(&daily, about).await);
    // So may a few words that nobody knows, in whatever language. Of who has answered, they are talk.
    let said = room.chloe.reply(&daily, "blub").await;
    assert_eq!(room.reads(&room.answer_to(&said).await), room.reads(&hint));
    silent.push(room.chloe.reply(&daily, "это хорошо").await);
    shown(room.ana.click(&daily, "A").await);
    silent.push(room.ana.reply(&daily, "blub").await);

    room.unanswered(&silent, &daily).await;
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(
        stats.contains("nothing to show yet"),
        "nothing was recorded: {stats}"
    );
    room.close().await;
}

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
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > no, B
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > B or C
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > second one please
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > not B, C
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > E
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > go back to my first answer
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > undo
    Recorded
    @chloe, your first answer counts and stays. Only you can see its verdict:
    [My verdict]

    > can I change my answer?
    Recorded
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

    assert!(verdict_of(&room.ben, &receipt).await.contains("Right!"));
    // Below a receipt, too, whoever's it is.
    let said = room.chloe.reply(&receipt, &right).await;
    let receipt = room.answer_to(&said).await;
    assert!(verdict_of(&room.chloe, &receipt).await.contains("Right!"));
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

#[tokio::test]
async fn below_a_closed_daily_only_an_answer_is_told_once_that_it_is_late() {
    let room = Room::asking(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let second = room.next_daily().await;
    let closed = room.closed(&first).await;

    let late = room.chloe.reply(&closed, "B").await;
    let told = room.answer_to(&late).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    This daily is closed. Practise its topic with `/quiz topic:caching`, or answer one that is still open here.
    ");
    let mut silent = vec![room.chloe.reply(&closed, "C").await];
    silent.push(room.ben.reply(&closed, "that was a hard one, thanks").await);
    room.unanswered(&silent, &second).await;
    room.close().await;
}

#[tokio::test]
async fn a_mention_answers_the_only_open_daily_of_its_channel() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let bot = room.ben.messages("daily")[0].author.id;

    let said = format!("<@{bot}> {}", room.right_letter(&daily));
    let said = room.ben.say("daily", &said).await;
    let receipt = room.answer_to(&said).await;
    assert!(verdict_of(&room.ben, &receipt).await.contains("Right!"));

    let said = room
        .chloe
        .say("daily", &format!("hey <@{bot}>, you are great"))
        .await;
    let help = room.answer_to(&said).await;
    let help = room.reads(&help);
    insta::assert_snapshot!(help, @r"
    How to answer
    To answer a daily, press a letter below it, or reply to it with one. `/question` shows you any other question, and `/quiz` asks you some.
    ");
    let again = room
        .chloe
        .say("daily", &format!("<@{bot}> thank you"))
        .await;
    let plain = room.chloe.say("daily", "B").await;
    room.unanswered(&[again, plain], &daily).await;
    // Who asks is told as often.
    for asked in ["", "what can you do?", "/question caching", "help me"] {
        let said = room.chloe.say("daily", &format!("<@{bot}> {asked}")).await;
        let told = room.answer_to(&said).await;
        assert_eq!(room.reads(&told), help, "{asked}");
    }
    room.close().await;
}

#[tokio::test]
async fn an_answer_below_another_message_of_the_bot_is_told_where_it_belongs() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let looked_up = shown(room.ben.slash("daily", "/question caching").await);

    let said = room.ben.reply(&looked_up, "B").await;
    let told = room.answer_to(&said).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    To answer a daily, press a letter below it, or reply to it with one. `/question` shows you any other question, and `/quiz` asks you some.
    ");
    let talk = room.ben.reply(&looked_up, "good one").await;
    let asks = room.ben.reply(&looked_up, "is it B?").await;
    let elsewhere = shown(room.ben.slash("general", "/question caching").await);
    let elsewhere = room.ben.reply(&elsewhere, "B").await;
    room.unanswered(&[talk, asks, elsewhere], &daily).await;
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains("nothing to show yet"), "{stats}");
    room.close().await;
}

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
    let verdict = verdict_of(&room.ben, &receipt).await;
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

#[tokio::test]
async fn whoever_writes_to_the_bot_directly_is_told_where_it_is_of_use() {
    let room = Room::with_schedule().await;
    let channels = room.ben.channels();
    let direct = channels.iter().find(|channel| channel.direct);
    let direct = direct.expect("their own").id.to_string();
    for text in ["hello", "B"] {
        let said = room.ben.say(&direct, text).await.id;
        let told = room
            .ben
            .wait_for(&direct, move |m| m.reply_to == Some(said))
            .await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(room.reads(&told), @r"
            Only in a server
            I only work in servers. Answer a daily in one, or try `/question` and `/quiz` there.
            ");
        }
    }
    room.close().await;
}

#[tokio::test]
async fn a_mention_where_two_dailies_are_open_or_none_is_told_once_how_to_answer() {
    let room = Room::open().await;
    for name in ["one", "two"] {
        let set = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        shown(room.ana.slash("staff", &set).await);
    }
    let daily = room.next_daily().await;
    let dailies = || {
        let messages = room.ben.messages("daily").into_iter();
        messages
            .filter(|m| m.button("A").is_some())
            .collect::<Vec<_>>()
    };
    room.until(async || dailies().len() == 2).await;
    for daily in dailies() {
        room.recorded(&daily).await;
    }
    let bot = daily.author.id;

    let said = room.ben.say("daily", &format!("<@{bot}> B")).await;
    let told = room.answer_to(&said).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    More than one daily is open here. Reply to the one that you mean, or press a letter below it.
    ");
    // With one of them answered, the other is meant.
    shown(room.chloe.click(&daily, "A").await);
    let said = room.chloe.say("daily", &format!("B <@{bot}>")).await;
    let told = room.answer_to(&said).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    Recorded
    @chloe, your answer is recorded. Only you can see the verdict:
    [My verdict]
    ");
    let elsewhere = room.chloe.say("general", &format!("<@{bot}> B")).await;
    let id = elsewhere.id;
    let told = room
        .chloe
        .wait_for("general", move |m| m.reply_to == Some(id))
        .await;
    insta::assert_snapshot!(room.reads(&told), @r"
    How to answer
    To answer a daily, press a letter below it, or reply to it with one. `/question` shows you any other question, and `/quiz` asks you some.
    ");
    room.close().await;
}
