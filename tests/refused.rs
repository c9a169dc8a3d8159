//! Databases that the program does not start on: it says why, where, and what to do, and leaves them as
//! they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use chat_sandbox::Sandbox;
use greenroom::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::harness::bank_folder;
use crate::killed::Installed;

/// A database of this version, in one file.
fn database(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("greenroom.db");
    drop(Store::open(&path).expect("a new one"));
    path
}

/// What becomes of the program on a database. Discord is where nobody listens.
pub fn run(database: &Path) -> Output {
    let folder = TempDir::new().expect("a folder");
    let config = folder.path().join("config.toml");
    fs::write(&config, "[discord]\napi = \"http://127.0.0.1:9\"\n").expect("written");
    Installed::program()
        .args(["--questions".as_ref(), bank_folder().as_os_str()])
        .args(["--config".as_ref(), config.as_os_str()])
        .args(["--database".as_ref(), database.as_os_str()])
        .env("DISCORD_TOKEN", "token")
        .output()
        .expect("it runs")
}

/// The program refuses the database with these words, and changes nothing in it.
fn refused(database: &Path, words: [&str; 2]) {
    let before = fs::read(database).ok();
    let ended = run(database);
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{told}");
    let path = database.to_string_lossy();
    for word in words.into_iter().chain([&*path]) {
        assert!(told.contains(word), "{word:?} is not in: {told}");
    }
    assert_eq!(fs::read(database).ok(), before, "it is left as it was");
}

const DAMAGED: [&str; 2] = ["the database is damaged", "restore a backup"];

#[test]
fn a_damaged_page() {
    let folder = TempDir::new().expect("a folder");
    let path = database(&folder);
    let mut bytes = fs::read(&path).expect("read");
    bytes[3 * 4096..4 * 4096].fill(0x5a);
    fs::write(&path, bytes).expect("written");
    refused(&path, DAMAGED);
}

#[test]
fn a_file_that_was_cut_off() {
    let folder = TempDir::new().expect("a folder");
    let path = database(&folder);
    let bytes = fs::read(&path).expect("read");
    for length in [bytes.len() - 4096, bytes.len() / 2 + 100, 4096, 50] {
        fs::write(&path, &bytes[..length]).expect("written");
        refused(&path, DAMAGED);
    }
}

#[test]
fn a_file_that_is_gone_while_its_log_is_not() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("greenroom.db");
    fs::write(folder.path().join("greenroom.db-wal"), "frames").expect("written");
    refused(
        &path,
        ["greenroom.db-wal of it is there", "put the database back"],
    );
    fs::write(&path, "").expect("written");
    refused(&path, DAMAGED);
}

#[test]
fn a_file_that_may_not_be_written() {
    let folder = TempDir::new().expect("a folder");
    let path = database(&folder);
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    refused(&path, ["cannot be written", "write access"]);
}

#[test]
fn a_database_of_a_newer_version() {
    let folder = TempDir::new().expect("a folder");
    let path = database(&folder);
    let newer = Connection::open(&path).expect("opened");
    newer.pragma_update(None, "user_version", 99).expect("set");
    drop(newer);
    refused(&path, ["of version 99", "Run the newer greenroom"]);
}

#[test]
fn a_database_from_before_the_first_release() {
    let folder = TempDir::new().expect("a folder");
    let path = database(&folder);
    let older = Connection::open(&path).expect("opened");
    older.pragma_update(None, "user_version", 1).expect("set");
    drop(older);
    refused(
        &path,
        ["from before the first release", "Move the file away"],
    );
}

#[tokio::test]
async fn a_database_that_another_greenroom_has() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    refused(
        &bot.database(),
        ["in use by another greenroom", "Stop that one first"],
    );
    bot.kill(&sandbox).await;
}
