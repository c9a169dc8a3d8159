//! An address at which an interaction can be answered later.

use chrono::{DateTime, Utc};

use crate::slack::time::Ts;

/// What a response URL belongs to.
#[derive(Clone, Debug)]
pub struct ResponseUrl {
    pub person: String,
    pub channel: String,
    /// The message whose button was pressed.
    pub message: Option<Ts>,
    pub thread: Option<Ts>,
    pub(super) left: u8,
    pub(super) expires: DateTime<Utc>,
}

/// Why a response URL can't be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UrlRefused {
    Unknown,
    Expired,
    Used,
}
