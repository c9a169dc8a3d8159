//! The whole bank as JSON.

use serde::{Deserialize, Serialize};

use super::topics::Topics;
use super::{Draft, ImportError, ImportFormat, Imported, Wanted};
use crate::bank::Bank;
use crate::model::{Depth, Difficulty, Question, Quiz, Topic};

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

/// A topic as it is read: what is missing stays empty.
#[derive(Deserialize)]
struct Read {
    name: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    #[serde(default)]
    depth: Depth,
    questions: Vec<ReadQuestion>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct ReadQuestion {
    id: String,
    prompt: String,
    difficulty: Option<Difficulty>,
    tags: Vec<String>,
    aliases: Vec<String>,
    answer: String,
    key_points: Vec<String>,
    follow_ups: Vec<String>,
    links: Vec<String>,
    sources: Vec<String>,
    quizzes: Vec<Quiz>,
}

/// Reads the topic that is wanted, or the only one that there is.
pub fn read(text: &str, wanted: &Wanted<'_>) -> Result<Imported, ImportError> {
    let topics: Vec<Read> =
        serde_json::from_str(text).map_err(|why| ImportError::Json(ImportFormat::Json, why))?;
    let mut imported = Imported::default();
    let mut named = Topics::default();
    for topic in &topics {
        named.note(&topic.name);
    }
    let chosen = named.choose(wanted, &mut imported)?;
    for topic in topics.into_iter().filter(|topic| chosen.takes(&topic.name)) {
        // What two of one name both say, the first says.
        if imported.title.is_empty() {
            imported.title = topic.title;
        }
        if imported.summary.is_empty() {
            imported.summary = topic.summary;
        }
        imported.synonyms.extend(topic.synonyms);
        imported.depth = imported.depth.or(Some(topic.depth));
        let questions = topic.questions.into_iter();
        imported.drafts.extend(questions.map(ReadQuestion::draft));
    }
    Ok(imported)
}

impl ReadQuestion {
    fn draft(self) -> Draft {
        Draft {
            line: 0,
            id: self.id,
            prompt: self.prompt,
            difficulty: self.difficulty,
            tags: self.tags,
            aliases: self.aliases,
            answer: self.answer,
            key_points: self.key_points,
            follow_ups: self.follow_ups,
            links: self.links,
            sources: self.sources,
            quizzes: self.quizzes,
        }
    }
}
