//! What is wrong with question files, as their authors read it.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::bank::{
    Fault, Faults, FileProblem, FolderProblem, LONGEST_NAME, NameOf, Problem, Source, Stray,
};
use crate::model::{UnknownDepth, UnknownDifficulty};
use crate::told;
use crate::toml_reader::Position;

use super::files::{advice, size};

impl Display for Faults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().map(Fault::to_string).collect();
        f.write_str(&told.join("\n"))
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{}:", at(&self.file, place))?,
            None => write!(f, "{}:", told::name(&self.file))?,
        }
        if let Some(question) = &self.question {
            write!(f, " [{question}]")?;
        }
        write!(f, " {}", self.problem)
    }
}

/// A place as editors and terminals make links of it.
pub(super) fn at(file: &Path, place: Position) -> String {
    format!("{}:{}:{}", told::name(file), place.line, place.column)
}

impl Display for FolderProblem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "there is no such directory; name the one with the question files with --questions",
            ),
            Self::Closed(why) => write!(
                f,
                "cannot be read: {why}; name another directory with --questions"
            ),
            Self::Empty => f.write_str(
                "there is no question file (*.toml) in it; name another directory with --questions",
            ),
            Self::Hangs(longest) => write!(
                f,
                "could not be read within {} s: its file system doesn't answer; see to the disk or mount that it is on",
                longest.as_secs()
            ),
            Self::Ended => f.write_str("reading it ended unexpectedly"),
            Self::NoThread(why) => write!(f, "no thread can be started to read it: {why}"),
        }
    }
}

impl Display for FileProblem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegular => {
                f.write_str("is not a regular file; move it out of the folder of questions")
            }
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::TooLong(most) => {
                write!(
                    f,
                    "is larger than {}; make several files of it",
                    size(*most)
                )
            }
            Self::AllTooLong(most) => write!(
                f,
                "is not read: with it the question files have more than {} together",
                size(*most)
            ),
            Self::NotText(why) => f.write_str(&advice(why)),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(problem) => problem.fmt(f),
            Self::File(problem) => problem.fmt(f),
            Self::Toml(wrong) => wrong.fmt(f),
            Self::Name { of, name, least } => {
                let what = match of {
                    NameOf::Question => "`id`",
                    NameOf::Tag => "a tag",
                    NameOf::Topic => "`name`",
                };
                write!(
                    f,
                    "{what} `{name}` must be {least} to {LONGEST_NAME} lowercase letters, digits and hyphens"
                )
            }
            Self::NotItsFile { name, file } => {
                let file = told::name(Path::new(file));
                write!(
                    f,
                    "the topic is called `{name}`, but its file `{file}.toml`"
                )
            }
            Self::Taken {
                of,
                name,
                file,
                place,
            } => write!(
                f,
                "another {of} is called `{name}`, at {}",
                at(file, *place)
            ),
            Self::IsTopic(id) => {
                write!(f, "`{id}` is a topic; give the question an id of its own")
            }
            Self::Depth(text) => UnknownDepth(text.clone()).fmt(f),
            Self::Difficulty(text) => UnknownDifficulty(text.clone()).fmt(f),
            Self::TagTwice(tag) => write!(f, "the tag `{tag}` is there twice"),
            Self::AliasTwice(alias) => write!(f, "the alias `{alias}` is there twice"),
            Self::NotWeb(link) => write!(f, "`{link}` isn't an http or https address"),
            Self::NothingToTell => f.write_str(
                "the question has neither an `answer` nor a `[[question.quiz]]`; write one",
            ),
            Self::OptionTwice(text) => write!(f, "two options read `{text}`"),
            Self::NoneRight => {
                f.write_str("no option is right; mark exactly one with `right = true`")
            }
            Self::SeveralRight(count) => write!(
                f,
                "{count} options are right; mark exactly one with `right = true`"
            ),
            Self::Stray(stray) => stray.fmt(f),
            #[cfg(feature = "authoring")]
            Self::Warning(warning) => warning.fmt(f),
        }
    }
}

/// As in "no fault found in the folder questions".
impl Display for Source {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "the folder {}", told::name(folder)),
            Self::BuiltIn => f.write_str("the questions that are built in"),
        }
    }
}

impl Display for NameOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Question => "question",
            Self::Tag => "tag",
            Self::Topic => "topic",
        })
    }
}

impl Display for Stray {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backtick => f.write_str(
                "a backtick is never closed; put code between two of them, and write \\` where the sign is meant",
            ),
            Self::Stars => f.write_str(
                "`**` opens or closes nothing; put code such as `**kwargs` between backticks, or write \\*\\*",
            ),
            Self::Emphasis(inside) => write!(
                f,
                "“{inside}” is read as emphasis, without its signs; put code between backticks, or write \\{} where \
                 the sign is meant",
                inside.chars().next().unwrap_or_default()
            ),
        }
    }
}
