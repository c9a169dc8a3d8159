//! The result of a use-case: a card, a refusal for the member to read, or an internal error.

use super::card::{Card, Tone};
use super::text::Text;
use super::wording::labels::{NOT_CHANGED, REFUSED};
use super::wording::lists::{and_more, list};
use crate::store::StoreError;

/// The result of a use-case.
pub type Outcome = Result<Card, Error>;

/// Why there is no card.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// For the member to read: what to do instead.
    #[error("{}", .0.text)]
    Refusal(Refusal),
    /// For the operator to read; the member sees an id.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// What is said instead of what was asked for: a friendly no, or a question or fact that leads on.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    title: &'static str,
    tone: Tone,
    text: Text,
}

impl Refusal {
    /// What was asked for can't or must not be done.
    pub fn no(text: impl Into<Text>) -> Self {
        Self {
            title: REFUSED,
            tone: Tone::Bad,
            text: text.into(),
        }
    }

    /// What its reader wouldn't call a refusal: a question, or how things are.
    pub fn neutral(title: &'static str, text: impl Into<Text>) -> Self {
        Self {
            title,
            tone: Tone::Neutral,
            text: text.into(),
        }
    }

    /// The card that says it, to the caller only.
    pub fn card(self) -> Card {
        Card::new(self.tone, self.title).private().text(self.text)
    }
}

/// How many refusals are shown at once.
const TOLD: usize = 10;

/// Everything that is wrong with what somebody typed, shown at once.
#[derive(Debug, Default)]
pub(super) struct Refusals(Vec<Refusal>);

impl Refusals {
    /// One more, unless it is there already.
    pub fn add(&mut self, refusal: Refusal) {
        if !self.0.contains(&refusal) {
            self.0.push(refusal);
        }
    }

    /// What was read; a refusal is kept.
    pub fn keep<T>(&mut self, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|refusal| self.add(refusal)).ok()
    }

    /// Nothing, or all of them as one.
    pub fn told(mut self) -> Result<(), Refusal> {
        if self.0.len() < 2 {
            return self.0.pop().map_or(Ok(()), Err);
        }
        let bad = self.0.iter().any(|refusal| refusal.tone == Tone::Bad);
        let more = self.0.len().saturating_sub(TOLD);
        let more = (more > 0).then(|| and_more(more).into());
        let texts = self.0.into_iter().take(TOLD).map(|refusal| refusal.text);
        Err(Refusal {
            title: NOT_CHANGED,
            tone: if bad { Tone::Bad } else { Tone::Neutral },
            text: list(texts.chain(more)),
        })
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}
