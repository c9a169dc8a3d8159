//! What a person must not read yet: the answers of open dailies that they can still answer, here or in another space,
//! even if the question has a new id by now.

use super::choosing::Asked;
use crate::bank::Bank;
use crate::model::{Question, Quiz};

/// The questions whose answers a person must not read yet.
#[derive(Default)]
pub struct Withheld(Vec<Asked>);

impl Withheld {
    /// Those that these dailies ask.
    pub fn new(asked: Vec<Asked>) -> Self {
        Self(asked)
    }

    /// Whether a question's answer is withheld.
    pub fn holds(&self, question: &Question) -> bool {
        self.0.iter().any(|asked| asked.is(question))
    }

    /// Whether the answer of a quiz is withheld; the question that it was made of had this id then.
    pub fn holds_quiz(&self, bank: &Bank, id: &str, quiz: &Quiz) -> bool {
        self.0.iter().any(|asked| asked.is_of(bank, id, quiz))
    }
}
