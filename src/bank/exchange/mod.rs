//! Questions from and for other programs. What another format lacks stays empty, so that `check` reports it; nothing is
//! made up.

mod anki;
mod draft;
mod finishing;
mod formats;
mod gift;
mod html;
mod imported;
mod json;
mod quotes;
mod remark;
mod slug;
mod table;
mod topic_file;
mod topics;
mod trivia;
mod writer;

pub use draft::Draft;
pub use formats::{ExportFormat, ImportFormat};
pub use imported::{CountsFromEither, ImportError, Imported, Wanted};
pub use remark::{Lost, NamedBy, NotMarked, OfAnki, OfGift, OfTable, OfTrivia, Remark, Skipped};
pub use topic_file::topic_file;

use self::finishing::finish;
use super::Bank;
pub use super::limits::{OPTIONS as MOST_OPTIONS, TAGS as MOST_TAGS};
use crate::model::Topic;

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
    imported.skipped.sort_by_key(|skipped| skipped.line);
    Ok(imported)
}

/// Writes the questions of these topics.
///
/// # Errors
/// When they cannot be written, which doesn't happen in memory.
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
