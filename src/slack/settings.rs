//! How Slack is reached, and what is wished for there.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;

use super::timing::Timing;

/// How to reach Slack.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The workspaces, each with an app of its own.
    pub workspaces: Vec<Workspace>,
    /// How many more there are, whose tokens can't be used. They count as not connected.
    pub unusable: usize,
    /// Where the Web API is, with a slash at its end, when not at Slack: the sandbox, or a proxy.
    pub api: Option<String>,
    /// Where to listen for the workspaces that Slack reaches over HTTP.
    pub listen: Option<SocketAddr>,
    /// What the commands are called.
    pub commands: Commands,
    /// The ids (`U…`) of those who count as admins beside the workspace's own admins and owners.
    pub admins: Vec<String>,
    /// Whether guests, and people of other workspaces who share a channel, may take part.
    pub guests_may_answer: bool,
    /// How long it waits for what.
    pub timing: Timing,
}

impl Settings {
    /// The usual ones, with these workspaces and the API there.
    pub fn new(workspaces: Vec<Workspace>, api: Option<String>) -> Self {
        Self {
            workspaces,
            unusable: 0,
            api,
            listen: None,
            commands: Commands::default(),
            admins: Vec::new(),
            guests_may_answer: false,
            timing: Timing::default(),
        }
    }

    /// Where the Web API is, with a slash at its end.
    pub(super) fn address(&self) -> &str {
        self.api.as_deref().unwrap_or("https://slack.com/api/")
    }
}

/// A workspace, and the app that was installed in it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The bot's token, `xoxb-…`.
    pub bot_token: Given,
    /// How its events come in.
    pub door: Door,
}

/// A token that was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// The token. Never printed.
    pub secret: SecretString,
    /// The file that it is from; none for the environment. By this operators tell workspaces apart.
    pub file: Option<PathBuf>,
}

impl From<String> for Given {
    /// One of the environment.
    fn from(token: String) -> Self {
        Self {
            secret: token.into(),
            file: None,
        }
    }
}

/// How a workspace's events come in.
#[derive(Clone, Debug)]
pub enum Door {
    /// Over sockets, which the bot opens.
    Socket {
        /// The app-level token, `xapp-…`.
        app_token: Given,
    },
    /// By requests of Slack's.
    Http {
        /// What Slack signs them with. Never printed.
        signing_secret: SecretString,
    },
}

/// What the commands are called in Slack, where apps share the names: ours without the slash, and the one to use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands(pub BTreeMap<String, String>);

impl Commands {
    /// What a command of ours, such as `question`, is called.
    pub fn called<'a>(&'a self, ours: &'a str) -> &'a str {
        self.0.get(ours).map_or(ours, String::as_str)
    }

    /// Which command of ours is called that.
    pub fn ours<'a>(&'a self, called: &'a str) -> &'a str {
        let renamed = self.0.iter().find(|(_, name)| *name == called);
        renamed.map_or(called, |(ours, _)| ours)
    }
}
