//! What an answer to a daily is worth.

use crate::model::Difficulty;

/// The most that a streak adds to an answer.
pub const STREAK_BONUS: u32 = 10;

/// The points of an answer: 10, 20 or 30 by difficulty, plus 1 for each day of the running streak (today's
/// included), 10 at most. A wrong answer is worth nothing.
pub fn points(difficulty: Difficulty, right: bool, streak: u32) -> u32 {
    let base = match difficulty {
        Difficulty::Easy => 10,
        Difficulty::Medium => 20,
        Difficulty::Hard => 30,
    };
    if right {
        base + streak.min(STREAK_BONUS)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn difficulty_sets_the_base_and_a_streak_adds_to_it() {
        assert_eq!(points(Difficulty::Easy, true, 1), 11);
        assert_eq!(points(Difficulty::Medium, true, 0), 20);
        assert_eq!(points(Difficulty::Hard, true, 9), 39);
        assert_eq!(points(Difficulty::Hard, true, 10), 40);
        assert_eq!(points(Difficulty::Hard, true, 400), 40);
    }

    proptest! {
        #[test]
        fn only_a_right_answer_scores_and_harder_scores_more(streak: u32) {
            for difficulty in Difficulty::ALL {
                prop_assert_eq!(points(difficulty, false, streak), 0);
            }
            prop_assert!(points(Difficulty::Easy, true, streak) < points(Difficulty::Medium, true, streak));
            prop_assert!(points(Difficulty::Medium, true, streak) < points(Difficulty::Hard, true, streak));
        }
    }
}
