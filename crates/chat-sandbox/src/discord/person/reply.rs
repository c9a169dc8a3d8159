//! What comes of what someone does.

use thiserror::Error;

use super::view::MessageView;
use crate::discord::world::ModalView;

/// A message one sent.
pub type SentMessage = MessageView;

/// What came of an interaction.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A new message.
    Message(MessageView),
    /// The message whose component was used, changed.
    Updated(MessageView),
    /// A form.
    Modal(ModalView),
}

impl Reply {
    /// The new or changed message, if it is one.
    pub fn message(&self) -> Option<&MessageView> {
        match self {
            Self::Message(message) | Self::Updated(message) => Some(message),
            Self::Modal(_) => None,
        }
    }

    /// The form, if it is one.
    pub fn modal(&self) -> Option<&ModalView> {
        if let Self::Modal(modal) = self {
            Some(modal)
        } else {
            None
        }
    }

    /// What there is to read: the message's text, or the form's title.
    pub fn text(&self) -> String {
        match self {
            Self::Message(message) | Self::Updated(message) => message.text(),
            Self::Modal(modal) => modal.title.clone(),
        }
    }
}

/// Why nothing came of what someone did.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum Failure {
    /// The bot did not acknowledge it within 3 seconds.
    #[error("The application did not respond")]
    NotAcknowledged,
    /// The bot acknowledged it, but nothing was to be seen within 10 seconds.
    #[error("The application acknowledged this but showed nothing")]
    NothingShown,
    /// Discord's client would not have let them; the text says why.
    #[error("{0}")]
    Refused(String),
}

pub(super) fn refused<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Refused(why.into()))
}
