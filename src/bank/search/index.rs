//! The index of a bank, and how a query is matched against it.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::difficulty::{Narrowed, Things};
use super::query::{BROAD, Query, Thing};
use super::shape::Shape;
use super::sums::{Said, Sums};
use super::synonyms::Synonyms;
use super::vocabulary::{Term, Vocabulary};
use crate::model::Difficulty;

/// How many questions are compared in detail.
const CANDIDATES: usize = 60;
/// The weight of a question's names, relative to that of its text.
const NAMES: f32 = 0.3;
/// The weight of how much of the query a question covers at all.
const COVERED: f32 = 0.45;
/// How soon a question counts as covering a word: one that is in its answer only hardly counts.
const COVERS: f32 = 3.0;
/// The factor for a question of the kind that is asked for.
const SHAPE: f32 = 1.25;
/// The lowest score at which a question fits that shares one rare word with the query.
const FITS: f32 = 0.35;
/// How much lower that score is for each further word: many words rarely coincide by chance.
const EVIDENCE: f32 = 0.2;
/// The weight of a word that isn't in the bank.
const UNKNOWN: f32 = 2.0;

/// The search index of a bank.
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    pub(super) synonyms: Synonyms,
    /// By term: how distinctive it is, from 0 to 1.
    pub(super) rarity: Vec<f32>,
    /// By term: where its postings end.
    pub(super) ends: Vec<u32>,
    /// The question in the upper 24 bits, how much it is about the term in the lower 8.
    pub(super) postings: Vec<u32>,
    /// By question: where its names end.
    pub(super) name_ends: Vec<u32>,
    /// The terms of all names, each name closed by [`END`].
    pub(super) names: Vec<Term>,
    pub(super) shapes: Vec<Option<Shape>>,
    /// Every alias word for word, as the hash of its folded words, with its question; sorted.
    pub(super) aliases: Vec<(u64, u32)>,
    /// What a difficulty isn't meant by.
    pub(super) things: Things,
}

/// Ends a name among the terms of names.
pub const END: Term = Term::MAX;

/// A question that was found, and how well it fits.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Match {
    /// Its position in the bank.
    pub at: usize,
    /// How well it fits: from 0 to about 1, which is a perfect fit.
    pub score: f32,
    /// How much of the query's meaning it covers, as a number of rare words.
    pub told: f32,
}

/// What a query finds.
#[derive(Debug, Default)]
pub struct Matches {
    /// The best first.
    pub matches: Vec<Match>,
    /// The query with its misspellings corrected, if it had any.
    pub corrected: Option<String>,
}

/// A query with the weights of its parts.
struct Asked<'a> {
    query: &'a Query,
    /// By thing: its share of the query.
    weights: Vec<f32>,
    total: f32,
    terms: Vec<Term>,
}

impl Match {
    /// Whether it fits the query, rather than only sharing a word with it.
    pub fn fits(&self) -> bool {
        self.score >= FITS - EVIDENCE * (self.told.min(3.0) - 1.0)
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (questions, postings) = (self.shapes.len(), self.postings.len());
        write!(f, "Index of {questions} questions, {postings} postings")
    }
}

impl Index {
    /// The questions that a query is about, the best first, at most `limit` of them.
    pub fn find(&self, query: &str, limit: usize) -> Matches {
        let mut query = Query::read(query, &self.vocabulary, &self.synonyms);
        for thing in &mut query.things {
            self.known_only(thing);
        }
        let things = query.things.iter();
        let weights: Vec<f32> = things.map(|thing| self.weight(thing)).collect();
        let asked = Asked {
            total: weights.iter().sum(),
            terms: terms_of(&query),
            query: &query,
            weights,
        };
        let called = self.called(&query);
        let mut matches = self.candidates(&asked, &called, CANDIDATES.max(limit));
        for found in &mut matches {
            let name = self.nearness(&asked, found.at);
            let shape = query.shape.is_some() && query.shape == self.shapes[found.at];
            let shape = if shape { SHAPE } else { 1.0 };
            let covered = found.told / asked.total.max(f32::EPSILON);
            found.score = ((1.0 - NAMES) * found.score + NAMES * name) * shape;
            found.score *= 1.0 - COVERED + COVERED * covered;
            if called.contains(&found.at) {
                found.score = 1.0 + found.score / 10.0;
            } else if query.number {
                // A number by itself says nothing, unless it is the name of a question.
                found.told = 0.0;
                found.score *= FITS;
            }
        }
        matches.sort_unstable_by_key(order);
        matches.truncate(limit);
        Matches {
            matches,
            corrected: query.corrected,
        }
    }

    /// The difficulty that a query asks for, and the rest of it. `named` tells whether a text is the name of a topic or
    /// tag.
    pub fn difficulty_asked(
        &self,
        query: &str,
        named: impl Fn(&str) -> bool,
    ) -> Option<(Difficulty, String)> {
        let fold = |word: &str| self.vocabulary.fold(word);
        Narrowed::new(query, &self.things).difficulty(named, fold)
    }

    /// The difficulty that a query asks for, if it asks for nothing else.
    pub fn difficulty_alone(&self, query: &str) -> Option<Difficulty> {
        Narrowed::new(query, &self.things).alone()
    }

    /// The questions that say the most about what is asked, and those with its name, in no particular order.
    fn candidates(&self, asked: &Asked, called: &[usize], most: usize) -> Vec<Match> {
        let sums = || Sums::new(self.shapes.len());
        let (mut said, mut scratch) = (sums(), [sums(), sums()]);
        for (thing, weight) in asked.query.things.iter().zip(&asked.weights) {
            self.add(thing, weight / asked.total, &mut scratch, &mut said);
        }
        for question in called {
            // None of its words may tell anything: `about me`.
            let about = f32::MIN_POSITIVE;
            said.add(
                *question,
                Said {
                    about,
                    covered: 0.0,
                },
            );
        }
        let matches = said.drain().map(|(at, said)| Match {
            at,
            score: said.about,
            told: said.covered * asked.total,
        });
        let mut matches: Vec<Match> = matches.collect();
        if matches.len() > most {
            // What has that name stays, however little its words tell.
            let other = |found: &Match| !called.contains(&found.at);
            matches.select_nth_unstable_by_key(most, |found| (other(found), order(found)));
            matches.truncate(most);
        }
        matches
    }

    /// The questions one of whose names is what is asked for, word for word.
    fn called(&self, query: &Query) -> Vec<usize> {
        let names = hashes(&query.folded).chain(hashes(&query.bare));
        let called = names.flat_map(|hash| {
            let begin = self.aliases.partition_point(|(alias, _)| *alias < hash);
            let called = self.aliases[begin..].iter();
            called.take_while(move |(alias, _)| *alias == hash)
        });
        called.map(|(_, question)| *question as usize).collect()
    }

    /// Leaves a thing only the names that the bank uses. Whatever else was typed counts as unknown: without the rest of
    /// `server side rendering`, `rendering` is another thing.
    fn known_only(&self, thing: &mut Thing) {
        let known = |term: &Term| self.rarity[*term as usize] > 0.0;
        let mut names = thing.names.split_off(1);
        names.retain(|(_, terms)| terms.iter().all(known));
        // If one is there twice, the first is worth the most.
        let mut seen = HashSet::new();
        names.retain(|(_, terms)| seen.insert(terms.clone()));
        let typed = &mut thing.names[0].1;
        let several = typed.len() > 1;
        let before = typed.len();
        typed.retain(known);
        if several {
            thing.unknown += before - typed.len();
        }
        thing.names.extend(names);
    }

    /// A thing's share of a query: the more distinctive, the larger.
    fn weight(&self, thing: &Thing) -> f32 {
        let unknown = thing.unknown as f32 * UNKNOWN;
        let (worth, typed) = &thing.names[0];
        let typed = self.tells(typed);
        let others = thing.names[1..].iter().map(|(_, terms)| self.tells(terms));
        // What is left of `find each other` tells less than its other names.
        let others = others
            .max_by(f32::total_cmp)
            .filter(|_| typed * worth < BROAD);
        others.unwrap_or(typed + unknown)
    }

    /// How distinctive terms are together.
    fn tells(&self, terms: &[Term]) -> f32 {
        let tells = terms.iter().map(|term| self.rarity[*term as usize]);
        tells.sum()
    }

    /// Adds what each question says about a thing, under the name that it says the most about.
    fn add(&self, thing: &Thing, share: f32, [one, best]: &mut [Sums; 2], said: &mut Sums) {
        for (at, (worth, terms)) in thing.names.iter().enumerate() {
            let unknown = if at == 0 {
                thing.unknown as f32 * UNKNOWN
            } else {
                0.0
            };
            let all = self.tells(terms) + unknown;
            if all <= 0.0 {
                continue;
            }
            for term in terms {
                let rarity = self.rarity[*term as usize] / all;
                for posting in self.postings_of(*term) {
                    let about = (posting & 0xff) as f32 / 255.0;
                    one.add(
                        (posting >> 8) as usize,
                        Said {
                            about: rarity * about,
                            covered: rarity * f32::min(1.0, about * COVERS),
                        },
                    );
                }
            }
            for (question, said) in one.drain() {
                // A part of a name counts for little: `version` of `version vector`.
                let part = said.covered * said.covered;
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

    /// How similar a query is to the most similar name of a question: what they share, of all that both tell.
    fn nearness(&self, asked: &Asked, question: usize) -> f32 {
        let begin = question
            .checked_sub(1)
            .map_or(0, |before| self.name_ends[before]);
        let names = &self.names[begin as usize..self.name_ends[question] as usize];
        let shares = |term: &Term| asked.terms.binary_search(term).is_ok();
        let names = names
            .split(|term| *term == END)
            .filter(|name| name.iter().any(shares));
        let near = names.map(|name| {
            let (mut of_query, mut of_name) = (0.0, 0.0);
            for (thing, weight) in asked.query.things.iter().zip(&asked.weights) {
                let held = thing
                    .names
                    .iter()
                    .filter(|(_, terms)| !terms.is_empty())
                    .map(|(worth, terms)| {
                        let held = terms.iter().filter(|term| name.contains(term));
                        let tells: f32 = held.map(|term| self.rarity[*term as usize]).sum();
                        let share = tells / self.tells(terms).max(f32::EPSILON);
                        let part = share * share;
                        (share * part * worth, tells * part * worth)
                    })
                    .max_by(|one, other| one.0.total_cmp(&other.0));
                let (share, tells) = held.unwrap_or_default();
                of_query += share * weight;
                of_name += tells;
            }
            let all = self.tells(name);
            (of_query + of_name.min(all)) / (asked.total + all)
        });
        near.fold(0.0, f32::max)
    }
}

/// The hashes by which folded words are compared as a whole: of all of them, then of those that can't be left out, in
/// any order.
pub fn hashes(folded: &[(String, bool)]) -> impl Iterator<Item = u64> {
    let all = folded.iter().map(|(word, _)| word).collect();
    let mut telling: Vec<&String> = folded
        .iter()
        .filter(|(_, filler)| !filler)
        .map(|(word, _)| word)
        .collect();
    telling.sort_unstable();
    let hash = |words: Vec<&String>| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let telling = Some(telling).filter(|telling| !telling.is_empty());
    let all = Some(all).filter(|all: &Vec<&String>| !all.is_empty());
    [all, telling].into_iter().flatten().map(hash)
}

/// All terms of a query, sorted.
fn terms_of(query: &Query) -> Vec<Term> {
    let names = query.things.iter().flat_map(|thing| &thing.names);
    let mut terms: Vec<Term> = names.flat_map(|(_, terms)| terms).copied().collect();
    terms.sort_unstable();
    terms
}

/// The best first; scores are finite.
fn order(found: &Match) -> (Reverse<u32>, usize) {
    (Reverse(found.score.max(0.0).to_bits()), found.at)
}
