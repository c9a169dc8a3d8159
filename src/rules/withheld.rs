//! What a person must not read yet: the answers of open dailies that they can still answer, here or in another space,
//! even if the question has a new id by now.

use super::choosing::Asked;
use crate::bank::Bank;
use crate::model::{Question, Quiz};

/// An open daily on which a person has no verdict yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsettled {
    /// What it asks.
    pub asked: Asked,
    /// Whether the person has answered it, even if they deleted the answer.
    pub answered: bool,
}

/// The questions whose answers a person must not read yet.
#[derive(Default)]
pub struct Withheld(Vec<Unsettled>);

impl Withheld {
    /// Those that these dailies ask.
    pub fn new(dailies: Vec<Unsettled>) -> Self {
        Self(dailies)
    }

    /// Those of the dailies that the person can still give a first answer to.
    pub fn unanswered(&self) -> Self {
        let dailies = self.0.iter().filter(|daily| !daily.answered);
        Self(dailies.cloned().collect())
    }

    /// Whether a question's answer is withheld.
    pub fn holds(&self, question: &Question) -> bool {
        self.0.iter().any(|daily| daily.asked.is(question))
    }

    /// Whether the answer of a quiz is withheld; the question that it was made of had this id then.
    pub fn holds_quiz(&self, bank: &Bank, id: &str, quiz: &Quiz) -> bool {
        let mut dailies = self.0.iter();
        dailies.any(|daily| daily.asked.is_of(bank, id, quiz))
    }
}
