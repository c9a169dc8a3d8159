//! Reads question files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Bank, Difficulty, Fault, Faults, Question, Quiz, Topic};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicTable {
    name: String,
    title: String,
    summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionTable {
    id: String,
    prompt: String,
    difficulty: Difficulty,
    #[serde(default)]
    tags: Vec<String>,
    answer: String,
    key_points: Vec<String>,
    #[serde(default)]
    follow_ups: Vec<String>,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default, rename = "quiz")]
    quizzes: Vec<Quiz>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTable {
    topic: TopicTable,
    question: Vec<QuestionTable>,
}

impl Bank {
    /// Reads every `*.toml` of a directory, in the order of their names.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(dir: &Path) -> Result<Bank, Faults> {
        let fault = |file: &Path, message: String| {
            Faults(vec![Fault {
                file: file.to_owned(),
                line: 0,
                column: 0,
                question: None,
                message,
            }])
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(|error| fault(dir, error.to_string()))? {
            let path = entry.map_err(|error| fault(dir, error.to_string()))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let text =
                fs::read_to_string(&path).map_err(|error| fault(&path, error.to_string()))?;
            files.push((path, text));
        }
        Bank::from_files(&files)
    }

    /// Makes a bank of files that have been read.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn from_files(files: &[(PathBuf, String)]) -> Result<Bank, Faults> {
        let (mut topics, mut questions) = (Vec::new(), Vec::new());
        for (file, text) in files {
            let table: FileTable = toml::from_str(text).map_err(|error| {
                Faults(vec![Fault {
                    file: file.clone(),
                    line: 0,
                    column: 0,
                    question: None,
                    message: error.message().to_owned(),
                }])
            })?;
            let name = table.topic.name.clone();
            topics.push(Topic {
                name: table.topic.name,
                title: table.topic.title,
                summary: table.topic.summary,
            });
            questions.extend(table.question.into_iter().map(|table| Question {
                id: table.id,
                topic: name.clone(),
                prompt: table.prompt,
                difficulty: table.difficulty,
                tags: table.tags,
                answer: table.answer,
                key_points: table.key_points,
                follow_ups: table.follow_ups,
                links: table.links,
                sources: table.sources,
                quizzes: table.quizzes,
            }));
        }
        Ok(Bank::new(topics, questions))
    }
}
