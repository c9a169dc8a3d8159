//! What to import from a file, what was read from it, and why it can't be read.

use super::draft::Draft;
use super::formats::ImportFormat;
use super::remark::{Remark, Skipped};
use crate::model::{Depth, Difficulty};

/// What was read from a file.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// The questions, each with an id of its own.
    pub drafts: Vec<Draft>,
    /// What was skipped or changed, in the order of the file.
    pub skipped: Vec<Skipped>,
    /// The other topics in the file, which weren't asked for.
    pub others: Vec<String>,
    /// The topic's title; empty if the file has none.
    pub title: String,
    /// The topic's summary; empty if the file has none.
    pub summary: String,
    /// The topic's own synonyms.
    pub synonyms: Vec<Vec<String>>,
    /// The topic's depth, if the file says.
    pub depth: Option<Depth>,
}

impl Imported {
    /// Records that something is skipped or changed.
    pub(super) fn skip(&mut self, line: usize, remark: impl Into<Remark>) {
        self.skip_of("", line, remark);
    }

    /// The same for a question that the file calls `name`; empty if it has no name.
    pub(super) fn skip_of(&mut self, name: &str, line: usize, remark: impl Into<Remark>) {
        self.skipped.push(Skipped {
            line,
            name: name.to_owned(),
            remark: remark.into(),
        });
    }
}

/// What to import from a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The name of the topic that the questions are for.
    pub topic: &'a str,
    /// Whether numbers of right options count from 0 or 1, in a table that doesn't say.
    pub correct_from: Option<usize>,
    /// The difficulty of questions that have none.
    pub difficulty: Option<Difficulty>,
}

/// A column whose numbers mean different options depending on whether they count from 0 or 1.
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

/// Why a file can't be read. The words are in `app/wording/exchange.rs`.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It isn't a table.
    Csv(#[from] csv::Error),
    /// It isn't JSON of this format.
    Json(ImportFormat, serde_json::Error),
    /// The Open Trivia Database answered without questions, with this code.
    Response(i64),
    /// It has several topics, but not the one wanted.
    Topic {
        /// The one wanted.
        wanted: String,
        /// Those that it has.
        named: Vec<String>,
    },
    /// A quotation mark isn't closed.
    Quote(usize),
    /// No column has prompts. The columns there are.
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
