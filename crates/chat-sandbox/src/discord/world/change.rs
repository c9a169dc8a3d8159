//! What changes in the world, for those who show it to someone.

use std::sync::Arc;

use super::form::ModalView;

/// Something that happened, for those who show the world to someone.
#[derive(Clone, Debug)]
pub enum Change {
    /// A message is new or looks different.
    Message {
        /// The channel it is in.
        channel: u64,
        /// The message.
        id: u64,
        /// The only person who sees it, if it is ephemeral.
        only: Option<u64>,
    },
    /// A message is gone.
    Deleted {
        /// The channel it was in.
        channel: u64,
        /// The message.
        id: u64,
        /// The only person who saw it, if it was ephemeral.
        only: Option<u64>,
    },
    /// Someone types.
    Typing {
        /// The channel.
        channel: u64,
        /// Who types.
        user: u64,
    },
    /// An interaction was acknowledged or failed.
    Interaction {
        /// The interaction.
        id: u64,
        /// Who started it; nobody else learns of it.
        person: u64,
        /// What came of it.
        state: InteractionState,
    },
    /// A form popped up.
    Modal {
        /// Whose screen it popped up on.
        person: u64,
        /// The form.
        modal: Arc<ModalView>,
    },
    /// What is made to go wrong changed.
    Faults,
    /// The clock was moved.
    Clock,
    /// The registered commands changed.
    Commands,
    /// The bot came or went.
    Bot {
        /// Whether it is connected now.
        online: bool,
    },
    /// Channels, people or permissions changed: everything may look different.
    Reset,
}

/// What came of an interaction, as its author's client shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum InteractionState {
    /// The application acknowledged it in time.
    Acknowledged,
    /// It did not, or could not; the text is what Discord's client would show.
    Failed(String),
}
