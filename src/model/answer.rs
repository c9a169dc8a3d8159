//! Answers to dailies, and what comes of them.

use chrono::{DateTime, Utc};

use super::UserId;

/// A recorded answer to a daily.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Position of the chosen option in the posted quiz, from 0.
    pub option: usize,
    /// Whether it is the right one.
    pub right: bool,
    /// The points it made.
    pub points: u32,
    /// The streak it made, in dailies.
    pub streak: u32,
    /// When it was given.
    pub at: DateTime<Utc>,
}

/// An answer as a member gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Position of the option in the posted quiz, from 0.
    pub option: usize,
    /// Whether it was typed, for everyone to read.
    pub typed: bool,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// It is recorded.
    Recorded(Answer),
    /// It is recorded in place of the one that the member gave before.
    Changed(Answer),
    /// The member had answered before; this is the answer that counts.
    Already(Answer),
    /// The member had answered before and deleted that answer: none counts until the daily closes.
    BeforeDeletion,
    /// The daily takes no answers (any more).
    Closed,
    /// The daily was given another question since.
    Replaced,
}

/// The votes for one option of a daily.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vote {
    /// How many chose it.
    pub count: u32,
    /// Who chose it first.
    pub first: Option<UserId>,
}
