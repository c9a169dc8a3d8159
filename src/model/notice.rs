//! What admins are told of their schedules.

use super::{SpaceId, UserId};

/// What an admin is told about a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Few questions are left that its space was not asked yet.
    RunningOut,
    /// Its channel cannot be posted to.
    ChannelClosed,
    /// Its daily may be in its channel or not, and the bot may not look.
    InDoubt,
    /// Its row can't be read, so it posts nothing.
    Damaged,
}

/// A notice that nobody was told yet.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsentNotice {
    /// The row.
    pub id: i64,
    /// What it tells.
    pub kind: NoticeKind,
    /// The space.
    pub space: SpaceId,
    /// The row of the schedule it is about.
    pub of: i64,
    /// The name of that.
    pub schedule: String,
    /// Why that waits for its channel, if it does.
    pub waits_for: Option<String>,
    /// Who set that; `None` for one that the configuration declares.
    pub user: Option<UserId>,
}
