//! How many dailies of one schedule a member has answered in a row, right or wrong.

/// A member's run of answered dailies of one schedule.
///
/// Dailies of a schedule are numbered 1, 2, 3 … as they are posted (their ordinal), so a day without a posted daily
/// isn't a missed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Streak {
    /// The length of the run that ends with `last`.
    pub current: u32,
    /// The length of the longest run ever.
    pub longest: u32,
    /// The ordinal of the last daily answered; 0 for none.
    pub last: u32,
}

impl Streak {
    /// The streak after the daily of this ordinal is answered. An ordinal that isn't beyond the last one changes
    /// nothing: dailies are answered in the order in which they are posted, and each counts once.
    pub fn answered(self, ordinal: u32) -> Streak {
        if ordinal <= self.last {
            return self;
        }
        let current = if ordinal == self.last + 1 {
            self.current + 1
        } else {
            1
        };
        Streak {
            current,
            longest: self.longest.max(current),
            last: ordinal,
        }
    }

    /// The length of the run that still counts when `newest` is the ordinal of the schedule's newest posted daily: the
    /// newest may still be unanswered, an older one may not.
    pub fn running(self, newest: u32) -> u32 {
        if newest.saturating_sub(self.last) <= 1 {
            self.current
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The streak by its definition, from every ordinal answered.
    fn recomputed(answered: &BTreeSet<u32>) -> Streak {
        let run_to = |end: u32| {
            (1..=end)
                .rev()
                .take_while(|ordinal| answered.contains(ordinal))
                .count() as u32
        };
        let last = answered.last().copied().unwrap_or_default();
        Streak {
            current: run_to(last),
            longest: answered
                .iter()
                .copied()
                .map(run_to)
                .max()
                .unwrap_or_default(),
            last,
        }
    }

    #[test]
    fn a_run_goes_on_until_a_daily_is_missed() {
        let streak = [3, 4, 5]
            .into_iter()
            .fold(Streak::default(), Streak::answered);
        assert_eq!((streak.current, streak.longest), (3, 3));
        assert_eq!(streak.running(5), 3, "today's is answered");
        assert_eq!(streak.running(6), 3, "today's may still be answered");
        assert_eq!(streak.running(7), 0, "yesterday's was missed");
        let streak = streak.answered(7);
        assert_eq!((streak.current, streak.longest), (1, 3));
    }

    #[test]
    fn nobody_starts_with_a_streak() {
        assert_eq!(Streak::default().running(0), 0);
        assert_eq!(Streak::default().running(1), 0);
    }

    proptest! {
        #[test]
        fn counting_along_equals_recomputing(answered in prop::collection::btree_set(1u32..60, 0..50)) {
            let counted = answered.iter().copied().fold(Streak::default(), Streak::answered);
            prop_assert_eq!(counted, recomputed(&answered));
        }

        #[test]
        fn an_answer_counts_once(answered in prop::collection::btree_set(1u32..60, 1..50), again in 1u32..60) {
            let counted = answered.iter().copied().fold(Streak::default(), Streak::answered);
            prop_assume!(again <= counted.last);
            prop_assert_eq!(counted.answered(again), counted);
        }
    }
}
