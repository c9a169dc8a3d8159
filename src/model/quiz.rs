//! Practice: a quiz that a member takes alone.

use super::{Member, Quiz};

/// A quiz that a member takes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizSession {
    /// The row.
    pub id: i64,
    /// Whose it is.
    pub member: Member,
    /// Its items in the order asked.
    pub items: Vec<QuizItem>,
}

/// One item of a quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizItem {
    /// The question's id.
    pub question: String,
    /// The question's topic.
    pub topic: String,
    /// What is asked, options in the order shown.
    pub quiz: Quiz,
    /// The member's answer.
    pub attempt: Option<Attempt>,
}

/// A member's answer to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Position of the chosen option, from 0.
    pub option: usize,
    /// Whether it is the right one.
    pub right: bool,
}
