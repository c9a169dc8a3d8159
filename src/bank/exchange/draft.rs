//! A question that may be incomplete.

use crate::model::{Difficulty, Quiz, QuizOption};

/// A question of which anything may be missing; see [`Question`](crate::model::Question) for what the parts are.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "they are those of Question")]
pub struct Draft {
    /// The line that it begins at, from 1; 0 if unknown.
    pub line: usize,
    pub id: String,
    pub prompt: String,
    pub difficulty: Option<Difficulty>,
    pub tags: Vec<String>,
    pub aliases: Vec<String>,
    pub answer: String,
    pub key_points: Vec<String>,
    pub follow_ups: Vec<String>,
    pub links: Vec<String>,
    pub sources: Vec<String>,
    pub quizzes: Vec<Quiz>,
}

/// The options of a statement that is true or false.
pub(super) fn true_or_false(truth: bool) -> Vec<QuizOption> {
    let option = |(text, right): (&str, bool)| QuizOption {
        text: text.to_owned(),
        right,
        why: String::new(),
    };
    [("True", truth), ("False", !truth)].map(option).into()
}
