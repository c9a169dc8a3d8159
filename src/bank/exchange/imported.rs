//! What is asked for of a file, what was read of it, and why it can't be read.

use super::draft::Draft;
use super::formats::ImportFormat;
use super::remark::{Remark, Skipped};
use crate::model::{Depth, Difficulty};

/// What was read of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// The questions, each with an id of its own.
    pub drafts: Vec<Draft>,
    /// What was not taken over, or not as it was, in the order of the file.
    pub skipped: Vec<Skipped>,
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
    pub(super) fn skip(&mut self, line: usize, remark: impl Into<Remark>) {
        self.skip_of("", line, remark);
    }

    /// Notes what is not taken over of a question that the file calls `name`, if it does.
    pub(super) fn skip_of(&mut self, name: &str, line: usize, remark: impl Into<Remark>) {
        self.skipped.push(Skipped {
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
