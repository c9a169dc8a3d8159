//! What a person must not read yet: the answers of open dailies that they can still answer, here or in another space,
//! even if the question has a new id by now.

use crate::bank::Bank;
use crate::model::{Question, Quiz};
use crate::rules::choosing::Asked;
use crate::rules::timetable::LATENESS;
use crate::time::InstantSums;

use super::outcome::Error;
use super::{App, Caller, wording};

/// The questions whose answers a person must not read yet.
#[derive(Default)]
pub(super) struct Withheld(Vec<Asked>);

impl Withheld {
    /// Whether a question's answer is withheld.
    pub(super) fn holds(&self, question: &Question) -> bool {
        self.0.iter().any(|asked| asked.is(question))
    }

    /// Whether the answer of a quiz is withheld; the question that it was made of had this id then.
    pub(super) fn holds_quiz(&self, bank: &Bank, id: &str, quiz: &Quiz) -> bool {
        self.0.iter().any(|asked| asked.is_of(bank, id, quiz))
    }
}

impl App {
    /// What is withheld from the caller: what would give away a daily on which they have no verdict yet.
    pub(super) async fn withheld(&self, caller: &Caller) -> Result<Withheld, Error> {
        let since = self.clock.now().minus(LATENESS);
        let withheld = self.store.withheld(caller.member.clone(), since).await?;
        Ok(Withheld(withheld))
    }

    /// Refuses what would show the answer of a daily that the caller can still answer.
    pub(super) async fn refuse_withheld(
        &self,
        caller: &Caller,
        question: &Question,
    ) -> Result<(), Error> {
        if self.withheld(caller).await?.holds(question) {
            return Err(wording::refuse_withheld().into());
        }
        Ok(())
    }
}
