//! One posted quiz of one schedule on one local date.

use chrono::{DateTime, NaiveDate, Utc};

use super::{ChannelId, Difficulty, MessageId, Quiz, Reveal, SpaceId};

/// One quiz of one schedule on one local date.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    /// The row.
    pub id: i64,
    /// The schedule it is of.
    pub schedule: i64,
    /// The space.
    pub space: SpaceId,
    /// Where it posts.
    pub channel: ChannelId,
    /// The local date that it is the daily of.
    pub date: NaiveDate,
    /// The question's id.
    pub question: String,
    /// The question's topic.
    pub topic: String,
    /// The question's difficulty.
    pub difficulty: Difficulty,
    /// The quiz as posted, options in the order shown.
    pub quiz: Quiz,
    /// How far it is.
    pub state: DailyState,
    /// When it should be posted.
    pub due_at: DateTime<Utc>,
    /// When it was claimed.
    pub claimed_at: DateTime<Utc>,
    /// When its message was tried to be sent last, or about to be.
    pub tried_at: DateTime<Utc>,
    /// The channel of that try.
    pub tried_in: ChannelId,
    /// Whether it was claimed and then given up, because it could not be sent in time.
    pub given_up: bool,
    /// The message, once posted.
    pub message: Option<MessageId>,
    /// When it was posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// When members see their verdicts: what its schedule said when it was claimed.
    pub reveal: Reveal,
    /// Counts what changed its message since it was posted. While the daily takes answers that is
    /// how often it was given another question.
    pub version: u32,
}

impl Daily {
    /// Whether its message was tried to be sent since it was claimed.
    pub fn was_tried(&self) -> bool {
        self.tried_at != self.claimed_at
    }

    /// Whether its members may not see their verdicts yet.
    pub fn hides_verdicts(&self) -> bool {
        self.reveal == Reveal::AtClose && self.state != DailyState::Closed
    }
}

/// How far a daily is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailyState {
    /// Its date is taken; the message is about to be sent.
    Claimed,
    /// It takes answers.
    Posted,
    /// It takes no more answers.
    Closed,
}
