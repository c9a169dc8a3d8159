//! The bank in force: what can be asked at one moment.

use std::collections::HashMap;
use std::sync::Arc;

use rand::Rng;

use crate::bank::Bank;
use crate::model::{Difficulty, Question};
use crate::rules::choosing::askable;
use crate::rules::picking::{Candidate, pick};
use crate::rules::withheld::Withheld;

/// The bank in force.
pub struct Library {
    /// The questions.
    pub bank: Arc<Bank>,
}

impl Library {
    /// What can be asked of a bank.
    pub fn new(bank: impl Into<Arc<Bank>>) -> Self {
        Self { bank: bank.into() }
    }

    /// The questions with a quiz, of the topics named (all when none is), of a difficulty, and
    /// not withheld.
    pub(super) fn askable<'a>(
        &'a self,
        topics: &[String],
        difficulty: Option<Difficulty>,
        withheld: &Withheld,
    ) -> Vec<&'a Question> {
        askable(&self.bank, topics)
            .into_iter()
            .filter(|question| difficulty.is_none_or(|wanted| question.difficulty == wanted))
            .filter(|question| !withheld.holds(question))
            .collect()
    }
}

/// Draws `count` different questions: those never used first, then those used longest ago.
pub(super) fn draw<'a>(
    mut pool: Vec<&'a Question>,
    used: &[(String, i64)],
    count: usize,
    rng: &mut impl Rng,
) -> Vec<&'a Question> {
    let used: HashMap<&str, i64> = used.iter().map(|(id, at)| (id.as_str(), *at)).collect();
    let mut drawn = Vec::new();
    while drawn.len() < count {
        let candidates: Vec<Candidate<'_>> = pool
            .iter()
            .map(|question| Candidate {
                question: &question.id,
                topic: &question.topic,
                difficulty: question.difficulty,
                last_used: used.get(question.id.as_str()).copied(),
            })
            .collect();
        let Some(picked) = pick(&candidates, rng) else {
            break;
        };
        let at = pool
            .iter()
            .position(|question| question.id == picked.question);
        drawn.extend(at.map(|at| pool.swap_remove(at)));
    }
    drawn
}
