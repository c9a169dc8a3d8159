//! The Open Trivia Database's JSON.

use serde::Deserialize;

use super::draft::{Draft, kebab};
use super::html::unescape;
use super::{ImportError, Imported};
use crate::bank::{Quiz, QuizOption};

#[derive(Deserialize)]
struct Response {
    results: Vec<Trivia>,
}

#[derive(Deserialize)]
struct Trivia {
    #[serde(default)]
    category: String,
    #[serde(default)]
    difficulty: String,
    question: String,
    correct_answer: String,
    incorrect_answers: Vec<String>,
}

/// Reads what the API answers, in its usual encoding: HTML's entities.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    let response: Response = serde_json::from_str(text)?;
    let mut imported = Imported::default();
    for (index, trivia) in response.results.into_iter().enumerate() {
        let plain = |text: &str| unescape(text).trim().to_owned();
        let difficulty = trivia.difficulty.parse().ok();
        if difficulty.is_none() {
            let number = index + 1;
            let message = format!("result {number}: `{}` is no difficulty", trivia.difficulty);
            imported.leave(0, message);
        }
        let options = std::iter::once((&trivia.correct_answer, true))
            .chain(trivia.incorrect_answers.iter().map(|text| (text, false)))
            .map(|(text, right)| QuizOption {
                text: plain(text),
                right,
                why: String::new(),
            });
        let prompt = plain(&trivia.question);
        let tag = kebab(&plain(&trivia.category));
        imported.drafts.push(Draft {
            prompt: prompt.clone(),
            difficulty,
            tags: Some(tag)
                .filter(|tag| !tag.is_empty())
                .into_iter()
                .collect(),
            quizzes: vec![Quiz {
                prompt,
                options: options.collect(),
            }],
            ..Draft::default()
        });
    }
    Ok(imported)
}
