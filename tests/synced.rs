//! What `kill -9` cannot show: an answer is synced to the disk before it is acknowledged, and a backup
//! before it has its name. The real program's system calls are traced with strace; without it the tests
//! are skipped and say so.

use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Stdio};

use chat_sandbox::{MessageView, Person, Sandbox};
use greenroom::store::Store;
use tempfile::TempDir;

use crate::harness::browser::tell;
use crate::harness::{PATIENCE, shown};
use crate::killed::Installed;

/// Where the trace goes, in the program's folder.
const TRACE: &str = "trace";

#[tokio::test]
async fn an_answer_is_synced_before_its_acknowledgement() {
    if !can_trace() {
        return;
    }
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    let mut bot = Installed::new(&sandbox);
    bot.launch(traced(&["run"]));
    bot.came(&sandbox).await;
    let acknowledged = answers(&sandbox).await;
    bot.kill(&sandbox).await;
    let trace = bot.database().with_file_name(TRACE);
    let trace = whole(&trace, "killed by SIGKILL").await;
    check(&steps(&trace), &acknowledged);
}

#[tokio::test]
async fn a_backup_is_synced_before_it_has_its_name_and_so_is_the_name_before_it_is_told() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path().canonicalize().expect("it is there");
    let _in_use = Store::open(folder.join("greenroom.db")).expect("opens");
    let backup = traced(&["backup", "copy.db", "--database", "greenroom.db"]);
    let mut backup = tokio::process::Command::from(backup);
    let made = backup.current_dir(&folder).stdout(Stdio::null()).status();
    let made = tokio::time::timeout(PATIENCE, made).await;
    assert!(made.expect("it ends").expect("it runs").success());

    let trace = whole(&folder.join(TRACE), "exited with 0").await;
    let lines: Vec<&str> = trace.lines().collect();
    let last = |call: &str, of: &str| {
        let found = lines
            .iter()
            .rposition(|line| line.contains(call) && line.contains(of));
        found.unwrap_or_else(|| panic!("there is no {call} of {of} in:\n{trace}"))
    };
    let steps = [
        last(" pwrite64(", ".partial>"),
        last("sync(", ".partial>"),
        last(" rename", "\"copy.db\""),
        last("sync(", &format!("<{}>", folder.display())),
        last(" write(", "\"Backed up"),
    ];
    assert!(steps.is_sorted(), "{steps:?} in:\n{trace}");
}

/// Whether strace is there and may; if not, it is said.
pub fn can_trace() -> bool {
    let mut probe = Command::new("strace");
    probe.args(["-D", "-f", "-o", "/dev/null", "true"]);
    let ended = probe.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let can = ended.is_ok_and(|status| status.success());
    if !can {
        tell("skipped: there is no strace here that may trace a program");
    }
    can
}

/// The program under strace, which is no parent of it (`-D`): a kill meets the program.
fn traced(arguments: &[&str]) -> Command {
    let mut strace = Command::new("strace");
    let calls = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg,/^rename";
    strace
        .args(["-D", "-f", "-y", "-s", "256", "-o", TRACE, "-e", calls])
        .arg(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments);
    strace
}

/// Answers a daily by button and by reply, and a quiz, one after the other. Returns a part of the path of
/// each acknowledgement.
async fn answers(sandbox: &Sandbox) -> Vec<String> {
    let person = |name| sandbox.world().add_person(name);
    let ana = person("ana");
    let set = "/schedule set channel:#daily time:09:00 zone:UTC";
    shown(ana.slash("staff", set).await);
    shown(ana.slash("staff", "/daily post").await);
    let daily = ana
        .wait_for("daily", |message| message.button("A").is_some())
        .await;
    let mut acknowledged = Vec::new();
    for name in ["ana", "ben", "chloe"] {
        acknowledged.push(press(&person(name), &daily).await);
    }
    let quiz = shown(ana.slash("general", "/quiz count:1").await);
    acknowledged.push(press(&ana, &quiz).await);
    for name in ["dai", "eve"] {
        let said = person(name).reply(&daily, "B").await;
        ana.wait_for("daily", |message| message.reply_to == Some(said.id))
            .await;
        acknowledged.push(format!("/channels/{}/messages", daily.channel));
    }
    acknowledged
}

async fn press(member: &Person, message: &MessageView) -> String {
    let button = message.button("A").expect("it takes answers");
    let id = button.custom_id.expect("no link");
    let interaction = member.start_component(message.id, &id, Vec::new());
    let interaction = interaction.expect("it can be pressed");
    shown(member.outcome(interaction).await);
    format!("/interactions/{interaction}/")
}

/// The trace, once strace has seen this end of the program.
async fn whole(trace: &Path, end: &str) -> String {
    let end = format!("+++ {end} +++\n");
    let ended = async {
        loop {
            let trace = std::fs::read_to_string(trace).expect("a trace");
            if trace.ends_with(&end) {
                return trace;
            }
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::time::timeout(PATIENCE, ended).await;
    ended.expect("strace comes to an end")
}

/// What the program did, as far as it matters here.
#[derive(Debug)]
enum Step {
    /// It began to write to the write-ahead log.
    Wrote,
    /// The write-ahead log was synced.
    Synced,
    /// It began to send an HTTP request.
    Sent(String),
}

fn steps(trace: &str) -> Vec<Step> {
    let mut syncing = HashSet::new();
    let step = |line: &str| {
        let (thread, call) = line.split_once(' ')?;
        let call = call.trim_start();
        let sync = ["fsync", "fdatasync"].into_iter().any(|sync| {
            let call = call.strip_prefix("<... ").unwrap_or(call);
            call.starts_with(&format!("{sync}(")) || call.starts_with(&format!("{sync} resumed"))
        });
        if sync && call.ends_with("<unfinished ...>") {
            if call.contains("-wal>") {
                syncing.insert(thread.to_owned());
            }
            None
        } else if sync {
            let log = syncing.remove(thread) || call.contains("-wal>");
            (log && call.ends_with("= 0")).then_some(Step::Synced)
        } else if call.starts_with("pwrite64(") && call.contains("-wal>") {
            Some(Step::Wrote)
        } else {
            let (_, request) = call.split_once("\"POST /api/v10")?;
            let (path, _) = request.split_once(' ')?;
            Some(Step::Sent(path.to_owned()))
        }
    };
    trace.lines().filter_map(step).collect()
}

/// Before each acknowledgement, and after the one before it, there is a write, and a sync after it. The
/// outbox may be at another write meanwhile.
fn check(steps: &[Step], acknowledged: &[String]) {
    let mut rest = steps.iter();
    // Before the first answer there were commands, which wrote and synced as well.
    let mut before = Vec::new();
    for wanted in acknowledged {
        before.clear();
        let sent = rest.by_ref().find(|step| {
            before.push(*step);
            matches!(step, Step::Sent(path) if path.contains(wanted.as_str()))
        });
        assert!(sent.is_some(), "{wanted} is not in the trace: {steps:#?}");
        let mut steps = before.iter();
        let wrote = steps.position(|step| matches!(step, Step::Wrote));
        let synced = steps.any(|step| matches!(step, Step::Synced));
        assert!(
            wrote.is_some(),
            "{wanted}: nothing was written: {before:#?}"
        );
        assert!(synced, "{wanted}: not synced before: {before:#?}");
    }
}
