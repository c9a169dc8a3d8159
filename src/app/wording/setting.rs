//! What is still missing from a schedule that an admin sets, with a command that would do; and options that were typed
//! into the text of others.

use super::super::card::cut;
use super::super::outcome::Refusal;
use super::super::text::Text;
use super::labels::{SOMETHING_MISSING, UNREAD};
use super::times::time;
use super::weekdays::weekdays;
use crate::model::ScheduleChange;
use crate::rules::zones;

/// What a new schedule needs, by the names of the options, each with a value that does for an example.
const NEEDED: [(&str, &str); 3] = [("channel", "#daily"), ("time", "09:00"), ("zone", "Berlin")];

/// What is still missing from a schedule that is new, by the names of the options. `near` is the name that `name` may be
/// a misspelling of; `change` is what could be read of what was typed.
pub(in crate::app) fn schedule_needs(
    name: &str,
    near: Option<&str>,
    change: &ScheduleChange,
    missing: &[&str],
) -> Refusal {
    let text = Text::from("There is no schedule called “").plain(name);
    let Some(near) = near else {
        let text = text.md("” to change, and a new one needs `channel`, `time` and `zone`");
        return still_missing(text, name, change, missing);
    };
    // Of one that is there, only what was typed and couldn't be read is still to be given.
    let given = NEEDED.map(|(option, _)| option);
    let given = given.into_iter().filter(|option| !missing.contains(option));
    let text = text.md("”. If you mean “").plain(near).md("”: ");
    let text = text.then(example(near, change, &given.collect::<Vec<_>>()));
    let text = text.md(". A new one needs `channel`, `time` and `zone`; still missing: ");
    Refusal::neutral(SOMETHING_MISSING, text.md(in_code(missing)).md("."))
}

/// What is still missing from a schedule that can't be read, by the names of the options.
pub(in crate::app) fn schedule_needs_anew(
    name: &str,
    change: &ScheduleChange,
    missing: &[&str],
) -> Refusal {
    let text = Text::from("The schedule “").plain(name);
    let text =
        text.md("” can't be read, so it must be set as a whole, with `channel`, `time` and `zone`");
    still_missing(text, name, change, missing)
}

fn still_missing(text: Text, name: &str, change: &ScheduleChange, missing: &[&str]) -> Refusal {
    let text = text.md(format!(
        "; still missing: {}. For example: ",
        in_code(missing)
    ));
    let all = NEEDED.map(|(option, _)| option);
    Refusal::neutral(SOMETHING_MISSING, text.then(example(name, change, &all)))
}

/// Names of options.
fn in_code(options: &[&str]) -> String {
    let options: Vec<String> = options.iter().map(|name| format!("`{name}`")).collect();
    options.join(", ")
}

/// A command that makes this change, with an invented value for what it needs and lacks. A channel comes last: in code it
/// would be shown as a number.
fn example(name: &str, change: &ScheduleChange, needed: &[&str]) -> Text {
    let zone = |zone| zones::shown(zone);
    let topics = |topics: &Vec<String>| match &topics[..] {
        [] => "all".to_owned(),
        topics => topics.join(", "),
    };
    let given = [
        ("time", change.time.map(time)),
        ("zone", change.zone.map(zone)),
        ("days", change.weekdays.map(weekdays)),
        ("topics", change.topics.as_ref().map(topics)),
        ("reveal", change.reveal.map(|it| it.as_str().to_owned())),
        ("discuss", change.discuss.map(|it| it.to_string())),
    ];
    let invented = |option: &str| {
        let mut needed = NEEDED.iter().filter(|(name, _)| needed.contains(name));
        needed.find(|(name, _)| *name == option)
    };
    let mut command = format!("`/schedule set schedule:{}", name.replace('`', ""));
    if let (None, Some((_, channel))) = (&change.channel, invented("channel")) {
        command += &format!(" channel:{channel}");
    }
    for (option, value) in given {
        let value = value.or_else(|| Some(invented(option)?.1.to_owned()));
        if let Some(value) = value {
            command += &format!(" {option}:{value}");
        }
    }
    match &change.channel {
        Some(channel) => Text::from(command).md(" channel:`").channel(channel),
        None => Text::from(command).md("`"),
    }
}

/// What was typed holds a word such as `days:`, which was meant as an option.
pub(in crate::app) fn holds_option(typed: &str, option: &str) -> Refusal {
    let text = Text::from("“").plain(cut(typed, 100)).md(format!(
        "” contains `{option}:`, which looks like another option. Give each option by itself, under one of the \
         names that are offered."
    ));
    Refusal::neutral(UNREAD, text)
}
