//! The index of a bank, and how a query is held against it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::{Question, Topic};
use super::language::{EVERYDAY, LANGUAGE, Synonyms, words};
use super::query::{Query, Shape, Thing};
use super::vocabulary::{Count, Term, Vocabulary};
use super::words::{Folder, each_word};

/// How many questions are looked at closely.
const CANDIDATES: usize = 60;
/// How soon more occurrences of a word stop to count.
const SATURATION: f32 = 1.4;
/// How much longer fields count less.
const LENGTH: f32 = 0.5;
/// What the names of a question count, beside what it says.
const NAMES: f32 = 0.5;
/// What it counts how much of the query a question has at all.
const COVERED: f32 = 0.4;
/// What it counts that a question is of the kind that is asked for.
const SHAPE: f32 = 1.12;
/// From here on a question fits.
const FITS: f32 = 0.42;

/// The parts of a question, with what a word in them is worth.
const WEIGHTS: [f32; 8] = [3.0, 3.0, 2.5, 2.0, 1.0, 0.8, 0.6, 0.5];

/// What can be found of a bank.
pub struct Index {
    vocabulary: Vocabulary,
    synonyms: Synonyms,
    /// By term: how much it tells, from 0 to 1.
    rarity: Vec<f32>,
    /// By term: where its postings end.
    ends: Vec<u32>,
    /// The question in the upper 24 bits, how much it is about the term in the lower 8.
    postings: Vec<u32>,
    /// By question: where its names end.
    name_ends: Vec<u32>,
    /// The terms of all names, each name closed by [`END`].
    names: Vec<Term>,
    shapes: Vec<Option<Shape>>,
    /// Every alias word for word, as the hash of its folded words, with its question; sorted.
    aliases: Vec<(u64, u32)>,
}

const END: Term = Term::MAX;

/// A question by its position in the bank, and how well it fits: 1 is as well as can be.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Match {
    /// Its position in the bank.
    pub at: usize,
    /// How well it fits: from 0 to about 1.
    pub score: f32,
}

/// What a query finds.
#[derive(Debug, Default)]
pub struct Matches {
    /// The best first.
    pub matches: Vec<Match>,
    /// The query with its misspellings put right, if it had any.
    pub corrected: Option<String>,
}

impl Match {
    /// Whether it answers to the query, rather than sharing a word with it.
    pub fn fits(&self) -> bool {
        self.score >= FITS
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (questions, postings) = (self.shapes.len(), self.postings.len());
        write!(f, "Index of {questions} questions, {postings} postings")
    }
}

/// What is gathered while a bank is read.
struct Reading {
    count: Count,
    /// By question: each of its terms with its occurrences, by field.
    terms: Vec<Vec<(u32, [u16; 8])>>,
    lengths: Vec<[u32; 8]>,
    names: Vec<Vec<u32>>,
    aliases: Vec<(u64, u32)>,
    folder: Folder,
}

impl Index {
    /// Reads a bank.
    pub fn new(topics: &[Topic], questions: &[Question]) -> Self {
        let mut reading = Reading {
            count: Count::new(),
            terms: Vec::with_capacity(questions.len()),
            lengths: Vec::with_capacity(questions.len()),
            names: Vec::with_capacity(questions.len()),
            aliases: Vec::new(),
            folder: Folder::new(),
        };
        for question in questions {
            let topic = topics.iter().find(|topic| topic.name == question.topic);
            reading.read(topic, question);
        }
        let shapes = questions.iter().map(shape_of).collect();
        reading.finish(topics, shapes)
    }

    /// The questions that a query is about, the best first, at most `limit` of them.
    pub fn find(&self, query: &str, limit: usize) -> Matches {
        let query = Query::read(query, &self.vocabulary, &self.synonyms);
        let weights: Vec<f32> = query
            .things
            .iter()
            .map(|thing| self.weight(thing))
            .collect();
        let total: f32 = weights.iter().sum();
        let called = self.called(&query);
        let mut said = Sums::new(self.shapes.len());
        for (thing, weight) in query.things.iter().zip(&weights) {
            self.add(thing, weight / total, &mut said);
        }
        for question in &called {
            // It may have no word that tells anything: `about me`.
            said.add(
                *question,
                Said {
                    about: f32::MIN_POSITIVE,
                    covered: 0.0,
                },
            );
        }
        let mut matches: Vec<(Match, f32)> = said
            .drain()
            .map(|(at, said)| {
                (
                    Match {
                        at,
                        score: said.about,
                    },
                    said.covered,
                )
            })
            .collect();
        let order = |(one, _): &(Match, f32)| (Reverse(ordered(one.score)), one.at);
        if matches.len() > CANDIDATES.max(limit) {
            matches.select_nth_unstable_by_key(CANDIDATES.max(limit), order);
            matches.truncate(CANDIDATES.max(limit));
        }
        for (found, covered) in &mut matches {
            let name = self.nearness(&query, &weights, total, found.at);
            let shape = query.shape.is_some() && query.shape == self.shapes[found.at];
            let shape = if shape { SHAPE } else { 1.0 };
            found.score = ((1.0 - NAMES) * found.score + NAMES * name) * shape;
            found.score *= 1.0 - COVERED + COVERED * *covered;
            if called.contains(&found.at) {
                found.score = 1.0 + found.score / 10.0;
            }
        }
        matches.sort_unstable_by_key(order);
        let matches = matches
            .into_iter()
            .map(|(found, _)| found)
            .take(limit)
            .collect();
        Matches {
            matches,
            corrected: query.corrected,
        }
    }

    /// The questions that are called what is asked for, word for word.
    fn called(&self, query: &Query) -> Vec<usize> {
        let hash = hash(query.folded.iter().map(String::as_str));
        let begin = self.aliases.partition_point(|(alias, _)| *alias < hash);
        let called = self.aliases[begin..]
            .iter()
            .take_while(|(alias, _)| *alias == hash);
        called.map(|(_, question)| *question as usize).collect()
    }

    /// How much of a query a thing is: the more it tells, the more.
    fn weight(&self, thing: &Thing) -> f32 {
        let of = |terms: &[Term]| {
            terms
                .iter()
                .map(|term| self.rarity[*term as usize])
                .sum::<f32>()
        };
        let typed = of(&thing.names[0].1);
        if typed > 0.0 {
            return typed + thing.unknown as f32 * UNKNOWN;
        }
        let others = thing.names[1..].iter().map(|(_, terms)| of(terms));
        others
            .max_by(f32::total_cmp)
            .unwrap_or(thing.unknown as f32 * UNKNOWN)
    }

    /// Adds what each question says of a thing: by the name that it says the most of.
    fn add(&self, thing: &Thing, share: f32, said: &mut Sums) {
        let mut best = Sums::new(said.sums.len());
        let mut one = Sums::new(said.sums.len());
        for (at, (worth, terms)) in thing.names.iter().enumerate() {
            let unknown = if at == 0 {
                thing.unknown as f32 * UNKNOWN
            } else {
                0.0
            };
            let all: f32 = terms
                .iter()
                .map(|term| self.rarity[*term as usize])
                .sum::<f32>()
                + unknown;
            if all <= 0.0 {
                continue;
            }
            for term in terms {
                let rarity = self.rarity[*term as usize] / all;
                for posting in self.postings_of(*term) {
                    let about = rarity * (posting & 0xff) as f32 / 255.0;
                    one.add(
                        (posting >> 8) as usize,
                        Said {
                            about,
                            covered: rarity,
                        },
                    );
                }
            }
            for (question, said) in one.drain() {
                // Of another name, a part is little: `version` of `version vector`.
                let part = if at == 0 {
                    1.0
                } else {
                    said.covered * said.covered
                };
                best.raise(
                    question,
                    Said {
                        about: said.about * worth * part,
                        covered: said.covered * part,
                    },
                );
            }
        }
        for (question, one) in best.drain() {
            said.add(
                question,
                Said {
                    about: one.about * share,
                    covered: one.covered * share,
                },
            );
        }
    }

    fn postings_of(&self, term: Term) -> &[u32] {
        let term = term as usize;
        let begin = term.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.postings[begin as usize..self.ends[term] as usize]
    }

    /// How near a query comes to a question's nearest name: the share of what both tell that they tell together.
    fn nearness(&self, query: &Query, weights: &[f32], total: f32, question: usize) -> f32 {
        let begin = question
            .checked_sub(1)
            .map_or(0, |before| self.name_ends[before]);
        let names = &self.names[begin as usize..self.name_ends[question] as usize];
        let names = names
            .split(|term| *term == END)
            .filter(|name| !name.is_empty());
        let near = names.map(|name| {
            let (mut of_query, mut of_name) = (0.0, 0.0);
            for (thing, weight) in query.things.iter().zip(weights) {
                let held = thing
                    .names
                    .iter()
                    .filter(|(_, terms)| !terms.is_empty())
                    .enumerate()
                    .map(|(at, (worth, terms))| {
                        let held = terms.iter().filter(|term| name.contains(term));
                        let tells: f32 = held.map(|term| self.rarity[*term as usize]).sum();
                        let all: f32 = terms.iter().map(|term| self.rarity[*term as usize]).sum();
                        let share = tells / all.max(f32::EPSILON);
                        let part = if at == 0 { 1.0 } else { share * share };
                        (share * part * worth, tells * part * worth)
                    })
                    .max_by(|one, other| one.0.total_cmp(&other.0));
                let (share, tells) = held.unwrap_or_default();
                of_query += share * weight;
                of_name += tells;
            }
            let all: f32 = name.iter().map(|term| self.rarity[*term as usize]).sum();
            (of_query + of_name.min(all)) / (total + all)
        });
        near.fold(0.0, f32::max)
    }
}

/// What an everyday word tells, as a share of what its rarity suggests.
const EVERYDAY_TELLS: f32 = 0.4;
/// What a word tells that the bank does not have.
const UNKNOWN: f32 = 0.83;

impl Reading {
    fn read(&mut self, topic: Option<&Topic>, question: &Question) {
        let mut terms: Vec<(u32, [u16; 8])> = Vec::new();
        let mut places = HashMap::new();
        let mut lengths = [0; 8];
        let mut field = |field: usize, text: &str, count: &mut Count| {
            each_word(text, |word, _| {
                let term = count.add(word);
                if LANGUAGE.is_filler(word) {
                    return;
                }
                lengths[field] += 1;
                let place = *places.entry(term).or_insert_with(|| {
                    terms.push((term, [0; 8]));
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
            field(3, tag, count);
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
            field(6, &topic.title, count);
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
            // What is left of `Retry-After` is another name.
            if names.len() == begin + 1 && words.len() > 1 {
                names.truncate(begin);
            }
            names.push(END);
        }
        let at = self.names.len() as u32;
        for alias in &question.aliases {
            let folded: Vec<String> = words(alias)
                .iter()
                .map(|word| self.folder.fold(word))
                .collect();
            self.aliases
                .push((hash(folded.iter().map(String::as_str)), at));
        }
        names
    }

    fn finish(mut self, topics: &[Topic], shapes: Vec<Option<Shape>>) -> Index {
        let own = topics.iter().flat_map(|topic| &topic.synonyms);
        let synonyms = Synonyms::new(own.clone());
        for word in own.flatten().flat_map(|phrase| words(phrase)) {
            self.count.add(&word);
        }
        let mut average = [0.0_f32; 8];
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
                for field in 0..8 {
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
        let mut rarity: Vec<f32> = rarity
            .map(|(postings, rarity)| if postings.is_empty() { 0.0 } else { rarity })
            .collect();
        for term in EVERYDAY.iter().filter_map(|word| vocabulary.term(word)) {
            rarity[term as usize] *= EVERYDAY_TELLS;
        }
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
        }
    }
}

/// What kind of question this is.
fn shape_of(question: &Question) -> Option<Shape> {
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

/// How much a question is about what is looked for, and how much of it it has at all; both from 0 to 1.
#[derive(Clone, Copy, Default, PartialEq)]
struct Said {
    about: f32,
    covered: f32,
}

/// Sums by question, of few of many.
struct Sums {
    sums: Vec<Said>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(questions: usize) -> Self {
        Self {
            sums: vec![Said::default(); questions],
            touched: Vec::new(),
        }
    }

    fn at(&mut self, question: usize) -> &mut Said {
        let sum = &mut self.sums[question];
        if *sum == Said::default() {
            self.touched.push(question as u32);
        }
        sum
    }

    fn add(&mut self, question: usize, said: Said) {
        let sum = self.at(question);
        sum.about += said.about;
        sum.covered += said.covered;
    }

    fn raise(&mut self, question: usize, said: Said) {
        let highest = self.at(question);
        if said.about > highest.about {
            *highest = said;
        }
    }

    /// Every question with its sum, which is none from then on.
    fn drain(&mut self) -> impl Iterator<Item = (usize, Said)> + '_ {
        let Self { sums, touched } = self;
        touched.drain(..).map(|question| {
            let question = question as usize;
            (question, std::mem::take(&mut sums[question]))
        })
    }
}

fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

/// Scores in their order; they are finite.
fn ordered(score: f32) -> u32 {
    score.max(0.0).to_bits()
}
