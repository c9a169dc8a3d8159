//! Why the bot cannot start on Slack, or has ended there.

use std::path::{Path, PathBuf};

use crate::tasks::Ended;
use crate::told;

/// Why the bot cannot start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A token is wrong, or is not valid any more.
    #[error("Slack refuses the {name} ({error}). {remedy}.", name = .token.name(), remedy = .token.remedy(.file.as_deref()))]
    Token {
        /// Which one.
        token: Token,
        /// The file that it is from; none for the environment.
        file: Option<PathBuf>,
        /// What Slack calls it.
        error: String,
    },
    /// Nobody answers.
    #[error("cannot reach Slack at {0}: {1}. Check {2}.")]
    Unreachable(String, String, String),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// What an app proves to Slack with who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `xoxb-…`, for the Web API.
    Bot,
    /// `xapp-…`, for sockets.
    App,
}

impl Token {
    fn name(self) -> &'static str {
        match self {
            Self::Bot => "bot token",
            Self::App => "app-level token",
        }
    }

    /// The variable of the environment that it is from, unless it is from a file.
    fn variable(self) -> &'static str {
        match self {
            Self::Bot => "SLACK_BOT_TOKEN",
            Self::App => "SLACK_APP_TOKEN",
        }
    }

    /// What mends it, as a sentence without its full stop. It goes back to where it is from: that file, or the
    /// environment.
    pub(super) fn remedy(self, file: Option<&Path>) -> String {
        let get = match self {
            Self::Bot => {
                "Copy it again from https://api.slack.com/apps (your app, OAuth & Permissions)"
            }
            Self::App => {
                "Make a new one at https://api.slack.com/apps (your app, Basic Information, App-Level Tokens) with the scope connections:write,"
            }
        };
        match file {
            Some(file) => format!("{get} and put it into {}", told::name(file)),
            None => format!("{get} and set {}", self.variable()),
        }
    }
}

/// Why a bot that ran has ended, other than by being told to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The connection does not come back by itself. Starting anew may mend it.
    #[error("the connection to Slack is lost: {0}")]
    Lost(String),
    /// A part of the bot does not go on. Starting anew mends it, unless it happens again.
    #[error("{0}. This is a fault in Greenroom: please report it with the log")]
    Ended(Ended),
    /// No workspace is left that takes the bot. Starting anew mends nothing: the text says what does.
    #[error("Slack closed the connection for good: {0}")]
    Refused(String),
}
