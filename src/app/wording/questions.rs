//! What is said of a question wherever it is shown.

use std::fmt::{self, Display, Formatter};

use super::labels::ALL_TOPICS;
use super::lists::in_a_line;
use crate::bank::Bank;
use crate::model::{Difficulty, Question, UnknownDepth, UnknownDifficulty};

/// The letter of an option, from its position.
pub(in crate::app) fn letter(position: usize) -> String {
    char::from(b'A' + position.min(25) as u8).to_string()
}

pub(in crate::app) fn topic_title(bank: &Bank, topic: &str) -> String {
    bank.topic(topic)
        .map_or_else(|| topic.to_owned(), |topic| topic.title.clone())
}

/// The titles of topics with commas between; an empty list stands for all topics.
pub(in crate::app) fn topic_titles(bank: &Bank, topics: &[String]) -> String {
    if topics.is_empty() {
        return ALL_TOPICS.to_owned();
    }
    let titles = topics.iter().map(|topic| topic_title(bank, topic));
    titles.collect::<Vec<_>>().join(", ")
}

/// Topic, difficulty and tags of a question, in a line.
pub(in crate::app) fn about(question: &Question, bank: &Bank) -> String {
    in_a_line([
        topic_title(bank, &question.topic),
        difficulty(question.difficulty).to_owned(),
        question.tags.join(", "),
    ])
}

/// How hard a question is, in a word.
pub fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

/// The same before a noun, with a space after it; nothing for any difficulty.
pub(super) fn of_difficulty(difficulty: Option<Difficulty>) -> String {
    difficulty.map_or_else(String::new, |it| format!("{} ", self::difficulty(it)))
}

impl Display for UnknownDifficulty {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(written) = self;
        write!(
            f,
            "`{written}` isn't a difficulty; use easy, medium or hard"
        )
    }
}

impl Display for UnknownDepth {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(written) = self;
        write!(f, "`{written}` isn't a depth; use model or trivia")
    }
}
