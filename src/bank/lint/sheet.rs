//! A question file with the place of everything in it.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bank::reader::Reader;
use crate::bank::{Bank, Fault};
use crate::model::{Depth, Question, Quiz};

/// A sound question file.
pub struct Sheet<'a> {
    path: &'a Path,
    /// What is written in it.
    pub text: &'a str,
    root: Spanned<DeTable<'a>>,
    /// Its questions, in the order written.
    pub questions: Vec<&'a Question>,
    /// How much its topic asks of them.
    pub depth: Depth,
}

/// A step from a table or list to something in it.
#[derive(Clone, Copy)]
pub enum Step {
    /// The value of this key.
    Key(&'static str),
    /// The item at this position, from 0.
    Item(usize),
}

use Step::{Item, Key};

impl<'a> Sheet<'a> {
    /// The files of a bank that was read from them.
    pub fn of_bank(files: &'a [(PathBuf, String)], bank: &'a Bank) -> Vec<Sheet<'a>> {
        let sheets = files.iter().filter_map(|(path, text)| {
            let root = DeTable::parse(text).ok()?;
            let stem = path.file_stem()?.to_str()?;
            let topic = bank.topic(stem)?;
            let questions = bank.in_topic(&topic.name).collect();
            Some(Sheet {
                path,
                text,
                root,
                questions,
                depth: topic.depth,
            })
        });
        sheets.collect()
    }

    /// Every quiz with the position of its question and its own in that.
    pub fn quizzes(&self) -> impl Iterator<Item = (usize, usize, &'a Quiz)> {
        self.questions
            .iter()
            .enumerate()
            .flat_map(|(at, question)| {
                let quizzes = question.quizzes.iter().enumerate();
                quizzes.map(move |(index, quiz)| (at, index, quiz))
            })
    }

    /// Where this is, in bytes; where the nearest table around it begins, if it is not written.
    pub fn at(&self, steps: &[Step]) -> usize {
        let mut at = 0;
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for step in steps {
            let next = match (step, value.map(Spanned::get_ref)) {
                (Key(key), None) => self.root.get_ref().get(*key),
                (Key(key), Some(DeValue::Table(table))) => table.get(*key),
                (Item(index), Some(DeValue::Array(items))) => items.get(*index),
                _ => None,
            };
            let Some(next) = next else { break };
            at = next.span().start;
            value = Some(next);
        }
        at
    }

    /// The blemish of a question, at a place inside it.
    pub fn blemish(&self, question: usize, steps: &[Step], message: impl Into<String>) -> Fault {
        let steps = [&[Key("question"), Item(question)], steps].concat();
        self.fault_at(self.at(&steps), Some(question), message)
    }

    /// The blemish of the topic as a whole.
    pub fn blemish_of_topic(&self, message: impl Into<String>) -> Fault {
        self.fault_at(self.at(&[Key("topic"), Key("name")]), None, message)
    }

    /// The blemish at this byte, in a question if it is in one.
    pub fn fault_at(
        &self,
        at: usize,
        question: Option<usize>,
        message: impl Into<String>,
    ) -> Fault {
        let mut reader = Reader::new(self.path, self.text);
        reader.question = question.map(|question| self.questions[question].id.clone());
        reader.fault(at, message);
        reader.faults.remove(0)
    }

    /// The lines of these bytes.
    pub fn lines(&self, bytes: &[usize]) -> String {
        let line = |at: &usize| (self.text[..*at].matches('\n').count() + 1).to_string();
        bytes.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    /// A place as a fault names it.
    pub fn place(&self, at: usize) -> String {
        Reader::new(self.path, self.text).place(at)
    }
}
