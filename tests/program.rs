//! The program as a person runs it: its commands, refusals and what survives a kill.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn greenroom(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.current_dir(folder).env_remove("DISCORD_TOKEN");
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_shipped_questions_and_example_have_no_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = greenroom(root)
        .args(["check", "--config", "config.example.toml"])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", told(&output));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("no fault found"));
    let release = greenroom::time::Zones::in_force().release();
    assert!(
        said.contains(&format!("time zones: release {release}")),
        "{said}"
    );
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
fn check_tells_every_fault_of_settings_and_questions() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("questions")).expect("made");
    fs::write(folder.path().join("config.toml"), "databse = \"x\"\n").expect("written");
    fs::write(
        folder.path().join("questions/caching.toml"),
        "[topic]\nname = \"cache\"\n",
    )
    .expect("written");

    let output = greenroom(folder.path())
        .arg("check")
        .output()
        .expect("it runs");

    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(
        told.contains("config.toml:1: unknown key `databse`: did you mean `database`?"),
        "{told}"
    );
    assert!(told.contains("caching.toml:2"), "{told}");
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
fn planted_faults_are_all_named_with_file_and_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = greenroom(root)
        .args(["check", "--questions", "tests/faults"])
        .output()
        .expect("it runs");

    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    let planted = [
        ("caching.toml:2:", "the topic is called `cache`"),
        ("caching.toml:5:", "unknown key `colour`"),
        ("caching.toml:8:", "`Cache Stampede` must be"),
        ("caching.toml:10:", "`brutal` isn't a difficulty"),
        ("caching.toml:17:", "no option is right"),
        ("caching.toml:35:", "2 options are right"),
        ("caching.toml:36:", "two options read"),
        (
            "http.toml:7:",
            "[cache-ttl] another question is called `cache-ttl`, at tests/faults/caching.toml:24:",
        ),
        ("http.toml:13:", "`rfc9110` isn't an http or https address"),
        ("http.toml:17:", "2 to 5 items, not 6"),
        ("http.toml:19:", "lacks `why`"),
    ];
    for (place, fault) in planted {
        let named = told
            .lines()
            .any(|line| line.contains(place) && line.contains(fault));
        assert!(named, "{place} {fault} is not in:\n{told}");
    }
    assert_eq!(told.lines().count(), planted.len(), "{told}");
}

#[test]
fn lint_warnings_are_faults_when_that_is_asked_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = |strict: &[&str]| {
        let mut command = greenroom(root);
        command
            .args(["check", "--questions", "tests/bank"])
            .args(strict);
        command.output().expect("it runs")
    };
    let small = "tests/bank/http.toml:2:8: the topic has 2 questions; write 12 or more";

    let plain = check(&[]);
    assert!(plain.status.success(), "{}", told(&plain));
    assert!(
        told(&plain).contains(&format!("greenroom: warning: {small}")),
        "{}",
        told(&plain)
    );
    assert!(String::from_utf8_lossy(&plain.stdout).contains("no fault found"));

    let strict = check(&["--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(
        told(&strict).contains(&format!("greenroom: {small}")),
        "{}",
        told(&strict)
    );
    assert!(strict.stdout.is_empty());
}

#[test]
fn statistics_are_a_table_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = greenroom(root)
        .args(["check", "--stats", "--questions", "tests/bank"])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", told(&output));
    let table = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines[0],
        "| Topic | Easy | Medium | Hard | Questions | Quizzes |"
    );
    assert_eq!(lines[2], "| Caching | 1 | 1 | 1 | 3 | 3 |", "{table}");
    assert_eq!(lines[5], "| **3 topics** | 2 | 3 | 1 | 6 | 6 |", "{table}");
    assert_eq!(lines.len(), 6, "{table}");
}

#[test]
fn what_no_question_covers_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let inventory = folder.path().join("inventory.toml");
    let check = |listed: &str| {
        fs::write(&inventory, listed).expect("written");
        let mut command = greenroom(root);
        command
            .args(["check", "--questions", "tests/bank", "--coverage"])
            .arg(&inventory);
        command.output().expect("it runs")
    };

    let missing = check("[[item]]\nid = \"s0-q01\"\n");
    assert_eq!(missing.status.code(), Some(1));
    let line = "inventory.toml: no question covers `s0-q01`";
    assert!(told(&missing).contains(line), "{}", told(&missing));

    let none = check("item = []\n");
    assert!(none.status.success(), "{}", told(&none));
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

#[test]
fn check_tells_what_the_settings_name_and_is_not_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let settings = format!(
        "questions = {:?}\ndatabase = \"gone/greenroom.db\"\ntoken_file = \"token\"\n[log]\nlevel = \"warning\"\n",
        root.join("tests/bank")
    );
    fs::write(folder.path().join("config.toml"), settings).expect("written");
    let output = greenroom(folder.path())
        .arg("check")
        .output()
        .expect("it runs");
    let told = told(&output);
    let faults: Vec<&str> = told
        .lines()
        .filter(|line| !line.contains("warning:"))
        .collect();
    insta::assert_snapshot!(faults.join("\n"), @r#"
    greenroom: config.toml:5: `level` has "warning", which is not a level: did you mean `warn`? Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
    greenroom: token: cannot read the token: No such file or directory (os error 2)
    greenroom: gone: there is no folder for the database. Make it, or set `database` in the configuration.
    "#);
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
fn check_tells_every_fault_of_a_declared_schedule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a folder");
    let settings = format!(
        "questions = {:?}\n[[schedule]]\nguild = \"1\"\nchannel = \"general\"\nname = \"\"\nzone = \"Nowhere/Land\"\n\
         time = \"25:61\"\nweekdays = \"someday\"\ntopics = [\"caching\", \"cooking\", \"sewing\"]\nreveal = \"never\"\n\
         [[schedule]]\nguild = \"1\"\nzone = \"Europe/Berlin\"\ntime = \"9:00\"\n",
        root.join("tests/bank")
    );
    fs::write(folder.path().join("config.toml"), settings).expect("written");
    let output = greenroom(folder.path())
        .arg("check")
        .output()
        .expect("it runs");
    let told = told(&output);
    let faults: Vec<&str> = told
        .lines()
        .filter(|line| !line.contains("warning:"))
        .collect();
    insta::assert_snapshot!(faults.join("\n"), @r#"
    greenroom: config.toml:4: `channel` is an id of digits, as Discord's "Copy ID" gives it
    greenroom: config.toml:5: `name` is empty; write text in quotes, or leave the key out
    greenroom: config.toml:11: the schedule lacks `channel`
    greenroom: schedule at line 2: “25:61” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm
    greenroom: schedule at line 2: “Nowhere/Land” isn't a time zone that I know; name a city like Berlin or New York, a country, or an offset like UTC+2
    greenroom: schedule at line 2: “someday” isn't a weekday; write days like mon,wed,fri, mon-fri, weekdays, weekends or every day
    greenroom: schedule at line 2: “never” isn't a time to reveal a verdict; use at-once or at-close
    greenroom: schedule at line 2: There is no topic “cooking”. /topics shows all topics.
    greenroom: schedule at line 2: There is no topic “sewing”. /topics shows all topics.
    greenroom: schedule at line 11: the server has a schedule “daily” already, at line 2. Give one of them another `name`.
    "#);
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
