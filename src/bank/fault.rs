//! What is wrong with a bank, and where. The words are in `app/wording/authoring.rs`.

use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(feature = "authoring")]
use super::lint::Warning;
use super::markdown::Stray;
use super::names::NameOf;
use crate::text_file::{NotText, TextError};
use crate::toml_reader::{Position, Wrong};

/// Everything that is wrong with a bank, sorted by file and line. Displayed with one fault per line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

/// One thing to repair in a question file. Displayed as one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, or the directory when the whole bank is at fault.
    pub file: PathBuf,
    /// `None` if the fault concerns the whole file.
    pub place: Option<Position>,
    /// The id of the question it is in, if known.
    pub question: Option<String>,
    /// What is wrong there.
    pub problem: Problem,
}

impl Fault {
    /// A fault of a whole file or folder, or of a file that isn't text, at the position where that shows.
    pub(super) fn whole(file: &Path, problem: impl Into<Problem>) -> Self {
        let problem = problem.into();
        let place = match problem {
            Problem::File(FileProblem::NotText(NotText { line, column, .. })) => {
                Some(Position { line, column })
            }
            _ => None,
        };
        Self {
            file: file.to_owned(),
            place,
            question: None,
            problem,
        }
    }
}

/// What can be wrong with a bank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The folder of the question files can't be used.
    Folder(FolderProblem),
    /// A file isn't read.
    File(FileProblem),
    /// The file can't be understood.
    Toml(Wrong),
    /// A name isn't made of lowercase letters, digits and hyphens, or is too short or too long.
    Name {
        /// The key that it is of.
        of: NameOf,
        /// The name.
        name: String,
        /// The fewest characters it may have.
        least: usize,
    },
    /// A topic's name isn't its file's.
    NotItsFile {
        /// The topic's name.
        name: String,
        /// The file's name without `.toml`.
        file: String,
    },
    /// Something else in the bank has the name already.
    Taken {
        /// What it names.
        of: NameOf,
        /// The name.
        name: String,
        /// The file of the other.
        file: PathBuf,
        /// Where in that.
        place: Position,
    },
    /// The id is also a topic's name.
    IsTopic(String),
    /// A topic has this for its depth, which isn't one.
    Depth(String),
    /// A question has this for its difficulty, which isn't one.
    Difficulty(String),
    /// A question has the tag twice.
    TagTwice(String),
    /// A question has the alias twice.
    AliasTwice(String),
    /// A link isn't a web address.
    NotWeb(String),
    /// A question has neither an answer nor a quiz.
    NothingToTell,
    /// Two options of a quiz are the same to a member.
    OptionTwice(String),
    /// No option of a quiz is right.
    NoneRight,
    /// This many options of a quiz are right.
    SeveralRight(usize),
    /// Formatting characters don't do what they seem to.
    Stray(Stray),
    /// It works, but a reader would stumble over it.
    #[cfg(feature = "authoring")]
    Warning(Warning),
}

/// Why the folder of the question files can't be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FolderProblem {
    /// There is no such folder.
    Missing,
    /// It can't be listed. What the system says.
    Closed(String),
    /// No question file is in it.
    Empty,
    /// Its file system hasn't answered for this long.
    Hangs(Duration),
    /// The thread that reads it ended.
    Ended,
    /// No such thread could be started. What the system says.
    NoThread(String),
}

/// Why a file isn't read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileProblem {
    /// It is a folder, a pipe, …
    NotRegular,
    /// It can't be read. What the system says.
    Unreadable(String),
    /// It has more than this many bytes.
    TooLong(u64),
    /// With it, all files together have more than this many bytes.
    AllTooLong(u64),
    /// It is in an encoding that can't be told for sure.
    NotText(NotText),
}

impl From<FolderProblem> for Problem {
    fn from(problem: FolderProblem) -> Self {
        Self::Folder(problem)
    }
}

impl From<FileProblem> for Problem {
    fn from(problem: FileProblem) -> Self {
        Self::File(problem)
    }
}

impl From<TextError> for FileProblem {
    fn from(error: TextError) -> Self {
        match error {
            TextError::NotText(why) => Self::NotText(why),
            TextError::TooLong(most) => Self::TooLong(most),
            TextError::Io(why) => Self::Unreadable(why.to_string()),
        }
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::Toml(wrong)
    }
}

#[cfg(feature = "authoring")]
impl From<Warning> for Problem {
    fn from(warning: Warning) -> Self {
        Self::Warning(warning)
    }
}
