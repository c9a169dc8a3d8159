//! What is withheld from a caller: the answers of the open dailies that they can still answer.

use crate::model::Question;
use crate::rules::timetable::LATENESS;
use crate::rules::withheld::Withheld;
use crate::time::InstantSums;

use super::outcome::Error;
use super::{App, Caller, wording};

impl App {
    /// What is withheld from the caller: what would give away a daily on which they have no verdict yet.
    pub(super) async fn withheld(&self, caller: &Caller) -> Result<Withheld, Error> {
        let since = self.clock.now().minus(LATENESS);
        let withheld = self.store.withheld(caller.member.clone(), since).await?;
        Ok(Withheld::new(withheld))
    }

    /// Refuses what would show the answer of a daily that the caller can still answer.
    pub(super) async fn refuse_withheld(
        &self,
        caller: &Caller,
        question: &Question,
    ) -> Result<(), Error> {
        let withheld = self.withheld(caller).await?;
        if withheld.holds(question) {
            let answered = !withheld.unanswered().holds(question);
            return Err(wording::refuse_withheld(caller.platform(), answered).into());
        }
        Ok(())
    }
}
