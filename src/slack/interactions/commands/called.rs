//! Which command is meant: by its name in the workspace, or by the first words after the catch-all or after a command
//! that has subcommands.

use super::definition::Definition;
use super::table::{ALL, usage};
use crate::app::Outcome;
use crate::app::wording::{self, CATCH_ALL, HELP, Used};
use crate::bank::nearest;
use crate::slack::settings::Commands;

/// What becomes of a command.
pub(super) enum Called<'a> {
    /// This one, with the words that are left.
    Command(&'static Definition, &'a str),
    /// None: this is said instead.
    Told(Outcome),
}

/// Which command is meant. `name` is what it is called in the workspace.
pub(super) fn called<'a>(names: &Commands, name: &str, text: &'a str) -> Called<'a> {
    let ours = names.ours(name);
    if ours != CATCH_ALL.name {
        return of_family(ours, text);
    }
    let (first, rest) = first_word(text);
    if first.is_empty() || first == HELP {
        return Called::Told(Ok(all()));
    }
    let first = first.trim_start_matches('/');
    // What something is called here comes before what it is called elsewhere: names may be swapped.
    let meant = names.ours(first);
    match ALL.iter().find(|definition| definition.command() == meant) {
        Some(definition) => of_family(definition.command(), rest),
        None => {
            let there: Vec<&str> = families().map(|name| names.called(name)).collect();
            Called::Told(unknown(first, &there))
        }
    }
}

/// The command of that name, or its subcommand by the first word.
fn of_family<'a>(command: &str, text: &'a str) -> Called<'a> {
    let family: Vec<&'static Definition> = ALL
        .into_iter()
        .filter(|definition| definition.command() == command)
        .collect();
    let (first, rest) = first_word(text);
    let helped = first == HELP && rest.is_empty();
    match family.as_slice() {
        [] => Called::Told(Ok(all())),
        [one] if one.subcommand().is_none() && !helped => Called::Command(one, text),
        [one] if one.subcommand().is_none() => Called::Told(Ok(help(one))),
        several if first.is_empty() || helped => {
            Called::Told(Ok(wording::commands(&used(several))))
        }
        several => {
            let is = |one: &&&Definition| one.subcommand() == Some(first.as_str());
            match several.iter().find(is) {
                Some(one) if rest.trim() == HELP => Called::Told(Ok(help(one))),
                Some(one) => Called::Command(one, rest),
                None => {
                    let there = several.iter().filter_map(|one| one.subcommand());
                    Called::Told(unknown(&first, &there.collect::<Vec<_>>()))
                }
            }
        }
    }
}

/// The first word in small letters, and the rest.
fn first_word(text: &str) -> (String, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first.to_lowercase(), rest.trim())
}

/// The names of all commands.
fn families() -> impl Iterator<Item = &'static str> {
    let families = ALL.chunk_by(|one, next| one.command() == next.command());
    families.filter_map(|family| Some(family.first()?.command()))
}

fn used(definitions: &[&'static Definition]) -> Vec<Used> {
    let used = |definition: &&'static Definition| Used {
        usage: usage(definition),
        command: definition.described(),
        by_admins: definition.is_for_admins(),
    };
    definitions.iter().map(used).collect()
}

fn all() -> crate::app::Card {
    wording::commands(&used(&ALL))
}

fn help(definition: &Definition) -> crate::app::Card {
    wording::usage(&usage(definition), definition.described())
}

fn unknown(typed: &str, there: &[&str]) -> Outcome {
    let near = nearest(typed, there.iter().map(|name| (*name, *name)));
    let there: Vec<String> = there.iter().map(|name| (*name).to_owned()).collect();
    Err(wording::unknown_command(typed, near, &there).into())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn renamed() -> Commands {
        let names = [("question", "ask"), ("schedule", "plan")];
        let names = names.map(|(ours, called)| (ours.to_owned(), called.to_owned()));
        Commands(BTreeMap::from(names))
    }

    /// The command meant and its words, or what is said instead.
    fn meant(name: &str, text: &str) -> (String, String) {
        match called(&renamed(), name, text) {
            Called::Command(definition, words) => (definition.name.to_owned(), words.to_owned()),
            Called::Told(Ok(card)) => (card.title.clone(), format!("{:?}", card.body)),
            Called::Told(Err(error)) => ("refused".to_owned(), error.to_string()),
        }
    }

    #[test]
    fn a_command_is_known_by_its_name_here_and_after_the_catch_all_by_either() {
        for (name, text) in [
            ("ask", "caching"),
            ("greenroom", "ask caching"),
            ("greenroom", "question caching"),
            ("greenroom", "/Ask  caching"),
        ] {
            assert_eq!(
                meant(name, text),
                ("question".to_owned(), "caching".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn where_two_have_swapped_their_names_the_one_that_is_called_so_is_meant() {
        let names = [("quiz", "topics"), ("topics", "quiz")];
        let names = names.map(|(ours, called)| (ours.to_owned(), called.to_owned()));
        let names = Commands(BTreeMap::from(names));
        for (typed, meant) in [("quiz", "topics"), ("topics", "quiz")] {
            for (name, text) in [(typed, ""), ("greenroom", typed)] {
                let Called::Command(definition, _) = called(&names, name, text) else {
                    panic!("/{name} {text} is no command");
                };
                assert_eq!(definition.name, meant, "/{name} {text}");
            }
        }
    }

    #[test]
    fn a_subcommand_is_the_first_word() {
        let set = ("schedule set".to_owned(), "time:09:00".to_owned());
        assert_eq!(meant("plan", " SET  time:09:00 "), set);
        assert_eq!(meant("greenroom", "plan set time:09:00"), set);
        assert_eq!(meant("daily", "post").0, "daily post");
    }

    #[test]
    fn help_says_how_commands_are_used() {
        for (name, text) in [("greenroom", ""), ("greenroom", "help")] {
            let (title, body) = meant(name, text);
            assert_eq!(title, "Commands");
            assert!(
                body.contains("/question [query]") && body.contains("/schedule set"),
                "{body}"
            );
        }
        let (_, family) = meant("plan", "");
        assert!(family.contains("/schedule unskip <date>"), "{family}");
        assert!(!family.contains("/question"), "{family}");
        assert_eq!(meant("plan", "help").1, family);
        let (_, one) = meant("plan", "set help");
        assert!(one.contains("`time:` When"), "{one}");
        assert!(meant("ask", "help").1.contains("`difficulty:`"));
        assert_eq!(meant("ask", "help desk").0, "question");
    }

    #[test]
    fn what_is_no_command_is_answered_with_those_there_are() {
        let (title, said) = meant("plan", "lsit");
        assert_eq!(title, "refused");
        assert!(
            said.contains("Did you mean `list`?") && said.contains("`unskip`"),
            "{said}"
        );
        let (_, said) = meant("greenroom", "leaderbord");
        assert!(
            said.contains("Did you mean `leaderboard`?") && said.contains("`ask`"),
            "{said}"
        );
        assert!(!meant("greenroom", "xyzzy").1.contains("Did you mean"));
    }
}
