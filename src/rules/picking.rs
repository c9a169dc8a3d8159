//! Which question comes next.

use rand::seq::IndexedRandom;

/// A question that may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its id.
    pub question: &'a str,
    /// When it was last asked, in unix seconds; none when it never was.
    pub last_used: Option<i64>,
}

/// The question that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick<'a> {
    /// Its id.
    pub question: &'a str,
    /// Whether every candidate had been asked before, so that this is a repetition.
    pub exhausted: bool,
}

/// Draws a question that was never asked; when all were, the one that was asked longest ago. None without candidates.
pub fn pick<'a>(candidates: &[Candidate<'a>], rng: &mut impl rand::Rng) -> Option<Pick<'a>> {
    // `None` sorts before every time, so the unused ones are the oldest.
    let oldest = candidates
        .iter()
        .map(|candidate| candidate.last_used)
        .min()?;
    let pool: Vec<_> = candidates
        .iter()
        .filter(|candidate| candidate.last_used == oldest)
        .collect();
    pool.choose(rng).map(|candidate| Pick {
        question: candidate.question,
        exhausted: oldest.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::SmallRng};

    use super::*;

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(pick(&[], &mut SmallRng::seed_from_u64(1)), None);
    }

    #[test]
    fn every_unused_question_has_a_chance() {
        let candidates = ["a", "b", "c"].map(|question| Candidate {
            question,
            last_used: None,
        });
        let mut rng = SmallRng::seed_from_u64(1);
        let drawn: BTreeSet<_> = (0..100)
            .filter_map(|_| pick(&candidates, &mut rng))
            .map(|pick| pick.question)
            .collect();
        assert_eq!(drawn.len(), 3);
    }

    proptest! {
        #[test]
        fn nothing_repeats_before_all_were_asked_then_the_oldest_comes(count in 1usize..12, seed: u64) {
            let ids: Vec<String> = (0..count).map(|index| format!("q{index}")).collect();
            let mut rng = SmallRng::seed_from_u64(seed);
            let mut last_used = vec![None; count];
            let mut asked = Vec::new();
            for now in 0..3 * count {
                let candidates: Vec<_> = ids
                    .iter()
                    .zip(&last_used)
                    .map(|(id, last_used)| Candidate { question: id, last_used: *last_used })
                    .collect();
                let pick = pick(&candidates, &mut rng).unwrap();
                prop_assert_eq!(pick.exhausted, now >= count);
                let index = ids.iter().position(|id| id == pick.question).unwrap();
                last_used[index] = Some(now as i64);
                asked.push(index);
            }
            prop_assert_eq!(asked[..count].iter().collect::<BTreeSet<_>>().len(), count);
            prop_assert_eq!(&asked[..count], &asked[count..2 * count]);
            prop_assert_eq!(&asked[..count], &asked[2 * count..]);
        }
    }
}
