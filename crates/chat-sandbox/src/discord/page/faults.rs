//! The panel of faults: what is made to go wrong between this Discord and the bot.

use std::{sync::Arc, time::Duration};

use axum::{Json, extract::State, http::Method};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    common::{
        RestFailure, RestFault,
        page::{Body, Refusal},
    },
    discord::{Fault, GatewayFault, World},
};

/// The longest that a request is held up.
const MOST_SECONDS: f64 = 600.0;

/// What the panel asks for.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Asked {
    Drop,
    Reconnect,
    InvalidSession { resumable: bool },
    Close { code: u16 },
    CloseBare,
    WithholdAcks,
    StallHandshake,
    DuplicateEvents,
    ReorderEvents,
    Rest(Requests),
    Guild { away: bool },
}

/// Which requests go wrong, and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Requests {
    method: Option<String>,
    path: String,
    times: Option<u32>,
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum What {
    Status(u16),
    RateLimit { seconds: f64, global: bool },
    Stall,
    DropBefore,
    DropAfter,
    Delay { seconds: f64 },
}

/// `POST /page/faults`
pub(super) async fn ask(
    State(world): State<Arc<World>>,
    Body(asked): Body<Asked>,
) -> Result<Json<Value>, Refusal> {
    let fault: Fault = match asked {
        Asked::Guild { away } => {
            world.guild_unavailable(world.guild().0, away);
            return Ok(Json(json!({})));
        }
        Asked::Rest(requests) => requests.fault()?.into(),
        Asked::Drop => GatewayFault::Drop.into(),
        Asked::Reconnect => GatewayFault::Reconnect.into(),
        Asked::InvalidSession { resumable } => GatewayFault::InvalidSession { resumable }.into(),
        // Those that may stand in a close frame and have a meaning here (RFC 6455, section 7.4).
        Asked::Close {
            code: code @ (1000..=1003 | 1007..=1014 | 3000..=4999),
        } => GatewayFault::Close(code).into(),
        Asked::Close { code } => {
            return Err(Refusal::bad(format!(
                "{code} is no code to close a connection with."
            )));
        }
        Asked::CloseBare => GatewayFault::CloseBare.into(),
        Asked::WithholdAcks => GatewayFault::WithholdAcks.into(),
        Asked::StallHandshake => GatewayFault::StallHandshake { times: None }.into(),
        Asked::DuplicateEvents => GatewayFault::DuplicateEvents.into(),
        Asked::ReorderEvents => GatewayFault::ReorderEvents.into(),
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
    let faults: Vec<String> = world.faults().iter().map(told).collect();
    Json(json!({ "faults": faults }))
}

impl Requests {
    fn fault(self) -> Result<RestFault, Refusal> {
        let what = match self.what {
            What::Status(status @ 500..=599) => RestFailure::Status(status),
            What::Status(_) => {
                return Err(Refusal::bad("Only 500 to 599 is a fault of Discord's."));
            }
            What::RateLimit { seconds, global } => RestFailure::RateLimit {
                after: duration(seconds)?,
                global,
            },
            What::Stall => RestFailure::Stall,
            What::DropBefore => RestFailure::DropBefore,
            What::DropAfter => RestFailure::DropAfter,
            What::Delay { seconds } => RestFailure::Delay(duration(seconds)?),
        };
        let method = self
            .method
            .map(|method| method.parse::<Method>())
            .transpose();
        Ok(RestFault {
            method: method.map_err(|_| Refusal::bad("There is no such method."))?,
            path_contains: self.path,
            times: self.times,
            what,
        })
    }
}

fn duration(seconds: f64) -> Result<Duration, Refusal> {
    if (0.0..=MOST_SECONDS).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err(Refusal::bad("It lasts 0 to 600 seconds."))
    }
}

/// A fault that lasts, as one line.
fn told(fault: &Fault) -> String {
    match fault {
        Fault::Rest(fault) => told_of_requests(fault),
        Fault::Gateway(GatewayFault::WithholdAcks) => "No heartbeat is acknowledged".to_owned(),
        Fault::Gateway(GatewayFault::StallHandshake { .. }) => {
            "New connections get no hello".to_owned()
        }
        Fault::Gateway(GatewayFault::DuplicateEvents) => "Every event is sent twice".to_owned(),
        Fault::Gateway(GatewayFault::ReorderEvents) => "Events come out of order".to_owned(),
        Fault::Gateway(at_once) => format!("{at_once:?}"),
    }
}

fn told_of_requests(fault: &RestFault) -> String {
    let requests = match fault.times {
        None => "All requests".to_owned(),
        Some(1) => "The next request".to_owned(),
        Some(times) => format!("The next {times} requests"),
    };
    let method = fault
        .method
        .as_ref()
        .map(|method| format!(" of method {method}"));
    let path = Some(&fault.path_contains).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" with {path} in the path"));
    let what = match fault.what {
        RestFailure::Status(status) => format!("answered {status}"),
        RestFailure::RateLimit {
            after,
            global: true,
        } => format!("answered 429 for {after:?}, globally"),
        RestFailure::RateLimit {
            after,
            global: false,
        } => format!("answered 429 for {after:?}"),
        RestFailure::Stall => "never answered".to_owned(),
        RestFailure::DropBefore => "cut off, not done".to_owned(),
        RestFailure::DropAfter => "cut off, but done".to_owned(),
        RestFailure::Delay(by) => format!("answered {by:?} late"),
        RestFailure::Odd(odd) => format!("answered oddly: {odd:?}"),
    };
    format!(
        "{requests}{}{}: {what}",
        method.unwrap_or_default(),
        path.unwrap_or_default()
    )
}
