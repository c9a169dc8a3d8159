//! What members read, as it is: a change of wording shows here.
//!
//! `INSTA_UPDATE=always cargo test wording` takes the new wording over.

use chat_sandbox::MessageView;

use crate::harness::{Room, question_in, said, shown};

/// Text and buttons, with the ids of people and channels as they are in every room.
fn read(message: &MessageView) -> String {
    let buttons: Vec<String> = message
        .buttons()
        .into_iter()
        .map(|button| format!("[{}]", button.label))
        .collect();
    format!("{}\n{}", message.text(), buttons.join(" "))
}

#[tokio::test]
async fn a_lookup_and_its_answer() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);
    insta::assert_snapshot!("question", read(&question));
    let answer = shown(room.ben.click(&question, "Show answer").await);
    insta::assert_snapshot!("answer", read(&answer));
    let topics = shown(room.ben.slash("general", "/topics").await);
    insta::assert_snapshot!("topics", read(&topics));
    room.close().await;
}

#[tokio::test]
async fn what_admins_read() {
    let room = Room::open().await;
    let set =
        "/schedule set channel:#daily time:09:00 zone:Europe/Berlin days:weekdays topics:http";
    let set = shown(room.ana.slash("staff", set).await);
    insta::assert_snapshot!("schedule_set", read(&set));
    let list = shown(room.ana.slash("staff", "/schedule list").await);
    insta::assert_snapshot!("schedule_list", read(&list));
    room.close().await;
}

#[tokio::test]
async fn what_is_read_before_there_is_anything() {
    let room = Room::open().await;
    for (name, line) in [
        ("empty_board", "/leaderboard"),
        ("empty_record", "/stats"),
        ("delete_asked", "/privacy delete"),
        ("nothing_found", "/question query:xyzzy"),
        (
            "only_near",
            "/question query:redis borrow checker lifetimes",
        ),
        ("corrected", "/question query:cache-asied"),
    ] {
        let message = shown(room.ben.slash("general", line).await);
        insta::assert_snapshot!(name, read(&message));
    }
    room.close().await;
}

fn is_red(message: &MessageView) -> bool {
    let red = Some(0xd8_3c3e);
    message.embeds.iter().any(|embed| embed.color == red)
}

#[tokio::test]
async fn what_is_no_refusal_is_not_called_one() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    for (line, title) in [
        ("/daily post", "Already posted"),
        ("/schedule resume", "Nothing to change"),
        ("/schedule pause schedule:nope", "Which schedule?"),
        ("/schedule set time:25:99", "I can't read that"),
        ("/schedule set schedule:new", "Something is missing"),
        ("/schedule skip date:yesterday", "Which date?"),
        ("/schedule skip date:today", "Already posted"),
        ("/schedule unskip date:tomorrow", "Nothing to change"),
        ("/daily queue question:xyzzy", "Which question?"),
        ("/question xyzzy", "Nothing found"),
        ("/quiz topic:cachng", "Which topic?"),
        ("/quiz topic:caching difficulty:hard count:1", "Quiz"),
        ("/leaderboard topic:cachng", "Which topic?"),
        ("/privacy delete", "Delete your data"),
    ] {
        let answer = shown(room.ana.slash("staff", line).await);
        assert!(
            answer.text().starts_with(&format!("{title}\n")),
            "{line}: {}",
            answer.text()
        );
        assert!(!is_red(&answer), "{line} is in red");
    }
    said(
        &room,
        "/schedule set channel:#daily time:10 zone:UTC schedule:other",
    )
    .await;
    for line in ["/daily post", "/schedule pause", "/daily replace"] {
        let answer = said(&room, line).await;
        assert!(answer.starts_with("Which schedule?"), "{line}: {answer}");
    }
    // Whoever presses it below another's receipt reads whose verdict it is.
    let reply = room.ben.reply(&daily, &room.right_letter(&daily)).await;
    let receipt = room
        .ben
        .wait_for("daily", move |m| m.reply_to == Some(reply.id))
        .await;
    let own = "My verdict shows each member their own answer.";
    let chloes = shown(room.chloe.click(&receipt, "My verdict").await);
    let text = chloes.text().replace("**", "");
    assert!(
        text.starts_with("My verdict\n")
            && text.contains(own)
            && text.contains("have not answered"),
        "{text}"
    );
    shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    let chloes = shown(room.chloe.click(&receipt, "My verdict").await).text();
    assert!(
        chloes.starts_with("Not right") && !chloes.replace("**", "").contains(own),
        "{chloes}"
    );
    // A refusal is one.
    let id = question_in(&daily).id;
    let looked_up = shown(room.ana.slash("staff", &format!("/question {id}")).await);
    let refused = shown(room.ana.click(&looked_up, "Show answer").await);
    assert!(is_red(&refused), "{}", refused.text());
    assert!(refused.text().starts_with("That didn't work\n"));
    room.close().await;
}
