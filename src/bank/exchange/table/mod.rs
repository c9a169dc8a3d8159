//! Questions as a table: CSV with a row for each quiz, or for a question without one.

mod header;
mod read;
mod right;

use csv::WriterBuilder;

pub use self::read::read;
use crate::bank::Bank;
use crate::bank::limits::OPTIONS;
use crate::model::{Quiz, Topic};

/// The columns of a question. Items of a list stand on lines of their own, tags between spaces.
const QUESTION: [&str; 11] = [
    "topic",
    "id",
    "prompt",
    "difficulty",
    "tags",
    "aliases",
    "answer",
    "key_points",
    "follow_ups",
    "links",
    "sources",
];

/// The columns in the order written. `right` is the number of the right option, from 1.
fn columns() -> Vec<String> {
    let options = (1..=OPTIONS).flat_map(|n| [format!("option_{n}"), format!("why_{n}")]);
    let quiz = ["quiz_prompt", "right"].map(str::to_owned);
    QUESTION
        .map(str::to_owned)
        .into_iter()
        .chain(quiz)
        .chain(options)
        .collect()
}

/// Writes the questions of these topics. Further quizzes of a question have its id only.
pub fn write(bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    let mut csv = WriterBuilder::new().from_writer(Vec::new());
    csv.write_record(columns())?;
    for topic in topics {
        for question in bank.in_topic(&topic.name) {
            let whole = [
                topic.name.clone(),
                question.id.clone(),
                question.prompt.clone(),
                question.difficulty.to_string(),
                question.tags.join(" "),
                in_cell(&question.aliases),
                question.answer.clone(),
                in_cell(&question.key_points),
                in_cell(&question.follow_ups),
                in_cell(&question.links),
                in_cell(&question.sources),
            ];
            let mut again: [String; 11] = Default::default();
            again[..2].clone_from_slice(&whole[..2]);
            csv.write_record(whole.iter().chain(&quiz_cells(question.quizzes.first())))?;
            for quiz in question.quizzes.iter().skip(1) {
                csv.write_record(again.iter().chain(&quiz_cells(Some(quiz))))?;
            }
        }
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

/// A list in a cell. A line break inside an item becomes a space.
fn in_cell(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| item.replace('\n', " ")).collect();
    items.join("\n")
}

fn quiz_cells(quiz: Option<&Quiz>) -> Vec<String> {
    let mut cells = vec![String::new(); 2 + 2 * OPTIONS];
    if let Some(quiz) = quiz {
        cells[0].clone_from(&quiz.prompt);
        cells[1] = (quiz.right() + 1).to_string();
        for (index, option) in quiz.options.iter().enumerate() {
            cells[2 + 2 * index].clone_from(&option.text);
            cells[3 + 2 * index].clone_from(&option.why);
        }
    }
    cells
}
