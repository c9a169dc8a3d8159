//! The limits of commands.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilight_model::application::command::{
    Command, CommandOption, CommandOptionChoiceValue, CommandOptionType, CommandType,
};
use twilight_validate::command as limit;

use super::{error::Faults, limits::read};

/// Reads a list of commands, as a bulk overwrite carries them.
pub(super) fn commands(body: &Value, faults: &mut Faults) -> Vec<Command> {
    let list = body.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > limit::GUILD_COMMAND_LIMIT {
        let most = limit::GUILD_COMMAND_LIMIT;
        let message = format!("Maximum number of application commands reached ({most}).");
        faults.add("commands", "APPLICATION_COMMANDS_MAX", message);
    }
    let mut names = HashSet::new();
    let mut commands = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let prefix = format!("{index}.");
        let Some(command) = command(value, &prefix, faults) else {
            continue;
        };
        if !names.insert((command.name.clone(), u8::from(command.kind))) {
            let message = "Application command names must be unique";
            faults.add(
                format!("{prefix}name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                message,
            );
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
    let chat = command.kind == CommandType::ChatInput;
    let named = if chat {
        limit::chat_input_name(&command.name).is_ok()
    } else {
        limit::name(&command.name).is_ok()
    };
    if !named {
        let message = "Command name is invalid";
        faults.add(
            format!("{prefix}name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            message,
        );
    }
    if chat && limit::description(&command.description).is_err() {
        let (least, most) = (limit::DESCRIPTION_LENGTH_MIN, limit::DESCRIPTION_LENGTH_MAX);
        faults.bad_length(format!("{prefix}description"), least, most);
    }
    options(&command.options, &format!("{prefix}options"), faults);
    if limit::command_characters(&command) > limit::COMMAND_TOTAL_LENGTH {
        let most = limit::COMMAND_TOTAL_LENGTH;
        let message = format!("Command exceeds maximum size ({most})");
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

fn options(options: &[CommandOption], path: &str, faults: &mut Faults) {
    if options.len() > limit::OPTIONS_LIMIT {
        faults.too_long(path, limit::OPTIONS_LIMIT);
    }
    let mut names = HashSet::new();
    let mut optional = false;
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        self::option(option, &path, faults);
        if !names.insert(&option.name) {
            let message = "Option names must be unique";
            faults.add(
                format!("{path}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                message,
            );
        }
        let required = option.required == Some(true);
        if required && optional {
            let message = "Required options must be placed before non-required options";
            faults.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                message,
            );
        }
        optional |= !required;
    }
}

fn option(option: &CommandOption, path: &str, faults: &mut Faults) {
    if limit::option_name(&option.name).is_err() {
        let message = "Command name is invalid";
        faults.add(
            format!("{path}.name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            message,
        );
    }
    if limit::description(&option.description).is_err() {
        let (least, most) = (
            limit::OPTION_DESCRIPTION_LENGTH_MIN,
            limit::OPTION_DESCRIPTION_LENGTH_MAX,
        );
        faults.bad_length(format!("{path}.description"), least, most);
    }
    let choices = option.choices.as_deref().unwrap_or_default();
    if choices.len() > limit::CHOICES_LIMIT {
        faults.too_long(format!("{path}.choices"), limit::CHOICES_LIMIT);
    }
    if !choices.is_empty() && option.autocomplete == Some(true) {
        let message = "Autocomplete can not be set to true if options are present";
        faults.add(
            path,
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            message,
        );
    }
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}.choices.{index}");
        choice_limits(&choice.name, &choice.value, &path, faults);
    }
    let nested = option.options.as_deref().unwrap_or_default();
    let sub = matches!(
        option.kind,
        CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup
    );
    if sub {
        options(nested, &format!("{path}.options"), faults);
    } else if !nested.is_empty() {
        let message = "Only subcommands and groups have options";
        faults.add(
            format!("{path}.options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message,
        );
    }
}

/// The limits of a choice, here and in an autocompletion.
pub(super) fn choice_limits(
    name: &str,
    value: &CommandOptionChoiceValue,
    path: &str,
    faults: &mut Faults,
) {
    if limit::choice_name(name).is_err() {
        let (least, most) = (
            limit::OPTION_CHOICE_NAME_LENGTH_MIN,
            limit::OPTION_CHOICE_NAME_LENGTH_MAX,
        );
        faults.bad_length(format!("{path}.name"), least, most);
    }
    if let CommandOptionChoiceValue::String(text) = value
        && text.chars().count() > limit::OPTION_CHOICE_STRING_VALUE_LENGTH_MAX
    {
        faults.too_long(
            format!("{path}.value"),
            limit::OPTION_CHOICE_STRING_VALUE_LENGTH_MAX,
        );
    }
}
