//! What a query names: exactly, nearly, or as one types.

use super::Bank;
use super::markdown::plain;
use super::search::Match;
use super::texts::{Entry, fold, words};
use crate::model::{Question, Topic};

/// The characters of a suggestion's label: Discord's limit for an autocomplete choice.
const LABEL: usize = 100;
/// How many questions a search adds to the suggestions while a member types.
const SEARCHED: usize = 10;

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
    /// What the member reads: a topic's title, a tag or a question's prompt, at most 100 characters.
    pub label: String,
    /// What it stands for, and what [`Bank::named`] finds: a topic's name, a tag or a question's id.
    pub value: String,
}

/// How a label fits what is typed, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Start,
    WordStart,
    Inside,
}

impl Bank {
    /// What a query names exactly, apart from case, spaces and punctuation: a question's id, a topic's name or title, or a
    /// tag, in this order.
    pub fn named(&self, query: &str) -> Option<Named<'_>> {
        let query = Some(fold(query)).filter(|query| !query.is_empty())?;
        self.texts.named.get(&query).map(|place| self.at(*place))
    }

    /// The topics whose name or title has the words of a query, next to each other.
    pub fn topics_with(&self, query: &str) -> Vec<&Topic> {
        let query = format!(" {} ", words(query));
        let has = |text: &String| format!(" {text} ").contains(&query);
        let topics = self.topics.iter().zip(&self.texts.topics);
        topics
            .filter(|(_, texts)| !query.trim().is_empty() && texts.iter().any(has))
            .map(|(topic, _)| topic)
            .collect()
    }

    /// The topic or tag nearest to a misspelt query; `None` when nothing is near.
    pub fn corrected(&self, query: &str) -> Option<Named<'_>> {
        let names = self.texts.topics_and_tags.iter();
        let names = names.map(|(text, place)| (text.as_str(), *place));
        nearest(&fold(query), names).map(|place| self.at(place))
    }

    /// At most `limit` suggestions for what has been typed so far: topics, then tags, then questions, and among each of
    /// these first what starts with it, then what has a word that does, then what contains it; after them what it may be
    /// a misspelling of, and the questions that a search finds. All topics when nothing is typed.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = words(typed);
        let mut found: Vec<Entry> = Vec::new();
        if typed.is_empty() {
            found.extend((0..self.topics.len()).map(Entry::Topic));
        } else {
            found.extend(fitting(&self.texts.topics, &typed).map(Entry::Topic));
            found.extend(fitting(&self.texts.tags, &typed).map(Entry::Tag));
            found.extend(fitting(&self.texts.questions, &typed).map(Entry::Question));
            found.extend(self.misspelt(&typed));
            let searched = self.index.find(&typed, SEARCHED).matches.into_iter();
            let fitting = searched.filter(Match::fits);
            found.extend(fitting.map(|found| Entry::Question(found.at)));
        }
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for place in found {
            if suggestions.len() == limit {
                break;
            }
            let (label, value) = match self.at(place) {
                Named::Question(question) => (question.prompt.as_str(), question.id.as_str()),
                Named::Topic(topic) => (topic.title.as_str(), topic.name.as_str()),
                Named::Tag(tag) => (tag, tag),
            };
            if suggestions.iter().all(|other| other.value != value) {
                let (label, value) = (shortened(&plain(label)), value.to_owned());
                suggestions.push(Suggestion { label, value });
            }
        }
        suggestions
    }

    fn at(&self, place: Entry) -> Named<'_> {
        match place {
            Entry::Question(at) => Named::Question(&self.questions[at]),
            Entry::Topic(at) => Named::Topic(&self.topics[at]),
            Entry::Tag(at) => Named::Tag(&self.tags[at].0),
        }
    }

    /// The topics and tags that begin with a misspelling of what is typed, nearest first.
    fn misspelt(&self, typed: &str) -> impl Iterator<Item = Entry> {
        let typed = fold(typed);
        let length = typed.chars().count();
        let mut near: Vec<(usize, Entry)> = self
            .texts
            .topics_and_tags
            .iter()
            .filter_map(|(text, place)| {
                let start = text
                    .char_indices()
                    .nth(length)
                    .map_or(text.len(), |(end, _)| end);
                let typos = typos(text, &typed).or_else(|| typos(&text[..start], &typed))?;
                Some((typos, *place))
            })
            .collect();
        near.sort_by_key(|(typos, _)| *typos);
        near.into_iter().map(|(_, place)| place)
    }
}

/// Finds the name that `typed` may be a misspelling of, the nearest of several, and returns what it names; `None` when
/// nothing is near.
pub fn nearest<'a, T>(typed: &str, names: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let names = names.into_iter();
    names
        .filter_map(|(name, of)| Some((typos(name, typed)?, of)))
        .min_by_key(|(typos, _)| *typos)
        .map(|(_, of)| of)
}

/// The positions of the labels and values that fit what is typed, best first.
fn fitting(offers: &[[String; 2]], typed: &str) -> impl Iterator<Item = usize> {
    let after_space = format!(" {typed}");
    let mut fitting: Vec<(Fit, usize)> = (0..)
        .zip(offers)
        .filter_map(|(at, texts)| {
            let fits = texts
                .iter()
                .filter_map(|text| fit(text, typed, &after_space));
            Some((fits.min()?, at))
        })
        .collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.into_iter().map(|(_, at)| at)
}

fn fit(text: &str, typed: &str, after_space: &str) -> Option<Fit> {
    if !text.contains(typed) {
        None
    } else if text.starts_with(typed) {
        Some(Fit::Start)
    } else if text.contains(after_space) {
        Some(Fit::WordStart)
    } else {
        Some(Fit::Inside)
    }
}

/// How many typos turn one text into the other, if they are few for its length: one from four characters on, two from
/// eight, three from twelve and so on.
fn typos(text: &str, typed: &str) -> Option<usize> {
    let length = text.chars().count();
    let forgiven = length / 4;
    if length.abs_diff(typed.chars().count()) > forgiven {
        return None;
    }
    Some(strsim::osa_distance(text, typed)).filter(|typos| *typos <= forgiven)
}

/// A text of at most [`LABEL`] characters in one line, cut at a word.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LABEL {
        return text;
    }
    let head: String = text.chars().take(LABEL).collect();
    let last = head.char_indices().next_back().map_or(0, |(last, _)| last);
    let end = head.rfind(' ').unwrap_or(last);
    format!("{}…", &head[..end])
}

#[cfg(test)]
mod tests;
