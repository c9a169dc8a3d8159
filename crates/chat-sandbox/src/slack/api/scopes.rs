//! What the app may do.

use serde_json::json;

use super::error::Error;
use crate::slack::world::State;

impl State {
    pub(super) fn missing_scope(&self, needed: &str) -> Error {
        Error::new("missing_scope")
            .with("needed", json!(needed))
            .with("provided", json!(self.app.seed.scopes.join(",")))
    }

    /// That the app has the scope for what it does in a channel.
    pub(super) fn need(&self, scope: &str) -> Result<(), Error> {
        if self.app.has_scope(scope) {
            Ok(())
        } else {
            Err(self.missing_scope(scope))
        }
    }
}
