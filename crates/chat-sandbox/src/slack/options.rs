//! How a local Slack is started.

use std::net::SocketAddr;

use super::{AppSeed, Workspace};

/// How a local Slack is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen: an address of the loopback interface, port 0 for any free port.
    pub listen: SocketAddr,
    /// The one bot token that is accepted.
    pub bot_token: String,
    /// The one app-level token that is accepted, for Socket Mode.
    pub app_token: String,
    /// Who and what there is at the start.
    pub workspace: Workspace,
    /// What the app may do, and what it hears.
    pub app: AppSeed,
    /// Whether methods may be called only as often as Slack documents it.
    pub rate_limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            bot_token: "xoxb-local-bot-token".to_owned(),
            app_token: "xapp-local-app-token".to_owned(),
            workspace: Workspace::default(),
            app: AppSeed::default(),
            rate_limits: false,
        }
    }
}
