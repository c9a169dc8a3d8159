//! The words that a bank uses: what folds to what, and what a misspelling may be of.

use std::collections::HashMap;

use super::language::{KNOWN, LANGUAGE};
use super::strings::Strings;
use super::words::Folder;

/// A folded word, by its position in the alphabet.
pub type Term = u32;

/// How often a word is written that a compound can be made of.
const RARE: u32 = 4;

/// Every word of a bank as it is written there, and what it folds to.
pub struct Vocabulary {
    folder: Folder,
    terms: Strings,
    words: Strings,
    /// By word: how often it is written.
    counts: Vec<u32>,
    /// By word: which letters it has, as bits, so that what cannot be near is passed over quickly.
    letters: Vec<u32>,
}

/// Words that are counted while a bank is read.
pub struct Count {
    folder: Folder,
    /// By word: its number in the order of reading, and how often it was written.
    words: HashMap<String, (u32, u32)>,
    folded: Vec<u32>,
    terms: HashMap<String, u32>,
}

impl Count {
    pub fn new() -> Self {
        let mut count = Self {
            folder: Folder::new(),
            words: HashMap::new(),
            folded: Vec::new(),
            terms: HashMap::new(),
        };
        for (word, folded) in KNOWN.iter() {
            count.insert(word, folded.clone());
        }
        count
    }

    /// Counts a word; what is given stands for what it folds to until [`Count::finish`].
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some((number, count)) = self.words.get_mut(word) {
            *count += 1;
            return self.folded[*number as usize];
        }
        let folded = self.folder.fold(word);
        self.insert(word, folded)
    }

    fn insert(&mut self, word: &str, folded: String) -> u32 {
        let next = self.terms.len() as u32;
        let term = *self.terms.entry(folded).or_insert(next);
        self.words
            .insert(word.to_owned(), (self.folded.len() as u32, 1));
        self.folded.push(term);
        term
    }

    /// The vocabulary, and by what [`Count::add`] gave: the term.
    pub fn finish(self) -> (Vocabulary, Vec<Term>) {
        let mut terms: Vec<(&String, &u32)> = self.terms.iter().collect();
        terms.sort_unstable();
        let mut places = vec![0; terms.len()];
        for (place, (_, number)) in (0..).zip(&terms) {
            places[**number as usize] = place;
        }
        let mut words: Vec<(&String, &(u32, u32))> = self.words.iter().collect();
        words.sort_unstable();
        let vocabulary = Vocabulary {
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

    /// Whether the bank hardly ever writes this word.
    pub fn is_rare(&self, word: &str) -> bool {
        self.words
            .find(word)
            .is_none_or(|at| self.counts[at] < RARE)
    }

    /// The word that this one is most likely a misspelling of, and the slips in it: one from four letters on, where a
    /// letter is missing, doubled or changed places, from six where one is too many or wrong, and two from eight. Of a short word the
    /// first letter is right.
    pub fn corrected(&self, word: &str) -> Option<(&str, usize)> {
        let length = word.chars().count();
        if length < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let forgiven = if length < 8 { 1 } else { 2 };
        let own = letters(word);
        let first = word.chars().next();
        let near = (0..self.words.len()).filter_map(|at| {
            // A slip changes two letters at most: one that is there, and one that is not.
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
            // A letter too many in a short word makes another one, unless it is doubled: `solid` is not `sold`.
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

    /// The two words that this one is made of: `ratelimit` is `rate` and `limit`. Of several such pairs the one whose
    /// rarer word is the most frequent.
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

/// The letters of a word, of those in a row that are the same only one.
fn undoubled(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut last = None;
    word.chars()
        .filter(move |letter| last.replace(*letter) != Some(*letter))
}

/// Which of the letters a word has, others together.
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
