//! Questions from and for other programs. What another format does not have stays empty, so that
//! `check` names it; nothing is made up.

mod anki;
mod draft;
mod gift;
mod html;
mod json;
mod table;
mod topic_file;
mod trivia;

use std::fmt;

pub use draft::Draft;
pub use topic_file::topic_file;

use self::draft::name_all;
use super::{Bank, Topic};

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
}

/// A format that questions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A table with a header, a row for each quiz: RFC 4180. Holds everything but topics' titles.
    Csv,
    /// Notes to import into Anki: <https://docs.ankiweb.net/importing/text-files.html>. Holds a
    /// question's prompt and answer; its id, difficulty, topic and sources as guid and tags.
    Anki,
    /// Everything.
    Json,
}

/// What was read of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// The questions, each with an id of its own.
    pub drafts: Vec<Draft>,
    /// What was not taken over, in the order of the file.
    pub left: Vec<Left>,
}

/// Something that was not taken over.
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

/// Why a file is none of its format.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no table.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// It is no such JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A column is missing.
    #[error("there is no column `{0}`; the first line must name the columns")]
    Column(&'static str),
}

/// Reads questions for a topic.
///
/// # Errors
/// When the text is not of the format.
pub fn import(format: ImportFormat, text: &str, topic: &str) -> Result<Imported, ImportError> {
    // Spreadsheets put a byte order mark first.
    let text = text.trim_start_matches('\u{feff}');
    let mut imported = match format {
        ImportFormat::Csv => table::read(text, topic)?,
        ImportFormat::Anki => anki::read(text)?,
        ImportFormat::Gift => gift::read(text),
        ImportFormat::Trivia => trivia::read(text)?,
    };
    name_all(&mut imported.drafts, topic);
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
        ExportFormat::Json => json::write(bank, topics),
    }
}

#[cfg(test)]
mod tests;
