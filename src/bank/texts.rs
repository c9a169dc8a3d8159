//! The texts of a bank as queries are compared with them.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::model::{Question, Topic};

/// Something that can be named, by its position in the bank.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Question(usize),
    Topic(usize),
    Tag(usize),
}

/// The texts of a bank as queries are compared with them. Made once, since normalising Unicode takes
/// longer than anything else about finding.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    /// What a folded text names: a question before a topic, a topic before a tag.
    pub(super) named: HashMap<String, Entry>,
    /// Topics by name and by title, then tags, folded.
    pub(super) topics_and_tags: Vec<(String, Entry)>,
    /// Labels and values of suggestions, in words.
    pub(super) topics: Vec<[String; 2]>,
    pub(super) tags: Vec<[String; 2]>,
    pub(super) questions: Vec<[String; 2]>,
}

impl Texts {
    pub(super) fn new(topics: &[Topic], tags: &[(String, usize)], questions: &[Question]) -> Self {
        let topics_and_tags: Vec<(String, Entry)> = topics
            .iter()
            .enumerate()
            .flat_map(|(at, topic)| {
                [&topic.name, &topic.title].map(|text| (fold(text), Entry::Topic(at)))
            })
            .chain(
                (0..)
                    .zip(tags)
                    .map(|(at, (tag, _))| (fold(tag), Entry::Tag(at))),
            )
            .collect();
        let ids = (0..).zip(questions);
        let ids = ids.map(|(at, question)| (fold(&question.id), Entry::Question(at)));
        let mut named = HashMap::new();
        for (text, place) in ids.chain(topics_and_tags.iter().cloned()) {
            named.entry(text).or_insert(place);
        }
        Self {
            named,
            topics_and_tags,
            topics: topics
                .iter()
                .map(|topic| [&topic.title, &topic.name].map(|text| words(text)))
                .collect(),
            tags: tags
                .iter()
                .map(|(tag, _)| [tag, tag].map(|text| words(text)))
                .collect(),
            questions: questions
                .iter()
                .map(|question| [&question.prompt, &question.id].map(|text| words(text)))
                .collect(),
        }
    }
}

/// A text without what varies between queries: lowercase letters and digits only.
pub(super) fn fold(text: &str) -> String {
    words(text).replace(' ', "")
}

/// Lowercase words of letters and digits, with single spaces between.
pub(super) fn words(text: &str) -> String {
    let spaced: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
