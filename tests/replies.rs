//! What members type below dailies, and when they mention the bot: answers, one hint, or silence.

use crate::harness::{Room, shown};

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
async fn below_a_closed_daily_only_an_answer_is_told_once_that_it_is_late() {
    let room = Room::asking(&["cache-aside"]).await;
    let first = room.next_daily().await;
    let second = room.next_daily().await;
    let closed = room.closed(&first).await;

    let late = room.chloe.reply(&closed, "B").await;
    let told = room.answer_to(&late).await;
    insta::assert_snapshot!(room.reads(&told), @r"
    Closed
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
    assert!(
        room.verdict_of(&room.ben, &receipt)
            .await
            .contains("Right!")
    );

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
