//! Every topic and question of a bank, and its tags.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::search::Index;
use super::texts::Texts;
use crate::model::{Question, Topic};

/// Every topic and question, validated: ids are unique, each quiz has exactly one right option.
#[derive(Clone, Debug)]
pub struct Bank {
    pub(super) topics: Vec<Topic>,
    pub(super) questions: Vec<Question>,
    pub(super) tags: Vec<(String, usize)>,
    by_id: HashMap<String, usize>,
    pub(super) texts: Texts,
    pub(super) index: Arc<Index>,
}

impl Bank {
    /// A bank of validated topics and questions.
    pub(crate) fn new(topics: Vec<Topic>, questions: Vec<Question>) -> Bank {
        let mut tags = BTreeMap::<String, usize>::new();
        for tag in questions.iter().flat_map(|question| &question.tags) {
            *tags.entry(tag.clone()).or_default() += 1;
        }
        let by_id = questions
            .iter()
            .enumerate()
            .map(|(index, question)| (question.id.clone(), index))
            .collect();
        let tags: Vec<_> = tags.into_iter().collect();
        let texts = Texts::new(&topics, &tags, &questions);
        let index = Arc::new(Index::new(&topics, &questions));
        Bank {
            topics,
            questions,
            tags,
            by_id,
            texts,
            index,
        }
    }

    /// Every topic, in the order of the files.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic of this name.
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }

    /// Every question, in the order of the files.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.by_id.get(id).map(|index| &self.questions[*index])
    }

    /// The questions of the topic of this name.
    pub fn in_topic<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Question> {
        self.questions
            .iter()
            .filter(move |question| question.topic == name)
    }

    /// The questions with this tag.
    pub fn tagged<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a Question> {
        self.questions
            .iter()
            .filter(move |question| question.tags.iter().any(|own| own == tag))
    }

    /// Every tag with the number of its questions, sorted by name.
    pub fn tags(&self) -> &[(String, usize)] {
        &self.tags
    }
}
