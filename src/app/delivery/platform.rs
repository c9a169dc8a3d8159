//! The port: what a platform must be able to do, so that dailies and notices are delivered on it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::Card;
use crate::model::{Daily, Member, MessageRef, Place, PlatformId};

/// A platform, as the engine needs it. Calls may take a while: an implementation knows which of them are safe to
/// repeat, and for how long repeating them is worthwhile.
pub trait Platform: Send + Sync + 'static {
    /// Which one it is. Only the work of its spaces is handed to it.
    fn platform(&self) -> PlatformId;

    /// For how long the platform certainly posts no second message with the same key. Zero where there are no keys;
    /// then a message is looked for before it is posted.
    fn remembers_keys_for(&self) -> TimeDelta;

    /// Posts a card. The key is at most 25 characters.
    fn post(
        &self,
        to: &Place,
        card: &Card,
        key: &str,
    ) -> impl Future<Output = Result<MessageRef, Failure>> + Send;

    /// The messages of ours that show a daily, earliest first, in the channel where it was tried last
    /// ([`Daily::tried_in`]). [`Failure::Unseen`] where the bot may not look.
    fn find(&self, daily: &Daily) -> impl Future<Output = Result<Vec<MessageRef>, Failure>> + Send;

    /// Replaces the card of a message of ours.
    fn edit(
        &self,
        at: &MessageRef,
        card: &Card,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Removes a message of ours.
    fn retract(&self, at: &MessageRef) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Starts a thread from a message of ours, with a title of any length, and opens it. One that is there
    /// already, or was opened, is left as it is. The key is as for [`Platform::post`]; it wasn't used before that instant.
    fn discuss(
        &self,
        at: &MessageRef,
        title: &str,
        opening: Option<&Card>,
        key: (&str, DateTime<Utc>),
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Tells somebody something directly. The key is as for [`Platform::post`].
    fn tell(
        &self,
        to: &Member,
        card: &Card,
        key: &str,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Tells the operator something directly, if the platform knows who that is. The key is as for
    /// [`Platform::post`].
    fn tell_operator(
        &self,
        card: &Card,
        key: &str,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Why a call came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is no such message or person.
    #[error("it isn't there any more")]
    Gone,
    /// The channel is closed to the bot: it is gone, archived, or lacks a permission. What the platform says.
    #[error("{0}")]
    Closed(String),
    /// Whether something is there can't be seen: the bot may not look. What the platform says.
    #[error("{0}")]
    Unseen(String),
    /// The platform refuses for another reason, and would again.
    #[error("{0}")]
    Refused(String),
    /// The platform refuses for now. What it says, and how long to wait.
    #[error("{0}")]
    Later(String, Duration),
    /// It may or may not have been done.
    #[error("{0}")]
    Unsure(String),
}
