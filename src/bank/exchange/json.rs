//! The whole bank as JSON.

use serde::Serialize;

use crate::bank::{Bank, Question, Topic};

/// A topic with its questions.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    topic: &'a Topic,
    questions: Vec<&'a Question>,
}

/// A list of topics.
pub fn write(bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    let wholes = topics.iter().map(|topic| Whole {
        topic,
        questions: bank.in_topic(&topic.name).collect(),
    });
    let wholes: Vec<Whole<'_>> = wholes.collect();
    Ok(serde_json::to_string_pretty(&wholes)? + "\n")
}
