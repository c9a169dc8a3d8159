//! Forms: what a command takes, to be filled in instead of typed. Each is made from the table of commands, and does what
//! the command would have done.

mod fields;
mod filling;
mod submitting;
#[cfg(test)]
mod tests;
mod values;
mod view;

use std::time::Instant;

use serde::Deserialize;
use serde_json::json;
use slack_morphism::blocks::SlackView;

pub(crate) use self::fields::{action, choice};
pub(crate) use self::submitting::submitted;
use super::arguments::Arguments;
use super::commands::{Definition, name_in, usage};
use super::payloads::Command;
use super::{Data, respond};
use crate::app::wording::{self, Mistyped};
use crate::metrics::{self, Outcome as End};
use crate::slack::sending::{Failure, Meaning};

/// A form that is open.
#[derive(Debug, Deserialize)]
struct Opened {
    view: Identified,
}

#[derive(Debug, Deserialize)]
struct Identified {
    id: String,
    #[serde(default)]
    hash: String,
}

/// Opens a command's form with what was typed in it. It has to be open within three seconds of the command, so it opens
/// before anything is asked for.
pub(crate) async fn open(
    data: &Data,
    command: &Command,
    definition: &'static Definition,
    given: Arguments,
    mistyped: &[Mistyped],
) {
    let begun = Instant::now();
    let title = name_in(definition, &data.settings.commands);
    let arguments = json!({ "trigger_id": command.trigger_id, "view": view::waiting(&title) });
    let opened: Result<Opened, Failure> = data.sender.once("views.open", &arguments).await;
    let opened = match opened {
        Ok(opened) => opened.view,
        Err(error) => {
            tracing::warn!(%error, command = definition.name, "could not open a form");
            return no_form(data, command, definition).await;
        }
    };
    let filled = filling::filled(data, command, definition, given, mistyped).await;
    let view = filled.unwrap_or_else(|error| {
        let blocks = view::blocks(&error.card(), &data.settings.commands);
        view::told(&title, blocks)
    });
    let end = match update(data, &opened, &view).await {
        Ok(()) => End::Answered,
        Err(error) if error.meaning() != Some(Meaning::FormClosed) => {
            tracing::warn!(%error, command = definition.name, "could not fill a form in");
            return no_form(data, command, definition).await;
        }
        Err(error) => {
            // Whoever has closed it by now wants nothing more of it.
            tracing::info!(%error, command = definition.name, "could not fill a form in");
            End::Unanswered
        }
    };
    metrics::interaction(definition.name.into(), end, begun.elapsed());
}

/// Says how to do without the form.
async fn no_form(data: &Data, command: &Command, definition: &'static Definition) {
    let usage = usage(definition);
    let refusal = wording::no_form(&usage, definition.described());
    respond::told(data, command, Err(refusal.into())).await;
}

/// Shows another view in the place of one, unless that is no longer what it was.
async fn update(data: &Data, opened: &Identified, view: &SlackView) -> Result<(), Failure> {
    let mut arguments = json!({ "view_id": opened.id, "view": view });
    if !opened.hash.is_empty() {
        arguments["hash"] = json!(opened.hash);
    }
    let updated: serde_json::Value = data.sender.once("views.update", &arguments).await?;
    drop(updated);
    Ok(())
}
