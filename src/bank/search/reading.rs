//! Reads a bank into the index that is searched.

use std::collections::HashMap;

use super::difficulty::Things;
use super::folding::Folder;
use super::index::{END, Index, hashes};
use super::language::LANGUAGE;
use super::shape::Shape;
use super::synonyms::Synonyms;
use super::vocabulary::Count;
use super::words::{each_word, words};
use crate::model::{Question, Topic};

/// How soon further occurrences of a word stop counting (BM25's k1).
const SATURATION: f32 = 2.5;
/// How much less a word counts in a longer field (BM25's b).
const LENGTH: f32 = 0.5;
/// The parts of a question.
const FIELDS: usize = 8;
/// Those that name many questions at once.
const TAGS: usize = 3;
const TOPIC: usize = 6;
/// The weight of a word in each of them: prompt, aliases, id, tags, key points, quizzes, topic, answer.
const WEIGHTS: [f32; FIELDS] = [1.5, 1.4, 1.2, 2.5, 0.5, 0.8, 1.8, 0.1];

/// What is gathered while a bank is read.
struct IndexBuilder {
    count: Count,
    /// By question: each of its terms with its occurrences, by field.
    terms: Vec<Vec<(u32, [u16; FIELDS])>>,
    lengths: Vec<[u32; FIELDS]>,
    names: Vec<Vec<u32>>,
    aliases: Vec<(u64, u32)>,
    things: Things,
    folder: Folder,
}

impl Index {
    /// Reads a bank.
    pub fn new(topics: &[Topic], questions: &[Question]) -> Self {
        let mut builder = IndexBuilder {
            count: Count::new(),
            terms: Vec::with_capacity(questions.len()),
            lengths: Vec::with_capacity(questions.len()),
            names: Vec::with_capacity(questions.len()),
            aliases: Vec::new(),
            things: Things::default(),
            folder: Folder::new(),
        };
        for question in questions {
            let topic = topics.iter().find(|topic| topic.name == question.topic);
            builder.read(topic, question);
        }
        let shapes = questions.iter().map(Shape::of).collect();
        builder.finish(topics, shapes)
    }
}

impl IndexBuilder {
    fn read(&mut self, topic: Option<&Topic>, question: &Question) {
        let mut terms: Vec<(u32, [u16; FIELDS])> = Vec::new();
        let mut places = HashMap::new();
        let mut lengths = [0; FIELDS];
        let (things, folder) = (&mut self.things, &self.folder);
        let mut field = |field: usize, text: &str, count: &mut Count| {
            things.read(text, |word| folder.fold(word));
            each_word(text, |word, _| {
                let term = count.add(word);
                if matches!(field, TAGS | TOPIC) {
                    count.name(word);
                }
                if LANGUAGE.is_filler(word) {
                    return;
                }
                lengths[field] += 1;
                let place = *places.entry(term).or_insert_with(|| {
                    terms.push((term, [0; FIELDS]));
                    terms.len() - 1
                });
                let occurrences = &mut terms[place].1[field];
                *occurrences = occurrences.saturating_add(1);
            });
        };
        let count = &mut self.count;
        field(0, &question.prompt, count);
        for alias in &question.aliases {
            field(1, alias, count);
        }
        field(2, &question.id, count);
        for tag in &question.tags {
            field(TAGS, tag, count);
        }
        for point in &question.key_points {
            field(4, point, count);
        }
        for quiz in &question.quizzes {
            field(5, &quiz.prompt, count);
            let right = quiz.options.get(quiz.right());
            field(5, right.map_or("", |option| &option.text), count);
        }
        if let Some(topic) = topic {
            field(TOPIC, &topic.title, count);
        }
        field(7, &question.answer, count);
        self.terms.push(terms);
        self.lengths.push(lengths);
        let names = self.names_of(question);
        self.names.push(names);
    }

    fn names_of(&mut self, question: &Question) -> Vec<u32> {
        let mut names = Vec::new();
        let clause = question
            .prompt
            .split([',', '?', '.', ':'])
            .next()
            .unwrap_or_default();
        let texts = [question.id.as_str(), question.prompt.as_str(), clause];
        for text in texts
            .into_iter()
            .chain(question.aliases.iter().map(String::as_str))
        {
            let (begin, words) = (names.len(), words(text));
            for word in &words {
                let term = self.count.add(word);
                if !LANGUAGE.is_filler(word) && !names[begin..].contains(&term) {
                    names.push(term);
                }
            }
            // A part of `Retry-After` is another name.
            if names.len() == begin + 1 && words.len() > 1 {
                names.truncate(begin);
            }
            names.push(END);
        }
        let at = self.names.len() as u32;
        for alias in &question.aliases {
            let fold = |word: String| {
                let folded = self.folder.fold(&word);
                let empty = LANGUAGE.is_empty(&word, &folded);
                (folded, empty)
            };
            let folded: Vec<(String, bool)> = words(alias).into_iter().map(fold).collect();
            // A part of `never used Kafka` means something else.
            let telling = folded.iter().filter(|(_, filler)| !filler).count();
            let hashes = hashes(&folded);
            let least = if telling > 1 { 2 } else { 1 };
            self.aliases
                .extend(hashes.take(least).map(|hash| (hash, at)));
        }
        names
    }

    fn finish(mut self, topics: &[Topic], shapes: Vec<Option<Shape>>) -> Index {
        let own = topics.iter().flat_map(|topic| &topic.synonyms);
        let synonyms = Synonyms::new(own.clone());
        for word in own.flatten().flat_map(|phrase| words(phrase)) {
            self.count.add(&word);
        }
        let mut average = [0.0_f32; FIELDS];
        for lengths in &self.lengths {
            for (average, length) in average.iter_mut().zip(lengths) {
                *average += *length as f32 / self.lengths.len() as f32;
            }
        }
        let (vocabulary, places) = self.count.finish();
        let mut by_term: Vec<Vec<u32>> = vec![Vec::new(); places.len()];
        for (question, (terms, lengths)) in self.terms.iter().zip(&self.lengths).enumerate() {
            for (term, occurrences) in terms {
                let mut sum = 0.0;
                for field in 0..FIELDS {
                    let length =
                        1.0 - LENGTH + LENGTH * lengths[field] as f32 / average[field].max(1.0);
                    sum += WEIGHTS[field] * f32::from(occurrences[field]) / length;
                }
                let about = (sum / (SATURATION + sum) * 255.0).ceil() as u32;
                by_term[places[*term as usize] as usize]
                    .push((question as u32) << 8 | about.min(255));
            }
        }
        let count = self.terms.len() as f32;
        let most = (1.0 + (count - 0.5) / 1.5).ln();
        let rarity = by_term.iter().map(|postings| {
            let having = postings.len() as f32;
            (1.0 + (count - having + 0.5) / (having + 0.5)).ln() / most
        });
        let rarity = by_term.iter().zip(rarity);
        let rarity: Vec<f32> = rarity
            .map(|(postings, rarity)| if postings.is_empty() { 0.0 } else { rarity })
            .collect();
        let (mut postings, mut ends) = (Vec::new(), Vec::new());
        for own in by_term {
            postings.extend(own);
            ends.push(postings.len() as u32);
        }
        let (mut names, mut name_ends) = (Vec::new(), Vec::new());
        for own in self.names {
            names.extend(own.into_iter().map(|term| {
                if term == END {
                    END
                } else {
                    places[term as usize]
                }
            }));
            name_ends.push(names.len() as u32);
        }
        postings.shrink_to_fit();
        names.shrink_to_fit();
        self.aliases.sort_unstable();
        let aliases = self.aliases;
        Index {
            vocabulary,
            synonyms,
            rarity,
            ends,
            postings,
            name_ends,
            names,
            shapes,
            aliases,
            things: self.things,
        }
    }
}
