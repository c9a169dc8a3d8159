//! Backups while members answer, and the way back: the real program against the local Discord.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chat_sandbox::{Person, Sandbox};
use chrono::Duration;
use greenroom::app::App;
use greenroom::bank::Bank;
use greenroom::clock::Clock;
use greenroom::store::Store;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::harness::{bank_folder, eventually, record, shown, start};
use crate::killed::Installed;

/// How many backups are made while members answer.
const BACKUPS: usize = 5;

/// How many answers to quizzes there are, in a database that nothing is wrong with.
pub fn answers(path: &Path) -> usize {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(path, flags).expect("a database");
    let found: String = database
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .expect("checked");
    assert_eq!(found, "ok", "{}", path.display());
    database
        .query_row(
            "SELECT coalesce(sum(answers), 0) FROM practice",
            [],
            |row| row.get(0),
        )
        .expect("counted")
}

/// Answers a quiz of one question.
pub async fn answer_one(person: &Person) {
    let asked = shown(person.slash("general", "/quiz count:1").await);
    let graded = shown(person.click(&asked, "A").await).text();
    assert!(graded.contains("A"), "{graded}");
}

/// Makes a backup, which has at least so many answers.
async fn backup_holds(bot: &Installed, name: &str, acknowledged: usize) {
    let made = bot.command(&["backup", name]).await;
    assert!(made.status.success(), "{made:?}");
    let held = answers(&bot.path(name));
    assert!(held >= acknowledged, "{held} of {acknowledged}");
}

#[tokio::test]
async fn backups_under_load_are_sound_and_hold_what_was_acknowledged_and_come_back() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    let people = [sandbox.person("ben"), sandbox.person("chloe")];
    let (told, mut acknowledged) = tokio::sync::watch::channel(0_usize);
    let enough_said = Arc::new(AtomicBool::new(false));
    let load = people.map(|person| {
        let (told, enough_said) = (told.clone(), enough_said.clone());
        tokio::spawn(async move {
            while !enough_said.load(Ordering::Relaxed) {
                answer_one(&person).await;
                told.send_modify(|count| *count += 1);
            }
        })
    });

    for nth in 1..=BACKUPS {
        // Some more answers since the last backup.
        let enough = acknowledged.wait_for(|count| *count >= 3 * nth).await;
        let before = *enough.expect("the load goes on");
        backup_holds(&bot, &format!("copy-{nth}.db"), before).await;
    }
    enough_said.store(true, Ordering::Relaxed);
    for person in load {
        person.await.expect("every answer was shown");
    }

    let last = format!("copy-{BACKUPS}.db");
    let refused = bot.command(&["restore", &last]).await;
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && why.contains("in use by another greenroom"),
        "{why}"
    );
    bot.kill(&sandbox).await;
    let restored = bot.command(&["restore", "copy-1.db"]).await;
    assert!(restored.status.success(), "{restored:?}");
    let told = String::from_utf8_lossy(&restored.stdout).into_owned();
    let kept = told.trim().rsplit(' ').next().expect("a name");
    let first = answers(&bot.path("copy-1.db"));
    assert_eq!(answers(&bot.database()), first);
    assert!(
        answers(&bot.path(kept)) >= *acknowledged.borrow(),
        "what was there is kept: {told}"
    );

    bot.start(&sandbox).await;
    answer_one(&sandbox.person("ben")).await;
    bot.kill(&sandbox).await;
    assert_eq!(answers(&bot.database()), first + 1, "it goes on from there");
    record(&sandbox);
    let problems = sandbox.world().problems();
    assert!(problems.is_empty(), "the sandbox saw: {problems:#?}");
}

#[tokio::test]
async fn a_backup_is_made_each_day_and_the_newest_are_kept() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("opens");
    let bank = Bank::load(&bank_folder()).expect("the tests' bank is valid");
    let clock = Clock::manual(start());
    let app = App::new(store, bank, clock.clone());
    let backups = folder.path().join("backups");
    let two = "2".parse().expect("not zero");
    let task = tokio::spawn(app.back_up_daily(backups.clone(), two));
    let of = |date: &str| backups.join(format!("greenroom-{date}.db"));

    for date in ["2026-03-04", "2026-03-05", "2026-03-06"] {
        eventually(async || of(date).exists()).await;
        clock.advance(Duration::days(1));
    }
    eventually(async || !of("2026-03-05").exists()).await;
    task.abort();
    assert!(of("2026-03-07").exists() && !of("2026-03-04").exists());
    assert_eq!(answers(&of("2026-03-07")), 0);
}

#[test]
fn a_backup_of_no_database_says_where_there_would_be_one() {
    let folder = TempDir::new().expect("a folder");
    for (command, said) in [
        (
            "backup copy.db",
            "greenroom.db: there is no such database. `greenroom run` makes one; the sandbox keeps none unless it is \
             started with --database FILE.",
        ),
        (
            "restore copy.db",
            "copy.db: there is no such file. Name a backup",
        ),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(command.split(' '))
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(said), "{told}");
        assert_eq!(output.status.code(), Some(1));
        let left = folder.path().read_dir().expect("read").count();
        assert_eq!(left, 0, "{command} leaves nothing behind");
    }
}
