//! A trigger id, with which the app opens one modal.

use chrono::{DateTime, Utc};

/// What is known of a trigger id.
#[derive(Clone, Debug)]
pub struct Trigger {
    pub(super) person: String,
    pub(super) until: DateTime<Utc>,
    pub(super) spent: bool,
}

/// Why a trigger id can't be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TriggerRefused {
    Unknown,
    Expired,
    Spent,
}
