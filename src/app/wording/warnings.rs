//! Warnings about question files, as their authors read them.

use std::fmt::{self, Display, Formatter};

use crate::bank::{OptionsWarning, SourceWarning, Warning};
use crate::told::counted;

use super::authoring::at;

impl Display for Warning {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead => {
                f.write_str("is not read, since its name doesn't end in .toml; rename it")
            }
            Self::SmallTopic { count, least } => {
                let questions = counted(*count, "question");
                write!(f, "the topic has {questions}; write {least} or more")
            }
            Self::AnswerLength { words, least, most } => write!(
                f,
                "the answer has {words} words without its code blocks; {least} to {most} are a good length"
            ),
            Self::Code { language, why } => write!(f, "this {language} doesn't parse: {why}"),
            Self::Alias { alias, finds, name } => {
                write!(
                    f,
                    "the alias `{alias}` finds the {finds} `{name}`; leave it out"
                )
            }
            Self::TagTwin { tag, twin, uses } => {
                let others = match uses {
                    1 => "another question has".to_owned(),
                    uses => format!("{uses} others have"),
                };
                write!(
                    f,
                    "only this question has the tag `{tag}`, while {others} `{twin}`; use one of them"
                )
            }
            Self::Asked {
                prompt,
                same,
                file,
                place,
            } => {
                let prompt_here = if *same {
                    "this prompt"
                } else {
                    "almost the same prompt"
                };
                let at = at(file, *place);
                write!(f, "{prompt_here} is already asked at {at}: {prompt}")
            }
            Self::Options(warning) => warning.fmt(f),
            Self::Source(warning) => warning.fmt(f),
        }
    }
}

impl Display for OptionsWarning {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::GivenAway(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("“{word}”")).collect();
                let words = words.join(", ");
                write!(
                    f,
                    "the prompt gives the right option away: both say {words}"
                )
            }
            Self::Longest { all, most, lines } => write!(
                f,
                "the right option is the longest in {} of {all} quizzes, more than {most} %: those at lines {}",
                lines.len(),
                listed(lines)
            ),
            Self::Uneven { seen, overall } => {
                if *overall {
                    f.write_str("over all topics, ")?;
                }
                write!(
                    f,
                    "the right option is at some positions more often than chance would have it (first to fifth: {}); \
                     move some",
                    listed(seen)
                )
            }
            Self::CommonStart(words) => {
                write!(
                    f,
                    "all options begin with “{words}”; put it into the prompt"
                )
            }
            Self::SameOption(other) => write!(f, "this option says the same as “{other}”"),
            Self::SameWhy => f.write_str("this option's `why` is another's too"),
        }
    }
}

impl Display for SourceWarning {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnId(source) => write!(
                f,
                "the source `{source}` isn't an id such as `s1-q07`: article, dash, kind, number"
            ),
            Self::SourceTwice(source) => write!(f, "the source `{source}` is there twice"),
            Self::NotListed(source) => write!(f, "the inventory has no item `{source}`"),
            Self::NotCovered(id) => write!(f, "no question covers `{id}`"),
        }
    }
}

/// Numbers with commas between.
fn listed(numbers: &[impl Display]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}
