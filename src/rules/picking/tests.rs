use std::collections::BTreeSet;

use proptest::prelude::*;
use rand::{SeedableRng, rngs::SmallRng};

use super::*;

fn candidate(question: &str, last_used: Option<i64>) -> Candidate<'_> {
    Candidate {
        question,
        topic: "caching",
        difficulty: Difficulty::Easy,
        last_used,
    }
}

/// Questions with their topic and difficulty.
type Pool = Vec<(String, String, Difficulty)>;

/// The dailies of a schedule alone in its space: positions in the pool.
fn dailies(pool: &Pool, count: usize, seed: u64) -> Vec<usize> {
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut last_used = vec![None; pool.len()];
    let (mut past, mut asked) = (Vec::new(), Vec::new());
    for now in 0..count {
        let candidates: Vec<_> = pool
            .iter()
            .zip(&last_used)
            .map(|((question, topic, difficulty), last_used)| Candidate {
                question,
                topic,
                difficulty: *difficulty,
                last_used: *last_used,
            })
            .collect();
        let next = pick_next(&candidates, &past, &mut rng).unwrap();
        let index = pool.iter().position(|(id, ..)| id == next.question);
        let index = index.unwrap();
        last_used[index] = Some(now as i64);
        asked.push(index);
        let past_one = Past {
            topic: next.topic.to_owned(),
            difficulty: next.difficulty,
        };
        past.insert(0, past_one);
    }
    asked
}

/// Any mix of up to `most` questions of each difficulty over a few topics.
fn pool(most: usize) -> impl Strategy<Value = Pool> {
    let counts = prop::collection::vec(0..=most, 3);
    (counts, 1..5usize).prop_map(|(counts, topics)| {
        let difficulties = Difficulty::ALL.into_iter().zip(counts);
        difficulties
            .flat_map(|(difficulty, count)| (0..count).map(move |nth| (nth, difficulty)))
            .map(|(nth, difficulty)| {
                let topic = format!("t{}", nth % topics);
                (format!("{difficulty}{nth}"), topic, difficulty)
            })
            .collect()
    })
}

fn count(pool: &Pool, difficulty: Difficulty) -> usize {
    pool.iter().filter(|(.., of)| *of == difficulty).count()
}

#[test]
fn nothing_comes_of_nothing() {
    let mut rng = SmallRng::seed_from_u64(1);
    assert_eq!(pick(&[], &mut rng), None);
    assert_eq!(pick_next(&[], &[], &mut rng), None);
}

#[test]
fn every_unused_question_has_a_chance() {
    let candidates = ["a", "b", "c"].map(|question| candidate(question, None));
    let mut rng = SmallRng::seed_from_u64(1);
    for draw in [
        (|candidates, rng| pick(candidates, rng)) as fn(&[_], &mut _) -> _,
        |candidates, rng| pick_next(candidates, &[], rng),
    ] {
        let drawn: BTreeSet<_> = (0..100)
            .filter_map(|_| draw(&candidates, &mut rng))
            .map(|picked: Candidate<'_>| picked.question)
            .collect();
        assert_eq!(drawn.len(), 3);
    }
}

#[test]
fn a_hard_question_is_saved_until_it_is_needed() {
    // Ten dailies and two hard questions: one by the seventh, and the other still there after it.
    let pool: Pool = (0..10)
        .map(|nth| {
            let difficulty = match nth {
                0 | 1 => Difficulty::Hard,
                2..=5 => Difficulty::Easy,
                _ => Difficulty::Medium,
            };
            (format!("q{nth}"), "caching".to_owned(), difficulty)
        })
        .collect();
    for seed in 0..50 {
        let asked = dailies(&pool, 10, seed);
        for window in asked.windows(MIXED_WITHIN) {
            assert!(window.iter().any(|index| *index < 2), "{seed}: {asked:?}");
        }
    }
}

proptest! {
    #[test]
    fn the_plain_draw_repeats_nothing_before_all_were_drawn(count in 1usize..12, seed: u64) {
        let ids: Vec<String> = (0..count).map(|index| format!("q{index}")).collect();
        let mut rng = SmallRng::seed_from_u64(seed);
        let mut last_used = vec![None; count];
        let mut asked = Vec::new();
        for now in 0..3 * count {
            let candidates: Vec<_> = ids.iter().zip(&last_used).map(|(id, at)| candidate(id, *at)).collect();
            let picked = pick(&candidates, &mut rng).unwrap();
            let index = ids.iter().position(|id| id == picked.question).unwrap();
            last_used[index] = Some(now as i64);
            asked.push(index);
        }
        prop_assert_eq!(asked[..count].iter().collect::<BTreeSet<_>>().len(), count);
        prop_assert_eq!(&asked[..count], &asked[count..2 * count]);
        prop_assert_eq!(&asked[..count], &asked[2 * count..]);
    }

    #[test]
    fn no_daily_repeats_before_the_pool_is_used_up(pool in pool(12), seed: u64) {
        let asked = dailies(&pool, pool.len(), seed);
        prop_assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), pool.len());
    }

    #[test]
    fn of_one_difficulty_the_oldest_comes_again_first(size in 1usize..12, seed: u64) {
        let pool: Pool = (0..size).map(|nth| (format!("q{nth}"), "t".to_owned(), Difficulty::Hard)).collect();
        let asked = dailies(&pool, 3 * size, seed);
        prop_assert_eq!(&asked[..size], &asked[size..2 * size]);
        prop_assert_eq!(&asked[..size], &asked[2 * size..]);
    }

    #[test]
    fn seven_in_a_row_hold_every_difficulty_when_there_are_enough(pool in pool(25), seed: u64) {
        let needed = pool.len() / MIXED_WITHIN + 1;
        prop_assume!(Difficulty::ALL.into_iter().all(|difficulty| count(&pool, difficulty) >= needed));
        let asked = dailies(&pool, 3 * pool.len(), seed);
        for window in asked.windows(MIXED_WITHIN) {
            let held: BTreeSet<_> = window.iter().map(|index| pool[*index].2).collect();
            prop_assert_eq!(held.len(), 3, "{:?}", asked.iter().map(|index| pool[*index].2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn topics_come_in_rotation(topics in 1usize..6, each in 1usize..6, seed: u64) {
        let pool: Pool = (0..topics * each)
            .map(|nth| (format!("q{nth}"), format!("t{}", nth % topics), Difficulty::Medium))
            .collect();
        let asked = dailies(&pool, pool.len(), seed);
        for round in asked.chunks(topics) {
            let round: BTreeSet<_> = round.iter().map(|index| &pool[*index].1).collect();
            prop_assert_eq!(round.len(), topics);
        }
    }
}
