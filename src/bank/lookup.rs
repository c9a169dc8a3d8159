//! The answer to a query: the questions that it may mean, best first, and whether they fit.

use std::collections::HashMap;

use super::{Bank, Named};
use crate::model::{Difficulty, Question};

/// How many questions a search finds.
const SEARCHED: usize = 60;
/// How many near questions are offered when none fits.
const NEAR: usize = 5;
/// The least score of a question, as a share of the best one's.
const BESIDE: f32 = 0.4;

/// A question that a query may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'a> {
    /// The question.
    pub question: &'a Question,
    /// How well it fits, from 0 to about 1; more than 1 when the query is one of its names.
    pub score: f32,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup<'a> {
    /// What the query names exactly, once its spelling is corrected.
    pub named: Option<Named<'a>>,
    /// The query with its misspellings corrected, if it had any.
    pub corrected: Option<String>,
    /// The difficulty that the query asks for, and the rest of it, which is what was looked up.
    pub narrowed: Option<(Difficulty, String)>,
    /// The questions, of any difficulty, best first. If a topic or tag is named, all of its own come first.
    pub found: Vec<Found<'a>>,
    /// Whether the first of them fits. If not, they are only near.
    pub fits: bool,
}

impl Bank {
    /// Looks a query up: an id, a topic, a tag, or any words.
    pub fn look_up(&self, query: &str) -> Lookup<'_> {
        let narrowed = self.difficulty_asked(query).and_then(|(difficulty, rest)| {
            let lookup = Some(self.look_up_all(&rest)).filter(|lookup| lookup.fits)?;
            Some(Lookup {
                narrowed: Some((difficulty, rest)),
                ..lookup
            })
        });
        narrowed.unwrap_or_else(|| self.look_up_all(query))
    }

    /// The difficulty that a query asks for in words, and the rest of it: `caching` of `hard questions about caching`. None
    /// when it is the name of something.
    pub fn difficulty_asked(&self, query: &str) -> Option<(Difficulty, String)> {
        if self.named(query).is_some() {
            return None;
        }
        let named = |rest: &str| {
            let named = self.named(rest).or_else(|| self.corrected(rest));
            named.is_some() || self.topics_with(rest).len() == 1
        };
        self.index.difficulty_asked(query, named)
    }

    /// The difficulty of a query that asks for nothing else: `a hard question`. None when it is the name of something.
    pub fn difficulty_alone(&self, query: &str) -> Option<Difficulty> {
        let alone = self.index.difficulty_alone(query);
        alone.filter(|_| self.named(query).is_none())
    }

    /// Looks a query up, all of it.
    fn look_up_all(&self, query: &str) -> Lookup<'_> {
        let named = self.named(query);
        if let Some(Named::Question(question)) = named {
            let found = vec![Found {
                question,
                score: 1.0,
            }];
            return Lookup {
                named,
                corrected: None,
                narrowed: None,
                found,
                fits: true,
            };
        }
        let searched = self.index.find(query, SEARCHED);
        // A name isn't misspelt.
        let corrected = searched.corrected.filter(|_| named.is_none());
        let named = named.or_else(|| self.named(corrected.as_deref()?));
        let fits = searched.matches.first().is_some_and(|best| best.fits());
        let best = searched.matches.first().map_or(0.0, |best| best.score);
        let mut found: Vec<Found<'_>> = searched
            .matches
            .iter()
            .filter(|found| found.score >= best * BESIDE)
            .map(|found| Found {
                question: &self.questions()[found.at],
                score: found.score,
            })
            .collect();
        let Some(named) = named else {
            if !fits {
                found.truncate(NEAR);
            }
            return Lookup {
                named: None,
                corrected,
                narrowed: None,
                found,
                fits,
            };
        };
        let matches = searched.matches.iter();
        let scores: HashMap<&str, f32> = matches
            .map(|found| (self.questions()[found.at].id.as_str(), found.score))
            .collect();
        let mut own: Vec<Found<'_>> = self
            .of(&named)
            .into_iter()
            .map(|question| Found {
                question,
                score: scores.get(&*question.id).copied().unwrap_or(0.0),
            })
            .collect();
        own.sort_by(|one, other| other.score.total_cmp(&one.score));
        own.extend(found.iter().filter(|found| !named.holds(found.question)));
        Lookup {
            named: Some(named),
            corrected,
            narrowed: None,
            found: own,
            fits: true,
        }
    }

    /// The questions of what is named, in the order of the files.
    pub fn of<'a>(&'a self, named: &Named<'a>) -> Vec<&'a Question> {
        let questions = self.questions().iter();
        questions.filter(|question| named.holds(question)).collect()
    }
}

impl Named<'_> {
    /// Whether a question is this one, is of this topic, or has this tag.
    pub fn holds(&self, question: &Question) -> bool {
        match self {
            Named::Question(other) => question.id == other.id,
            Named::Topic(topic) => question.topic == topic.name,
            Named::Tag(tag) => question.tags.iter().any(|own| own == tag),
        }
    }
}
