//! The chat page: a browser's view of the sandbox, and what a person does there.

mod acts;
mod assets;
mod events;
mod faults;
mod files;
mod markdown;
mod previews;
mod prose;
mod reads;
#[cfg(test)]
mod tests;
mod view;
mod who;

use std::sync::Arc;

use axum::{
    Router,
    extract::{
        Query, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};

pub use markdown::shown;

use super::{World, gateway};
use crate::common::page::guarded;

/// The page's routes.
pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/preview", get(assets::preview))
        .route("/page/previews", get(previews::index))
        .route("/page/previews/events", get(previews::events))
        .route("/page/previews/found", get(previews::found))
        .route("/page/preview", get(previews::one))
        .route("/assets/{name}", get(assets::file))
        .route("/files/{id}/{name}", get(files::file))
        .route("/page/state", get(reads::state))
        .route("/page/messages", get(reads::messages))
        .route("/page/commands", get(reads::commands))
        .route("/page/events", get(events::events))
        .route("/page/membership", post(acts::membership))
        .route("/page/say", post(acts::say))
        .route("/page/command", post(acts::command))
        .route("/page/autocomplete", post(acts::autocomplete))
        .route("/page/click", post(acts::click))
        .route("/page/menu", post(acts::menu))
        .route("/page/submit", post(acts::submit))
        .route("/page/react", post(acts::react))
        .route("/page/dismiss", post(acts::dismiss))
        .route("/page/advance", post(acts::advance))
        .route("/page/faults", get(faults::in_force).post(faults::ask))
        .route("/page/faults/clear", post(faults::clear))
        .with_state(world)
        .layer(middleware::from_fn(guarded))
}

/// `GET /`: the page, or the gateway for a client that asks for a WebSocket.
async fn index(
    world: State<Arc<World>>,
    parameters: Query<gateway::Parameters>,
    asked: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    match asked {
        Ok(upgrade) => gateway::upgrade(world, parameters, upgrade).await,
        Err(_) => assets::index().await.into_response(),
    }
}
