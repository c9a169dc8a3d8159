//! Why nothing came of what someone did.

use std::collections::BTreeMap;

use thiserror::Error;

/// Why nothing came of what someone did, in the words that Slack shows.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum Failure {
    /// No connection of the app was there to take it.
    #[error("failed with the error \"dispatch_failed\"")]
    NotConnected,
    /// The app did not acknowledge it within 3 seconds.
    #[error("failed with the error \"operation_timeout\"")]
    NotAcknowledged,
    /// What the app answered made no sense; the text says why.
    #[error("We had some trouble connecting. Try again? ({0})")]
    Unusable(String),
    /// The app found fault with fields of a form: what it says of each, by its block.
    #[error("there are errors in the form: {0:?}")]
    Errors(BTreeMap<String, String>),
    /// Slack would not have let them; the text says why.
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}
