//! Reading a command as it is typed: `/tag add name:rust times:5`.
//!
//! A value runs until the next option's name; text before the first name belongs to the first text
//! option, as when one types on without choosing an option.

use twilight_model::application::{
    command::{Command, CommandOption, CommandOptionType},
    interaction::application_command::{CommandDataOption, CommandOptionValue},
};

use super::options::{self, Names};

/// A command line that was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    pub command: Command,
    pub options: Vec<CommandDataOption>,
}

/// Reads a command line with the commands its author may use. With `focus` the last option is the one
/// being typed: it is taken as it is.
pub(super) fn parse(
    names: Names<'_>,
    commands: &[Command],
    line: &str,
    focus: bool,
) -> Result<Typed, String> {
    let line = line.trim_start();
    let line = line.strip_prefix('/').ok_or("A command starts with /")?;
    let (name, rest) = word(line);
    let command = commands.iter().find(|command| command.name == name);
    let command = command.ok_or_else(|| format!("There is no command /{name}"))?;
    let options = parse_options(names, &command.options, rest, focus)?;
    Ok(Typed {
        command: command.clone(),
        options,
    })
}

fn parse_options(
    names: Names<'_>,
    known: &[CommandOption],
    rest: &str,
    focus: bool,
) -> Result<Vec<CommandDataOption>, String> {
    let is_sub = |option: &CommandOption| {
        matches!(
            option.kind,
            CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup
        )
    };
    if known.iter().any(is_sub) {
        let (name, rest) = word(rest);
        let sub = known
            .iter()
            .find(|option| option.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = known.iter().map(|option| option.name.as_str()).collect();
                format!("Choose one of {}", names.join(", "))
            })?;
        let inner = sub.options.as_deref().unwrap_or_default();
        let inner = parse_options(names, inner, rest, focus)?;
        let value = if sub.kind == CommandOptionType::SubCommand {
            CommandOptionValue::SubCommand(inner)
        } else {
            CommandOptionValue::SubCommandGroup(inner)
        };
        return Ok(vec![CommandDataOption {
            name: sub.name.clone(),
            value,
        }]);
    }
    let typed = split(known, rest)?;
    let last = typed.len().saturating_sub(1);
    let mut read = Vec::new();
    for (index, (option, text)) in typed.into_iter().enumerate() {
        let value = if focus && index == last {
            if option.autocomplete != Some(true) {
                return Err(format!("{} offers nothing while one types", option.name));
            }
            CommandOptionValue::Focused(text.to_owned(), option.kind)
        } else {
            options::convert(names, option, text)?
        };
        read.push(CommandDataOption {
            name: option.name.clone(),
            value,
        });
    }
    Ok(read)
}

/// Cuts the rest of a line into options and their texts.
fn split<'a>(
    known: &'a [CommandOption],
    rest: &'a str,
) -> Result<Vec<(&'a CommandOption, &'a str)>, String> {
    let marks = marks(known, rest);
    let bare = rest[..marks.first().map_or(rest.len(), |mark| mark.0)].trim();
    let mut all = Vec::new();
    if !bare.is_empty() {
        let text = known
            .iter()
            .find(|option| option.kind == CommandOptionType::String);
        let option = text.or(known.first());
        all.push((option.ok_or("This command takes no options")?, bare));
    }
    for (index, (_, start, option)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(rest.len(), |next| next.0);
        if all.iter().any(|(given, _)| given.name == option.name) {
            return Err(format!("{} is given twice", option.name));
        }
        all.push((*option, rest[*start..end].trim()));
    }
    Ok(all)
}

/// Where `name:` of a known option begins, where its value begins, and the option.
fn marks<'a>(known: &'a [CommandOption], rest: &str) -> Vec<(usize, usize, &'a CommandOption)> {
    let mut marks = Vec::new();
    for option in known {
        let mark = format!("{}:", option.name);
        for (at, _) in rest.match_indices(&mark) {
            // Only at the start of a word: "url:" is not an option `l`.
            if rest[..at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace)
            {
                marks.push((at, at + mark.len(), option));
            }
        }
    }
    marks.sort_by_key(|mark| mark.0);
    marks
}

/// The first word and the rest.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::discord::{Options, World};

    fn command(options: Value) -> Command {
        serde_json::from_value(json!({
            "name": "ask", "description": "Ask", "type": 1, "version": "1", "options": options,
        }))
        .expect("a command")
    }

    fn line(options: Value, line: &str, focus: bool) -> Result<Value, String> {
        let world = World::new(&Options::default(), ([127, 0, 0, 1], 1).into());
        let state = world.lock();
        let names = Names {
            state: &state,
            guild: state.home,
        };
        let parsed = parse(names, &[command(options)], line, focus)?;
        let brief = |option: &CommandDataOption| json!(option);
        Ok(json!(parsed.options.iter().map(brief).collect::<Vec<_>>()))
    }

    fn options() -> Value {
        json!([
            { "name": "query", "description": "q", "type": 3, "autocomplete": true },
            { "name": "count", "description": "c", "type": 4, "min_value": 1, "max_value": 20 },
            { "name": "level", "description": "l", "type": 3,
              "choices": [{ "name": "Hard", "value": "hard" }] },
            { "name": "who", "description": "w", "type": 6 },
        ])
    }

    #[test]
    fn values_run_until_the_next_option() {
        let parsed = line(
            options(),
            "/ask query:cache stampede: why count: 5 level:Hard",
            false,
        );
        assert_eq!(
            parsed.expect("understood"),
            json!([
                { "name": "query", "type": 3, "value": "cache stampede: why" },
                { "name": "count", "type": 4, "value": 5 },
                { "name": "level", "type": 3, "value": "hard" },
            ])
        );
    }

    #[test]
    fn bare_text_goes_to_the_first_text_option() {
        let parsed = line(options(), "/ask cache stampede who:@ben", false).expect("understood");
        assert_eq!(
            parsed[0],
            json!({ "name": "query", "type": 3, "value": "cache stampede" })
        );
        assert_eq!(parsed[1]["name"], "who");
    }

    #[test]
    fn the_option_being_typed_is_focused() {
        let parsed = line(options(), "/ask count:3 query:cach", true).expect("understood");
        assert_eq!(
            parsed[1],
            json!({ "name": "query", "type": 3, "value": "cach", "focused": true })
        );
        assert!(line(options(), "/ask count:3", true).is_err());
    }

    #[test]
    fn subcommands_come_first() {
        let sub = json!([{ "name": "set", "description": "s", "type": 1, "options": [
            { "name": "time", "description": "t", "type": 3 },
        ]}]);
        let parsed = line(sub.clone(), "/ask set time:09:30", false).expect("understood");
        assert_eq!(
            parsed,
            json!([{ "name": "set", "type": 1, "options": [
                { "name": "time", "type": 3, "value": "09:30" },
            ]}])
        );
        assert_eq!(
            line(sub, "/ask", false),
            Err("Choose one of set".to_owned())
        );
    }

    #[test]
    fn what_discord_refuses_is_refused() {
        for bad in [
            "ask",
            "/unknown",
            "/ask count:many",
            "/ask count:21",
            "/ask level:soft",
            "/ask who:@nobody",
            "/ask query:a query:b",
        ] {
            assert!(line(options(), bad, false).is_err(), "{bad}");
        }
    }
}
