//! `[slack.commands]`: what the commands are called.

use crate::config::ConfigProblem;
use crate::config::checked::checked;
use crate::toml_reader::Table;

/// What the commands are called unless the settings say otherwise; the last takes the others as words.
pub const COMMANDS: [&str; 9] = [
    "question",
    "topics",
    "quiz",
    "daily",
    "leaderboard",
    "stats",
    "schedule",
    "privacy",
    "greenroom",
];

/// The most characters that the name of a command may have, its slash aside.
const LONGEST_COMMAND: usize = 31;

/// Reads `[slack.commands]`: those that are called otherwise, each with its name.
pub(super) fn commands(mut table: Table<'_, ConfigProblem>) -> Vec<(&'static str, String)> {
    let mut renamed: Vec<(&'static str, String)> = Vec::new();
    for command in COMMANDS {
        let name = checked(&mut table, command, |name| {
            is_name(name)
                .then_some(())
                .ok_or(ConfigProblem::NotACommand)
        });
        renamed.extend(name.map(|name| (command, name)));
    }
    let called = |command: &'static str| {
        let mut renamed = renamed.iter();
        renamed
            .find(|(ours, _)| *ours == command)
            .map_or(command, |(_, name)| name)
    };
    for (command, name) in &renamed {
        let taken = COMMANDS
            .into_iter()
            .find(|other| other != command && called(other) == name);
        if let Some(other) = taken {
            table.fault(command, ConfigProblem::CommandTaken(other));
        }
    }
    table.end();
    renamed
}

/// Whether Slack takes it for the name of a command, without the slash.
fn is_name(name: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    (1..=LONGEST_COMMAND).contains(&name.len()) && name.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    #[test]
    fn commands_can_be_called_otherwise_and_swapped() {
        let (config, faults) = Config::parse(
            Path::new("config.toml"),
            "[slack]\napi = \"http://127.0.0.1:1/api\"\n[slack.commands]\nquiz = \"topics\"\ntopics = \"quiz\"\n",
        );
        assert!(faults.0.is_empty(), "{faults}");
        let renamed = [("topics", "quiz".to_owned()), ("quiz", "topics".to_owned())];
        assert_eq!(config.slack.commands, renamed);
        assert_eq!(config.slack.api.as_deref(), Some("http://127.0.0.1:1/api/"));
    }
}
