//! Questions from and for other programs. What another format does not have stays empty, so that
//! `check` names it; nothing is made up.

mod anki;
mod draft;
mod gift;
mod html;
mod json;
mod quotes;
mod table;
mod topic_file;
mod topics;
mod trivia;
mod writer;

use std::fmt;

pub use draft::Draft;
pub use topic_file::topic_file;
pub use topics::some_of;

use self::draft::finish;
use super::Bank;
use crate::model::{Depth, Difficulty, Topic};

/// A format that questions are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// A table with a header: RFC 4180.
    Csv,
    /// Notes that Anki exported as plain text: <https://docs.ankiweb.net/importing/text-files.html>.
    Anki,
    /// Moodle's GIFT: <https://docs.moodle.org/en/GIFT_format>.
    Gift,
    /// What the Open Trivia Database answers: <https://opentdb.com/api_config.php>.
    Trivia,
    /// What [`ExportFormat::Json`] writes.
    Json,
}

/// A format that questions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A table with a header, a row for each quiz: RFC 4180. Holds everything but topics' titles.
    Csv,
    /// Notes to import into Anki: <https://docs.ankiweb.net/importing/text-files.html>. Holds a
    /// question's prompt and answer; its id, difficulty, topic and sources as guid and tags.
    Anki,
    /// Moodle's GIFT, a question for each quiz. Holds quizzes with their whys, answers, ids, tags and difficulties.
    Gift,
    /// Everything.
    Json,
}

/// What was read of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// The questions, each with an id of its own.
    pub drafts: Vec<Draft>,
    /// What was not taken over, or not as it was, in the order of the file.
    pub left: Vec<Left>,
    /// The other topics of the file, which weren't asked for.
    pub others: Vec<String>,
    /// The topic's title; empty where the file says none.
    pub title: String,
    /// The topic's summary; empty where the file says none.
    pub summary: String,
    /// The topic's own synonyms.
    pub synonyms: Vec<Vec<String>>,
    /// The topic's depth, where the file says one.
    pub depth: Option<Depth>,
}

/// Something that was not taken over, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The line in the file, from 1; 0 when it is about the whole.
    pub line: usize,
    /// What it is, and what was done instead.
    pub message: String,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.message)
    }
}

impl Imported {
    /// Notes what is not taken over.
    fn leave(&mut self, line: usize, message: impl Into<String>) {
        let message = message.into();
        self.left.push(Left { line, message });
    }
}

/// What to make of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The name of the topic that the questions are for.
    pub topic: &'a str,
    /// From what numbers of right options count, 0 or 1, where a table doesn't tell.
    pub correct_from: Option<usize>,
    /// The difficulty of questions that have none.
    pub difficulty: Option<Difficulty>,
}

/// A column whose numbers mean other options if they count from 0 than if from 1.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line}: the column `{column}` may count from 0 or from 1. With `{number}`, the right answer to “{prompt}” \
     is “{from_zero}” if it counts from 0, “{from_one}” if from 1. Say which it is: --correct-from 0 or \
     --correct-from 1"
)]
#[expect(missing_docs, reason = "they are what the message says")]
pub struct CountsFromEither {
    pub column: String,
    pub line: usize,
    pub number: String,
    pub prompt: String,
    pub from_zero: String,
    pub from_one: String,
}

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is not a table.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// It is not such JSON.
    #[error("this isn't what {0}: {1}")]
    Json(&'static str, serde_json::Error),
    /// The Open Trivia Database has answered without questions: its code, and what that means.
    #[error("there are no questions in it: the response code is {0}, which means that {1}")]
    Response(i64, &'static str),
    /// It holds several topics, and not the one that is wanted.
    #[error("there is no topic `{0}` in it, only: {1}; say which with --topic")]
    Topic(String, String),
    /// A quotation mark isn't closed.
    #[error(
        "line {0}: a cell opens with a quotation mark that is never closed. Close it, or double the mark (\"\") and \
         quote the whole cell"
    )]
    Quote(usize),
    /// No column holds prompts.
    #[error(
        "line 1: there is no column `prompt` or `question`, only: {0}. The first line must name the columns, as in \
         question,a,b,c,correct"
    )]
    Column(String),
    /// Nothing says whether the numbers of right options begin with 0 or 1.
    #[error(transparent)]
    CountsFromEither(Box<CountsFromEither>),
    /// Some numbers of right options can only count from 0, others only from 1.
    #[error(
        "the column `{column}` has 0 in line {zero}, so it would count from 0; but {number} in line {one} would then \
         be no option. Correct the wrong one, or say which it is: --correct-from 0 or --correct-from 1"
    )]
    #[expect(missing_docs, reason = "they are what the message says")]
    CountsFromBoth {
        column: String,
        zero: usize,
        one: usize,
        number: String,
    },
}

/// Reads questions for a topic.
///
/// # Errors
/// When the text is not of the format, or could be read in two ways.
pub fn import(
    format: ImportFormat,
    text: &str,
    wanted: &Wanted<'_>,
) -> Result<Imported, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut imported = match format {
        _ if text.trim().is_empty() => Imported::default(),
        ImportFormat::Csv => table::read(text, wanted)?,
        ImportFormat::Anki => anki::read(text, wanted)?,
        ImportFormat::Gift => gift::read(text, wanted)?,
        ImportFormat::Trivia => trivia::read(text)?,
        ImportFormat::Json => json::read(text, wanted)?,
    };
    finish(&mut imported, wanted);
    imported.left.sort_by_key(|left| left.line);
    Ok(imported)
}

/// Writes the questions of these topics.
///
/// # Errors
/// When they cannot be written, which does not happen in memory.
pub fn export(format: ExportFormat, bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    match format {
        ExportFormat::Csv => table::write(bank, topics),
        ExportFormat::Anki => anki::write(bank, topics),
        ExportFormat::Gift => Ok(gift::write(bank, topics)),
        ExportFormat::Json => json::write(bank, topics),
    }
}

#[cfg(test)]
mod tests;
