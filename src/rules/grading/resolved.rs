//! Replies that name several options and say which of them is meant: "not C, not D, so A", "B. no, C", "A, not B". That one
//! is asked about, and not those that are turned down.

use std::collections::BTreeSet;

use super::labels::{stages, unpaused};
use super::reader::Reader;
use super::texts::Closeness;
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

/// What has been read of a reply so far.
#[derive(Default)]
struct Said {
    affirmed: Vec<usize>,
    denied: BTreeSet<usize>,
    /// How many times something was turned down.
    denials: usize,
    /// Whether the option before is turned down.
    after_denied: bool,
    /// What came since that option.
    not: bool,
    back: bool,
    so: bool,
    /// Whether it says which one is meant.
    plain: bool,
}

impl Reader {
    /// The option, from 0, that a reply means which names several. None where that isn't plain: "not A, B" may turn both
    /// down.
    pub(super) fn resolved(&self, reply: &[Token]) -> Option<usize> {
        const MOST: usize = 30;
        let asks = reply
            .last()
            .is_some_and(|last| last.kind == Kind::Pause('?'));
        let core = unpaused(reply);
        if asks || core.len() > MOST {
            return None;
        }
        let mut said = Said::default();
        let mut start = 0;
        for at in 0..=core.len() {
            let part = core.get(at).filter(|part| !operates(part));
            if part.is_some() {
                continue;
            }
            self.take(&core[start..at], &mut said)?;
            if let Some(operator) = core.get(at) {
                let own = self
                    .0
                    .named(std::slice::from_ref(operator), Closeness::Plain);
                if !own.is_empty() {
                    return None;
                }
                said.hear(operator.word(), at + 1 < core.len());
            }
            start = at + 1;
        }
        match said.affirmed[..] {
            [only] if said.plain && !said.denied.contains(&only) => Some(only),
            _ => None,
        }
    }

    /// Takes what stands between two words that tell what becomes of an option. None where it is more than one option.
    fn take(&self, run: &[Token], said: &mut Said) -> Option<()> {
        let words = [
            &VOCABULARY.leads,
            &VOCABULARY.tails,
            &VOCABULARY.around_labels,
            &VOCABULARY.people,
        ];
        let around = |part: &Token| words.iter().any(|words| words.contains(part.word()));
        let Some(stage) = stages(run).pop().filter(|stage| !stage.core.is_empty()) else {
            return Some(());
        };
        let mut named = self.label_or_number(&stage);
        named.extend(self.0.named(stage.core, Closeness::Slip));
        named.dedup();
        match named[..] {
            [option] => said.name(option),
            [] if run.iter().all(around) => Some(()),
            _ => None,
        }
    }
}

impl Said {
    fn name(&mut self, option: usize) -> Option<()> {
        if self.not {
            self.denied.insert(option);
            self.denials += 1;
            self.affirmed.retain(|before| *before != option);
            self.plain |= !self.affirmed.is_empty();
        } else {
            // "Not A, B" may turn both down, and "not A or B" does.
            if self.after_denied && !self.so && self.denials < 2 && !self.back {
                return None;
            }
            if self.back && !self.affirmed.is_empty() {
                self.denied.extend(self.affirmed.drain(..));
                self.denied.remove(&option);
                self.plain = true;
            }
            self.plain |= self.after_denied;
            self.affirmed.push(option);
        }
        self.after_denied = self.not;
        (self.not, self.back, self.so) = (false, false, false);
        Some(())
    }

    fn hear(&mut self, word: &str, goes_on: bool) {
        let says = &*VOCABULARY;
        match word {
            "not" | "than" | "of" => self.not = true,
            "or" | "nor" | "neither" => self.not |= word != "or",
            "but" => self.so = true,
            word if says.conclusions.contains(word) => self.so = true,
            word if says.corrections.contains(word) => self.back |= goes_on,
            _ => {}
        }
    }
}

/// Whether a part stands between options and tells what becomes of them.
fn operates(part: &Token) -> bool {
    let words = [
        &VOCABULARY.connectors,
        &VOCABULARY.corrections,
        &VOCABULARY.conclusions,
    ];
    let word = part.word();
    part.is_pause()
        || ["than", "of"].contains(&word)
        || words.iter().any(|words| words.contains(word))
}
