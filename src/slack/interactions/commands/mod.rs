//! The slash commands, one file a feature: each is what it takes and the use-case that it calls.

mod called;
mod daily;
mod definition;
mod leaderboard;
mod privacy;
mod question;
mod quiz;
mod schedule;
mod stats;
mod table;
mod topics;

use self::called::{Called, called};
pub(crate) use self::definition::{Definition, Form};
pub(crate) use self::schedule::request;
pub(crate) use self::table::{ALL, listed, name_in, usage};
use super::arguments::{Arguments, Read, read};
use super::channels::by_name;
use super::payloads::Command;
use super::{Data, forms, respond};
use crate::app::wording::{self, Mistyped};

/// Does what a command asks for. It is acknowledged by then.
pub(crate) async fn run(data: &Data, mut command: Command) {
    let names = &data.settings.commands;
    let (definition, words) = match called(names, &command.name, &command.text) {
        Called::Command(definition, words) => (definition, words),
        Called::Told(outcome) => {
            command.kind = "help";
            return respond::told(data, &command, outcome).await;
        }
    };
    command.kind = definition.name;
    let Read {
        mut arguments,
        mut mistyped,
    } = read(words, definition.takes);
    let opens = |given: &Arguments, mistyped: &[Mistyped]| {
        let unclear = !mistyped.is_empty() || definition.lacks(given);
        match definition.form {
            Form::Never => false,
            Form::AsNeeded => unclear,
            Form::Usually => unclear || words.trim().is_empty(),
        }
    };
    // A form has to be open before anything is asked for.
    let may_look = !opens(&arguments, &mistyped);
    mistyped.extend(by_name(data, definition.takes, &mut arguments, may_look).await);
    if opens(&arguments, &mistyped) {
        return Box::pin(forms::open(
            data, &command, definition, arguments, &mistyped,
        ))
        .await;
    }
    if !mistyped.is_empty() {
        let usage = usage(definition);
        let refusal = wording::words_not_read(&mistyped, &usage, definition.described());
        return respond::told(data, &command, Err(refusal.into())).await;
    }
    let work = definition.call(data, &command.user, arguments);
    respond::command(data, &command, definition.audience, work).await;
}
