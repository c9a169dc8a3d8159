//! Which question comes next.

use rand::seq::IndexedRandom;

use crate::model::Difficulty;

/// This many dailies of a schedule in a row have every difficulty among them, as far as the pool allows it.
pub const MIXED_WITHIN: usize = 7;

/// With this many questions left that were not asked yet, or fewer, the pool is running out.
pub const RUNNING_OUT: usize = 7;

/// A question that may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its id.
    pub question: &'a str,
    /// Its topic.
    pub topic: &'a str,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// When it was last asked, on any increasing scale; `None` if it never was.
    pub last_used: Option<i64>,
}

/// What an earlier daily of the schedule asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The topic.
    pub topic: String,
    /// The difficulty.
    pub difficulty: Difficulty,
}

/// Draws a question that was never asked; if all were, the one that was asked longest ago. `None` without candidates.
pub fn pick<'a>(candidates: &[Candidate<'a>], rng: &mut impl rand::Rng) -> Option<Candidate<'a>> {
    oldest(candidates).choose(rng).copied()
}

/// Draws the question of a schedule's next daily. `past` is what it asked before, newest first.
///
/// Of the questions that were never asked it draws one from the topic that the schedule asked longest ago; when all
/// were asked, the one that was asked longest ago. It also keeps difficulties mixed: it draws each difficulty before
/// [`MIXED_WITHIN`] dailies have gone without it, and saves the questions that the rest of the pool needs for that.
pub fn pick_next<'a>(
    candidates: &[Candidate<'a>],
    past: &[Past],
    rng: &mut impl rand::Rng,
) -> Option<Candidate<'a>> {
    let unused: Vec<_> = of(candidates, |candidate| candidate.last_used.is_none());
    let exhausted = unused.is_empty();
    let pool = if exhausted {
        candidates.to_vec()
    } else {
        unused
    };
    let pool = match due(&pool, past) {
        Some(difficulty) => of(&pool, |candidate| candidate.difficulty == difficulty),
        None if exhausted => pool,
        None => unsaved(pool, past),
    };
    if exhausted {
        return pick(&pool, rng);
    }
    // A topic that was never asked is older than any other.
    let age = |topic: &str| {
        let asked = past.iter().position(|past| past.topic == topic);
        asked.unwrap_or(usize::MAX)
    };
    let eldest = pool.iter().map(|candidate| age(candidate.topic)).max()?;
    let next = of(&pool, |candidate| age(candidate.topic) == eldest);
    // Topics never asked are of the same age: one question, so one topic, is drawn of them all.
    next.choose(rng).copied()
}

/// The candidates that were never asked, or else those asked longest ago.
fn oldest<'a>(candidates: &[Candidate<'a>]) -> Vec<Candidate<'a>> {
    // `None` sorts before every time.
    let oldest = candidates.iter().map(|candidate| candidate.last_used).min();
    of(candidates, |candidate| Some(candidate.last_used) == oldest)
}

fn of<'a>(
    candidates: &[Candidate<'a>],
    wanted: impl Fn(&Candidate<'a>) -> bool,
) -> Vec<Candidate<'a>> {
    candidates.iter().copied().filter(wanted).collect()
}

/// By which pick, this one being 1, a difficulty must come again.
fn deadline(difficulty: Difficulty, past: &[Past]) -> usize {
    let since = past
        .iter()
        .position(|past| past.difficulty == difficulty)
        // Before the first daily every difficulty counts as just asked.
        .unwrap_or(past.len());
    MIXED_WITHIN.saturating_sub(since).max(1)
}

/// The difficulty that must be drawn now: the one with the earliest deadline, if that many picks are left for as many
/// difficulties.
fn due(pool: &[Candidate<'_>], past: &[Past]) -> Option<Difficulty> {
    let mut deadlines: Vec<_> = Difficulty::ALL
        .into_iter()
        .filter(|difficulty| pool.iter().any(|one| one.difficulty == *difficulty))
        .map(|difficulty| (deadline(difficulty, past), difficulty))
        .collect();
    deadlines.sort_unstable();
    let tight = deadlines.iter().zip(1..).any(|((by, _), nth)| *by <= nth);
    deadlines.first().filter(|_| tight).map(|(_, first)| *first)
}

/// The unused questions without those of a difficulty of which each one left is needed, at its latest possible pick,
/// until the pool is used up. All of them if that leaves none.
fn unsaved<'a>(pool: Vec<Candidate<'a>>, past: &[Past]) -> Vec<Candidate<'a>> {
    let spare = |difficulty| {
        let left = pool
            .iter()
            .filter(|one| one.difficulty == difficulty)
            .count();
        // If one is drawn now, the others come each after as long a wait as may be.
        let needed_later = (pool.len() - 1) / MIXED_WITHIN;
        let needed = match pool.len().checked_sub(deadline(difficulty, past)) {
            Some(rest) => 1 + rest / MIXED_WITHIN,
            None => 0,
        };
        // If there are too few in any case, saving them is pointless.
        left > needed_later || left < needed
    };
    let spared = of(&pool, |candidate| spare(candidate.difficulty));
    if spared.is_empty() { pool } else { spared }
}

#[cfg(test)]
mod tests;
