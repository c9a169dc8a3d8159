//! What admins read where something is odd: nothing in it is false, scolding, or a dead end.

use chat_sandbox::MessageView;
use chrono::Duration;

use crate::harness::{Room, question_in, shown};

/// Text without the escapes of Discord's Markdown.
fn plain(message: &MessageView) -> String {
    message.text().replace('\\', "")
}

fn is_red(message: &MessageView) -> bool {
    let red = Some(0xd8_3c3e);
    message.embeds.iter().any(|embed| embed.color == red)
}

async fn said(room: &Room, line: &str) -> String {
    plain(&shown(room.ana.slash("staff", line).await))
}

#[tokio::test]
async fn a_schedule_that_moves_says_from_where_and_how_to_have_a_second() {
    let room = Room::with_schedule().await;
    let channel = |name: &str| {
        let there = room.ana.channels().into_iter();
        let id = there.into_iter().find(|channel| channel.name == name);
        format!("<#{}>", id.expect("it is there").id)
    };
    let (daily, general) = (channel("daily"), channel("general"));
    let second =
        "If you wanted a second schedule instead, give it a name: `/schedule set name:second`";
    let moved = said(&room, "/schedule set channel:#general time:18:00 zone:UTC").await;
    assert!(
        moved.contains(&format!(
            "“daily” has moved from {daily} to {general}. {second}"
        )),
        "{moved}"
    );
    for change in [
        format!("Channel: {daily} → {general}"),
        "Time: 09:00 → 18:00".to_owned(),
    ] {
        assert!(moved.contains(&change), "{change}: {moved}");
    }
    let back = said(&room, "/schedule set channel:#daily").await;
    assert!(
        back.contains(&format!("from {general} to {daily}")),
        "{back}"
    );
    // All that a new one needs may be meant for a new one.
    let all = said(&room, "/schedule set channel:#daily time:19:00 zone:UTC").await;
    assert!(all.contains(second) && !all.contains("has moved"), "{all}");
    for line in [
        "/schedule set time:20:00",
        "/schedule set name:daily channel:#general",
        "/schedule set name:second channel:#general time:18:00 zone:UTC",
        "/schedule set channel:#general time:20:00 zone:UTC",
    ] {
        let answer = said(&room, line).await;
        assert!(!answer.contains("second schedule"), "{line}: {answer}");
    }
    room.close().await;
}

#[tokio::test]
async fn what_a_removed_schedule_was_to_skip_and_to_ask_does_not_come_back() {
    let room = Room::with_schedule().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    for _ in 0..2 {
        said(&room, "/schedule skip date:2026-03-05 until:2026-03-06").await;
        said(&room, "/daily queue question:cache-aside").await;
        let removed = said(&room, "/schedule remove").await;
        assert!(
            removed
                .contains("If you set it again, its streaks come back, but its skipped dates and its queue do not."),
            "{removed}"
        );
        let again = said(&room, set).await;
        assert!(
            again.contains("Schedule set") && !again.contains("Skips"),
            "{again}"
        );
        // Thursday 5 March at 09:00.
        assert!(again.contains("<t:1772701200:F>"), "{again}");
        let list = said(&room, "/schedule list").await;
        assert!(
            !list.contains("Skips") && !list.contains("Queued"),
            "{list}"
        );
    }
    room.close().await;
}

#[tokio::test]
async fn a_daily_that_was_closed_by_removal_is_said_to_be_and_when_the_next_comes() {
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let id = daily.id;
    let set = "/schedule set channel:#daily time:18:00 zone:UTC";
    for _ in 0..2 {
        said(&room, "/schedule remove").await;
        let again = said(&room, set).await;
        assert!(
            again.contains("Today's daily has already been posted.")
                && !again.contains("/daily post"),
            "{again}"
        );
        room.ben
            .wait_for("daily", move |m| m.id == id && m.button("A").is_none())
            .await;
        let post = said(&room, "/daily post").await;
        // Thursday 5 March at 18:00.
        assert!(
            post.starts_with("Already posted")
                && post.contains("and has closed. A schedule posts at most once a day; the next one is due <t:1772733600:F>."),
            "{post}"
        );
    }
    said(&room, "/schedule pause").await;
    let post = said(&room, "/daily post").await;
    assert!(
        post.contains("has closed.") && !post.contains("the next one"),
        "{post}"
    );
    said(&room, "/schedule remove").await;
    // Under another name it is another schedule, with a daily of its own today.
    let other = said(&room, &format!("{set} name:other")).await;
    assert!(!other.contains("Today's daily has already"), "{other}");
    let post = said(&room, "/daily post").await;
    assert!(post.contains("on its way"), "{post}");
    let second = room
        .ben
        .wait_for("daily", move |m| m.id != id && m.button("A").is_some())
        .await;
    assert_ne!(question_in(&second).id, question_in(&daily).id);
    room.advance(Duration::hours(1));
    let post = said(&room, "/daily post").await;
    assert!(
        post.contains("is already posted in")
            && post.contains("the next one is due <t:1772733600:F>"),
        "{post}"
    );
    room.close().await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_schedule_is_told_at_once() {
    let room = Room::open().await;
    let refused = said(
        &room,
        "/schedule set time:25:99 zone:nowhere days:someday topics:cachng,htpt name:--",
    )
    .await;
    let faults = [
        "25:99",
        "nowhere",
        "someday",
        "“cachng”",
        "“htpt”",
        "1 to 32 characters",
    ];
    assert!(refused.starts_with("Nothing was changed"), "{refused}");
    for fault in faults {
        assert!(refused.contains(fault), "{fault}: {refused}");
    }
    assert_eq!(refused.matches("\n- ").count(), faults.len(), "{refused}");
    let again = said(&room, "/schedule set topics:cachng,htpt,cachng,cachng").await;
    assert_eq!(again.matches("“cachng”").count(), 1, "{again}");
    let words: Vec<String> = (0..99).map(|word| format!("nothing{word}")).collect();
    let many = said(&room, &format!("/schedule set topics:{}", words.join(","))).await;
    assert!(
        many.contains("“nothing9”") && !many.contains("nothing10"),
        "{many}"
    );
    assert!(many.ends_with("more"), "{many}");
    // What is there but can't be read isn't missing.
    let refused = said(&room, "/schedule set time:25:99").await;
    assert!(
        refused.contains("25:99") && refused.contains("still missing: `channel`, `zone`"),
        "{refused}"
    );
    let world = room.sandbox.world();
    let (none, send) = (
        chat_sandbox::Permissions::empty(),
        chat_sandbox::Permissions::SEND_MESSAGES,
    );
    world.set_permissions("daily", "bot", none, send);
    let refused = said(&room, "/schedule set channel:#daily time:25:99 zone:UTC").await;
    assert!(
        refused.contains("25:99") && refused.contains("Send Messages"),
        "{refused}"
    );
    let one = said(&room, "/schedule set channel:#general time:25:99 zone:UTC").await;
    assert!(
        one.starts_with("I can't read that") && !one.contains("\n- "),
        "{one}"
    );
    let none = said(&room, "/schedule list").await;
    assert!(none.contains("There is no schedule yet"), "{none}");
    room.close().await;
}

#[tokio::test]
async fn words_queue_no_guess_but_offer_the_nearest_by_their_ids() {
    let room = Room::with_schedule().await;
    let refused = said(&room, "/daily queue question:what fills a cache on a miss").await;
    assert!(
        refused.starts_with("Which question?")
            && refused.contains("Did you mean one of these?")
            && refused.contains("(`cache-aside`)"),
        "{refused}"
    );
    let topic = said(&room, "/daily queue question:caching").await;
    assert!(topic.contains("(`cache-aside`)"), "{topic}");
    let list = said(&room, "/schedule list").await;
    assert!(!list.contains("Queued"), "{list}");

    let library = room.app().library();
    let question = library.bank.question("cache-aside").expect("it is there");
    let prompt = greenroom::bank::markdown::plain(&question.prompt);
    let typed = prompt.trim_end_matches('?').to_uppercase();
    let queued = said(&room, &format!("/daily queue question:{typed}")).await;
    assert!(queued.starts_with("Queued"), "{typed}: {queued}");
    let again = said(&room, "/daily queue question:cache-aside").await;
    assert!(again.starts_with("Already queued"), "{again}");
    room.close().await;
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
        ("/schedule set name:new", "Something is missing"),
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
        "/schedule set channel:#daily time:10 zone:UTC name:other",
    )
    .await;
    for line in ["/daily post", "/schedule pause", "/daily skip"] {
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
    assert!(refused.text().starts_with("Not this time\n"));
    room.close().await;
}
