//! Settings, from a TOML file that holds no secret. Every fault is told, with its line.

mod address;
mod checked;
mod fault;
mod level;
mod schedules;
mod slack;
mod token;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

pub use address::BadAddress;
pub use fault::{ConfigFault, ConfigFaults, ConfigProblem};
pub use level::{BadLevel, LEVELS};
pub use schedules::{DeclaredSchedule, DeclaredSpace};
pub use slack::{COMMANDS, Door, GivenToken, Slack, TokenFiles, WorkspaceTokens};
pub use token::{BadToken, Token, TokenError, token};

use self::checked::checked;
use crate::text_file;
use crate::toml_reader::{Reader, Table};

/// The largest file of settings that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The settings. [`Config::default`] is what `config.example.toml` shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The database file.
    pub database: PathBuf,
    /// The folder of question files. Without one it is `questions` where that is there, or what is built in.
    pub questions: Option<PathBuf>,
    /// A file that holds the token for Discord.
    pub token_file: Option<PathBuf>,
    /// The folder for daily backups; none are made without one.
    pub backup_folder: Option<PathBuf>,
    /// How many daily backups are kept.
    pub backup_keep: NonZeroUsize,
    /// Which events are logged, as `tracing_subscriber::EnvFilter` reads it.
    pub log_level: String,
    /// Whether the log is JSON.
    pub log_json: bool,
    /// The port on loopback for metrics; 0 is any free one. None without one.
    pub metrics_port: Option<u16>,
    /// Another address of Discord's API.
    pub api: Option<String>,
    /// How Slack is reached.
    pub slack: Slack,
    /// The sandbox's first port.
    pub sandbox_port: u16,
    /// Schedules declared.
    pub schedules: Vec<DeclaredSchedule>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "greenroom.db".into(),
            questions: None,
            token_file: None,
            backup_folder: None,
            backup_keep: const { NonZeroUsize::new(7).unwrap() },
            // Its spans log each event in full, which takes longer than answering it.
            log_level: "info,serenity=warn".to_owned(),
            log_json: false,
            metrics_port: None,
            api: None,
            slack: Slack::default(),
            sandbox_port: 7878,
            schedules: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the settings file; faulty values get their defaults.
    ///
    /// # Errors
    /// When the file is missing, isn't text or is too large, so that nothing can be read from it.
    pub fn read(path: &Path) -> Result<(Self, ConfigFaults), ConfigFaults> {
        match text_file::read(path, LARGEST) {
            Ok(text) => Ok(Self::parse(path, &text)),
            Err(error) => Err(ConfigFaults(vec![ConfigFault {
                file: path.to_owned(),
                line: error.line(),
                problem: ConfigProblem::Unreadable(error),
            }])),
        }
    }

    /// The same from a text; `path` is named in the faults.
    pub fn parse(path: &Path, text: &str) -> (Self, ConfigFaults) {
        let reader = Reader::new(text);
        let root = reader.root();
        let config = root.map(|root| read(&reader, Table::root(&reader, &root, "configuration")));
        let found = reader.take().into_iter();
        let mut faults: Vec<ConfigFault> = found
            .map(|(place, problem)| ConfigFault {
                file: path.to_owned(),
                line: place.line,
                problem,
            })
            .collect();
        faults.sort_by_key(|fault| fault.line);
        (config.unwrap_or_default(), ConfigFaults(faults))
    }
}

fn read(reader: &Reader<'_, ConfigProblem>, mut top: Table<'_, ConfigProblem>) -> Config {
    let usual = Config::default();
    let mut backup = top.table("backup");
    let mut log = top.table("log");
    let mut metrics = top.table("metrics");
    let mut discord = top.table("discord");
    let slack = top.table("slack");
    let mut sandbox = top.table("sandbox");
    let config = Config {
        database: top.value("database").unwrap_or(usual.database),
        questions: top.value("questions"),
        token_file: top.value("token_file"),
        backup_folder: backup.value("folder"),
        backup_keep: backup.value("keep").unwrap_or(usual.backup_keep),
        log_level: checked(&mut log, "level", |level| {
            level::understood(level).map_err(ConfigProblem::Level)
        })
        .unwrap_or(usual.log_level),
        log_json: log.value("json").unwrap_or(usual.log_json),
        metrics_port: metrics.value("port"),
        api: checked(&mut discord, "api", |api| {
            address::usable_on_discord(api).map_err(ConfigProblem::Address)
        }),
        slack: slack::slack(slack),
        sandbox_port: sandbox.value("port").unwrap_or(usual.sandbox_port),
        schedules: top
            .tables("schedule", 0..=usize::MAX, "schedule")
            .into_iter()
            .map(|table| schedules::schedule(reader, table))
            .collect(),
    };
    for table in [top, backup, log, metrics, discord, sandbox] {
        table.end();
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Vec<String>> {
        let (config, faults) = Config::parse(Path::new("config.toml"), text);
        if faults.0.is_empty() {
            Ok(config)
        } else {
            Err(faults.0.iter().map(ToString::to_string).collect())
        }
    }

    /// The one fault of a line of settings.
    fn fault(text: &str) -> String {
        let faults = parse(text).expect_err(text);
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.concat()
    }

    #[test]
    fn the_example_shows_every_key_with_its_default() {
        let example = include_str!("../../config.example.toml");
        assert_eq!(parse(example), Ok(Config::default()));

        // With the commented keys in force, none is unknown.
        let all: String = example
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|l| l.contains(" = ") || l.starts_with("[["))
                    .unwrap_or(line)
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let config = parse(&all).expect("the commented keys are valid");
        assert_eq!(config.schedules.len(), 2);
        assert!(config.token_file.is_some() && config.api.is_some() && config.questions.is_some());
        let slack = &config.slack;
        assert!(slack.api.is_some() && slack.listen.is_some() && slack.admins.len() == 2);
        assert_eq!(slack.commands.len(), COMMANDS.len());
        assert_eq!(slack.workspaces.len(), 2);
        assert!(slack.own.bot.is_some() && slack.own.app.is_some() && slack.own.signing.is_some());
        assert!(config.backup_folder.is_some() && config.metrics_port.is_some());
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_the_nearest_key() {
        let text = "databse = \"x.db\"\n[log]\njson = \"yes\"\n[[schedule]]\nguild = \"1\"\nzone = \"UTC\"\ntime = \"09:00\"\n";
        let faults = parse(text).expect_err("three faults");
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(
            faults
                .iter()
                .any(|f| f == "config.toml:1: unknown key `databse`: did you mean `database`?")
        );
        assert!(
            faults
                .iter()
                .any(|f| f == "config.toml:3: `json` must be true or false, without quotes")
        );
        assert!(
            faults
                .iter()
                .any(|f| f == "config.toml:4: the schedule lacks `channel`")
        );
    }

    #[test]
    fn faults_come_by_line_and_only_near_keys_are_suggested() {
        let text = "foo = 1\nquestions = 2\nqestions = 3\nlgo = 4\n[backup]\nkept = 5\nfolders = 6\nlog = 7\n\
                    [log]\njson = 8\nlevl = 9\n[nonsense]\n[metrics]\nprot = 10\n";
        insta::assert_snapshot!(parse(text).expect_err("faults").join("\n"), @r"
        config.toml:1: unknown key `foo`; the keys here are backup, log, metrics, discord, slack, sandbox, database, questions, token_file, schedule
        config.toml:2: `questions` must be a path in quotes, not a number
        config.toml:3: unknown key `qestions`: did you mean `questions`?
        config.toml:4: unknown key `lgo`: did you mean `log`?
        config.toml:6: unknown key `kept`; the keys here are folder, keep
        config.toml:7: unknown key `folders`: did you mean `folder`?
        config.toml:8: unknown key `log`; the keys here are folder, keep
        config.toml:10: `json` must be true or false, not a number
        config.toml:11: unknown key `levl`: did you mean `level`?
        config.toml:12: unknown key `nonsense`; the keys here are backup, log, metrics, discord, slack, sandbox, database, questions, token_file, schedule
        config.toml:14: unknown key `prot`: did you mean `port`?
        ");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_told_in_words() {
        let told = [
            "backup.keep = 0",
            "backup.keep = \"seven\"",
            "metrics.port = 70000",
            "metrics.port = { port = 1 }",
            "questions = \"\"",
            "database = 5",
            "log = \"info\"",
            "schedule = 3",
        ];
        insta::assert_snapshot!(told.map(fault).join("\n"), @r"
        config.toml:1: `keep` must be a whole number, 1 or more
        config.toml:1: `keep` must be a whole number, 1 or more, without quotes
        config.toml:1: `port` must be a port, from 0 to 65535
        config.toml:1: `port` must be a port, from 0 to 65535, not a table
        config.toml:1: `questions` is empty; write a path in quotes, or leave the key out
        config.toml:1: `database` must be a path in quotes, not a number
        config.toml:1: `log` must be a table, not text; begin it with the line [log]
        config.toml:1: `schedule` must be a list of tables, not a number; begin each with a line in double brackets, [[…]]
        ");
    }

    #[test]
    fn only_levels_are_levels() {
        for level in [
            "info",
            "WARN",
            "off",
            "info,serenity=warn",
            "greenroom::discord=debug,error",
            "greenroom=trace",
            "greenroom::cli::run=debug,greenroom::app=warn",
            "rustls::client=debug,tokio_tungstenite=off",
        ] {
            assert!(parse(&format!("log.level = {level:?}")).is_ok(), "{level}");
        }
        let told = [
            "warning",
            "verbose",
            "info,debg",
            "info;debug",
            "serenity=warning",
            "greenroom",
            "=info",
            "info,",
            "greenrom=debug",
            "info,greenroom::=debug",
            "Greenroom=debug",
            "info,greenroom::dicsord=debug",
            "greenroom::discord::=debug",
            "greenroom:discord=debug",
            "tokio-tungstenite=debug",
            "everything=debug",
            "rustls::gate way=debug",
        ];
        let told = told.map(|level| fault(&format!("log.level = {level:?}")));
        insta::assert_snapshot!(told.join("\n"), @r#"
        config.toml:1: `level` has "warning", which is not a level: did you mean `warn`? Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "verbose", which is not a level. Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "debg", which is not a level: did you mean `debug`? Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "info;debug", which is not a level. Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "serenity=warning", which is not a level: did you mean `warn`? Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenroom", which is not a level. Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "=info", but nothing that logs is called "". Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "", which is not a level. Write one of off, error, warn, info, debug, trace; or by module, as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenrom=debug", but nothing that logs is called "greenrom": did you mean `greenroom`? Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenroom::=debug", but nothing that logs is called "". Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "Greenroom=debug", but nothing that logs is called "Greenroom": did you mean `greenroom`? Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenroom::dicsord=debug", but nothing that logs is called "dicsord": did you mean `discord`? Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenroom::discord::=debug", but nothing that logs is called "". Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "greenroom:discord=debug", but nothing that logs is called "greenroom:discord". Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "tokio-tungstenite=debug", but nothing that logs is called "tokio-tungstenite": did you mean `tokio_tungstenite`? Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "everything=debug", but nothing that logs is called "everything". Name a module as in "info,greenroom::discord=debug"
        config.toml:1: `level` has "rustls::gate way=debug", but nothing that logs is called "gate way". Name a module as in "info,greenroom::discord=debug"
        "#);
    }

    #[test]
    fn an_address_that_cannot_work_is_a_fault() {
        for api in [
            "http://127.0.0.1:7878",
            "https://discord.com/",
            "http://proxy.example/discord",
            "http://[::1]:80",
        ] {
            assert!(parse(&format!("discord.api = {api:?}")).is_ok(), "{api}");
        }
        let told = [
            "127.0.0.1:7878",
            "localhost:80",
            "discord.com",
            "htp://discord.com",
            "ftp://discord.com",
            "http://",
            "http://host:99999",
            "https://discord.com?x=1",
            "https://a:b@discord.com",
            "http://ho st",
            "https://discord.com/api/v10",
        ];
        let told = told.map(|api| fault(&format!("discord.api = {api:?}")));
        insta::assert_snapshot!(told.join("\n"), @r#"
        config.toml:1: `api` is not an address of an API: it must begin with http:// or https://. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: it must begin with http:// or https://. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: it must begin with http:// or https://. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: it must begin with http:// or https://. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: it must begin with http:// or https://. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: empty host. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: invalid port number. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: it must end before `?` and `#`. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: a name and password in it are not used. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: invalid international domain name. Write one as in "http://127.0.0.1:7878"
        config.toml:1: `api` is not an address of an API: the path of the API, /api/v10, is added to it. Write one as in "http://127.0.0.1:7878"
        "#);
    }

    #[test]
    fn a_file_is_read_in_the_encoding_that_it_says() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let read = |bytes: &[u8]| {
            std::fs::write(file.path(), bytes).expect("written");
            Config::read(file.path())
        };
        let text = "# Größe\ndatabase = \"größer.db\"\n";
        let marked = format!("\u{feff}{text}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), marked.as_bytes(), &wide] {
            let (config, faults) = read(bytes).expect("it can be read");
            assert!(faults.0.is_empty(), "{faults}");
            assert_eq!(config.database, Path::new("größer.db"));
        }
        let told = |bytes: &[u8]| {
            let unreadable = read(bytes).expect_err("it can't be read");
            unreadable
                .to_string()
                .replace(&*file.path().to_string_lossy(), "config.toml")
        };
        let latin = told(b"# Settings\ndatabase = \"gr\xf6\xdfer.db\"\n");
        assert!(
            latin.starts_with("config.toml:2: this isn't UTF-8"),
            "{latin}"
        );
        assert!(latin.contains("Save the file as UTF-8"), "{latin}");
        let unmarked = told(&wide[2..]);
        assert!(
            unmarked.starts_with("config.toml:1: this looks like broken UTF-16"),
            "{unmarked}"
        );
        let gone = Config::read(Path::new("nowhere.toml"));
        let gone = gone.expect_err("it is not there").to_string();
        assert!(gone.ends_with("name another file with --config"), "{gone}");
        let large = told(&vec![b'#'; LARGEST as usize + 1]);
        assert!(large.contains("too large"), "{large}");
    }

    #[test]
    fn what_is_right_is_read_beside_what_is_not() {
        let (config, faults) = Config::parse(
            Path::new("config.toml"),
            "questions = \"bank\"\ndatabase = 1\n",
        );
        assert_eq!(config.questions.as_deref(), Some(Path::new("bank")));
        assert_eq!(faults.0.len(), 1);
    }
}
