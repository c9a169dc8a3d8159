//! Questions from and for other programs. What another format does not have stays empty, so that
//! `check` names it; nothing is made up.

mod anki;
mod draft;
mod gift;
mod html;
mod json;
mod quotes;
mod remark;
mod table;
mod topic_file;
mod topics;
mod trivia;
mod writer;

pub use draft::Draft;
pub use remark::{Left, Lost, NotMarked, OfAnki, OfGift, OfTable, OfTrivia, Reading, Remark};
pub use topic_file::topic_file;

use self::draft::finish;
use super::Bank;
pub use super::schema::{OPTIONS as MOST_OPTIONS, TAGS as MOST_TAGS};
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

impl Imported {
    /// Notes what is not taken over.
    fn leave(&mut self, line: usize, remark: impl Into<Remark>) {
        self.leave_of("", line, remark);
    }

    /// Notes what is not taken over of a question that the file calls `name`, if it does.
    fn leave_of(&mut self, name: &str, line: usize, remark: impl Into<Remark>) {
        self.left.push(Left {
            line,
            name: name.to_owned(),
            remark: remark.into(),
        });
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
#[expect(missing_docs, reason = "they are what it is told with")]
pub struct CountsFromEither {
    pub column: String,
    pub line: usize,
    pub number: String,
    pub prompt: String,
    pub from_zero: String,
    pub from_one: String,
}

/// Why a file is not read. How it is told stands in `app/wording/exchange.rs`.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is not a table.
    Csv(#[from] csv::Error),
    /// It is not such JSON.
    Json(ImportFormat, serde_json::Error),
    /// The Open Trivia Database has answered without questions: its code.
    Response(i64),
    /// It holds several topics, and not the one that is wanted.
    Topic {
        /// The one that is wanted.
        wanted: String,
        /// Those that it holds.
        named: Vec<String>,
    },
    /// A quotation mark isn't closed.
    Quote(usize),
    /// No column holds prompts.
    Column(Vec<String>),
    /// Nothing says whether the numbers of right options begin with 0 or 1.
    CountsFromEither(Box<CountsFromEither>),
    /// Some numbers of right options can only count from 0, others only from 1.
    #[expect(missing_docs, reason = "they are what it is told with")]
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
