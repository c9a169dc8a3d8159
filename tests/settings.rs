//! What `check` says of settings with which the bot could not work, and that `run` says the same.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder for the program to run in, with settings below those that each test has.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn run(&self, command: &str, settings: &str) -> Output {
        let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let settings =
            format!("questions = {questions:?}\ndiscord.api = \"http://127.0.0.1:9\"\n{settings}");
        fs::write(self.0.path().join("config.toml"), settings).expect("written");
        Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .current_dir(self.0.path())
            .env("DISCORD_TOKEN", "a-token")
            .arg(command)
            .output()
            .expect("it runs")
    }

    /// What is told on standard error, without warnings and the log.
    fn told(&self, command: &str, settings: &str) -> String {
        let output = self.run(command, settings);
        let told = String::from_utf8_lossy(&output.stderr);
        let lines = told.lines().filter(|line| line.starts_with("greenroom: "));
        let faults = lines.filter(|line| !line.contains("warning:"));
        let faults: Vec<&str> = faults.collect();
        assert_eq!(output.status.success(), faults.is_empty(), "{told}");
        faults.join("\n")
    }

    /// The names of what is there.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("listed");
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        };
        entries.map(name).collect()
    }
}

fn schedule(guild: &str, rest: &str) -> String {
    format!(
        "[[schedule]]\nguild = {guild:?}\nchannel = \"7\"\nzone = \"UTC\"\ntime = \"9:00\"\n{rest}\n"
    )
}

#[test]
fn schedules_of_one_name_in_a_server_are_faults() {
    let place = Place::new();
    let settings = [
        schedule("1", "name = \"Two\""),
        schedule("2", "name = \"two\""),
        schedule("1", "name = \" two\\u200b\""),
        schedule("1", ""),
        schedule("1", "name = \"Daily\""),
        schedule("1", "name = \"TWO\""),
    ]
    .concat();
    let told = place.told("check", &settings);
    insta::assert_snapshot!(told, @r#"
    greenroom: schedule at line 15: the server has a schedule “two” already, at line 3. Give one of them another `name`.
    greenroom: schedule at line 27: the server has a schedule “daily” already, at line 21. Give one of them another `name`.
    greenroom: schedule at line 33: the server has a schedule “two” already, at line 3. Give one of them another `name`.
    "#);
    assert_eq!(place.told("run", &settings), told);
}

#[test]
fn schedules_of_a_server_are_25_at_most() {
    let place = Place::new();
    let many = |count: usize| {
        let named = (0..count).map(|number| schedule("1", &format!("name = \"nr-{number}\"")));
        named.chain([schedule("2", "")]).collect::<String>()
    };
    assert_eq!(place.told("check", &many(25)), "");
    let told = place.told("check", &many(27));
    insta::assert_snapshot!(told, @"greenroom: schedule at line 153: a server can have at most 25 schedules, and this is one too many. Remove one.");
    assert_eq!(place.told("run", &many(27)), told);
}

#[test]
fn a_server_is_named_by_one_id() {
    let place = Place::new();
    for id in ["01", "+1", "1 ", "one", "-1", "0x1"] {
        let told = place.told("check", &schedule(id, ""));
        assert!(told.contains("`guild` is an id of digits"), "{id}: {told}");
    }
}

#[test]
fn a_topic_of_no_name_is_not_every_topic() {
    let place = Place::new();
    for topics in ["[\"\"]", "[\" , \"]", "[\"caching\", \"\"]", "[\";\"]"] {
        let settings = schedule("1", &format!("topics = {topics}"));
        let told = place.told("check", &settings);
        assert!(told.contains("Name at least one topic"), "{topics}: {told}");
        assert_eq!(place.told("run", &settings), told);
    }
    for topics in ["[]", "[\"all\"]", "[\"caching\", \"http\"]"] {
        let settings = schedule("1", &format!("topics = {topics}"));
        assert_eq!(place.told("check", &settings), "", "{topics}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_database_that_cannot_be_opened_is_a_fault() {
    let place = Place::new();
    fs::create_dir(place.0.path().join("folder")).expect("made");
    fs::write(place.0.path().join("notes.txt"), "These are notes.").expect("written");
    let before = place.names().len();
    for (database, why) in [
        ("/dev/null", "it is not a regular file"),
        ("/dev/full", "it is not a regular file"),
        ("folder", "this is a folder"),
        ("notes.txt", "is not a Greenroom database"),
        ("config.toml", "is not a Greenroom database"),
        ("/proc/greenroom.db", "cannot be written here"),
        ("notes.txt/greenroom.db", "there is no folder"),
    ] {
        let told = place.told("check", &format!("database = {database:?}\n"));
        assert!(told.contains(why), "{database}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        let run = place.told("run", &format!("database = {database:?}\n"));
        assert!(run.contains("database"), "{database}: {run}");
    }
    // `config.toml` is there now; checking made nothing else.
    assert_eq!(place.told("check", "database = \"new.db\"\n"), "");
    assert_eq!(place.names().len(), before + 1, "{:?}", place.names());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_in_which_no_backup_can_be_kept_is_a_fault() {
    let place = Place::new();
    fs::create_dir(place.0.path().join("there")).expect("made");
    let link = place.0.path().join("link");
    std::os::unix::fs::symlink("gone", link).expect("made");
    let check = |folder: &str| place.told("check", &format!("backup.folder = {folder:?}\n"));
    for (folder, why) in [
        ("/dev/null", "/dev/null is not a folder"),
        ("config.toml", "config.toml is not a folder"),
        ("config.toml/of/today", "config.toml is not a folder"),
        ("link", "link is not a folder"),
        ("greenroom.db", "the database goes there"),
        ("greenroom.db/backups", "the database goes there"),
        ("/proc/backups", "backups cannot be kept here"),
    ] {
        let told = check(folder);
        assert!(told.contains(why), "{folder}: {told}");
        assert!(told.contains("Set `folder` under [backup]"), "{told}");
    }
    for folder in [
        "there",
        "new",
        "new/of/this",
        "./there/new",
        "greenroom.dbs",
    ] {
        assert_eq!(check(folder), "", "{folder}");
    }
    assert_eq!(place.names().len(), 3, "{:?}", place.names());
}

#[cfg(unix)]
#[test]
fn what_whoever_checks_may_not_write_the_bot_may() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    let closed = place.0.path().join("closed");
    fs::create_dir(&closed).expect("made");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("set");
    let settings = "database = \"closed/greenroom.db\"\nbackup.folder = \"closed/backups\"\n";
    assert_eq!(place.told("check", settings), "");
}

#[test]
fn a_configuration_that_is_not_there_is_told_alone() {
    let place = Place::new();
    fs::create_dir(place.0.path().join("questions")).expect("made");
    for command in ["check", "run"] {
        let output = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .current_dir(place.0.path())
            .args([command, "--config", "nope.toml"])
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.starts_with("greenroom: nope.toml: cannot read the configuration"),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
        assert_eq!(output.status.code(), Some(1));
    }
    assert_eq!(place.names(), ["questions"]);
}
