//! Settings, from a TOML file that holds no secret. Every fault is told, with its line.

mod keys;
mod schedules;
mod token;

use std::fmt;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

pub use schedules::DeclaredSchedule;
pub use token::{TokenError, token};

use keys::{Faults, Keys};

/// The settings. [`Config::default`] is what `config.example.toml` shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The database file.
    pub database: PathBuf,
    /// The folder of question files.
    pub questions: PathBuf,
    /// A file that holds the token.
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
    /// The sandbox's first port.
    pub sandbox_port: u16,
    /// Schedules declared.
    pub schedules: Vec<DeclaredSchedule>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "greenroom.db".into(),
            questions: "questions".into(),
            token_file: None,
            backup_folder: None,
            backup_keep: const { NonZeroUsize::new(7).unwrap() },
            // Its spans write every event out, which takes longer than answering it.
            log_level: "info,serenity=warn".to_owned(),
            log_json: false,
            metrics_port: None,
            api: None,
            sandbox_port: 7878,
            schedules: Vec::new(),
        }
    }
}

/// Everything that is wrong with a settings file, a line each.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct ConfigFaults(pub Vec<String>);

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Config {
    /// Reads the settings file.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn load(path: &Path) -> Result<Self, ConfigFaults> {
        let text = fs::read_to_string(path).map_err(|error| {
            ConfigFaults(vec![format!(
                "{}: cannot read the configuration: {error}",
                path.display()
            )])
        })?;
        Self::parse(path, &text)
    }

    /// Reads settings from text; `path` is for the messages.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigFaults> {
        let mut faults = Faults::of(path, text);
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                faults.add(error.span().unwrap_or_default(), error.message());
                return Err(ConfigFaults(faults.found));
            }
        };
        let config = read(Keys::new(table), &mut faults);
        if faults.found.is_empty() {
            Ok(config)
        } else {
            Err(ConfigFaults(faults.found))
        }
    }
}

fn read(mut top: Keys<'_>, faults: &mut Faults<'_>) -> Config {
    let usual = Config::default();
    let mut backup = top.table("backup", faults);
    let mut log = top.table("log", faults);
    let mut metrics = top.table("metrics", faults);
    let mut discord = top.table("discord", faults);
    let mut sandbox = top.table("sandbox", faults);
    let config = Config {
        database: top.take("database", faults).unwrap_or(usual.database),
        questions: top.take("questions", faults).unwrap_or(usual.questions),
        token_file: top.take("token_file", faults),
        backup_folder: backup.take("folder", faults),
        backup_keep: backup.take("keep", faults).unwrap_or(usual.backup_keep),
        log_level: log.take("level", faults).unwrap_or(usual.log_level),
        log_json: log.take("json", faults).unwrap_or(usual.log_json),
        metrics_port: metrics.take("port", faults),
        api: discord.take("api", faults),
        sandbox_port: sandbox.take("port", faults).unwrap_or(usual.sandbox_port),
        schedules: top
            .tables("schedule", faults)
            .into_iter()
            .map(|(span, keys)| schedules::schedule(span, keys, faults))
            .collect(),
    };
    for keys in [top, backup, log, metrics, discord, sandbox] {
        keys.refuse_rest(faults);
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigFaults> {
        Config::parse(Path::new("config.toml"), text)
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
        assert_eq!(config.schedules.len(), 1);
        assert!(config.token_file.is_some() && config.api.is_some());
        assert!(config.backup_folder.is_some() && config.metrics_port.is_some());
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_the_nearest_key() {
        let text = "databse = \"x.db\"\n[log]\njson = \"yes\"\n[[schedule]]\nguild = \"1\"\nzone = \"UTC\"\ntime = \"09:00\"\n";
        let faults = parse(text).expect_err("three faults").0;
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(
            faults
                .iter()
                .any(|f| f == "config.toml:1: unknown key `databse`: did you mean `database`?")
        );
        assert!(
            faults
                .iter()
                .any(|f| f.starts_with("config.toml:3: `json`: invalid type"))
        );
        assert!(
            faults
                .iter()
                .any(|f| f == "config.toml:4: the schedule has no `channel`")
        );
    }
}
