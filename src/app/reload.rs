//! Loads saved question files while the bot runs.

use std::sync::Arc;

use tokio::sync::watch;

use super::card::{Card, Tone};
use super::{App, Library, wording};
use crate::bank::{Bank, Faults, Saved};

impl App {
    /// Switches to each bank that is saved without faults. After a broken save the current bank stays, and the operator
    /// is told, once until the files are sound again. Ends when the files are no longer watched.
    pub async fn follow(self, mut saved: watch::Receiver<Saved>) {
        let mut broken = false;
        while saved.changed().await.is_ok() {
            let saved = saved.borrow_and_update().clone();
            let told = std::mem::replace(&mut broken, saved.is_err());
            match saved {
                Ok(bank) => self.take_over(bank),
                Err(faults) => self.keep_the_old(&faults, told),
            }
        }
    }

    /// Switches to another bank.
    pub fn reload(&self, bank: impl Into<Arc<Bank>>) {
        self.library.store(Arc::new(Library::new(bank)));
    }

    /// What to tell the operator, for as long as it is so.
    pub fn to_tell_operator(&self) -> Option<Arc<Card>> {
        self.to_operator.load_full()
    }

    fn take_over(&self, bank: Arc<Bank>) {
        let questions = bank.questions().len();
        // The faults are fixed now.
        self.to_operator.store(None);
        self.reload(bank);
        tracing::info!(questions, "took over the saved question files");
    }

    fn keep_the_old(&self, faults: &Faults, told: bool) {
        // As a list: a line of the log is one event.
        let list: Vec<String> = faults.to_string().lines().map(str::to_owned).collect();
        tracing::warn!(faults = ?list, "the question files are broken, so the bank in force stays");
        if !told {
            let text = wording::broken_save(faults);
            let card = Card::new(Tone::Bad, wording::BROKEN_SAVE).text(text);
            self.to_operator.store(Some(Arc::new(card)));
            self.wakes.notices.call();
        }
    }
}
