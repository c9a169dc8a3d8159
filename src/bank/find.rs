//! What a query names: exactly, nearly, or as one types.

use unicode_normalization::UnicodeNormalization;

use super::{Bank, Question, Topic};

/// What a query names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Named<'a> {
    /// A question, by its id.
    Question(&'a Question),
    /// A topic, by its name or title.
    Topic(&'a Topic),
    /// A tag.
    Tag(&'a str),
}

/// Something to offer while a member types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What the member reads, at most 100 characters.
    pub label: String,
    /// What it stands for: a topic name, a tag or a question id.
    pub value: String,
}

impl Bank {
    /// What a query names exactly, but for case, spaces and punctuation: a question's id, a topic's name or title,
    /// or a tag.
    pub fn named(&self, query: &str) -> Option<Named<'_>> {
        let query = fold(query);
        self.questions()
            .iter()
            .find(|question| fold(&question.id) == query)
            .map(Named::Question)
            .or_else(|| {
                self.topics()
                    .iter()
                    .find(|topic| fold(&topic.name) == query || fold(&topic.title) == query)
                    .map(Named::Topic)
            })
            .or_else(|| {
                self.tags()
                    .iter()
                    .find(|(tag, _)| fold(tag) == query)
                    .map(|(tag, _)| Named::Tag(tag))
            })
    }

    /// The nearest topic or tag to a misspelt query; none when nothing is near.
    pub fn corrected(&self, query: &str) -> Option<Named<'_>> {
        let query = fold(query);
        let topics = self.topics().iter().flat_map(|topic| {
            [&topic.name, &topic.title].map(|text| (fold(text), Named::Topic(topic)))
        });
        let tags = self
            .tags()
            .iter()
            .map(|(tag, _)| (fold(tag), Named::Tag(tag)));
        topics
            .chain(tags)
            .map(|(text, named)| (strsim::osa_distance(&text, &query), text, named))
            .filter(|(distance, text, _)| *distance <= text.chars().count() / 4)
            .min_by_key(|(distance, ..)| *distance)
            .map(|(.., named)| named)
    }

    /// What to offer to somebody who has typed this much: topics, then tags, then questions.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = fold(typed);
        self.topics()
            .iter()
            .map(|topic| (&topic.title, &topic.name))
            .chain(self.tags().iter().map(|(tag, _)| (tag, tag)))
            .chain(
                self.questions()
                    .iter()
                    .map(|question| (&question.prompt, &question.id)),
            )
            .filter(|(label, _)| fold(label).contains(&typed))
            .take(limit)
            .map(|(label, value)| Suggestion {
                label: label.chars().take(100).collect(),
                value: value.clone(),
            })
            .collect()
    }
}

/// Lowercase letters and digits only.
fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}
