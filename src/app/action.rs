//! What a button or menu does, written into its id: versioned, at most 100 bytes (Discord's limit
//! of a `custom_id`), and never telling whether an option is right.

use std::fmt::Write;

use crate::model::{Difficulty, UserId};
use crate::rules::periods::Period;

/// The most bytes of an encoded action.
pub const LONGEST: usize = 100;

/// The version that this program writes.
const VERSION: &str = "g1";

/// What a button or menu does. Ids only: nothing about a button lives in memory.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Shows the model answer of a question.
    ShowAnswer(String),
    /// Starts a quiz of one question.
    QuizMe(String),
    /// Shows another question of a topic.
    Another {
        /// Topic name.
        topic: String,
        /// Only of this difficulty.
        difficulty: Option<Difficulty>,
        /// The member who asked first, by the platform's id: their card is edited, others get their own.
        asker: String,
    },
    /// Shows a page of the topics, from 0.
    Topics(usize),
    /// A menu of topics.
    PickTopic,
    /// A menu of questions.
    PickQuestion,
    /// Answers an item of a quiz.
    QuizAnswer {
        /// The quiz.
        quiz: i64,
        /// The item, from 0.
        position: usize,
        /// The option, from 0.
        option: usize,
    },
    /// Goes to an item of a quiz, or to its summary after the last.
    QuizGo {
        /// The quiz.
        quiz: i64,
        /// The item, from 0.
        position: usize,
    },
    /// Starts a quiz of the questions missed in another.
    QuizMissed(i64),
    /// Starts another quiz like this one.
    QuizLike(i64),
    /// Answers a daily.
    DailyAnswer {
        /// The daily.
        daily: i64,
        /// The option, from 0.
        option: usize,
        /// The version of the daily that the button is of: another question has other options.
        version: u32,
    },
    /// Answers a daily, below a hint how to.
    HintAnswer {
        /// The daily.
        daily: i64,
        /// The option, from 0.
        option: usize,
        /// The version of the daily when the hint was made.
        version: u32,
        /// Whom the hint is to, by the platform's id.
        to: String,
        /// The options, from 0 and each as one digit, that it proposed: a yes that is typed to it means them. With a "?"
        /// behind them it asked which one is meant instead.
        asked: String,
    },
    /// Shows the caller's own verdict on a daily.
    DailyVerdict {
        /// The daily.
        daily: i64,
        /// The version of the daily when the button was made: a typed reply to it is about that.
        version: u32,
    },
    /// Posts a daily again of which its admin doesn't find the message.
    PostAgain {
        /// The daily.
        daily: i64,
        /// When it was tried to be posted, in milliseconds since 1970.
        tried: i64,
    },
    /// Shows a page of the leaderboard.
    Board {
        /// The period.
        period: Period,
        /// The page, from 0.
        page: u32,
        /// The member who asked first, by the platform's id: their card is edited, others get their own.
        asker: String,
        /// Only this topic.
        topic: Option<String>,
    },
    /// Deletes everything about the caller.
    DeleteMine,
    /// Keeps everything about the caller.
    KeepMine,
}

/// Where the card of an action goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The message with the button is edited.
    UpdateMessage,
    /// A new message, for the caller only.
    NewMessage,
}

impl Action {
    /// The text that goes into a button.
    pub fn encode(&self) -> String {
        let mut id = format!("{VERSION}:");
        // Writing to a String cannot fail.
        let _ = match self {
            Self::ShowAnswer(question) => write!(id, "show:{question}"),
            Self::QuizMe(question) => write!(id, "quizme:{question}"),
            Self::Another {
                topic,
                difficulty,
                asker,
            } => {
                let difficulty = difficulty.map(|d| d.to_string()).unwrap_or_default();
                write!(id, "another:{}:{difficulty}:{topic}", word(asker))
            }
            Self::Topics(page) => write!(id, "topics:{page}"),
            Self::PickTopic => write!(id, "topic"),
            Self::PickQuestion => write!(id, "question"),
            Self::QuizAnswer {
                quiz,
                position,
                option,
            } => {
                write!(id, "qa:{quiz}:{position}:{option}")
            }
            Self::QuizGo { quiz, position } => write!(id, "qgo:{quiz}:{position}"),
            Self::QuizMissed(quiz) => write!(id, "qmissed:{quiz}"),
            Self::QuizLike(quiz) => write!(id, "qlike:{quiz}"),
            Self::DailyAnswer {
                daily,
                option,
                version,
            } => write!(id, "da:{daily}:{option}:{version}"),
            Self::HintAnswer {
                daily,
                option,
                version,
                to,
                asked,
            } => {
                let to = word(to);
                write!(id, "dh:{daily}:{option}:{version}:{to}:{asked}")
            }
            Self::DailyVerdict { daily, version } => write!(id, "dv:{daily}:{version}"),
            Self::PostAgain { daily, tried } => write!(id, "again:{daily}:{tried}"),
            Self::Board {
                period,
                page,
                asker,
                topic,
            } => {
                let topic = topic.as_deref().unwrap_or_default();
                write!(id, "board:{}:{period}:{page}:{topic}", word(asker))
            }
            Self::DeleteMine => write!(id, "delete"),
            Self::KeepMine => write!(id, "keep"),
        };
        id
    }

    /// Its kind, for logs and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ShowAnswer(_) => "show-answer",
            Self::QuizMe(_) => "quiz-me",
            Self::Another { .. } => "another",
            Self::Topics(_) => "topics",
            Self::PickTopic => "pick-topic",
            Self::PickQuestion => "pick-question",
            Self::QuizAnswer { .. } => "quiz-answer",
            Self::QuizGo { .. } => "quiz-go",
            Self::QuizMissed(_) => "quiz-missed",
            Self::QuizLike(_) => "quiz-like",
            Self::DailyAnswer { .. } | Self::HintAnswer { .. } => "daily-answer",
            Self::DailyVerdict { .. } => "daily-verdict",
            Self::PostAgain { .. } => "post-again",
            Self::Board { .. } => "board",
            Self::DeleteMine => "delete-mine",
            Self::KeepMine => "keep-mine",
        }
    }

    /// Reads a button's id. `None` when it isn't one of ours, or its version isn't known here.
    pub fn decode(id: &str) -> Option<Self> {
        let mut words = id.strip_prefix(VERSION)?.strip_prefix(':')?.split(':');
        let verb = words.next()?;
        let mut next = || words.next().filter(|word| word.len() <= LONGEST);
        let action = match verb {
            "show" => Self::ShowAnswer(next()?.to_owned()),
            "quizme" => Self::QuizMe(next()?.to_owned()),
            "another" => Self::Another {
                asker: of_word(next()?),
                difficulty: match next()? {
                    "" => None,
                    word => Some(word.parse().ok()?),
                },
                topic: next()?.to_owned(),
            },
            "topics" => Self::Topics(next()?.parse().ok()?),
            "topic" => Self::PickTopic,
            "question" => Self::PickQuestion,
            "qa" => Self::QuizAnswer {
                quiz: next()?.parse().ok()?,
                position: next()?.parse().ok()?,
                option: next()?.parse().ok()?,
            },
            "qgo" => Self::QuizGo {
                quiz: next()?.parse().ok()?,
                position: next()?.parse().ok()?,
            },
            "qmissed" => Self::QuizMissed(next()?.parse().ok()?),
            "qlike" => Self::QuizLike(next()?.parse().ok()?),
            "da" => Self::DailyAnswer {
                daily: next()?.parse().ok()?,
                option: next()?.parse().ok()?,
                // The first buttons had no version.
                version: next().map_or(Some(0), |word| word.parse().ok())?,
            },
            "dh" => Self::HintAnswer {
                daily: next()?.parse().ok()?,
                option: next()?.parse().ok()?,
                version: next()?.parse().ok()?,
                to: of_word(next()?),
                asked: next()?.to_owned(),
            },
            "dv" => Self::DailyVerdict {
                daily: next()?.parse().ok()?,
                version: next().map_or(Some(0), |word| word.parse().ok())?,
            },
            "again" => Self::PostAgain {
                daily: next()?.parse().ok()?,
                tried: next()?.parse().ok()?,
            },
            "board" => Self::Board {
                asker: of_word(next()?),
                period: next()?.parse().ok()?,
                page: next()?.parse().ok()?,
                topic: Some(next()?.to_owned()).filter(|topic| !topic.is_empty()),
            },
            "delete" => Self::DeleteMine,
            "keep" => Self::KeepMine,
            _ => return None,
        };
        words.next().is_none().then_some(action)
    }

    /// Whether only admins may do it, for whom it asks if somebody is one.
    pub fn is_for_admins(&self) -> bool {
        matches!(self, Self::PostAgain { .. })
    }

    /// Where the card goes when `caller` presses.
    pub fn target(&self, caller: &UserId) -> Target {
        match self {
            Self::QuizAnswer { .. }
            | Self::QuizGo { .. }
            | Self::QuizMissed(_)
            | Self::QuizLike(_)
            | Self::Topics(_)
            | Self::PostAgain { .. }
            | Self::DeleteMine
            | Self::KeepMine => Target::UpdateMessage,
            Self::Another { asker, .. } | Self::Board { asker, .. } if asker == caller.id() => {
                Target::UpdateMessage
            }
            _ => Target::NewMessage,
        }
    }
}

/// A person's id as one word: Slack's have a colon in them, and none has a full stop.
fn word(id: &str) -> String {
    id.replace(':', ".")
}

fn of_word(word: &str) -> String {
    word.replace('.', ":")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = String> {
        "[a-z0-9-]{1,48}"
    }

    fn user() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<u64>().prop_map(|id| id.to_string()),
            "T[A-Z0-9]{8,10}:[UW][A-Z0-9]{8,10}",
        ]
    }

    fn difficulty() -> impl Strategy<Value = Option<Difficulty>> {
        proptest::option::of(proptest::sample::select(Difficulty::ALL.to_vec()))
    }

    fn period() -> impl Strategy<Value = Period> {
        proptest::sample::select(vec![Period::Week, Period::Month, Period::All])
    }

    fn action() -> impl Strategy<Value = Action> {
        let (id, small) = (1..=i64::MAX, 0..25_usize);
        prop_oneof![
            name().prop_map(Action::ShowAnswer),
            name().prop_map(Action::QuizMe),
            (name(), difficulty(), user()).prop_map(|(topic, difficulty, asker)| Action::Another {
                topic,
                difficulty,
                asker
            }),
            small.clone().prop_map(Action::Topics),
            Just(Action::PickTopic),
            Just(Action::PickQuestion),
            (id.clone(), small.clone(), small.clone()).prop_map(|(quiz, position, option)| {
                Action::QuizAnswer {
                    quiz,
                    position,
                    option,
                }
            }),
            (id.clone(), small.clone())
                .prop_map(|(quiz, position)| Action::QuizGo { quiz, position }),
            id.clone().prop_map(Action::QuizMissed),
            id.clone().prop_map(Action::QuizLike),
            (id.clone(), small, any::<u32>()).prop_map(|(daily, option, version)| {
                Action::DailyAnswer {
                    daily,
                    option,
                    version,
                }
            }),
            (id.clone(), 0..25_usize, any::<u32>(), user(), "[0-4]{0,5}").prop_map(
                |(daily, option, version, to, asked)| Action::HintAnswer {
                    daily,
                    option,
                    version,
                    to,
                    asked
                }
            ),
            (id.clone(), any::<u32>())
                .prop_map(|(daily, version)| Action::DailyVerdict { daily, version }),
            (id, any::<i64>()).prop_map(|(daily, tried)| Action::PostAgain { daily, tried }),
            (
                period(),
                0..1_000_000_u32,
                user(),
                proptest::option::of(name())
            )
                .prop_map(|(period, page, asker, topic)| Action::Board {
                    period,
                    page,
                    asker,
                    topic
                }),
            Just(Action::DeleteMine),
            Just(Action::KeepMine),
        ]
    }

    proptest! {
        #[test]
        fn every_action_fits_a_button_and_is_read_back(action in action()) {
            let id = action.encode();
            prop_assert!(id.len() <= LONGEST, "{id}");
            prop_assert_eq!(Action::decode(&id), Some(action));
        }

        #[test]
        fn odd_ids_are_refused_without_a_panic(id in ".{0,120}") {
            if let Some(action) = Action::decode(&id) {
                prop_assert_eq!(Action::decode(&action.encode()), Some(action));
            }
        }
    }
}
