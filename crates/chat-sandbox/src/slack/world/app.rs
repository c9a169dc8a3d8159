//! The workspace and the app, of each of which there is one.

use crate::slack::app_seed::AppSeed;

/// The one workspace.
#[derive(Clone, Debug)]
pub struct Team {
    pub id: String,
    pub name: String,
    pub domain: String,
}

/// The one app.
#[derive(Clone, Debug)]
pub struct App {
    pub id: String,
    pub bot_id: String,
    /// Its bot among the users.
    pub user: String,
    pub seed: AppSeed,
    /// What its payloads carry as `token`.
    pub verification: String,
    pub bot_token: String,
    pub app_token: String,
    /// Whether the workspace took the bot token back.
    pub revoked: bool,
}

impl App {
    /// Whether its bot token has a scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.seed.scopes.iter().any(|known| known == scope)
    }
}
