//! The formats that questions are imported from and exported to.

/// A format to import from.
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

/// A format to export to.
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
