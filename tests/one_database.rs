//! One bot for one database, whatever name each reaches it by, and a stop that leaves it in one file.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chat_sandbox::Sandbox;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::backup::{answer_one, answers};
use crate::harness::browser::tell;
use crate::harness::shown;
use crate::killed::Installed;
use crate::refused::run;

/// Other names of a bot's database.
struct Names {
    folder: TempDir,
    linked: Vec<PathBuf>,
    mounted: Vec<PathBuf>,
}

impl Names {
    fn of(database: &Path) -> Self {
        let folder = TempDir::new().expect("a folder");
        let home = database.parent().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        symlink(database, path("symbolic.db")).expect("linked");
        symlink(home, path("home")).expect("linked");
        fs::hard_link(database, path("hard.db")).expect("linked");
        fs::create_dir(path("mounted")).expect("made");
        fs::write(path("mounted.db"), "").expect("made");
        let linked = ["symbolic.db", "home/greenroom.db", "hard.db"].map(path);
        let mounts = [
            (home, "mounted", "mounted/greenroom.db"),
            (database, "mounted.db", "mounted.db"),
        ];
        let mut mounted = Vec::new();
        for (what, at, name) in mounts {
            let mut mount = Command::new("mount");
            mount
                .arg("--bind")
                .arg(what)
                .arg(path(at))
                .stderr(Stdio::null());
            if mount.status().is_ok_and(|done| done.success()) {
                mounted.push(path(name));
            } else {
                tell(&format!(
                    "skipped: this user may not mount {}",
                    what.display()
                ));
            }
        }
        Self {
            linked: linked.to_vec(),
            mounted,
            folder,
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.linked.iter().chain(&self.mounted)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        for mounted in ["mounted", "mounted.db"] {
            let mut umount = Command::new("umount");
            umount.arg("-l").arg(self.folder.path().join(mounted));
            let _ = umount.stderr(Stdio::null()).status();
        }
    }
}

/// A command on the database at `path` is refused with these words, and names it.
async fn refused(bot: &Installed, path: &Path, command: &[&str], words: &str) {
    let name = path.to_string_lossy();
    let ended = bot
        .command(&[command, &["--database", &name]].concat())
        .await;
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!ended.status.success(), "{command:?} {name}");
    assert!(told.contains(words), "{command:?} {name}: {told}");
}

#[tokio::test]
async fn a_database_is_one_bots_by_whatever_name_and_without_its_lock_file_too() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    answer_one(&sandbox.person("ben")).await;
    let made = bot.command(&["backup", "copy.db"]).await;
    assert!(made.status.success(), "{made:?}");
    let names = Names::of(&bot.database());

    for round in ["with", "without"] {
        for name in names.all().chain([&bot.database()]) {
            let ended = run(name);
            let told = String::from_utf8_lossy(&ended.stderr);
            let expected = format!(
                "{}: the database is in use by another greenroom",
                name.display()
            );
            assert!(told.contains(&expected), "{round} its lock file: {told}");
            let copy = bot.path("copy.db");
            let restore = ["restore", &*copy.to_string_lossy()];
            refused(&bot, name, &restore, "in use by another greenroom").await;
        }
        // By these names it lacks the newest changes, which are in the log beside the other one.
        for name in [&names.path("hard.db"), &names.path("mounted.db")] {
            let is_name = names.all().any(|other| other == name);
            if is_name {
                refused(
                    &bot,
                    name,
                    &["backup", "other.db"],
                    "in use by another name",
                )
                .await;
            }
        }
        let hard = names.path("hard.db");
        let onto = ["backup", "--force", &*hard.to_string_lossy()];
        refused(
            &bot,
            &bot.database(),
            &onto,
            "a database in use, not a backup",
        )
        .await;
        fs::remove_file(bot.path("greenroom.db.lock")).unwrap_or_default();
    }

    answer_one(&sandbox.person("ben")).await;
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));
    assert_eq!(answers(&bot.database()), 2, "it is whole");
}

#[tokio::test]
async fn after_a_stop_the_file_alone_holds_everything() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    for name in ["ben", "chloe", "ben"] {
        answer_one(&sandbox.person(name)).await;
        // What it reads with is open as well.
        shown(sandbox.person(name).slash("general", "/stats").await);
    }
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));

    for part in ["-wal", "-shm"] {
        let path = bot.path(&format!("greenroom.db{part}"));
        assert!(!path.exists(), "{}", path.display());
    }
    let alone = bot.path("alone.db");
    fs::copy(bot.database(), &alone).expect("copied");
    assert_eq!(answers(&alone), 3);
}

#[tokio::test]
async fn a_stop_while_someone_else_reads_leaves_the_log_empty() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.start(&sandbox).await;
    answer_one(&sandbox.person("ben")).await;
    let elsewhere = Connection::open(bot.database()).expect("opened");
    let tables: i64 = elsewhere
        .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
        .expect("read");
    assert!(tables > 0);
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));
    let alone = bot.path("alone.db");
    fs::copy(bot.database(), &alone).expect("copied");
    assert_eq!(answers(&alone), 1);
    drop(elsewhere);
}

#[tokio::test]
async fn a_second_bot_is_told_of_the_database_before_the_port_of_its_metrics() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("it has one").port();
    drop(taken);
    let metrics = format!("level = \"info\"\n[metrics]\nport = {port}\n");
    let mut bot = Installed::with(&sandbox, &metrics);
    bot.start(&sandbox).await;
    let mut second = Installed::program();
    second
        .current_dir(bot.path(""))
        .env("DISCORD_TOKEN", "token");
    let ended = second.output().expect("it runs");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(
        told.contains("greenroom.db: the database is in use"),
        "{told}"
    );
    bot.kill(&sandbox).await;
}
