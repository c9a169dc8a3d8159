//! The one table of commands, from which they are answered, forms are made and the manifest is written.

use super::definition::Definition;
use super::{daily, leaderboard, privacy, question, quiz, schedule, stats, topics};
use crate::app::wording::{self, Described};
use crate::slack::settings::Commands;

/// Every command and subcommand. The subcommands of one stand together.
pub(crate) const ALL: [&Definition; 18] = [
    &question::QUESTION,
    &topics::TOPICS,
    &quiz::QUIZ,
    &daily::POST,
    &daily::QUEUE,
    &daily::REPLACE,
    &leaderboard::LEADERBOARD,
    &stats::STATS,
    &schedule::SET,
    &schedule::LIST,
    &schedule::PREVIEW,
    &schedule::PAUSE,
    &schedule::RESUME,
    &schedule::SKIP,
    &schedule::UNSKIP,
    &schedule::REMOVE,
    &privacy::EXPORT,
    &privacy::DELETE,
];

/// A command as the workspace has it.
pub(crate) struct Listed {
    /// Its name, as in `app/wording/commands.rs`.
    pub name: &'static str,
    /// What is said of it.
    pub described: &'static Described,
    /// What people are shown behind it while they type.
    pub hint: String,
}

/// The commands as the workspace has them, the catch-all at the end.
pub(crate) fn listed() -> Vec<Listed> {
    let families = ALL.chunk_by(|one, next| one.command() == next.command());
    let mut listed: Vec<Listed> = families
        .filter_map(|family| {
            let first = family.first()?;
            let names: Vec<&str> = family.iter().filter_map(|one| one.subcommand()).collect();
            let hint = match names.as_slice() {
                [] => first.hint(),
                names => names.join(" | "),
            };
            Some(Listed {
                name: first.command(),
                described: wording::described(first.command())?,
                hint,
            })
        })
        .collect();
    let names: Vec<&str> = listed.iter().map(|command| command.name).collect();
    listed.push(Listed {
        name: wording::CATCH_ALL.name,
        hint: names.join(" | "),
        described: &wording::CATCH_ALL,
    });
    listed
}

/// A command's name in the workspace: `/schedule set`.
pub(crate) fn name_in(definition: &Definition, names: &Commands) -> String {
    let called = names.called(definition.command());
    let subcommand = definition.subcommand().unwrap_or_default();
    format!("/{called} {subcommand}").trim_end().to_owned()
}

/// How a command is used, by its name in our sentences: `/schedule set [channel] [time]`.
pub(crate) fn usage(definition: &Definition) -> String {
    let (name, hint) = (definition.name, definition.hint());
    format!("/{name} {hint}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_words_and_they_name_what_it_takes() {
        for definition in ALL {
            let words = wording::described(definition.name).expect(definition.name);
            let told = words.options.iter().map(|(name, _)| *name);
            let takes = definition.takes.iter().map(|parameter| parameter.name);
            assert_eq!(
                takes.collect::<Vec<_>>(),
                told.collect::<Vec<_>>(),
                "/{}",
                definition.name
            );
        }
    }

    #[test]
    fn every_command_that_has_words_is_there() {
        let there = |name: &str| {
            ALL.iter()
                .any(|there| there.name == name || there.command() == name)
        };
        // Of the old name there is nobody here who knows it.
        let mut missing: Vec<&str> = wording::COMMANDS.iter().map(|words| words.name).collect();
        missing.retain(|name| !there(name));
        assert_eq!(missing, ["daily skip"]);
    }

    #[test]
    fn each_takes_the_rest_at_most_once() {
        for definition in ALL {
            let rest = definition.takes.iter().filter(|parameter| parameter.rest);
            assert!(rest.count() <= 1, "/{}", definition.name);
        }
    }

    #[test]
    fn people_are_shown_what_each_command_takes() {
        let shown = listed().into_iter();
        let shown: Vec<String> = shown
            .map(|command| format!("/{} {}", command.name, command.hint))
            .collect();
        let expected = [
            "/question [query] [easy | medium | hard]",
            "/topics ",
            "/quiz [topic] [count] [easy | medium | hard]",
            "/daily post | queue | replace",
            "/leaderboard [week | month | all] [topic] [page]",
            "/stats [member]",
            "/schedule set | list | preview | pause | resume | skip | unskip | remove",
            "/privacy export | delete",
            "/greenroom question | topics | quiz | daily | leaderboard | stats | schedule | privacy",
        ];
        assert_eq!(shown, expected);
    }
}
