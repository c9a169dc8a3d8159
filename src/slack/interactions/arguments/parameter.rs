//! What a command takes, and how a value of each kind is typed.

use super::words::{Word, joined};
use crate::app::wording;
use crate::model::{Difficulty, Reveal, Weekdays};
use crate::rules::periods::Period;
use crate::rules::timetable::{parse_time, parse_zone};

/// Something that a command takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name, as in `app/wording/commands.rs`.
    pub name: &'static str,
    pub takes: Takes,
    /// Whether the command can't do without.
    pub required: bool,
    /// Whether it takes the words that belong to nothing else.
    pub rest: bool,
}

/// The kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A topic, a tag, or any words.
    Query,
    /// A question that can be a daily.
    Question,
    Topic,
    /// Topics with commas between.
    Topics,
    /// The name of a schedule that there is.
    Schedule,
    /// The name of a schedule, which may be a new one.
    NewSchedule,
    Zone,
    Time,
    Days,
    /// A date or several on which a daily would be posted.
    Dates,
    /// The same, on which none is to be posted.
    SkippedDates,
    Number,
    Difficulty,
    Period,
    Reveal,
    /// Yes or no.
    Flag,
    Channel,
    Member,
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, takes: Takes) -> Self {
        Self {
            name,
            takes,
            required: false,
            rest: false,
        }
    }

    /// The same, without which the command can't do.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, taking the words that belong to nothing else.
    pub(crate) const fn rest(mut self) -> Self {
        self.rest = true;
        self
    }
}

impl Takes {
    /// The words to choose from, where there are only a few.
    pub(crate) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Difficulty => Difficulty::ALL.map(wording::difficulty_choice).to_vec(),
            Self::Period => Period::ALL.map(wording::period_choice).to_vec(),
            Self::Reveal => Reveal::ALL.map(wording::reveal_choice).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether a value is no longer than two words, so that what follows belongs to something else.
    pub(super) fn is_short(self) -> bool {
        match self {
            Self::Number | Self::Flag | Self::Channel | Self::Member => true,
            _ => !self.choices().is_empty(),
        }
    }

    /// Whether words are taken for a value without its name before them.
    pub(super) fn is_found(self) -> bool {
        self.is_short() && self != Self::Flag
    }

    /// The value that all of these words, one or two, are together.
    pub(super) fn short(self, words: &[Word]) -> Option<String> {
        let text = joined(words).to_lowercase();
        match (self, words) {
            (Self::Channel, [Word::Channel(mention)]) | (Self::Member, [Word::Member(mention)]) => {
                Some(mention.id.clone())
            }
            // Which one it is isn't known yet.
            (Self::Channel, [Word::Plain(name)]) => {
                let named = name.strip_prefix('#').is_some_and(|name| !name.is_empty());
                named.then(|| name.to_lowercase())
            }
            (Self::Number, [_]) => text.parse::<i64>().ok().map(|number| number.to_string()),
            (Self::Flag, [_]) => match text.as_str() {
                "true" | "yes" | "on" => Some(true.to_string()),
                "false" | "no" | "off" => Some(false.to_string()),
                _ => None,
            },
            _ => {
                let typed = text.split([' ', '-', '_']).collect::<Vec<_>>().join("-");
                let mut choices = self.choices().into_iter();
                choices.find(|choice| *choice == typed).map(str::to_owned)
            }
        }
    }

    /// Whether a text of one or more words is a value of a kind that can be told from others.
    pub(super) fn reads(self, text: &str) -> bool {
        match self {
            Self::Time => parse_time(text).is_ok(),
            Self::Days => text.parse::<Weekdays>().is_ok(),
            Self::Zone => parse_zone(text).is_ok(),
            _ => false,
        }
    }
}
