//! `greenroom restore`, killed as `kill -9` does: whatever it was at, the database is the old one or the
//! new one, whole, and what it kept can be read. Without strace it is killed at each change that shows in
//! the folder; with it, on entering the system calls that change a file, of which a sample is taken, or
//! all of them, so many times each as `GREENROOM_KILLS` says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::DateTime;
use greenroom::model::{Member, SpaceId, UserId};
use greenroom::store::{Store, back_up};
use rand::seq::SliceRandom;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::synced::can_trace;

/// Rows that were in the database, some of them in its log only.
const OLD: usize = 150;
/// Rows of the backup.
const NEW: usize = 40;
/// How many system calls are taken as a sample.
const SAMPLE: usize = 30;
/// The system calls that change a file or put it on disk.
const CALLS: &str = "trace=pwrite64,write,copy_file_range,sendfile,fsync,fdatasync,ftruncate,/^rename,/^unlink,/^link";

/// How often each step is gone through, if it is said.
fn kills() -> Option<usize> {
    std::env::var("GREENROOM_KILLS").ok()?.parse().ok()
}

/// A database as `kill -9` left it, and a backup of another one.
struct Template(TempDir);

impl Template {
    async fn make() -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let old = Store::open(path("open.db")).expect("opens");
        fill(&old, "old", 0..OLD / 2).await;
        old.close().await;
        let old = Store::open(path("open.db")).expect("opens");
        fill(&old, "old", OLD / 2..OLD).await;
        for part in ["", "-wal"] {
            let (from, to) = (format!("open.db{part}"), format!("greenroom.db{part}"));
            fs::copy(path(&from), path(&to)).expect("copied");
        }
        let new = Store::open(path("new.db")).expect("opens");
        fill(&new, "new", 0..NEW).await;
        back_up(&path("new.db"), &path("backup.db"), false).expect("backed up");
        Self(folder)
    }

    fn laid_out(&self) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        for name in ["greenroom.db", "greenroom.db-wal", "backup.db"] {
            fs::copy(self.0.path().join(name), folder.path().join(name)).expect("copied");
        }
        folder
    }
}

async fn fill(store: &Store, user: &str, which: std::ops::Range<usize>) {
    for number in which {
        let member = Member {
            space: SpaceId::discord("space"),
            user: UserId::discord(user),
        };
        let question = format!("{number}-{}", "q".repeat(400));
        let seen = store.question_seen(member, question, DateTime::UNIX_EPOCH);
        seen.await.expect("written");
    }
}

/// How many rows there are of the old and of the new one, in a database that nothing is wrong with.
fn rows(path: &Path) -> (usize, usize) {
    let sql = Connection::open(path).expect("a database");
    let found: String = sql
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .expect("checked");
    assert_eq!(found, "ok", "{}", path.display());
    let count = "SELECT count(*) FILTER (WHERE user = 'discord:old'), count(*) FILTER (WHERE user = 'discord:new')";
    sql.query_row(&format!("{count} FROM seen"), [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .expect("counted")
}

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).expect("listed");
    files
        .map(|file| file.expect("a file").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// What was kept under a name of its own.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let names = names(folder).into_iter();
    names
        .filter(|name| name.starts_with("greenroom.db.replaced-"))
        .filter(|name| {
            !["-wal", "-shm", "-journal"]
                .iter()
                .any(|part| name.ends_with(part))
        })
        .map(|name| folder.join(name))
        .collect()
}

fn restore(folder: &Path) -> Command {
    restored_by(Command::new(env!("CARGO_BIN_EXE_greenroom")), folder)
}

fn restored_by(mut command: Command, folder: &Path) -> Command {
    command
        .args(["restore", "backup.db", "--database", "greenroom.db"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What must hold wherever it was killed. Returns whether the new one is there.
async fn check(folder: &Path) -> bool {
    let database = folder.join("greenroom.db");
    let before = kept(folder);
    let held = rows(&database);
    assert!(held == (OLD, 0) || held == (0, NEW), "{held:?}");
    if held.1 > 0 {
        assert!(!before.is_empty(), "the old one is kept");
    }
    // The bot goes on with what is there, which changes nothing of what is kept.
    let store = Store::open(&database).expect("the bot starts");
    fill(&store, "later", 0..NEW).await;
    let open = kept(folder);
    for kept in &open {
        assert_eq!(rows(kept), (OLD, 0), "{}", kept.display());
    }
    store.close().await;
    assert_eq!(rows(&database), held);
    let again = restore(folder).status().expect("it runs");
    assert!(again.success(), "{again}");
    assert_eq!(rows(&database), (0, NEW));
    let left = names(folder);
    let unfinished = left.iter().find(|name| name.contains(".partial"));
    assert_eq!(
        unfinished, None,
        "nothing is left of the one that was killed"
    );
    held.1 > 0
}

/// The files with their sizes, as far as they can be told while they change.
fn shown(folder: &Path) -> BTreeMap<String, u64> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            Some((name, file.metadata().ok()?.len()))
        })
        .collect()
}

/// Kills it at the `nth` change that shows in the folder; whether it came to that.
fn killed_at(nth: usize, folder: &Path) -> bool {
    let mut before = shown(folder);
    let mut child = restore(folder).spawn().expect("it starts");
    let mut changes = 0;
    while changes < nth {
        let now = shown(folder);
        if now != before {
            changes += 1;
            before = now;
        } else if let Some(ended) = child.try_wait().expect("it can be waited for") {
            assert!(ended.success(), "{ended}");
            return false;
        }
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ended");
    true
}

#[tokio::test]
async fn killed_at_any_change_it_leaves_the_old_one_or_the_new_one_and_what_it_kept() {
    let template = Template::make().await;
    let (mut killed, mut new) = (0, 0);
    for _ in 0..kills().unwrap_or(2) {
        for nth in 1.. {
            let folder = template.laid_out();
            let came = killed_at(nth, folder.path());
            killed += usize::from(came);
            new += usize::from(check(folder.path()).await);
            if !came {
                break;
            }
        }
    }
    println!("killed {killed} times; {new} times the new one was there");
    assert!(killed > 0 && new > 0);
}

#[tokio::test]
async fn killed_on_entering_any_system_call_it_leaves_the_old_one_or_the_new_one() {
    if !can_trace() {
        return;
    }
    let template = Template::make().await;
    let folder = template.laid_out();
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "-o",
        "trace",
        "-e",
        CALLS,
        env!("CARGO_BIN_EXE_greenroom"),
    ]);
    let ended = restored_by(strace, folder.path()).status();
    assert!(ended.expect("it runs").success());
    let trace = fs::read_to_string(folder.path().join("trace")).expect("traced");
    let mut calls = steps(&trace);
    match kills() {
        None => {
            calls.shuffle(&mut rand::rng());
            calls.truncate(SAMPLE);
        }
        Some(times) => calls = vec![calls; times].concat(),
    }
    for (call, nth) in calls {
        let folder = template.laid_out();
        let mut strace = Command::new("strace");
        let (traced, killed) = (
            format!("trace={call}"),
            format!("inject={call}:signal=KILL:when={nth}"),
        );
        strace.args(["-f", "-o", "/dev/null", "-e", &traced, "-e", &killed]);
        strace.arg(env!("CARGO_BIN_EXE_greenroom"));
        let ended = restored_by(strace, folder.path()).status();
        assert!(!ended.expect("it runs").success(), "{call} {nth}");
        check(folder.path()).await;
    }
}

/// Each call of a trace, as its name and how many of that name it is.
fn steps(trace: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut steps = Vec::new();
    for line in trace.lines() {
        let call = line
            .split_once(' ')
            .map_or("", |(_, call)| call.trim_start());
        let Some((name, _)) = call.split_once('(') else {
            continue;
        };
        if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            let count = counts.entry(name.to_owned()).or_default();
            *count += 1;
            steps.push((name.to_owned(), *count));
        }
    }
    steps
}
