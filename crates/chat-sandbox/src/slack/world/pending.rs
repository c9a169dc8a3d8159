//! What was sent to the app and is not settled yet.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::slack::failure::Failure;

/// What the app made of something: the payload of its acknowledgement, or why there is none.
pub type Answer = Result<Value, Failure>;

/// What was sent.
#[derive(Clone, Debug)]
pub enum Asked {
    /// An event; how often it was sent before.
    Event { attempt: usize },
    /// A slash command of someone in a channel.
    Command { person: String, channel: String },
    /// Options of a select were asked for.
    Suggestion,
    /// A form was submitted.
    Submission { person: String, view: String },
    /// Anything that is acknowledged with nothing.
    Other,
}

/// What the app has not acknowledged yet.
#[derive(Debug)]
pub struct Pending {
    pub(super) frame: Value,
    pub(super) asked: Asked,
    pub(super) deadline: DateTime<Utc>,
    pub(super) answer: Option<oneshot::Sender<Answer>>,
}

/// An event that is to be sent again.
#[derive(Clone, Debug)]
pub struct Retry {
    pub(super) at: DateTime<Utc>,
    pub(super) payload: Value,
    pub(super) attempt: usize,
    pub(super) reason: &'static str,
}
