//! The panel of faults: what is made to go wrong between this Slack and the app.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    common::page::{Body, Refusal, Requests, requests},
    slack::{Fault, Reason, SlackFailure, SlackFault, SocketFault, World, world::Faults},
};

/// The errors that a method can be made to answer.
const ERRORS: [&str; 7] = [
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "ratelimited",
    "channel_not_found",
    "not_in_channel",
    "msg_too_long",
];

/// What the panel asks for.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Asked {
    Drop,
    Fall,
    Warning,
    Refresh,
    DisableSockets,
    NoHello,
    Duplicate,
    LoseEphemerals,
    CloseEditWindow,
    ExpireResponseUrls,
    HistoryLags { seconds: f64 },
    LatePongs { seconds: f64 },
    Rest(Requests),
    Method(Calls),
}

/// Which calls of a method go wrong, and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calls {
    method: String,
    times: Option<u32>,
    error: String,
    /// Whether all is done before the error is answered.
    after: bool,
}

/// `POST /page/faults`
pub(super) async fn ask(
    State(world): State<Arc<World>>,
    Body(asked): Body<Asked>,
) -> Result<Json<Value>, Refusal> {
    let fault: Fault = match asked {
        Asked::Drop => SocketFault::Drop.into(),
        Asked::Fall => SocketFault::Fall.into(),
        Asked::Warning => SocketFault::Disconnect(Reason::Warning).into(),
        Asked::Refresh => SocketFault::Disconnect(Reason::RefreshRequested).into(),
        Asked::DisableSockets => SocketFault::Disconnect(Reason::LinkDisabled).into(),
        Asked::NoHello => SocketFault::NoHello { times: None }.into(),
        Asked::Duplicate => SocketFault::Duplicate.into(),
        Asked::LoseEphemerals => Fault::LoseEphemerals,
        Asked::CloseEditWindow => Fault::CloseEditWindow,
        Asked::ExpireResponseUrls => Fault::ExpireResponseUrls,
        Asked::HistoryLags { seconds } => Fault::HistoryLags(requests::duration(seconds)?),
        Asked::LatePongs { seconds } => SocketFault::LatePongs(requests::duration(seconds)?).into(),
        Asked::Rest(requests) => requests.fault()?.into(),
        Asked::Method(calls) => calls.fault()?.into(),
    };
    world.fault(fault);
    Ok(Json(json!({})))
}

/// `POST /page/faults/clear`
pub(super) async fn clear(State(world): State<Arc<World>>) -> Json<Value> {
    world.clear_faults();
    Json(json!({}))
}

/// `GET /page/faults`: those that last, in words.
pub(super) async fn in_force(State(world): State<Arc<World>>) -> Json<Value> {
    let faults = told(&world.lock().faults);
    Json(json!({ "faults": faults }))
}

impl Calls {
    fn fault(self) -> Result<SlackFault, Refusal> {
        let named = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
        if self.method.is_empty() || self.method.len() > 100 || !self.method.chars().all(named) {
            return Err(Refusal::bad("That is not the name of a method."));
        }
        let mut errors = ERRORS.into_iter();
        let error = errors.find(|known| *known == self.error);
        let error = error.ok_or_else(|| Refusal::bad("There is no such error here."))?;
        let what = if self.after {
            SlackFailure::ErrorAfter(error)
        } else {
            SlackFailure::Error(error)
        };
        let fault = SlackFault::new(&self.method, what);
        Ok(match self.times {
            Some(times) => fault.times(times),
            None => fault,
        })
    }
}

/// The faults that last, each as one line.
pub(super) fn told(faults: &Faults) -> Vec<String> {
    let mut lines: Vec<String> = faults.rest.left().map(requests::told).collect();
    let methods = faults.methods.iter();
    lines.extend(
        methods
            .filter(|fault| fault.times != Some(0))
            .map(told_of_calls),
    );
    if faults.hellos.iter().any(|times| *times != Some(0)) {
        lines.push("New connections get no hello".to_owned());
    }
    let lasting = [
        (
            faults.lose_ephemerals,
            "Ephemeral messages do not reach anyone",
        ),
        (
            faults.close_edits,
            "No message can be changed (edit_window_closed)",
        ),
        (faults.expire_urls, "Every response URL is expired"),
        (faults.duplicate_envelopes, "Everything is sent twice"),
    ];
    let lasting = lasting.into_iter().filter(|(on, _)| *on);
    lines.extend(lasting.map(|(_, text)| text.to_owned()));
    if let Some(lag) = faults.history_lags {
        lines.push(format!("Histories lack the last {lag:?}"));
    }
    if let Some(late) = faults.late_pongs {
        lines.push(format!("Pings are answered {late:?} late"));
    }
    lines
}

fn told_of_calls(fault: &SlackFault) -> String {
    let what = match fault.what {
        SlackFailure::Error(error) => format!("answered {error}, not done"),
        SlackFailure::ErrorAfter(error) => format!("answered {error}, but done"),
        SlackFailure::StatusAfter(status) => format!("answered {status}, but done"),
        SlackFailure::StallAfter => "done, but never answered".to_owned(),
    };
    let calls = match fault.times {
        None => "All calls".to_owned(),
        Some(1) => "The next call".to_owned(),
        Some(times) => format!("The next {times} calls"),
    };
    format!("{calls} of {}: {what}", fault.method)
}
