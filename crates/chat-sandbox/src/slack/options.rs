//! How a local Slack is started.

use std::net::SocketAddr;

use super::{AppSeed, Workspace};
use crate::common::{Introduction, Sibling};

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
    /// What the page tells a newcomer, in Slack's mrkdwn.
    pub introduction: Introduction,
    /// Another platform's page, to which the page links; [`World::link`](super::World::link) sets it later.
    pub sibling: Option<Sibling>,
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
            introduction: introduction(),
            sibling: None,
            rate_limits: false,
        }
    }
}

/// What the page tells a newcomer about a workspace with any app.
fn introduction() -> Introduction {
    Introduction {
        title: "A Slack of your own".to_owned(),
        text: "This page is a local sandbox: your app, a pretend workspace, and nobody else. Nothing leaves your \
            computer."
            .to_owned(),
        steps: Vec::new(),
        end: "Type `/` to use a command, or write to the app. You are everybody here: choose who, bottom left."
            .to_owned(),
    }
}
