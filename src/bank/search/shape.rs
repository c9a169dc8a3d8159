//! The kinds of questions: which one a query asks for, and of which one a question is.

use super::words::words;
use crate::model::Question;

/// What kind of question is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// "Design X"
    Design,
    /// "X or Y"
    Comparison,
    /// "What is X"
    Definition,
}

impl Shape {
    /// The kind of question that these words ask for.
    pub fn asked_by(words: &[String]) -> Option<Shape> {
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let first = words.iter().find(|word| {
            !matches!(
                word.as_str(),
                "how" | "would" | "you" | "do" | "i" | "to" | "system"
            )
        });
        if has(&[
            "vs",
            "versus",
            "difference",
            "differences",
            "differ",
            "compare",
            "compared",
            "or",
        ]) {
            Some(Shape::Comparison)
        } else if first.is_some_and(|word| {
            matches!(
                word.as_str(),
                "design" | "build" | "implement" | "architect"
            )
        }) || has(&["clone"])
        {
            Some(Shape::Design)
        } else if words.len() < 3 || words.starts_with(&["what".to_owned(), "is".to_owned()]) {
            Some(Shape::Definition)
        } else {
            None
        }
    }

    /// What kind of question this is.
    pub fn of(question: &Question) -> Option<Shape> {
        let prompt = words(&question.prompt);
        let has = |wanted: &[&str]| prompt.iter().any(|word| wanted.contains(&word.as_str()));
        let id = words(&question.id);
        match prompt.first().map(String::as_str) {
            Some("design" | "build" | "implement") => Some(Shape::Design),
            _ if has(&["difference", "differences", "differ", "compare", "versus"])
                || id
                    .iter()
                    .any(|word| matches!(word.as_str(), "versus" | "vs" | "or")) =>
            {
                Some(Shape::Comparison)
            }
            Some("what") => Some(Shape::Definition),
            _ => None,
        }
    }
}
