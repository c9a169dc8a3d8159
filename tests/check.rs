//! `greenroom check`: what it finds in questions, settings and schedules.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{greenroom, told};

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
fn a_schedule_where_there_is_no_token_is_warned_of() {
    let folder = TempDir::new().expect("a folder");
    let declared = |key: &str, space: &str, channel: &str| {
        format!(
            "[[schedule]]\n{key} = \"{space}\"\nchannel = \"{channel}\"\nzone = \"UTC\"\ntime = \"09:00\"\n"
        )
    };
    let settings = declared("guild", "41", "42") + &declared("workspace", "T024BE7LD", "C024BE7LR");
    fs::write(folder.path().join("config.toml"), settings).expect("written");
    let warned = |token: Option<&str>| {
        let mut check = greenroom(folder.path());
        check.arg("check");
        token.map(|token| check.env("DISCORD_TOKEN", token));
        let output = check.output().expect("it runs");
        assert!(output.status.success(), "{}", told(&output));
        told(&output)
            .contains("schedule at line 6: it posts nothing, since there is no token for Slack")
    };
    assert!(warned(Some("canary.token.xyzzy")));
    assert!(!warned(None), "it may run where there are none");
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
    greenroom: schedule at line 2: I don't know which days “someday” means. Write them in English: mon,wed,fri, mon-fri, weekdays, weekends or every day
    greenroom: schedule at line 2: “never” isn't a time to reveal a verdict; use at-once or at-close
    greenroom: schedule at line 2: There is no topic “cooking”. /topics shows all topics.
    greenroom: schedule at line 2: There is no topic “sewing”. /topics shows all topics.
    greenroom: schedule at line 11: the server has a schedule “daily” already, at line 2. Give one of them another `name`.
    "#);
}
