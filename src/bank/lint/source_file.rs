//! A question file, with the position of everything in it.

use std::path::{Path, PathBuf};

use super::warning::Warning;
use crate::bank::{Bank, Fault, Problem};
use crate::model::{Depth, Question, Quiz};
pub use crate::toml_reader::Step;
use crate::toml_reader::{Position, Reader, Root, locate};

/// A sound question file.
pub struct SourceFile<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What is written in it.
    pub text: &'a str,
    reader: Reader<'a, Problem>,
    root: Root<'a>,
    /// Its questions, in the order written.
    pub questions: Vec<&'a Question>,
    /// How much its topic asks of them.
    pub depth: Depth,
}

use Step::{Item, Key};

impl<'a> SourceFile<'a> {
    /// The files of a bank that was read from them.
    pub fn of_bank(files: &'a [(PathBuf, String)], bank: &'a Bank) -> Vec<SourceFile<'a>> {
        let files = files.iter().filter_map(|(path, text)| {
            let reader = Reader::new(text);
            let root = reader.root()?;
            let stem = path.file_stem()?.to_str()?;
            let topic = bank.topic(stem)?;
            let questions = bank.in_topic(&topic.name).collect();
            Some(SourceFile {
                path,
                text,
                reader,
                root,
                questions,
                depth: topic.depth,
            })
        });
        files.collect()
    }

    /// Every quiz, with the index of its question and its own index in that.
    pub fn quizzes(&self) -> impl Iterator<Item = (usize, usize, &'a Quiz)> {
        self.questions
            .iter()
            .enumerate()
            .flat_map(|(at, question)| {
                let quizzes = question.quizzes.iter().enumerate();
                quizzes.map(move |(index, quiz)| (at, index, quiz))
            })
    }

    /// Where this is, in bytes; if it isn't there, where the nearest table around it begins.
    pub fn at(&self, steps: &[Step]) -> usize {
        locate(&self.root, steps)
    }

    /// A warning about a question, at a place inside it.
    pub fn warning(&self, question: usize, steps: &[Step], warning: impl Into<Warning>) -> Fault {
        let steps = [&[Key("question"), Item(question)], steps].concat();
        self.fault_at(self.at(&steps), Some(question), warning)
    }

    /// A warning about the topic as a whole.
    pub fn warning_of_topic(&self, warning: impl Into<Warning>) -> Fault {
        self.fault_at(self.at(&[Key("topic"), Key("name")]), None, warning)
    }

    /// A warning about this byte, in a question if it is in one.
    pub fn fault_at(
        &self,
        at: usize,
        question: Option<usize>,
        warning: impl Into<Warning>,
    ) -> Fault {
        Fault {
            place: Some(self.reader.place(at)),
            question: question.map(|question| self.questions[question].id.clone()),
            ..Fault::whole(self.path, warning.into())
        }
    }

    /// The position of what these steps lead to.
    pub fn place(&self, steps: &[Step]) -> Position {
        self.reader.place(self.at(steps))
    }
}
