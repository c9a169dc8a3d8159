//! The slash commands, one file a feature: each parses, calls one use-case and renders its card.

mod choices;
mod completions;
mod daily;
mod leaderboard;
mod privacy;
mod question;
mod quiz;
mod schedule;
mod stats;
mod topics;

use super::{Command, Context};
use crate::app::wording;
use crate::model::PlatformId;

/// Every command, as it is registered.
pub(crate) fn all() -> Vec<Command> {
    let mut commands = vec![
        question::question(),
        topics::topics(),
        quiz::quiz(),
        daily::daily(),
        leaderboard::leaderboard(),
        stats::stats(),
        schedule::schedule(),
        privacy::privacy(),
    ];
    poise::set_qualified_names(&mut commands);
    commands.into_iter().map(described).collect()
}

/// Gives a command, its options and its subcommands the descriptions that members read.
fn described(mut command: Command) -> Command {
    let words = wording::described(&command.qualified_name);
    command.description = words.map(|words| words.text_on(PlatformId::Discord).into());
    for parameter in &mut command.parameters {
        let mut options = words.into_iter().flat_map(|words| words.options);
        let option = options.find(|(name, _)| *name == parameter.name);
        parameter.description = option.map(|(_, text)| (*text).into());
    }
    let subcommands = command.subcommands.into_iter();
    command.subcommands = subcommands.map(described).collect();
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A command with its subcommands, and theirs.
    fn with_subcommands(command: &Command) -> Vec<&Command> {
        let below = command.subcommands.iter().flat_map(with_subcommands);
        std::iter::once(command).chain(below).collect()
    }

    /// Discord's limits: <https://docs.discord.com/developers/interactions/application-commands#application-command-object>.
    fn fits(text: &str) -> bool {
        (1..=100).contains(&text.chars().count())
    }

    #[test]
    fn every_command_option_and_choice_has_its_words_and_they_fit() {
        let all = all();
        let commands: Vec<&Command> = all.iter().flat_map(with_subcommands).collect();
        for command in &commands {
            let name = &*command.qualified_name;
            let words = wording::described(name).unwrap_or_else(|| panic!("/{name} has no words"));
            let text = words.text_on(PlatformId::Discord);
            assert!(fits(&text), "/{name}: {text}");
            assert_eq!(command.description.as_deref(), Some(&*text));
            let options = command.parameters.iter();
            let options: Vec<&str> = options.map(|option| &*option.name).collect();
            let told = words.options.iter().map(|(name, _)| *name);
            assert_eq!(options, told.collect::<Vec<_>>(), "/{name}");
            for (option, (_, text)) in command.parameters.iter().zip(words.options) {
                assert!(fits(text), "/{name} {}: {text}", option.name);
                assert_eq!(option.description.as_deref(), Some(*text));
                assert!(option.choices.iter().all(|choice| fits(&choice.name)));
            }
        }
        let mut told: Vec<&str> = wording::COMMANDS.iter().map(|words| words.name).collect();
        let mut named: Vec<&str> = commands
            .iter()
            .map(|command| &*command.qualified_name)
            .collect();
        told.sort_unstable();
        named.sort_unstable();
        assert_eq!(told, named, "words of commands that there are, each once");
    }
}
