//! Commands as people type them: what is read of their words, and what is said of words that can't be read.

use std::collections::BTreeMap;

use chat_sandbox::slack::{MessageView, Person};
use greenroom::slack::Commands;

use super::{Room, answer};

/// What somebody sees of a command that they use in #general: the next message of the bot's.
async fn shown(person: &Person, line: &str) -> MessageView {
    answer(person, "general", person.slash("general", line)).await
}

#[tokio::test]
async fn every_command_is_answered() {
    let room = Room::of_the_manifest().await;
    for (line, words, everyone) in [
        ("/question caching easy", "", true),
        ("/question difficulty:easy caching", "", true),
        ("/topics", "Topics", false),
        ("/quiz caching 2", "1 of 2", false),
        ("/leaderboard month", "Leaderboard", true),
        ("/stats", "", false),
        ("/stats @chloe", "Chloe", false),
        ("/schedule list", "There is no schedule yet", false),
        (
            "/schedule set channel: #daily time:09:00 zone:Europe/Berlin",
            "Schedule set",
            false,
        ),
        ("/schedule preview", "09:00", false),
        ("/schedule set discuss:true", "Schedule changed", false),
        ("/schedule skip tomorrow", "Skipped", false),
        ("/schedule unskip tomorrow", "No longer skipped", false),
        ("/schedule pause", "Schedule paused", false),
        ("/schedule resume", "Schedule resumed", false),
        ("/schedule remove schedule:daily", "Schedule removed", false),
        ("/daily post", "There is no schedule", false),
        ("/daily queue http caching", "", false),
        ("/privacy export", "as a direct message", false),
        ("/privacy delete", "Delete everything", false),
        ("/greenroom topics", "Topics", false),
        ("/greenroom", "/schedule unskip", false),
    ] {
        let answer = shown(&room.ana, line).await;
        let read = format!("{}\n{:?}", answer.text(), answer.buttons());
        assert!(read.contains(words), "{line}: {read}");
        assert_eq!(answer.ephemeral, !everyone, "{line}: {read}");
    }
    room.close().await;
}

#[tokio::test]
async fn words_that_cannot_be_read_are_answered_with_those_that_can() {
    let room = Room::of_the_manifest().await;
    for (line, words) in [
        (
            "/leaderboard period:decade",
            "it is one of week, month, all",
        ),
        ("/question easy caching hard", "both"),
        ("/topics please", "I don't know what “please” is here"),
        ("/schedule lsit", "Did you mean list?"),
        ("/greenroom leaderbord", "Did you mean leaderboard?"),
        ("/quiz help", "/quiz [topic] [count]"),
        ("/daily", "/daily replace [schedule]"),
        (
            "/greenroom help",
            "/schedule list Admins: See the schedules",
        ),
        ("/stats nobody", "Whose, picked from the list"),
    ] {
        let answer = shown(&room.ben, line).await;
        assert!(answer.text().contains(words), "{line}: {}", answer.text());
        assert!(answer.ephemeral, "{line}");
    }
    let long = format!("/question {}", "caching ".repeat(5_000));
    let answer = shown(&room.ben, &long).await;
    assert!(
        answer.text().contains("I read at most 1000"),
        "{}",
        answer.text()
    );
    room.close().await;
}

#[tokio::test]
async fn what_is_typed_pings_nobody() {
    let room = Room::of_the_manifest().await;
    for line in [
        "/question <!channel> zzzz",
        "/question zzzz @ana #general",
        "/schedule <@U1> &lt;!here&gt;",
        "/leaderboard topic:@channel",
    ] {
        let answer = shown(&room.ben, line).await;
        // Text in blocks is literal unless it is mrkdwn; the text beside them is not.
        let sent = serde_json::to_string(&answer.blocks).expect("JSON");
        for ping in [
            "broadcast",
            "user",
            "usergroup",
            "channel",
            "mrkdwn",
            "markdown",
        ] {
            let kind = format!("\"type\":\"{ping}\"");
            assert!(!sent.contains(&kind), "{line}: {sent}");
        }
        assert!(!answer.text.contains(['<', '>']), "{line}: {}", answer.text);
    }
    room.close().await;
}

#[tokio::test]
async fn commands_answer_to_the_names_that_a_workspace_gave_them() {
    let mut room = Room::without_bot().await;
    let names = [
        ("question", "ask"),
        ("greenroom", "gr"),
        ("schedule", "plan"),
    ];
    let names = names.map(|(ours, called)| (ours.to_owned(), called.to_owned()));
    room.settings.commands = Commands(BTreeMap::from(names));
    room.start_bot().await;
    let asked = shown(&room.ben, "/ask caching").await;
    assert!(!asked.ephemeral && asked.buttons().contains(&"Show answer".to_owned()));
    let help = shown(&room.ben, "/gr").await;
    assert!(help.text().contains("/ask [query]"), "{}", help.text());
    let none = shown(&room.ana, "/plan list").await;
    assert!(none.text().contains("/plan set"), "{}", none.text());
    assert!(!none.text().contains("/schedule"), "{}", none.text());
    room.close().await;
}

#[tokio::test]
async fn whoever_is_no_admin_any_more_changes_nothing() {
    let room = Room::of_the_manifest().await;
    let ana = &room.ana;
    let set = shown(ana, "/schedule set channel: #daily time:09:00 zone:UTC")
        .await
        .text();
    assert!(set.contains("Schedule set"), "{set}");
    room.world().set_admin("ana", false);
    for line in [
        "/schedule remove",
        "/schedule pause",
        "/schedule set time:10:00",
        "/schedule skip tomorrow",
        "/daily queue cache-stampede",
        "/daily post",
    ] {
        let told = shown(ana, line).await.text();
        assert!(told.contains("Only admins and owners"), "{line}: {told}");
    }
    room.world().set_admin("ana", true);
    let removed = shown(ana, "/schedule remove").await.text();
    assert!(removed.contains("removed"), "{removed}");
    room.close().await;
}
