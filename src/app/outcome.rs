//! What a use-case comes to: a card, a refusal for the member to read, or an internal error.

use super::card::{Card, Tone};
use super::text::Text;
use super::wording;
use crate::store::StoreError;

/// What a use-case comes to.
pub type Outcome = Result<Card, Error>;

/// Why there is no card.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The member's to read: what to do instead.
    #[error("{}", .0.0)]
    Refusal(Refusal),
    /// The operator's to read; the member sees an id.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// A friendly no.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal(pub Text);

impl Refusal {
    /// The card that says it, to the caller only.
    pub fn card(self) -> Card {
        Card::new(Tone::Bad, wording::REFUSED)
            .private()
            .text(self.0)
    }
}

impl From<Text> for Error {
    fn from(text: Text) -> Self {
        Self::Refusal(Refusal(text))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Internal(error.into())
    }
}
