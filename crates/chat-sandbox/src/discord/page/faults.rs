//! The panel of faults: what is made to go wrong between this Discord and the bot.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    common::page::{Body, Refusal, Requests, requests},
    discord::{Fault, GatewayFault, World},
};

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

/// A fault that lasts, as one line.
fn told(fault: &Fault) -> String {
    match fault {
        Fault::Rest(fault) => requests::told(fault),
        Fault::Gateway(GatewayFault::WithholdAcks) => "No heartbeat is acknowledged".to_owned(),
        Fault::Gateway(GatewayFault::StallHandshake { .. }) => {
            "New connections get no hello".to_owned()
        }
        Fault::Gateway(GatewayFault::DuplicateEvents) => "Every event is sent twice".to_owned(),
        Fault::Gateway(GatewayFault::ReorderEvents) => "Events come out of order".to_owned(),
        Fault::Gateway(at_once) => format!("{at_once:?}"),
    }
}
