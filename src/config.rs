//! Settings, from a TOML file that holds no secret. Every fault is told, with its line.

use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The settings. [`Config::default`] is what `config.example.toml` shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The database file.
    pub database: PathBuf,
    /// The folder of question files.
    pub questions: PathBuf,
    /// A file that holds the token.
    pub token_file: Option<PathBuf>,
    /// Which events are logged, as `tracing_subscriber::EnvFilter` reads it.
    pub log_level: String,
    /// Whether the log is JSON.
    pub log_json: bool,
    /// Another address of Discord's API.
    pub api: Option<String>,
    /// The sandbox's first port.
    pub sandbox_port: u16,
    /// Schedules declared.
    pub schedules: Vec<DeclaredSchedule>,
}

/// A schedule declared in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredSchedule {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// The server's id.
    pub guild: String,
    /// The channel's id.
    pub channel: String,
    /// Its name.
    pub name: Option<String>,
    /// The zone's name.
    pub zone: String,
    /// The local time.
    pub time: String,
    /// The weekdays.
    pub weekdays: Option<String>,
    /// The topics' names.
    pub topics: Vec<String>,
    /// When verdicts are shown.
    pub reveal: Option<String>,
    /// Whether closed dailies get a thread.
    pub discuss: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "greenroom.db".into(),
            questions: "questions".into(),
            token_file: None,
            log_level: "info".to_owned(),
            log_json: false,
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
        let mut faults = Faults {
            path,
            text,
            found: Vec::new(),
        };
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
    let mut log = top.table("log", faults);
    let mut discord = top.table("discord", faults);
    let mut sandbox = top.table("sandbox", faults);
    let config = Config {
        database: top.take("database", faults).unwrap_or(usual.database),
        questions: top.take("questions", faults).unwrap_or(usual.questions),
        token_file: top.take("token_file", faults),
        log_level: log.take("level", faults).unwrap_or(usual.log_level),
        log_json: log.take("json", faults).unwrap_or(usual.log_json),
        api: discord.take("api", faults),
        sandbox_port: sandbox.take("port", faults).unwrap_or(usual.sandbox_port),
        schedules: top
            .tables("schedule", faults)
            .into_iter()
            .map(|(span, keys)| schedule(span, keys, faults))
            .collect(),
    };
    for keys in [top, log, discord, sandbox] {
        keys.refuse_rest(faults);
    }
    config
}

fn schedule(span: Range<usize>, mut keys: Keys<'_>, faults: &mut Faults<'_>) -> DeclaredSchedule {
    let mut needed = |key| match keys.take(key, faults) {
        Some(value) => value,
        None => {
            faults.add(span.clone(), &format!("the schedule has no `{key}`"));
            String::new()
        }
    };
    let (guild, channel) = (needed("guild"), needed("channel"));
    let (zone, time) = (needed("zone"), needed("time"));
    let schedule = DeclaredSchedule {
        line: faults.line(&span),
        guild,
        channel,
        zone,
        time,
        name: keys.take("name", faults),
        weekdays: keys.take("weekdays", faults),
        topics: keys.take("topics", faults).unwrap_or_default(),
        reveal: keys.take("reveal", faults),
        discuss: keys.take("discuss", faults).unwrap_or_default(),
    };
    for (key, id) in [("guild", &schedule.guild), ("channel", &schedule.channel)] {
        if !id.is_empty() && id.parse::<u64>().is_err() {
            faults.add(
                span.clone(),
                &format!("`{key}` is an id of digits, as Discord's \"Copy ID\" gives it"),
            );
        }
    }
    keys.refuse_rest(faults);
    schedule
}

/// The faults found so far in a file.
struct Faults<'a> {
    path: &'a Path,
    text: &'a str,
    found: Vec<String>,
}

impl Faults<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        self.text[..span.start.min(self.text.len())]
            .matches('\n')
            .count()
            + 1
    }

    fn add(&mut self, span: Range<usize>, message: &str) {
        self.found.push(format!(
            "{}:{}: {message}",
            self.path.display(),
            self.line(&span)
        ));
    }
}

/// The keys of a table that were not read yet, and the names of those that were.
struct Keys<'a> {
    left: DeTable<'a>,
    known: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    fn new(left: DeTable<'a>) -> Self {
        Self {
            left,
            known: Vec::new(),
        }
    }

    fn value(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.left.remove(key)
    }

    fn take<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let span = value.span();
        match T::deserialize(toml::de::ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                faults.add(span, &format!("`{key}`: {}", error.message()));
                None
            }
        }
    }

    fn table(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Self {
        let Some(value) = self.value(key) else {
            return Self::new(DeTable::new());
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Self::new(table),
            _ => {
                faults.add(span, &format!("`{key}` is a table: write [{key}]"));
                Self::new(DeTable::new())
            }
        }
    }

    fn tables(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Vec<(Range<usize>, Self)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let span = value.span();
        let DeValue::Array(array) = value.into_inner() else {
            faults.add(
                span,
                &format!("`{key}` can be given several times: write [[{key}]]"),
            );
            return Vec::new();
        };
        let tables = array.into_iter().filter_map(|item| {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => Some((span, Self::new(table))),
                _ => {
                    faults.add(span, &format!("`{key}` is a table: write [[{key}]]"));
                    None
                }
            }
        });
        tables.collect()
    }

    fn refuse_rest(self, faults: &mut Faults<'_>) {
        for (key, _) in self.left {
            let span = key.span();
            let key = key.into_inner();
            let near = self
                .known
                .iter()
                .map(|known| (strsim::damerau_levenshtein(&key, known), known))
                .min()
                .filter(|(distance, _)| *distance <= key.len().max(4) / 2);
            let hint = near
                .map(|(_, near)| format!(": did you mean `{near}`?"))
                .unwrap_or_default();
            faults.add(span, &format!("unknown key `{key}`{hint}"));
        }
    }
}

/// Why there is no token. Says how to get and give one.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    #[error(
        "no token. Create an application at https://discord.com/developers/applications, copy the token from its page \"Bot\", and run `DISCORD_TOKEN=... greenroom run`, or put it into a file and name that as `token_file` in the configuration. To try Greenroom without Discord, run `greenroom` alone."
    )]
    Missing,
    /// The file cannot be read.
    #[error("{path}: cannot read the token: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// Others can read it.
    #[error("{0}: the token can be read by group or others. Run `chmod 600` on the file.")]
    Exposed(PathBuf),
    /// It is not one token.
    #[error("{0} does not hold a token: it must be one word without spaces, as Discord shows it.")]
    Malformed(String),
}

/// The bot's token: from the environment, else from the file.
///
/// # Errors
/// When there is none, or the file is open to others.
pub fn token(environment: Option<String>, file: Option<&Path>) -> Result<SecretString, TokenError> {
    let (from, token) = match (environment.filter(|token| !token.is_empty()), file) {
        (Some(token), _) => ("DISCORD_TOKEN".to_owned(), token),
        (None, Some(path)) => (path.display().to_string(), token_in(path)?),
        (None, None) => return Err(TokenError::Missing),
    };
    let token = token.trim();
    if token.is_empty() || !token.chars().all(|character| character.is_ascii_graphic()) {
        return Err(TokenError::Malformed(from));
    }
    Ok(SecretString::from(token))
}

fn token_in(path: &Path) -> Result<String, TokenError> {
    let unreadable = |why| TokenError::Unreadable {
        path: path.to_owned(),
        why,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(TokenError::Exposed(path.to_owned()));
        }
    }
    fs::read_to_string(path).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigFaults> {
        Config::parse(Path::new("config.toml"), text)
    }

    #[test]
    fn the_example_shows_every_key_with_its_default() {
        let example = include_str!("../config.example.toml");
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

    #[test]
    fn a_token_never_shows_in_debug_output_and_needs_a_private_file() {
        let token = token(Some("canary-token".to_owned()), None).expect("a token");
        assert!(!format!("{token:?}").contains("canary"));
        assert!(matches!(super::token(None, None), Err(TokenError::Missing)));
        assert!(matches!(
            super::token(Some("two words".to_owned()), None),
            Err(TokenError::Malformed(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "canary-token\n").expect("written");
        let set =
            |mode| fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).expect("set");
        set(0o640);
        assert!(matches!(
            token(None, Some(file.path())),
            Err(TokenError::Exposed(_))
        ));
        set(0o600);
        assert!(token(None, Some(file.path())).is_ok());
    }
}
