//! What admins are told of their schedules.

use super::{SpaceId, UserId};

/// What an admin is told about a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Few questions are left that its space was not asked yet.
    RunningOut,
    /// Its channel cannot be posted to.
    ChannelClosed,
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
    /// The name of the schedule it is about.
    pub schedule: String,
    /// Why that waits for its channel, if it does.
    pub waits_for: Option<String>,
    /// Who set that; `None` for one that the configuration declares.
    pub user: Option<UserId>,
}
