//! What would make a reader stumble. The words are in `app/wording/warnings.rs`.

use std::path::PathBuf;

use crate::bank::NameOf;
use crate::bank::limits::OPTIONS;
use crate::toml_reader::Position;

/// Something in a sound question file that would be better another way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// A file isn't read because its name doesn't end in `.toml`.
    NotRead,
    /// A topic has few questions.
    SmallTopic {
        /// How many it has.
        count: usize,
        /// How many it should have.
        least: usize,
    },
    /// An answer is too short to learn from or too long to say.
    AnswerLength {
        /// The words it has without its code blocks.
        words: usize,
        /// The fewest that are good.
        least: usize,
        /// The most that are good.
        most: usize,
    },
    /// Code doesn't parse.
    Code {
        /// Its language.
        language: String,
        /// What the parser says.
        why: String,
    },
    /// An alias finds something else first.
    Alias {
        /// The alias.
        alias: String,
        /// What it finds.
        finds: NameOf,
        /// The name of that.
        name: String,
    },
    /// A tag that only one question has nearly equals another.
    TagTwin {
        /// The tag.
        tag: String,
        /// Its twin.
        twin: String,
        /// How many questions have the twin.
        uses: usize,
    },
    /// Another question or quiz has the same prompt, or nearly the same.
    Asked {
        /// The other prompt.
        prompt: String,
        /// Whether it is exactly the same.
        same: bool,
        /// The other's file.
        file: PathBuf,
        /// Where in that.
        place: Position,
    },
    /// The options of a quiz, or of several.
    Options(OptionsWarning),
    /// What a question names as its sources.
    Source(SourceWarning),
}

/// What would make a reader stumble over options.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OptionsWarning {
    /// A prompt points to the right option, with these words of both.
    GivenAway(Vec<String>),
    /// The right option is the longest too often.
    Longest {
        /// How many quizzes there are.
        all: usize,
        /// How many may have it, in percent.
        most: usize,
        /// The lines of those that have it.
        lines: Vec<usize>,
    },
    /// The right option is at some positions more often than chance would have it.
    Uneven {
        /// How often it is at each.
        seen: [u32; OPTIONS],
        /// Whether it is so over all topics, or within one.
        overall: bool,
    },
    /// All options begin with these words.
    CommonStart(String),
    /// An option differs from this other by articles only.
    SameOption(String),
    /// An option's why is another's too.
    SameWhy,
}

/// What is wrong with what a question names as its sources, by the inventory that has them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceWarning {
    /// A source isn't written as an inventory's ids are.
    NotAnId(String),
    /// A question has the source twice.
    SourceTwice(String),
    /// The inventory doesn't have the source.
    NotListed(String),
    /// No question has the inventory's item for a source.
    NotCovered(String),
}

impl From<OptionsWarning> for Warning {
    fn from(warning: OptionsWarning) -> Self {
        Self::Options(warning)
    }
}

impl From<SourceWarning> for Warning {
    fn from(warning: SourceWarning) -> Self {
        Self::Source(warning)
    }
}
