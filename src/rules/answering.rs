//! What becomes of an answer to a daily: whether it counts, and what it is worth.

use chrono::{DateTime, Utc};

use super::scoring;
use super::streaks::Streak;
use crate::model::{Answer, Difficulty, Given, Quiz, Reveal};

/// A daily that takes answers, as it is when an answer comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// How often its question was replaced.
    pub version: u32,
    /// When members see their verdicts.
    pub reveal: Reveal,
    /// Its number among the dailies of its schedule, from 1.
    pub ordinal: u32,
    /// The question's difficulty.
    pub difficulty: Difficulty,
    /// The quiz as posted.
    pub quiz: Quiz,
}

/// What is known of the member before they answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Before {
    /// Their answer to this daily.
    pub answer: Option<Answer>,
    /// Whether they answered this daily before and deleted that answer.
    pub deleted: bool,
    /// Their streak in the daily's schedule.
    pub streak: Streak,
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It counts and replaces any previous one; the streak is this from then on.
    Counts(Answer, Streak),
    /// The previous one stands.
    Stands {
        /// The previous one.
        answer: Answer,
        /// Whether everyone can read that the member answered: they typed it while the daily was open.
        said_openly: bool,
    },
    /// The member deleted the previous one: none counts until the daily closes.
    BeforeDeletion,
    /// The daily no longer takes answers, or has no such option.
    Closed,
    /// The question was replaced since the member saw it.
    Replaced,
}

/// Decides what becomes of an answer that a member who saw this `version` of the daily gives `now`. `asked` is `None`
/// if the daily takes no answers.
///
/// The first answer counts; where verdicts are hidden until the daily closes, the last one does.
pub fn decide(
    asked: Option<&Asked>,
    before: Before,
    (version, given): (u32, Given),
    now: DateTime<Utc>,
) -> Decision {
    let Some(asked) = asked else {
        return before
            .answer
            .map_or(Decision::Closed, |answer| Decision::Stands {
                answer,
                said_openly: false,
            });
    };
    if asked.version != version {
        return Decision::Replaced;
    }
    match before.answer {
        Some(answer) if asked.reveal == Reveal::AtOnce || answer.option == given.option => {
            return Decision::Stands {
                answer,
                said_openly: given.typed,
            };
        }
        None if before.deleted => return Decision::BeforeDeletion,
        _ => {}
    }
    let Some(chosen) = asked.quiz.options.get(given.option) else {
        return Decision::Closed;
    };
    // A second answer to the same daily leaves the streak as it is.
    let streak = before.streak.answered(asked.ordinal);
    let answer = Answer {
        option: given.option,
        right: chosen.right,
        points: scoring::points(asked.difficulty, chosen.right, streak.current),
        streak: streak.current,
        at: now,
    };
    Decision::Counts(answer, streak)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QuizOption;

    /// The fifth daily of its schedule, of a hard question whose first option is right.
    fn asked(reveal: Reveal) -> Asked {
        let option = |text: &str| QuizOption {
            text: text.into(),
            right: text == "right",
            why: String::new(),
        };
        Asked {
            version: 2,
            reveal,
            ordinal: 5,
            difficulty: Difficulty::Hard,
            quiz: Quiz {
                prompt: "Which?".into(),
                options: ["right", "wrong", "odd"].map(option).into(),
            },
        }
    }

    fn pressed(option: usize) -> (u32, Given) {
        let typed = false;
        (2, Given { option, typed })
    }

    fn typed(option: usize) -> (u32, Given) {
        let typed = true;
        (2, Given { option, typed })
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("an instant")
    }

    /// A member who answered the two dailies before this one.
    fn regular() -> Before {
        Before {
            streak: Streak {
                current: 2,
                longest: 7,
                last: 4,
            },
            ..Before::default()
        }
    }

    /// The same member, after an answer to this daily.
    fn after(option: usize) -> (Before, Answer) {
        let daily = asked(Reveal::AtOnce);
        match decide(Some(&daily), regular(), pressed(option), at(1)) {
            Decision::Counts(answer, streak) => {
                let before = Before {
                    answer: Some(answer.clone()),
                    deleted: false,
                    streak,
                };
                (before, answer)
            }
            other => panic!("it counts: {other:?}"),
        }
    }

    #[test]
    fn a_first_answer_counts_with_its_points_and_the_streak_that_it_makes() {
        for reveal in [Reveal::AtOnce, Reveal::AtClose] {
            let daily = asked(reveal);
            let streak = Streak {
                current: 3,
                longest: 7,
                last: 5,
            };
            for (option, right, points) in [(0, true, 33), (1, false, 0)] {
                let answer = Answer {
                    option,
                    right,
                    points,
                    streak: 3,
                    at: at(60),
                };
                assert_eq!(
                    decide(Some(&daily), regular(), pressed(option), at(60)),
                    Decision::Counts(answer, streak)
                );
            }
        }
    }

    #[test]
    fn after_a_daily_that_was_missed_a_streak_begins_anew() {
        let mut before = regular();
        before.streak.last = 3;
        match decide(Some(&asked(Reveal::AtOnce)), before, pressed(0), at(1)) {
            Decision::Counts(answer, streak) => {
                assert_eq!((answer.points, answer.streak), (31, 1));
                assert_eq!((streak.current, streak.longest, streak.last), (1, 7, 5));
            }
            other => panic!("it counts: {other:?}"),
        }
    }

    #[test]
    fn where_verdicts_come_at_once_the_first_answer_stands() {
        let daily = asked(Reveal::AtOnce);
        for option in [0, 1, 9] {
            let (before, answer) = after(1);
            assert_eq!(
                decide(Some(&daily), before, pressed(option), at(2)),
                Decision::Stands {
                    answer,
                    said_openly: false
                }
            );
        }
    }

    #[test]
    fn where_verdicts_are_hidden_another_answer_takes_its_place_and_leaves_the_streak() {
        let daily = asked(Reveal::AtClose);
        let (before, first) = after(1);
        assert_eq!((first.points, first.streak), (0, 3));
        let streak = before.streak;
        let changed = Answer {
            option: 0,
            right: true,
            points: 33,
            streak: 3,
            at: at(9),
        };
        assert_eq!(
            decide(Some(&daily), before, pressed(0), at(9)),
            Decision::Counts(changed, streak)
        );
    }

    #[test]
    fn the_same_answer_again_changes_nothing_not_even_its_time() {
        for reveal in [Reveal::AtOnce, Reveal::AtClose] {
            let (before, answer) = after(1);
            assert_eq!(answer.at, at(1));
            assert_eq!(
                decide(Some(&asked(reveal)), before, pressed(1), at(9)),
                Decision::Stands {
                    answer,
                    said_openly: false
                }
            );
        }
    }

    #[test]
    fn what_is_typed_again_is_said_openly_only_while_the_daily_is_open() {
        for reveal in [Reveal::AtOnce, Reveal::AtClose] {
            let (before, answer) = after(1);
            assert_eq!(
                decide(Some(&asked(reveal)), before, typed(1), at(9)),
                Decision::Stands {
                    answer,
                    said_openly: true
                }
            );
        }
        let (before, answer) = after(1);
        assert_eq!(
            decide(None, before, typed(1), at(9)),
            Decision::Stands {
                answer,
                said_openly: false
            }
        );
    }

    #[test]
    fn a_closed_daily_takes_no_answer_and_what_was_given_stands() {
        assert_eq!(decide(None, regular(), pressed(0), at(9)), Decision::Closed);
        let (before, answer) = after(1);
        assert_eq!(
            decide(None, before, pressed(0), at(9)),
            Decision::Stands {
                answer,
                said_openly: false
            }
        );
    }

    #[test]
    fn an_answer_to_a_question_that_was_replaced_is_none_to_the_new_one() {
        for reveal in [Reveal::AtOnce, Reveal::AtClose] {
            let daily = asked(reveal);
            for version in [0, 1, 3] {
                let answer = (version, pressed(0).1);
                for before in [regular(), after(1).0] {
                    assert_eq!(
                        decide(Some(&daily), before, answer, at(9)),
                        Decision::Replaced
                    );
                }
            }
        }
    }

    #[test]
    fn who_deleted_an_answer_gives_none_anew() {
        for reveal in [Reveal::AtOnce, Reveal::AtClose] {
            let mut before = regular();
            before.deleted = true;
            assert_eq!(
                decide(Some(&asked(reveal)), before, pressed(0), at(9)),
                Decision::BeforeDeletion
            );
        }
    }

    #[test]
    fn an_option_that_there_is_not_is_no_answer() {
        assert_eq!(
            decide(Some(&asked(Reveal::AtOnce)), regular(), pressed(3), at(9)),
            Decision::Closed
        );
        let (before, _) = after(1);
        assert_eq!(
            decide(Some(&asked(Reveal::AtClose)), before, pressed(3), at(9)),
            Decision::Closed
        );
    }
}
