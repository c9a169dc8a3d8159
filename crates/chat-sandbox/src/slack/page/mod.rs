//! The chat page: a browser's view of the local Slack, and what a person does there.

mod acts;
mod assets;
mod events;
mod faults;
mod files;
mod state;
mod view;
mod who;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use super::World;
use crate::common::page::guarded;

/// The page's routes.
pub(super) fn routes(world: Arc<World>) -> Router {
    Router::new()
        .route("/", get(assets::index))
        .route("/assets/{name}", get(assets::file))
        .route("/page/file", get(files::file))
        .route("/page/state", get(state::state))
        .route("/page/events", get(events::events))
        .route("/page/reload", post(acts::reload))
        .route("/page/say", post(acts::say))
        .route("/page/command", post(acts::command))
        .route("/page/act", post(acts::act))
        .route("/page/offered", post(acts::offered))
        .route("/page/submit", post(acts::submit))
        .route("/page/close", post(acts::close))
        .route("/page/shortcut", post(acts::shortcut))
        .route("/page/react", post(acts::react))
        .route("/page/invite", post(acts::invite))
        .route("/page/home", post(acts::home))
        .route("/page/advance", post(acts::advance))
        .route("/page/faults", get(faults::in_force).post(faults::ask))
        .route("/page/faults/clear", post(faults::clear))
        .with_state(world)
        .layer(middleware::from_fn(guarded))
}
