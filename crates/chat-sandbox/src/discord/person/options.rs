//! The options of a command: reading their values, and refusing what Discord's client refuses.

use twilight_model::{
    application::{
        command::{
            CommandOption, CommandOptionChoice, CommandOptionChoiceValue, CommandOptionType,
            CommandOptionValue as Bound,
        },
        interaction::application_command::{CommandDataOption, CommandOptionValue},
    },
    id::Id,
};

use crate::common::lengths;
use crate::discord::world::State;

/// Where names are looked up: people are the same everywhere, roles and channels are a guild's.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub state: &'a State,
    pub guild: u64,
}

/// Reads the value of an option from what was typed.
pub(super) fn convert(
    names: Names<'_>,
    option: &CommandOption,
    text: &str,
) -> Result<CommandOptionValue, String> {
    let choices = option.choices.as_deref().unwrap_or_default();
    if !choices.is_empty() {
        return chosen(choices, &option.name, text);
    }
    let value = match option.kind {
        CommandOptionType::String => Some(CommandOptionValue::String(text.to_owned())),
        CommandOptionType::Integer => text.parse().ok().map(CommandOptionValue::Integer),
        CommandOptionType::Number => text.parse().ok().map(CommandOptionValue::Number),
        CommandOptionType::Boolean => boolean(text).map(CommandOptionValue::Boolean),
        CommandOptionType::User => {
            user(names, text).map(|id| CommandOptionValue::User(Id::new(id)))
        }
        CommandOptionType::Role => {
            role(names, text).map(|id| CommandOptionValue::Role(Id::new(id)))
        }
        CommandOptionType::Channel => {
            channel(names, text).map(|id| CommandOptionValue::Channel(Id::new(id)))
        }
        CommandOptionType::Mentionable => user(names, text)
            .or_else(|| role(names, text))
            .map(|id| CommandOptionValue::Mentionable(Id::new(id))),
        _ => None,
    };
    let value = value.ok_or_else(|| format!("{text:?} is not a valid {}", option.name))?;
    check(option, &value)?;
    Ok(value)
}

fn chosen(
    choices: &[CommandOptionChoice],
    name: &str,
    text: &str,
) -> Result<CommandOptionValue, String> {
    let written = |value: &CommandOptionChoiceValue| match value {
        CommandOptionChoiceValue::String(text) => text.clone(),
        CommandOptionChoiceValue::Integer(number) => number.to_string(),
        CommandOptionChoiceValue::Number(number) => number.to_string(),
    };
    let meant = |choice: &&CommandOptionChoice| {
        choice.name.eq_ignore_ascii_case(text) || written(&choice.value) == text
    };
    let choice = choices.iter().find(meant).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        format!("{text:?} is not a choice of {name}: {}", names.join(", "))
    })?;
    Ok(match &choice.value {
        CommandOptionChoiceValue::String(text) => CommandOptionValue::String(text.clone()),
        CommandOptionChoiceValue::Integer(number) => CommandOptionValue::Integer(*number),
        CommandOptionChoiceValue::Number(number) => CommandOptionValue::Number(*number),
    })
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// The id in a tag such as `<@1>`, or a plain id.
fn tagged(text: &str, open: &str) -> Option<u64> {
    let inner = text
        .strip_prefix(open)
        .and_then(|rest| rest.strip_suffix('>'));
    inner
        .unwrap_or(text)
        .trim_start_matches('!')
        .parse()
        .ok()
        .filter(|id| *id > 0)
}

fn user(Names { state, .. }: Names<'_>, text: &str) -> Option<u64> {
    let named = state.someone_named(text.strip_prefix('@').unwrap_or(text));
    let named = named.map(|someone| someone.user.id.get());
    named.or_else(|| tagged(text, "<@").filter(|id| state.someone(*id).is_some()))
}

fn role(Names { state, guild }: Names<'_>, text: &str) -> Option<u64> {
    let name = text.strip_prefix('@').unwrap_or(text);
    let id = tagged(text, "<@&");
    let known = state.roles_of(Some(guild)).iter();
    let mut known = known.filter(|role| role.name == name || Some(role.id.get()) == id);
    known.next().map(|role| role.id.get())
}

fn channel(Names { state, guild }: Names<'_>, text: &str) -> Option<u64> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let id = tagged(text, "<#");
    let mut rooms = state.rooms_of(guild).map(|room| &room.channel);
    let found =
        rooms.find(|channel| channel.name.as_deref() == Some(name) || Some(channel.id.get()) == id);
    found.map(|channel| channel.id.get())
}

/// Refuses a set of options that Discord's client would not send.
pub(super) fn check_all(
    known: &[CommandOption],
    given: &[CommandDataOption],
) -> Result<(), String> {
    for option in given {
        let definition = known.iter().find(|known| known.name == option.name);
        let definition = definition.ok_or_else(|| format!("There is no option {}", option.name))?;
        if definition.kind != option.value.kind() {
            return Err(format!("{} is of another type", option.name));
        }
        match &option.value {
            CommandOptionValue::SubCommand(inner) | CommandOptionValue::SubCommandGroup(inner) => {
                check_all(definition.options.as_deref().unwrap_or_default(), inner)?;
            }
            value => check(definition, value)?,
        }
    }
    let missing = known.iter().find(|known| {
        known.required == Some(true) && given.iter().all(|given| given.name != known.name)
    });
    match missing {
        Some(missing) => Err(format!("This option is required: {}", missing.name)),
        None => Ok(()),
    }
}

/// Refuses a value that is out of range or not among the choices.
fn check(option: &CommandOption, value: &CommandOptionValue) -> Result<(), String> {
    let choices = option.choices.as_deref().unwrap_or_default();
    let listed = choices.iter().any(|choice| match (&choice.value, value) {
        (CommandOptionChoiceValue::String(a), CommandOptionValue::String(b)) => a == b,
        (CommandOptionChoiceValue::Integer(a), CommandOptionValue::Integer(b)) => a == b,
        (CommandOptionChoiceValue::Number(a), CommandOptionValue::Number(b)) => a == b,
        _ => false,
    });
    if !choices.is_empty() && !listed {
        return Err(format!("Choose one of those offered for {}", option.name));
    }
    let number = match value {
        // Whatever an option's range is, f64 tells its ends apart.
        CommandOptionValue::Integer(number) => Some(*number as f64),
        CommandOptionValue::Number(number) => Some(*number),
        _ => None,
    };
    let bound = |bound: &Bound| match bound {
        Bound::Integer(number) => *number as f64,
        Bound::Number(number) => *number,
    };
    if let Some(number) = number {
        let (least, most) = (option.min_value.as_ref(), option.max_value.as_ref());
        if let Some(least) = least.map(bound).filter(|least| number < *least) {
            return Err(format!("{} is at least {least}", option.name));
        }
        if let Some(most) = most.map(bound).filter(|most| number > *most) {
            return Err(format!("{} is at most {most}", option.name));
        }
    }
    if let CommandOptionValue::String(text) = value {
        let length = text.chars().count();
        let (least, most) = (
            option.min_length.unwrap_or(0),
            option.max_length.unwrap_or(6_000),
        );
        if !(usize::from(least)..=usize::from(most)).contains(&length) {
            let least = least.max(u16::from(option.required == Some(true)));
            let lengths = lengths(least.into(), most.into());
            return Err(format!("{} has {lengths}", option.name));
        }
    }
    Ok(())
}
