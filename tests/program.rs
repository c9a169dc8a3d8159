//! The program as a person runs it: its commands, refusals and what survives a kill.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The program, started in that folder, where no token is set.
pub fn greenroom(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.current_dir(folder);
    for variable in [
        "DISCORD_TOKEN",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
    ] {
        command.env_remove(variable);
    }
    command
}

/// What it wrote to standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn without_a_folder_the_questions_are_those_built_in() {
    let folder = TempDir::new().expect("a folder");
    let said = |arguments: &[&str]| {
        let output = greenroom(folder.path())
            .args(arguments)
            .output()
            .expect("it runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &told(&output),
        )
    };
    let (sound, checked) = said(&["check"]);
    assert!(
        sound && checked.contains("no fault found in the questions that are built in"),
        "{checked}"
    );
    let (_, found) = said(&["search", "caching"]);
    assert!(found.contains("cache"), "{found}");

    // A folder that is set must be there.
    fs::write(
        folder.path().join("config.toml"),
        "questions = \"nowhere\"\n",
    )
    .expect("written");
    let (sound, checked) = said(&["check"]);
    assert!(
        !sound && checked.contains("nowhere: there is no such directory"),
        "{checked}"
    );
    // One that is there by itself is used.
    fs::remove_file(folder.path().join("config.toml")).expect("removed");
    fs::create_dir(folder.path().join("questions")).expect("made");
    let (sound, checked) = said(&["check"]);
    assert!(
        !sound && checked.contains("questions: there is no question file"),
        "{checked}"
    );
}

#[test]
fn run_without_a_token_says_how_to_get_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("greenroom.db");
    let output = greenroom(root)
        .arg("run")
        .arg("--database")
        .arg(&database)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(
        told.contains("discord.com/developers/applications") && told.contains("DISCORD_TOKEN"),
        "{told}"
    );
    assert!(!told.contains("backtrace"), "{told}");
    assert!(!database.exists(), "nothing is written");
}

#[test]
fn a_database_that_is_not_for_us_is_refused_and_left_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("greenroom.db");
    fs::write(
        &database,
        "these are my notes, not a database, and longer than a header of one hundred bytes is",
    )
    .expect("written");
    let before = fs::read(&database).expect("read");

    let output = greenroom(root)
        .arg("run")
        .arg("--database")
        .arg(&database)
        .env("DISCORD_TOKEN", "canary-token")
        .output()
        .expect("it runs");

    assert_eq!(output.status.code(), Some(1));
    assert!(
        told(&output).contains("not a Greenroom database"),
        "{}",
        told(&output)
    );
    assert!(!told(&output).contains("canary-token"));
    assert_eq!(fs::read(&database).expect("read"), before);
    assert_eq!(
        fs::read_dir(folder.path()).expect("listed").count(),
        1,
        "no other file is made"
    );
}

#[test]
fn a_port_that_is_taken_is_passed_by() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port();
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("[sandbox]\nport = {port}\n")).expect("written");

    let mut child = greenroom(root)
        .arg("--config")
        .arg(&config)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let mut told = BufReader::new(child.stdout.take().expect("piped"));
    told.read_line(&mut line).expect("a line");
    child.kill().expect("it can be killed");
    child.wait().expect("it ended");

    let at: u16 = line
        .trim()
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok())
        .expect("a port");
    assert!(at > port, "{line}");
}

/// Nothing listens on this port of the machine.
const NO_PROXY_THERE: &str = "http://user:canary@127.0.0.1:9";

#[test]
fn loopback_is_asked_without_a_proxy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut program = greenroom(root)
        .args(["sandbox", "--questions", "tests/bank"])
        .envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, NO_PROXY_THERE)))
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let out = program.stdout.take().expect("piped");
    BufReader::new(out).read_line(&mut line).expect("read");
    program.kill().expect("ended");
    program.wait().expect("ended");
    assert!(
        line.contains("Greenroom is open at http://127.0.0.1:"),
        "{line}"
    );
}

#[test]
fn a_proxy_that_fails_is_named_without_its_password() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let output = greenroom(root)
        .args(["run", "--questions", "tests/bank", "--database"])
        .arg(folder.path().join("greenroom.db"))
        .env("DISCORD_TOKEN", "a-token")
        .env("HTTPS_PROXY", NO_PROXY_THERE)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(75));
    let told = told(&output);
    assert!(
        told.contains("Check the proxy http://127.0.0.1:9, which the environment names"),
        "{told}"
    );
    assert!(!told.contains("canary"), "{told}");
}

#[test]
fn names_of_files_stay_on_their_line_whatever_is_in_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("q\nr")).expect("made");
    fs::write(
        folder.path().join("q\nr/b\u{1b}[2J.toml"),
        "[topic]\nname = \"x\"\n",
    )
    .expect("written");
    fs::write(folder.path().join("c\nd.toml"), "colour = 1\n").expect("written");
    fs::write(folder.path().join("n\no.csv"), "prompt,answer\nWhy?,So.\n").expect("written");
    fs::write(folder.path().join("m\nn.csv"), "\n").expect("written");
    let bank = root.join("tests/bank");
    let bank = bank.to_str().expect("a name");
    drop(greenroom::store::Store::open(folder.path().join("a\nb.db")).expect("opens"));
    for (arguments, told) in [
        (
            &["check", "--questions", "q\nr"][..],
            "q\\nr/b\\u{1b}[2J.toml:2:8: the topic is called `x`, but its file `b\\u{1b}[2J.toml`",
        ),
        (
            &["check", "--config", "c\nd.toml", "--questions", bank],
            "c\\nd.toml:1: ",
        ),
        (
            &["check", "--questions", bank, "--database", "e\nf/g.db"],
            "e\\nf: there is no folder",
        ),
        (
            &["check", "--questions", bank, "--coverage", "h\ni"],
            "h\\ni: cannot be read",
        ),
        (
            &["backup", "k\nl.db", "--database", "a\nb.db"],
            "Backed up a\\nb.db to k\\nl.db",
        ),
        (
            &["restore", "k\nl.db", "--database", "a\nb.db"],
            "a\\nb.db.replaced-",
        ),
        (
            &["backup", "a\nb.db-wal", "--database", "a\nb.db"],
            "a\\nb.db-wal: this file belongs to the database a\\nb.db.",
        ),
        (
            &["backup", "k", "--database", "n\no.csv"],
            "n\\no.csv: this file is not",
        ),
        (
            &[
                "import", "csv", "n\no.csv", "--topic", "t", "--into", "q\nr",
            ],
            "q\\nr/t.toml was written",
        ),
        (
            &["import", "csv", "m\nn.csv", "--topic", "u"],
            "m\\nn.csv has no question",
        ),
    ] {
        let output = greenroom(folder.path())
            .args(arguments)
            .output()
            .expect("it runs");
        let all = String::from_utf8_lossy(&output.stdout).into_owned() + &self::told(&output);
        assert!(all.contains(told), "{told} is not in {all}");
        let names = [
            "q\nr", "c\nd", "e\nf", "h\ni", "k\nl", "a\nb", "n\no", "m\nn", "\u{1b}",
        ];
        assert!(
            names.iter().all(|name| !all.contains(name)),
            "{arguments:?}: {all}"
        );
    }
}
