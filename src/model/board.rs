//! What members have made: leaderboards, and each one's record.

use super::UserId;

/// A member's row of a leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// From 1; members with equal points share a rank and the next ranks are skipped.
    pub rank: u32,
    /// Who.
    pub user: UserId,
    /// Points.
    pub points: i64,
    /// Dailies answered right.
    pub right: u32,
    /// Dailies answered.
    pub answers: u32,
    /// The streak that runs now.
    pub streak: u32,
}

/// A page of a leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardPage {
    /// Its rows, best first.
    pub standings: Vec<Standing>,
    /// Members on the whole board.
    pub members: u32,
    /// The reader's own row, wherever it is; `None` when the reader has no answer that counts.
    pub own: Option<Standing>,
}

/// A member's points and answers over all time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Points from dailies.
    pub points: i64,
    /// Dailies answered.
    pub answers: u32,
    /// Dailies answered right.
    pub right: u32,
    /// Answers to open dailies that aren't among these, since the reader may not know yet whether they are right.
    pub waiting: u32,
    /// The streak that runs now, the best over the space's schedules.
    pub streak: u32,
    /// The longest streak ever.
    pub longest: u32,
}

/// A member's answers in one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicRecord {
    /// The topic's name.
    pub topic: String,
    /// Answers given.
    pub answers: u32,
    /// Right ones.
    pub right: u32,
}
