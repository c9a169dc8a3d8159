//! The words that a bank uses: what folds to what, and what a misspelling may be of.

use std::collections::{HashMap, HashSet};

use super::folding::Folder;
use super::language::LANGUAGE;
use super::strings::Strings;
use super::synonyms::KNOWN;

/// A folded word, by its position in the alphabet.
pub type Term = u32;

/// A word that occurs this often isn't split into two.
const RARE: u32 = 4;
/// How often a word must occur for another one to be taken for a misspelling of it, although that one's stem is known.
const FREQUENT: u32 = 20;
/// The fewest letters of a word that may stand for a compound which begins with it.
const BEGINNING: usize = 5;
/// How many words with the same beginning are considered.
const ALIKE: usize = 50;

/// Every word of a bank as it is written there, and what it folds to.
pub struct Vocabulary {
    folder: Folder,
    terms: Strings,
    words: Strings,
    /// By word: how often it occurs.
    counts: Vec<u32>,
    /// By word: the letters in it, as bits, so that words that can't be near are skipped quickly.
    letters: Vec<u32>,
    /// The words that are frequent, or in a tag or topic.
    frequent: Vec<usize>,
}

/// Words that are counted while a bank is read.
pub struct Count {
    folder: Folder,
    /// By word: its number in the order of reading, and how often it occurred.
    words: HashMap<String, (u32, u32)>,
    folded: Vec<u32>,
    terms: HashMap<String, u32>,
    /// Words of tags and topics.
    names: HashSet<String>,
}

impl Count {
    pub fn new() -> Self {
        let mut count = Self {
            folder: Folder::new(),
            words: HashMap::new(),
            folded: Vec::new(),
            terms: HashMap::new(),
            names: HashSet::new(),
        };
        for (word, folded) in KNOWN.iter() {
            count.insert(word, folded.clone());
        }
        count
    }

    /// Counts a word, and returns a number for what it folds to, which [`Count::finish`] replaces by a term.
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some((number, count)) = self.words.get_mut(word) {
            *count += 1;
            return self.folded[*number as usize];
        }
        let folded = self.folder.fold(word);
        self.insert(word, folded)
    }

    /// Notes that a word is in the name of a tag or topic.
    pub fn name(&mut self, word: &str) {
        if !self.names.contains(word) {
            self.names.insert(word.to_owned());
        }
    }

    fn insert(&mut self, word: &str, folded: String) -> u32 {
        let next = self.terms.len() as u32;
        let term = *self.terms.entry(folded).or_insert(next);
        self.words
            .insert(word.to_owned(), (self.folded.len() as u32, 1));
        self.folded.push(term);
        term
    }

    /// The vocabulary, and the terms by the numbers that [`Count::add`] returned.
    pub fn finish(self) -> (Vocabulary, Vec<Term>) {
        let mut terms: Vec<(&String, &u32)> = self.terms.iter().collect();
        terms.sort_unstable();
        let mut places = vec![0; terms.len()];
        for (place, (_, number)) in (0..).zip(&terms) {
            places[**number as usize] = place;
        }
        let mut words: Vec<(&String, &(u32, u32))> = self.words.iter().collect();
        words.sort_unstable();
        let frequent = words.iter().enumerate().filter(|(_, (word, (_, count)))| {
            *count >= FREQUENT || self.names.contains(word.as_str())
        });
        let vocabulary = Vocabulary {
            frequent: frequent.map(|(at, _)| at).collect(),
            terms: Strings::new(terms.iter().map(|(term, _)| term.as_str())),
            words: Strings::new(words.iter().map(|(word, _)| word.as_str())),
            counts: words.iter().map(|(_, (_, count))| *count).collect(),
            letters: words.iter().map(|(word, _)| letters(word)).collect(),
            folder: self.folder,
        };
        (vocabulary, places)
    }
}

impl Vocabulary {
    /// What a word folds to, known or not.
    pub fn fold(&self, word: &str) -> String {
        self.folder.fold(word)
    }

    /// The term of a folded word.
    pub fn term(&self, folded: &str) -> Option<Term> {
        self.terms.find(folded).map(|at| at as Term)
    }

    /// Whether this word hardly ever occurs in the bank.
    pub fn is_rare(&self, word: &str) -> bool {
        self.words
            .find(word)
            .is_none_or(|at| self.counts[at] < RARE)
    }

    /// The word that this one is most likely a misspelling of, and the number of slips in it. A word of four letters or
    /// more may have one letter missing, doubled or swapped; one of six or more, also one too many or wrong; one of
    /// eight or more, two slips. In a short word the first letter must be right.
    pub fn corrected(&self, word: &str) -> Option<(&str, usize)> {
        let forgiven = if word.chars().count() < 8 { 1 } else { 2 };
        self.nearest(word, forgiven, 0..self.words.len())
    }

    /// The frequent word that this one may be a misspelling of, although its stem is known: `caching` for `cashing`. A
    /// word of the same stem isn't a different one, and a word that the bank uses isn't a misspelling.
    pub fn doubted(&self, word: &str) -> Option<&str> {
        if word.chars().count() < 6 || self.words.find(word).is_some() {
            return None;
        }
        let (right, _) = self.nearest(word, 1, self.frequent.iter().copied())?;
        (self.fold(right) != self.fold(word)).then_some(right)
    }

    /// The nearest of the words at these positions, and the number of slips in it.
    fn nearest(
        &self,
        word: &str,
        forgiven: usize,
        among: impl Iterator<Item = usize>,
    ) -> Option<(&str, usize)> {
        let length = word.chars().count();
        if length < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let own = letters(word);
        let first = word.chars().next();
        let near = among.filter_map(|at| {
            // A slip changes two letters at most: one that is there, and one that isn't.
            if (self.letters[at] ^ own).count_ones() as usize > 2 * forgiven {
                return None;
            }
            let other = self.words.get(at);
            if other.len().abs_diff(word.len()) > forgiven || other.len() < 4 {
                return None;
            }
            let slips = strsim::osa_distance(other, word);
            let elsewhere = other.chars().next() != first;
            let replaced = other.len() == word.len() && own != self.letters[at];
            // One letter too many makes a short word another one, unless it is doubled: `solid` isn't `sold`.
            let added = other.len() < word.len() && !undoubled(word).eq(undoubled(other));
            let doubtful = length < 6 && (replaced || added) || length < 5 && elsewhere;
            let near = slips <= forgiven && !doubtful;
            near.then_some((
                slips + usize::from(elsewhere),
                std::cmp::Reverse(self.counts[at]),
                at,
                slips,
            ))
        });
        near.min()
            .map(|(_, _, at, slips)| (self.words.get(at), slips))
    }

    /// The compound that begins with this word, the rest being a word as well: `nullpointerexception` for `nullpointer`.
    /// If there are several, the most frequent one.
    pub fn begun(&self, word: &str) -> Option<&str> {
        if word.len() < BEGINNING {
            return None;
        }
        let alike = self.words.beginning_with(word).take(ALIKE);
        let compounds = alike.filter(|at| {
            let rest = &self.words.get(*at)[word.len()..];
            rest.len() > 2 && !LANGUAGE.is_filler(rest) && self.words.find(rest).is_some()
        });
        let most = compounds.max_by_key(|at| self.counts[*at])?;
        Some(self.words.get(most))
    }

    /// The two words that this one is made of: `ratelimit` is `rate` and `limit`. If there are several
    /// such pairs, the one whose rarer word is the most frequent.
    pub fn split<'a>(&self, word: &'a str) -> Option<(&'a str, &'a str)> {
        let halves = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        let known = halves.filter_map(|(left, right)| {
            let digits = |half: &str| half.bytes().all(|byte| byte.is_ascii_digit());
            let long = |half: &str| half.len() > 2 || digits(half);
            if !long(left) || !long(right) || LANGUAGE.is_filler(left) || LANGUAGE.is_filler(right)
            {
                return None;
            }
            let count = |half: &str| {
                let count = self.words.find(half).map(|at| self.counts[at]);
                count.filter(|count| *count > 1)
            };
            Some((count(left)?.min(count(right)?), (left, right)))
        });
        known
            .max_by_key(|(count, _)| *count)
            .map(|(_, halves)| halves)
    }
}

/// A word's letters, without repetitions of one right after itself.
fn undoubled(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut last = None;
    word.chars()
        .filter(move |letter| last.replace(*letter) != Some(*letter))
}

/// The set of letters in a word, one bit each; all other characters share one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| {
        letters
            | 1 << if byte.is_ascii_lowercase() {
                byte - b'a'
            } else {
                26
            }
    })
}
