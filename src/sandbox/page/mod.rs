//! The chat page.

use std::sync::Arc;

use axum::Router;

use super::World;

/// The page's routes.
pub(super) fn routes(_world: Arc<World>) -> Router {
    Router::new()
}
