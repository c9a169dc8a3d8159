//! A disk that is full: nobody is told that something was recorded that was not, lookups go on, and
//! everything works again as soon as there is space.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chat_sandbox::{MessageView, Person, RestFailure, RestFault, Sandbox};
use greenroom::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::harness::browser::tell;
use crate::harness::{APOLOGY, PATIENCE, letter_of_right, shown, shown_or_apology};
use crate::killed::Installed;
use crate::refused::run;
use crate::synced::can_trace;

/// A disk of a megabyte.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where this user may not mount one.
    fn mount() -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m", "greenroom"]);
        let mounted = mount.arg(folder.path()).stderr(Stdio::null()).status();
        mounted
            .is_ok_and(|done| done.success())
            .then(|| Self(folder))
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("greenroom.db")
    }

    fn ballast(&self) -> PathBuf {
        self.0.path().join("ballast")
    }

    fn fill(&self) {
        let mut ballast = File::create(self.ballast()).expect("made");
        let full = std::iter::repeat_with(|| ballast.write_all(&[0; 4096])).find_map(Result::err);
        let full = full.map(|error| error.kind());
        assert_eq!(full, Some(std::io::ErrorKind::StorageFull));
    }

    fn free(&self) {
        fs::remove_file(self.ballast()).expect("removed");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The program may still have it open when a test failed.
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn program_on(database: &Path) -> Command {
    let mut program = Installed::program();
    program.arg("--database").arg(database);
    program
}

/// The program, running with its database on a small disk.
async fn bot_on(disk: &SmallDisk) -> (Sandbox, Installed) {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.launch(program_on(&disk.database()));
    bot.came(&sandbox).await;
    (sandbox, bot)
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged_and_space_mends_it() {
    let Some(disk) = SmallDisk::mount() else {
        tell("skipped: this user may not mount a small disk");
        return;
    };
    let (sandbox, mut bot) = bot_on(&disk).await;
    let person = |name| sandbox.world().add_person(name);
    let (ana, ben, chloe, dai) = (person("ana"), person("ben"), person("chloe"), person("dai"));
    let set = "/schedule set channel:#daily time:09:00 zone:UTC topics:caching";
    shown(ana.slash("staff", set).await);
    shown(ana.slash("staff", "/daily post").await);
    let daily = ana
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    let right = letter_of_right(&daily);
    let quiz = shown(chloe.slash("general", "/quiz topic:http count:2").await);
    assert!(
        shown(ben.click(&daily, &right).await)
            .text()
            .contains("Right!")
    );

    disk.fill();

    let press = || async { shown_or_apology(chloe.click(&daily, &right).await).text() };
    assert!(press().await.contains(APOLOGY));
    assert!(
        shown_or_apology(chloe.click(&quiz, "A").await)
            .text()
            .contains(APOLOGY)
    );
    assert!(replied(&dai, &daily, &right).await.contains(APOLOGY));
    let lookup = shown(dai.slash("general", "/question http-status-201").await).text();
    assert!(lookup.contains("Which status answers"), "{lookup}");
    let board = shown(dai.slash("general", "/leaderboard period:all").await).text();
    let is_on = |person: &Person| board.contains(&format!("<@{}> · ", person.id()));
    assert!(is_on(&ben) && !is_on(&chloe) && !is_on(&dai), "{board}");
    let again = shown_or_apology(ben.click(&daily, &right).await).text();
    // A write of the bot's own that shares its transaction and finds no space takes it along.
    let truthful = again.contains("You answered this daily before") || again.contains(APOLOGY);
    assert!(truthful, "{again}");

    disk.free();

    let verdict = press().await;
    assert!(verdict.contains("Right!"), "{verdict}");
    assert!(!verdict.contains("answered this daily before"), "{verdict}");
    let receipt = replied(&dai, &daily, &right).await;
    assert!(receipt.contains("your answer is recorded"), "{receipt}");
    let graded = shown(chloe.click(&quiz, "A").await).text();
    assert!(graded.contains("← your answer"), "{graded}");
    bot.kill(&sandbox).await;
    bot.launch(program_on(&disk.database()));
    bot.came(&sandbox).await;
    let board = shown(dai.slash("general", "/leaderboard period:all").await).text();
    for person in [&ben, &chloe, &dai] {
        assert!(board.contains(&format!("<@{}>", person.id())), "{board}");
    }
    bot.kill(&sandbox).await;
}

/// What the bot says to a typed reply.
async fn replied(member: &Person, daily: &MessageView, text: &str) -> String {
    let said = member.reply(daily, text).await;
    let answer = member
        .wait_for("daily", |message| message.reply_to == Some(said.id))
        .await;
    answer.text()
}

#[test]
fn a_start_on_a_full_disk_says_so() {
    let Some(disk) = SmallDisk::mount() else {
        tell("skipped: this user may not mount a small disk");
        return;
    };
    disk.fill();
    let ended = run(&disk.database());
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        told.contains("the disk is full") && told.contains("Free some space"),
        "{told}"
    );
}

#[test]
fn a_backup_that_finds_no_space_leaves_nothing() {
    let Some(disk) = SmallDisk::mount() else {
        tell("skipped: this user may not mount a small disk");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("greenroom.db");
    drop(Store::open(&database).expect("a new one"));
    let sql = Connection::open(&database).expect("opened");
    let much = "INSERT INTO registrations VALUES ('much', hex(zeroblob(1000000)))";
    sql.execute(much, []).expect("written");
    let to = disk.0.path().join("copy.db");
    let backup = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(["backup".as_ref(), to.as_os_str()])
        .args(["--database".as_ref(), database.as_os_str()])
        .output();
    let backup = backup.expect("it runs");
    let told = String::from_utf8_lossy(&backup.stderr);
    assert!(!backup.status.success(), "{told}");
    let left = fs::read_dir(disk.0.path()).expect("listed");
    let left: Vec<_> = left.map(|file| file.expect("a file").file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_restore_that_finds_no_space_names_the_disk_that_is_full() {
    let Some(disk) = SmallDisk::mount() else {
        tell("skipped: this user may not mount a small disk");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let backup = folder.path().join("backup.db");
    drop(Store::open(&backup).expect("a new one"));
    let sql = Connection::open(&backup).expect("opened");
    let much = "INSERT INTO registrations VALUES ('much', hex(zeroblob(1000000)))";
    sql.execute(much, []).expect("written");
    let restore = || {
        let restore = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(["restore".as_ref(), backup.as_os_str()])
            .args(["--database".as_ref(), disk.database().as_os_str()])
            .output();
        let restore = restore.expect("it runs");
        assert_eq!(restore.status.code(), Some(1));
        String::from_utf8_lossy(&restore.stderr).into_owned()
    };
    let told = restore();
    let full = format!("{}: its disk is full", disk.database().display());
    assert!(told.contains(&full), "{told}");
    assert!(!told.contains("backup.db"), "{told}");
    let left = fs::read_dir(disk.0.path()).expect("listed").count();
    assert_eq!(left, 1, "its lock file");
}

#[test]
fn a_backup_on_a_disk_that_fails_leaves_nothing() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path().canonicalize().expect("it is there");
    let database = folder.join("greenroom.db");
    drop(Store::open(&database).expect("a new one"));
    let sql = Connection::open(&database).expect("opened");
    let much = "INSERT INTO registrations VALUES ('much', hex(zeroblob(1000000)))";
    sql.execute(much, []).expect("written");
    drop(sql);
    let backups = folder.join("backups");
    fs::create_dir(&backups).expect("made");
    let backup = Command::new("strace")
        .args(["-f", "-o", "/dev/null"])
        .args(["-e", "inject=pread64:error=EIO:when=100+"])
        .arg(env!("CARGO_BIN_EXE_greenroom"))
        .arg("backup")
        .arg(backups.join("copy.db"))
        .arg("--database")
        .arg(&database)
        .output();
    let backup = backup.expect("it runs");
    let told = String::from_utf8_lossy(&backup.stderr);
    assert!(told.contains("disk I/O error"), "{told}");
    let left = fs::read_dir(&backups).expect("listed");
    let left: Vec<_> = left.map(|file| file.expect("a file").file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_daily_that_was_sent_while_the_disk_was_full_is_recorded_soon_and_not_sent_again() {
    let Some(disk) = SmallDisk::mount() else {
        tell("skipped: this user may not mount a small disk");
        return;
    };
    let (sandbox, mut bot) = bot_on(&disk).await;
    let ana = sandbox.person("ana");
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    // Discord does not answer until the disk is full.
    let late = RestFault::new(RestFailure::Stall).path("/messages");
    sandbox.world().fault(late);
    let claimed = shown(ana.slash("staff", "/daily post").await).text();
    assert!(claimed.contains("on its way"), "{claimed}");
    disk.fill();
    sandbox.world().clear_faults();
    let posted = |message: &MessageView| message.button("A").is_some();
    let daily = ana.wait_for("daily", posted).await;
    let verdict = shown_or_apology(ana.click(&daily, "A").await).text();
    assert!(verdict.contains(APOLOGY), "{verdict}");

    disk.free();

    let database = Connection::open(disk.database()).expect("opened");
    let recorded = "SELECT count(*) FROM dailies WHERE state = 'posted'";
    let recorded = async {
        while database.query_row(recorded, [], |row| row.get(0)) != Ok(1) {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, recorded).await;
    assert!(in_time.is_ok(), "the daily is not recorded");
    let dailies = ana.messages("daily").into_iter().filter(posted);
    assert_eq!(dailies.count(), 1);
    bot.kill(&sandbox).await;
}
