//! The limits of the options of commands, and of their choices.

use std::collections::HashSet;

use twilight_model::application::command::{
    CommandOption, CommandOptionChoice, CommandOptionChoiceValue, CommandOptionType,
    CommandOptionValue,
};
use twilight_validate::command as limit;

use super::{error::Faults, name_limits::texts};

/// The longest text that an option may be said to need or take.
const TEXT_LENGTH: u16 = 6_000;

/// Where options stand: what they may be depends on it.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Within {
    Command,
    Group,
    Subcommand,
}

/// The limits of a command's options.
pub(super) fn of_command(options: &[CommandOption], path: &str, faults: &mut Faults) {
    all(options, Within::Command, path, faults);
}

fn all(options: &[CommandOption], within: Within, path: &str, faults: &mut Faults) {
    if options.len() > limit::OPTIONS_LIMIT {
        faults.too_long(path, limit::OPTIONS_LIMIT);
    }
    let mut names = HashSet::new();
    let mut optional = false;
    let branches = options.first().is_some_and(branches);
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.{index}");
        self::option(option, within, &path, faults);
        if !names.insert(&option.name) {
            let message = "Option names must be unique";
            let code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
            faults.add(format!("{path}.name"), code, message);
        }
        if self::branches(option) != branches {
            let message = "Sub-command and sub-command group option types are mutually exclusive \
                to all other types";
            let code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";
            faults.add(format!("{path}.type"), code, message);
        }
        let required = option.required == Some(true);
        if required && optional {
            let message = "Required options must be placed before non-required options";
            let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
            faults.add(&path, code, message);
        }
        optional |= !required;
    }
}

/// Whether an option is a subcommand or a group of them.
fn branches(option: &CommandOption) -> bool {
    use CommandOptionType::{SubCommand, SubCommandGroup};
    matches!(option.kind, SubCommand | SubCommandGroup)
}

fn option(option: &CommandOption, within: Within, path: &str, faults: &mut Faults) {
    let names = (&option.name, option.name_localizations.as_ref());
    let descriptions = (
        &option.description,
        option.description_localizations.as_ref(),
    );
    texts(path, names, descriptions, faults);
    nested(option, within, path, faults);
    values(option, path, faults);
    let choices = option.choices.as_deref().unwrap_or_default();
    if !choices.is_empty() && option.autocomplete == Some(true) {
        let message = "Autocomplete can not be set to true if options are present";
        let code = "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID";
        faults.add(path, code, message);
    }
    self::choices(choices, &format!("{path}.choices"), faults);
    of_kind(choices, option.kind, &format!("{path}.choices"), faults);
}

/// Refuses choices whose values are not of the option's kind.
pub(super) fn of_kind(
    choices: &[CommandOptionChoice],
    kind: CommandOptionType,
    path: &str,
    faults: &mut Faults,
) {
    use CommandOptionType::{Integer, Number, String};
    for (index, choice) in choices.iter().enumerate() {
        let fits = match choice.value {
            CommandOptionChoiceValue::String(_) => kind == String,
            CommandOptionChoiceValue::Integer(_) => matches!(kind, Integer | Number),
            CommandOptionChoiceValue::Number(_) => kind == Number,
        };
        if !fits {
            let message = "The value is not of the option's type";
            let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID";
            faults.add(format!("{path}.{index}.value"), code, message);
        }
    }
}

/// "Groups can contain subcommands; subcommands can contain options", and nothing goes deeper.
fn nested(option: &CommandOption, within: Within, path: &str, faults: &mut Faults) {
    use CommandOptionType::{SubCommand, SubCommandGroup};
    let inner = option.options.as_deref().unwrap_or_default();
    let fits = match within {
        Within::Command => true,
        Within::Group => option.kind == SubCommand,
        Within::Subcommand => !branches(option),
    };
    if !fits {
        let message = "Nothing of this type stands here";
        let code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";
        faults.add(format!("{path}.type"), code, message);
    }
    let path = format!("{path}.options");
    match option.kind {
        SubCommand => all(inner, Within::Subcommand, &path, faults),
        SubCommandGroup if inner.is_empty() => faults.required(path),
        SubCommandGroup => all(inner, Within::Group, &path, faults),
        _ if !inner.is_empty() => {
            let message = "Only subcommands and groups have options";
            faults.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        _ => {}
    }
}

/// The bounds that an option sets for what is typed.
fn values(option: &CommandOption, path: &str, faults: &mut Faults) {
    let exceeds = "The minimum is greater than the maximum";
    let (least, most) = (option.min_length, option.max_length);
    for (name, length, from) in [("min_length", least, 0), ("max_length", most, 1)] {
        if let Some(length) = length {
            faults.range(format!("{path}.{name}"), length, from, TEXT_LENGTH);
        }
    }
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        let code = "APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID";
        faults.add(format!("{path}.min_length"), code, exceeds);
    }
    #[expect(clippy::cast_precision_loss, reason = "Discord's numbers are doubles")]
    let number = |value: CommandOptionValue| match value {
        CommandOptionValue::Integer(value) => value as f64,
        CommandOptionValue::Number(value) => value,
    };
    let (least, most) = (option.min_value.map(number), option.max_value.map(number));
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        let code = "APPLICATION_COMMAND_OPTIONS_VALUE_INVALID";
        faults.add(format!("{path}.min_value"), code, exceeds);
    }
}

/// The limits of choices, here and in an autocompletion.
pub(super) fn choices(choices: &[CommandOptionChoice], path: &str, faults: &mut Faults) {
    if choices.len() > limit::CHOICES_LIMIT {
        faults.too_long(path, limit::CHOICES_LIMIT);
    }
    let mut names = HashSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}.{index}");
        if limit::choice_name(&choice.name).is_err() {
            let (least, most) = (
                limit::OPTION_CHOICE_NAME_LENGTH_MIN,
                limit::OPTION_CHOICE_NAME_LENGTH_MAX,
            );
            faults.bad_length(format!("{path}.name"), least, most);
        } else if !names.insert(&choice.name) {
            let message = "Option choice names must be unique";
            let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS";
            faults.add(format!("{path}.name"), code, message);
        }
        let most = limit::OPTION_CHOICE_STRING_VALUE_LENGTH_MAX;
        if let CommandOptionChoiceValue::String(text) = &choice.value
            && text.chars().count() > most
        {
            faults.too_long(format!("{path}.value"), most);
        }
    }
}
