//! What can be asked: a topic, its questions, and their quizzes.

use std::{fmt, str::FromStr};

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

/// How hard a question is.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// Anyone who prepared answers it.
    Easy,
    /// Asks for experience.
    Medium,
    /// Separates the candidates.
    Hard,
}

impl Difficulty {
    /// Every difficulty, easiest first.
    pub const ALL: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        })
    }
}

/// A word that isn't a [`Difficulty`].
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub struct UnknownDifficulty(pub String);

impl FromStr for Difficulty {
    type Err = UnknownDifficulty;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Difficulty::ALL
            .into_iter()
            .find(|difficulty| difficulty.to_string() == text)
            .ok_or_else(|| UnknownDifficulty(text.to_owned()))
    }
}

/// How much a topic's questions must hold.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// What an interview needs: a model answer, what to listen for, and why each option is right or wrong.
    #[default]
    Model,
    /// A quiz alone will do.
    Trivia,
}

impl Depth {
    /// Every depth.
    pub const ALL: [Depth; 2] = [Depth::Model, Depth::Trivia];
}

impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Depth::Model => "model",
            Depth::Trivia => "trivia",
        })
    }
}

/// A word that isn't a [`Depth`].
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub struct UnknownDepth(pub String);

impl FromStr for Depth {
    type Err = UnknownDepth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Depth::ALL
            .into_iter()
            .find(|depth| depth.to_string() == text)
            .ok_or_else(|| UnknownDepth(text.to_owned()))
    }
}

/// A field of knowledge, one file of the bank.
#[derive(Serialize, Clone, Debug, PartialEq)]
pub struct Topic {
    /// The file's stem and what people type: lowercase words joined by hyphens.
    pub name: String,
    /// What people read.
    pub title: String,
    /// One line about it.
    pub summary: String,
    /// Groups of names that people use for the same thing, beside those that every bank knows.
    pub synonyms: Vec<Vec<String>>,
    /// How much its questions must hold.
    pub depth: Depth,
}

/// Something an interviewer asks, with what a good candidate says.
#[derive(Serialize, Clone, Debug, PartialEq)]
pub struct Question {
    /// Unique in the bank and never reused: lowercase words joined by hyphens.
    pub id: String,
    /// The name of its topic.
    pub topic: String,
    /// The question itself, CommonMark.
    pub prompt: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// At most five, lowercase words joined by hyphens.
    pub tags: Vec<String>,
    /// What else people call what it is about, by which it is found too.
    pub aliases: Vec<String>,
    /// What a good candidate would say, CommonMark; may be empty in trivia.
    pub answer: String,
    /// What an interviewer listens for, one to eight; may be none in trivia.
    pub key_points: Vec<String>,
    /// What is asked next.
    pub follow_ups: Vec<String>,
    /// Where to read on: http and https addresses.
    pub links: Vec<String>,
    /// Ids of the source inventory it covers.
    pub sources: Vec<String>,
    /// Its multiple-choice forms: none, one or several.
    pub quizzes: Vec<Quiz>,
}

/// A multiple-choice form of a question. It can be stored, so that an open quiz outlives a change of the bank.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Quiz {
    /// What is asked, CommonMark.
    pub prompt: String,
    /// Two to five, of which exactly one is right.
    pub options: Vec<QuizOption>,
}

/// One answer that a quiz offers.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct QuizOption {
    /// At most 80 characters: it stands beside its button.
    pub text: String,
    /// Whether it is the right one.
    #[serde(default)]
    pub right: bool,
    /// Why it is right, or which misconception it is; may be empty in trivia.
    #[serde(default)]
    pub why: String,
}

impl Quiz {
    /// The position of the right option, from 0.
    pub fn right(&self) -> usize {
        self.options
            .iter()
            .position(|option| option.right)
            .unwrap_or_default()
    }

    /// Whether this is that quiz, although one of them may have been edited: it asks the same, or has
    /// the same options for the same reasons. Options without reasons, such as true and false, say
    /// nothing.
    pub fn is_as(&self, other: &Quiz) -> bool {
        fn letters(text: &str) -> impl Iterator<Item = char> {
            text.chars()
                .filter(|letter| !letter.is_whitespace())
                .flat_map(char::to_lowercase)
        }
        let among = |option: &QuizOption, quiz: &Quiz| {
            let mut others = quiz.options.iter();
            others.any(|other| option.text == other.text && option.why == other.why)
        };
        let reasoned = self.options.iter().any(|option| !option.why.is_empty());
        let same_options = self.options.len() == other.options.len()
            && self.options.iter().all(|option| among(option, other));
        letters(&self.prompt).eq(letters(&other.prompt)) || reasoned && same_options
    }

    /// A copy with its options in a drawn order.
    pub fn shuffled(&self, rng: &mut impl rand::Rng) -> Quiz {
        let mut quiz = self.clone();
        quiz.options.shuffle(rng);
        quiz
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::SmallRng};

    use super::*;

    #[test]
    fn a_difficulty_reads_what_it_writes() {
        for difficulty in Difficulty::ALL {
            assert_eq!(difficulty.to_string().parse(), Ok(difficulty));
        }
        let error = "tricky".parse::<Difficulty>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`tricky` isn't a difficulty; use easy, medium or hard"
        );
    }

    proptest! {
        #[test]
        fn shuffling_keeps_the_options_and_the_right_one(count in 2usize..=5, right in 0usize..2, seed: u64) {
            let options = (0..count)
                .map(|index| QuizOption {
                    text: format!("option {index}"),
                    right: index == right,
                    why: format!("why {index}"),
                })
                .collect();
            let quiz = Quiz { prompt: "Which?".into(), options };
            let mut shuffled = quiz.shuffled(&mut SmallRng::seed_from_u64(seed));
            prop_assert_eq!(&shuffled.options[shuffled.right()], &quiz.options[right]);
            shuffled.options.sort_by(|one, other| one.text.cmp(&other.text));
            prop_assert_eq!(shuffled, quiz);
        }
    }
}
