//! The limits of commands.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandType};
use twilight_validate::command as limit;

use super::{
    error::Faults,
    fields::{list, read},
    name_limits::texts,
    option_limits,
};

/// "Application commands … have a combined size of 8000 characters."
const TOTAL_LENGTH: usize = 8_000;

/// "An app can have … 100 global CHAT_INPUT commands, 15 global USER commands, 15 global MESSAGE
/// commands", and as many in each guild.
pub(super) const fn most(kind: CommandType) -> usize {
    match kind {
        CommandType::ChatInput => limit::GUILD_COMMAND_LIMIT,
        _ => 15,
    }
}

/// Reads a list of commands, as a bulk overwrite carries them.
pub(super) fn commands(body: &Value, faults: &mut Faults) -> Vec<Command> {
    let mut names = HashSet::new();
    let mut counts: HashMap<u8, usize> = HashMap::new();
    let mut commands = Vec::new();
    for (index, value) in list(body, "commands", faults).iter().enumerate() {
        let prefix = format!("{index}.");
        let Some(command) = command(value, &prefix, faults) else {
            continue;
        };
        let kind = u8::from(command.kind);
        if !names.insert((command.name.clone(), kind)) {
            let message = "Application command names must be unique";
            let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
            faults.add(format!("{prefix}name"), code, message);
        }
        let count = counts.entry(kind).or_default();
        *count += 1;
        if *count == most(command.kind) + 1 {
            let most = most(command.kind);
            let message = format!("Maximum number of application commands reached ({most}).");
            faults.add(index.to_string(), "APPLICATION_COMMANDS_MAX", message);
        }
        commands.push(command);
    }
    commands
}

/// Reads one command at `prefix`, which is empty or ends in a dot.
pub(super) fn command(body: &Value, prefix: &str, faults: &mut Faults) -> Option<Command> {
    let mut value = body.clone();
    complete(&mut value);
    let place = if prefix.is_empty() {
        "command"
    } else {
        prefix.trim_end_matches('.')
    };
    let command: Command = read(value, place, faults)?;
    if command.kind == CommandType::ChatInput {
        let names = (&command.name, command.name_localizations.as_ref());
        let descriptions = (
            &command.description,
            command.description_localizations.as_ref(),
        );
        texts(prefix.trim_end_matches('.'), names, descriptions, faults);
        option_limits::of_command(&command.options, &format!("{prefix}options"), faults);
    } else {
        if limit::name(&command.name).is_err() {
            let (least, most) = (limit::NAME_LENGTH_MIN, limit::NAME_LENGTH_MAX);
            faults.bad_length(format!("{prefix}name"), least, most);
        }
        let without = [
            ("description", command.description.is_empty()),
            ("options", command.options.is_empty()),
        ];
        for (field, empty) in without {
            if !empty {
                let message = "Context menu commands have neither description nor options";
                let code = "APPLICATION_COMMAND_CONTEXT_MENU_FIELD_INVALID";
                faults.add(format!("{prefix}{field}"), code, message);
            }
        }
    }
    if limit::command_characters(&command) > TOTAL_LENGTH {
        let message = format!("Command exceeds maximum size ({TOTAL_LENGTH})");
        faults.add(place, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
    Some(command)
}

/// Adds what Discord takes for granted and the wire type requires.
fn complete(command: &mut Value) {
    let Some(command) = command.as_object_mut() else {
        return;
    };
    command.entry("type").or_insert_with(|| json!(1));
    command.insert("version".to_owned(), json!("1"));
    for (field, default) in [("description", json!("")), ("options", json!([]))] {
        let value = command.entry(field).or_insert(Value::Null);
        if value.is_null() {
            *value = default;
        }
    }
}
