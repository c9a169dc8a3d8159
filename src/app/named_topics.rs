//! Topics as people type them: by name, title or a word of it, one or a list; and suggestions when nothing matches.

use crate::bank::Named;
use crate::model::{Difficulty, Topic};

use super::outcome::{Refusal, Refusals};
use super::typed_options::option_in;
use super::{Library, lists, wording};

/// What stands for every topic.
pub(super) const ALL_TOPICS: [&str; 6] = [
    "all",
    wording::ALL_TOPICS,
    "every topic",
    "everything",
    "any",
    "*",
];
/// What stands for no topic at all, of which a schedule can't post any.
const NO_TOPICS: [&str; 6] = ["none", "no topics", "no topic", "nothing", "no", "-"];
/// The most topics that are listed for words that can mean several.
const NAMED: usize = 5;
/// How many topics are suggested that are only near.
const NEAR: usize = 3;
/// How many of the questions that fit best say which topics those are.
const FOUND: usize = 5;
/// In how many of the words that were typed a topic is looked for.
const WORDS: usize = 8;
/// The shortest words that a topic is looked for by, in characters: shorter ones are in many titles.
const SHORTEST: usize = 4;

impl Library {
    /// The names of the topics in a list, those that are known; an empty list for all. `None` when there is none. Each
    /// that is unknown is among the `refusals`.
    pub(super) fn read_topics(&self, typed: &str, refusals: &mut Refusals) -> Option<Vec<String>> {
        let mut topics = Vec::new();
        let none = |item: &str| {
            NO_TOPICS.contains(&item.to_lowercase().as_str()) && self.topic_meant(item).is_none()
        };
        if lists::items(typed).all(none) {
            refusals.add(wording::no_topic_named());
            return None;
        }
        // A title may have a comma in it.
        if let Some(topic) = self.topic_meant(typed) {
            return Some(vec![topic]);
        }
        for item in lists::items(typed) {
            if ALL_TOPICS.contains(&item.to_lowercase().as_str()) {
                return Some(Vec::new());
            }
            for topic in refusals.keep(self.topics_in(item)).unwrap_or_default() {
                if !topics.contains(&topic) {
                    topics.push(topic);
                }
            }
        }
        (!topics.is_empty()).then_some(topics)
    }

    /// The topic of an item, or those with an "and" between: some titles have one in them.
    fn topics_in(&self, item: &str) -> Result<Vec<String>, Refusal> {
        if let Some(topic) = self.topic_meant(item) {
            return Ok(vec![topic]);
        }
        let spaced = item.replace(['&', '+', '/'], " and ");
        let parts = spaced.split(" and ").map(str::trim);
        let topics: Option<Vec<String>> = parts.map(|part| self.topic_meant(part)).collect();
        topics.ok_or_else(|| self.which_topic(item))
    }

    /// The name of the topic that somebody means.
    ///
    /// # Errors
    /// A refusal names those that may be meant.
    pub(super) fn topic_named(&self, typed: &str) -> Result<String, Refusal> {
        let topic = self.topic_meant(typed);
        topic.ok_or_else(|| self.which_topic(typed))
    }

    /// The name of the topic that somebody means, and the difficulty that they ask for with it, `hard caching`, or without:
    /// `hard`.
    ///
    /// # Errors
    /// A refusal names those that may be meant.
    pub(super) fn topic_of_difficulty(
        &self,
        typed: &str,
    ) -> Result<(Option<String>, Option<Difficulty>), Refusal> {
        if let Some(topic) = self.topic_meant(typed) {
            return Ok((Some(topic), None));
        }
        if let Some(alone) = self.bank.difficulty_alone(typed) {
            return Ok((None, Some(alone)));
        }
        let asked = self.bank.difficulty_asked(typed);
        let narrowed = asked.and_then(|(difficulty, rest)| {
            let topic = self.topic_meant(&rest)?;
            Some((Some(topic), Some(difficulty)))
        });
        narrowed.ok_or_else(|| self.which_topic(typed))
    }

    /// The name of the one topic that can be meant: by its name or title, or by words of it that no other has.
    fn topic_meant(&self, typed: &str) -> Option<String> {
        if let Some(Named::Topic(topic)) = self.bank.named(typed) {
            return Some(topic.name.clone());
        }
        match *self.bank.topics_with(typed) {
            [topic] => Some(topic.name.clone()),
            _ => None,
        }
    }

    /// Asks which topic is meant by what can be none or several.
    fn which_topic(&self, typed: &str) -> Refusal {
        match &*self.bank.topics_with(typed) {
            several @ [_, ..] if several.len() <= NAMED => wording::several_topics(typed, several),
            _ => match option_in(typed) {
                Some(option) => wording::holds_option(typed, option),
                None => wording::unknown_topic(typed, &self.topics_near(typed)),
            },
        }
    }

    /// The topics nearest to what names none: what it may be a misspelling of; those that a part of it names; those of
    /// several of the questions that fit it best, or of one that is called so.
    fn topics_near(&self, typed: &str) -> Vec<&Topic> {
        if let Some(Named::Topic(topic)) = self.bank.corrected(typed) {
            return vec![topic];
        }
        let words: Vec<&str> = typed.split_whitespace().take(WORDS).collect();
        let lengths = (1..words.len()).rev();
        for part in lengths.flat_map(|length| words.windows(length)) {
            let part = part.join(" ");
            if part.chars().count() < SHORTEST && self.bank.named(&part).is_none() {
                continue;
            }
            if let Some(Named::Topic(topic)) = self
                .bank
                .named(&part)
                .or_else(|| self.bank.corrected(&part))
            {
                return vec![topic];
            }
            let several = self.bank.topics_with(&part);
            if (1..=NAMED).contains(&several.len()) {
                return several;
            }
        }
        let lookup = self.bank.look_up(typed);
        let found = lookup.found.iter().filter(|_| lookup.fits).take(FOUND);
        let found: Vec<(&str, f32)> = found
            .map(|found| (found.question.topic.as_str(), found.score))
            .collect();
        let mut near: Vec<&Topic> = Vec::new();
        for (name, score) in &found {
            // A word that one question of a topic happens to use says nothing of the topic.
            let several = found.iter().filter(|(other, _)| other == name).count() > 1;
            let called = *score >= 1.0;
            let new = near.iter().all(|other| other.name != *name);
            if new && (several || called) {
                near.extend(self.bank.topic(name));
            }
        }
        near.truncate(NEAR);
        near
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::bank::Bank;

    #[test]
    fn topics_are_offered_only_for_what_is_near_to_them() {
        let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
        let bank = Bank::load(&questions).expect("the shipped questions are sound");
        let library = Library::new(bank);
        let near = |typed: &str| {
            let near = library.topics_near(typed).into_iter();
            near.map(|topic| topic.name.as_str()).collect::<Vec<_>>()
        };
        for typed in ["nonsense", "stop", "banana bread", "O'Reilly"] {
            assert_eq!(near(typed), [""; 0], "{typed}");
        }
        for (typed, first) in [
            ("cachng", "caching"),
            ("redis", "caching"),
            ("kafka", "messaging"),
            ("oauth", "authentication"),
        ] {
            assert_eq!(near(typed).first(), Some(&first), "{typed}");
        }
    }
}
