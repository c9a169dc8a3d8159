//! What keeps a schedule from a channel.

/// Why a channel does not do for a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The bot lacks these permissions there, by the names that the platform shows.
    Lacks(Vec<String>),
    /// The bot is not in it, and must be invited.
    NotInvited,
    /// It is archived.
    Archived,
    /// It holds no messages of its own, as forums and categories.
    NoMessages,
    /// No thread can be started from a message there.
    NoThreads,
}
