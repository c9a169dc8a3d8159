//! A reply that a member typed about a daily, and what it means.

use crate::model::{Answer, Daily};
use crate::rules::grading::{Asked, Reading, read_reply_to_hint};

use super::text::plain;
use super::wording;

/// What a member typed about a daily, read once.
pub(super) struct Typed<'a> {
    /// The daily.
    pub daily: Daily,
    /// What they typed.
    pub text: &'a str,
    /// What the hint asked them that it replies to.
    pub asked: Asked,
    /// What it means.
    pub reading: Reading,
    /// The option, from 0, that is their answer so far.
    pub given: Option<usize>,
}

impl<'a> Typed<'a> {
    /// Reads a reply to a daily, or to a hint that asked this.
    pub fn read(daily: Daily, text: &'a str, given: Option<&Answer>, asked: Asked) -> Typed<'a> {
        Typed {
            reading: reading(&daily, text, &asked),
            given: given.map(|given| given.option),
            daily,
            text,
            asked,
        }
    }

    /// The same, read as a reply to a hint that asked this.
    pub fn below_hint(self, asked: Asked) -> Typed<'a> {
        Typed {
            reading: reading(&self.daily, self.text, &asked),
            asked,
            ..self
        }
    }

    /// Where the answer may still change: "nope C" corrects it, and below a receipt so does a "no". What names an option
    /// stays as it is read: an option may itself be "No".
    pub fn corrected(self, given: usize, to_receipt: bool) -> Typed<'a> {
        let asked = Asked {
            options: vec![given],
            which: false,
        };
        let corrects = |reading: &Reading| match reading {
            Reading::Denial => to_receipt,
            Reading::Part(others) => !others.contains(&given),
            _ => false,
        };
        match reading(&self.daily, self.text, &asked) {
            reading if corrects(&reading) && !self.answers() => Typed {
                reading,
                asked,
                ..self
            },
            _ => self,
        }
    }

    /// Whether it answers the daily, or may mean several of its options.
    pub fn answers(&self) -> bool {
        matches!(self.reading, Reading::Option(_) | Reading::Ambiguous(_))
    }

    /// Whether it answers the daily, or is a part of an answer.
    pub fn may_answer(&self) -> bool {
        self.answers() || matches!(self.reading, Reading::Part(_))
    }

    /// Whether it hides what it says, as its platform lets people. What everyone reads of it is hidden then too.
    pub fn veiled(&self) -> bool {
        let mark = wording::spoiler(self.daily.space.platform());
        mark.is_some_and(|mark| self.text.contains(mark))
    }
}

fn reading(daily: &Daily, text: &str, asked: &Asked) -> Reading {
    // As members see them, without the signs that format them.
    let options = daily.quiz.options.iter();
    let options: Vec<String> = options.map(|option| plain(&option.text)).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    read_reply_to_hint(text, &options, asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DailyState, Difficulty, Quiz, QuizOption, Reveal, SpaceId};
    use chrono::DateTime;

    fn daily(options: &[&str]) -> Daily {
        let now = DateTime::UNIX_EPOCH;
        let option = |text: &&str| QuizOption {
            text: (*text).to_owned(),
            right: false,
            why: String::new(),
        };
        Daily {
            id: 1,
            schedule: 1,
            space: SpaceId::discord("1"),
            channel: "1".into(),
            date: now.date_naive(),
            question: "locks".into(),
            topic: "databases".into(),
            difficulty: Difficulty::Easy,
            quiz: Quiz {
                prompt: "Does it lock?".into(),
                options: options.iter().map(option).collect(),
            },
            state: DailyState::Posted,
            due_at: now,
            claimed_at: now,
            tried_at: now,
            tried_in: "1".into(),
            given_up: false,
            message: None,
            posted_at: Some(now),
            reveal: Reveal::AtClose,
            version: 0,
        }
    }

    /// What a reply of a member means whose answer is the first option.
    fn corrected(options: &[&str], text: &str, to_receipt: bool) -> Reading {
        let typed = Typed::read(daily(options), text, None, Asked::default());
        typed.corrected(0, to_receipt).reading
    }

    #[test]
    fn an_options_own_no_stays_an_answer() {
        let options = ["Yes", "No", "Sometimes"];
        assert_eq!(corrected(&options, "no", true), Reading::Option(1));
        assert_eq!(corrected(&options, "No.", false), Reading::Option(1));
        let options = ["Never", "No, never", "No way", "No"];
        assert_eq!(corrected(&options, "no", true), Reading::Option(3));
    }

    #[test]
    fn a_no_below_a_receipt_takes_the_answer_back_and_elsewhere_it_is_talk() {
        let options = ["Redis", "Kafka", "Memcached"];
        assert_eq!(corrected(&options, "no", true), Reading::Denial);
        assert_eq!(corrected(&options, "no", false), Reading::NotAnAttempt);
        assert_eq!(corrected(&options, "nope C", false), Reading::Part(vec![2]));
    }
}
