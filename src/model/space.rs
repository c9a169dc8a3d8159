//! A community that has the bot, or had it until lately.

use chrono::{DateTime, Utc};

use super::SpaceId;
use crate::time::Zone;

/// A community, and what is its own and no schedule's.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// Which one.
    pub id: SpaceId,
    /// When it took the bot in, or back; `None` when the platform has not said so yet.
    pub joined_at: Option<DateTime<Utc>>,
    /// When it removed the bot; `None` while it has it.
    pub left_at: Option<DateTime<Utc>>,
    /// By which zone its weeks and months are counted; `None`: that of its first schedule.
    pub zone: Option<Zone>,
    /// The language of its texts, as a BCP 47 tag; `None`: that of the program.
    pub language: Option<String>,
}
