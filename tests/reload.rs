//! Question files that are saved while the bot runs.

use std::fs;
use std::path::Path;

use chat_sandbox::MessageView;
use greenroom::bank::Source;
use tempfile::TempDir;

use crate::harness::{Room, bank_folder, question_in, shown};

/// A copy of the tests' bank that the room's bot follows.
async fn followed(room: &Room) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for file in fs::read_dir(bank_folder()).expect("listed") {
        let file = file.expect("a file");
        fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
    }
    let saved = Source::Folder(folder.path().to_owned()).watch().await;
    tokio::spawn(room.app().clone().follow(saved));
    folder
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("read");
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(&path, text.replace(from, to)).expect("written");
}

async fn asks(room: &Room, prompt: &str) {
    let holds = async || {
        let library = room.app().library();
        library.bank.questions().iter().any(|q| q.prompt == prompt)
    };
    room.until(holds).await;
}

#[tokio::test]
async fn a_saved_file_changes_what_is_asked() {
    let room = Room::open().await;
    let folder = followed(&room).await;

    edit(
        folder.path(),
        "caching.toml",
        "How does cache-aside work?",
        "Who fills a cache?",
    );
    asks(&room, "Who fills a cache?").await;

    let lines = ["/question cache-aside", "/question who fills"];
    insta::assert_snapshot!(room.conversation(&room.ben, &lines).await, @r"
    > /question cache-aside
    Caching
    Who fills a cache?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]

    > /question who fills
    Caching
    Who fills a cache?
    Caching · easy · redis, patterns
    [Show answer] [Quiz me] [Another]
    ");
    room.close().await;
}

#[tokio::test]
async fn a_broken_save_keeps_the_old_bank_and_tells_the_operator_once() {
    let room = Room::open().await;
    let folder = followed(&room).await;

    edit(folder.path(), "caching.toml", "\"medium\"", "\"tricky\"");
    let about = |text: &str, message: &MessageView| message.text().contains(text);
    let told = room
        .ana
        .wait_for("@bot", |m| about("isn't a difficulty", m))
        .await;
    let folder_name = folder.path().to_string_lossy();
    insta::assert_snapshot!(room.reads(&told).replace(&*folder_name, "questions"), @r"
    The saved question files are broken
    I go on asking from the files as they were before. Save them again once these faults are fixed:

    questions/caching.toml:9:14: [cache-stampede] `tricky` isn't a difficulty; use easy, medium or hard
    ");
    let still = shown(room.ben.slash("general", "/question cache-aside").await).text();
    assert!(still.contains("How does cache-aside work?"), "{still}");

    // Still broken, so nothing new; then sound, then broken again.
    edit(folder.path(), "caching.toml", "\"tricky\"", "\"brutal\"");
    edit(folder.path(), "caching.toml", "\"brutal\"", "\"easy\"");
    edit(
        folder.path(),
        "caching.toml",
        "How does cache-aside work?",
        "Who fills a cache?",
    );
    asks(&room, "Who fills a cache?").await;
    edit(folder.path(), "http.toml", "[topic]", "[topic");
    room.ana
        .wait_for("@bot", |m| about(r"http\.toml\:1\:", m))
        .await;
    assert_eq!(room.ana.messages("@bot").len(), 2);
    room.close().await;
}

#[tokio::test]
async fn a_question_that_is_gone_leaves_its_points_and_its_daily() {
    let room = Room::with_schedule().await;
    let folder = followed(&room).await;
    let daily = room.next_daily().await;
    let right = room.right_letter(&daily);
    shown(room.ben.click(&daily, &right).await);
    let board = shown(room.ben.slash("general", "/leaderboard").await).text();
    let question = question_in(&daily);

    let path = folder.path().join(format!("{}.toml", question.topic));
    fs::remove_file(path).expect("removed");
    let gone = async || room.app().library().bank.question(&question.id).is_none();
    room.until(gone).await;

    let after = shown(room.ben.slash("general", "/leaderboard").await).text();
    assert_eq!(after, board, "the board stays");
    let stats = shown(room.ben.slash("general", "/stats").await).text();
    assert!(stats.contains(&question.topic), "{stats}");
    // The open daily still takes answers.
    let verdict = shown(room.chloe.click(&daily, &right).await).text();
    assert!(verdict.contains("Right"), "{verdict}");
    let asked = format!("/question {}", question.id);
    let found = shown(room.ben.slash("general", &asked).await).text();
    assert!(!found.contains(&question.prompt), "{found}");
    room.close().await;
}

#[tokio::test]
async fn an_old_button_of_a_question_that_is_gone_says_so() {
    let room = Room::open().await;
    let folder = followed(&room).await;
    let lookup = shown(room.ben.slash("general", "/question cache-aside").await);

    fs::remove_file(folder.path().join("caching.toml")).expect("removed");
    let gone = async || room.app().library().bank.question("cache-aside").is_none();
    room.until(gone).await;

    let line = "/question cache-aside";
    insta::assert_snapshot!(room.told(&room.ben, line).await, @r"
    Nothing found
    I found nothing for “cache-aside”. Try other words, or see /topics.
    Only you can see this
    ");
    let pressed = shown(room.ben.click(&lookup, "Show answer").await);
    insta::assert_snapshot!(room.reads(&pressed), @r"
    No longer there
    This question is no longer in the bank. See /topics for others.
    Only you can see this
    ");
    room.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_among_the_files_is_told_of_and_holds_up_nobody() {
    let room = Room::open().await;
    let folder = followed(&room).await;
    let mut mkfifo = std::process::Command::new("mkfifo");
    let made = mkfifo.arg(folder.path().join("pipe.toml")).status();
    assert!(made.expect("there is `mkfifo`").success());

    let about = "is not a regular file";
    room.ana
        .wait_for("@bot", |message| message.text().contains(about))
        .await;
    let found = shown(room.ben.slash("general", "/question cache-aside").await).text();
    assert!(found.contains("How does cache-aside work?"), "{found}");
    fs::remove_file(folder.path().join("pipe.toml")).expect("removed");
    edit(
        folder.path(),
        "caching.toml",
        "How does cache-aside work?",
        "Who fills a cache?",
    );
    asks(&room, "Who fills a cache?").await;
    room.close().await;
}
