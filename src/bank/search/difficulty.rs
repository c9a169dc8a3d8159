//! Which difficulty a query asks for: that of `hard questions about caching`, and none of `hard delete`.

use std::collections::HashSet;

use super::language::{DIFFICULTIES, LANGUAGE};
use super::query::without_talk;
use super::shape::Shape;
use super::words::words;
use crate::model::Difficulty;

/// The words that stand behind `easy`, `medium` or `hard` somewhere in a bank, folded: together they are a thing there,
/// and ask for no difficulty.
#[derive(Default)]
pub struct Things(HashSet<(Difficulty, String)>);

impl Things {
    /// Notes the things of a text, whose words are folded by `fold`.
    pub fn read(&mut self, text: &str, fold: impl Fn(&str) -> String) {
        for pair in words(text).windows(2) {
            if let Some(difficulty) = own_name(&pair[0]).filter(|_| !LANGUAGE.is_filler(&pair[1])) {
                self.0.insert((difficulty, fold(&pair[1])));
            }
        }
    }
}

/// A query in which a difficulty is looked for.
pub struct Narrowed<'a> {
    /// Its words as they were typed, and without signs in lower case.
    typed: Vec<(&'a str, String)>,
    things: &'a Things,
}

impl<'a> Narrowed<'a> {
    /// A query over a bank with these things.
    pub fn new(query: &'a str, things: &'a Things) -> Self {
        let signs = |c: char| !c.is_alphanumeric();
        let typed = query.split_whitespace();
        let typed = typed.map(|word| (word, word.trim_matches(signs).to_lowercase()));
        Self {
            typed: typed.collect(),
            things,
        }
    }

    /// The difficulty that is asked for, and the rest of the query, which says of what. `named` tells whether a text is
    /// the name of a topic or tag; `fold` folds a word.
    pub fn difficulty(
        &self,
        named: impl Fn(&str) -> bool,
        fold: impl Fn(&str) -> String,
    ) -> Option<(Difficulty, String)> {
        self.before(&named, fold).or_else(|| self.behind(named))
    }

    /// The difficulty that is asked for where nothing else is: `easy`, `a hard question`.
    pub fn alone(&self) -> Option<Difficulty> {
        let words: Vec<String> = self.typed.iter().map(|(_, word)| word.clone()).collect();
        let words = without_talk(&words);
        let mut asked = words.iter().filter_map(|word| meant(word));
        let difficulty = asked.next().filter(|_| asked.next().is_none())?;
        let sets = [
            &DIFFICULTIES.ahead,
            &DIFFICULTIES.levels,
            &DIFFICULTIES.nouns,
            &DIFFICULTIES.closing,
        ];
        let around = |word: &String| sets.iter().any(|set| set.contains(word));
        let mut rest = words.iter().filter(|word| meant(word).is_none());
        // "Difficult" alone may be the beginning of something.
        let plain = |word: &String| own_name(word).is_some();
        let plain = words.iter().any(plain) || words.len() > 1 || words.len() < self.typed.len();
        (plain && rest.all(|word| word.is_empty() || around(word))).then_some(difficulty)
    }

    /// Of one before what is asked about: `give me some hard caching questions`, `medium level queues`.
    fn before(
        &self,
        named: impl Fn(&str) -> bool,
        fold: impl Fn(&str) -> String,
    ) -> Option<(Difficulty, String)> {
        let at = self
            .typed
            .iter()
            .position(|(_, word)| meant(word).is_some())?;
        let (_, word) = &self.typed[at];
        let ahead: Vec<String> = self.typed[..at]
            .iter()
            .map(|(_, word)| word.clone())
            .collect();
        let ahead = without_talk(&ahead);
        if !ahead.iter().all(|word| DIFFICULTIES.ahead.contains(word)) {
            return None;
        }
        let mut from = at + 1;
        let level = self.skip(&mut from, &DIFFICULTIES.levels);
        let noun = self.skip(&mut from, &DIFFICULTIES.nouns)
            || ahead
                .last()
                .is_some_and(|word| DIFFICULTIES.nouns.contains(word));
        let about = self.skip(&mut from, &DIFFICULTIES.about);
        let (rest, questions) = self.rest(from, self.typed.len())?;
        let next = self.typed.get(from).map_or("", |(_, word)| word);
        let thing = || match own_name(word) {
            Some(name) => self.things.0.contains(&(name, fold(next))),
            None => !questions,
        };
        let taken = match (level || noun, about) {
            (true, true) => true,
            (true, false) => level || named(&rest),
            // What is compared with `soft link` is a `hard link`.
            (false, _) => !about && !self.compares() && !LANGUAGE.is_filler(next) && !thing(),
        };
        Some((meant(word)?, rest)).filter(|_| taken)
    }

    /// Of one behind a comma, or behind the name of a topic or tag: `cache stampede, hard`, `sql questions (easy level)`.
    fn behind(&self, named: impl Fn(&str) -> bool) -> Option<(Difficulty, String)> {
        let at = self
            .typed
            .iter()
            .rposition(|(_, word)| meant(word).is_some())?;
        let (_, word) = &self.typed[at];
        let mut from = at + 1;
        let level = self.skip(&mut from, &DIFFICULTIES.levels);
        let noun = self.skip(&mut from, &DIFFICULTIES.nouns);
        let (rest, questions) = self.rest(0, at)?;
        let plain = own_name(word).is_some() || level || noun || questions;
        self.skip(&mut from, &DIFFICULTIES.closing);
        let apart = self.typed[..at]
            .last()
            .is_some_and(|(typed, _)| typed.ends_with([',', ';']));
        let taken = from == self.typed.len() && plain && (apart || named(&rest));
        Some((meant(word)?, rest)).filter(|_| taken)
    }

    fn compares(&self) -> bool {
        let words: Vec<String> = self.typed.iter().map(|(_, word)| word.clone()).collect();
        Shape::asked_by(&words) == Some(Shape::Comparison)
    }

    /// Passes over these words, and returns whether there were any.
    fn skip(&self, at: &mut usize, words: &HashSet<String>) -> bool {
        let from = *at;
        while self
            .typed
            .get(*at)
            .is_some_and(|(_, word)| words.contains(word))
        {
            *at += 1;
        }
        *at > from
    }

    /// The words in that place as they were typed, and whether `questions` followed them, which says nothing more. `None`
    /// when they say nothing.
    fn rest(&self, from: usize, to: usize) -> Option<(String, bool)> {
        let own = self.typed.get(from..to)?;
        let last = own.iter().rposition(|(_, word)| {
            let sets = [
                &DIFFICULTIES.levels,
                &DIFFICULTIES.nouns,
                &DIFFICULTIES.closing,
            ];
            !word.is_empty() && !sets.iter().any(|set| set.contains(word))
        });
        let (own, behind) = own.split_at(last? + 1);
        let words: Vec<String> = own.iter().map(|(_, word)| word.clone()).collect();
        let says = |word: &String| !LANGUAGE.is_filler(word);
        if !without_talk(&words).iter().any(says) {
            return None;
        }
        let typed: Vec<&str> = own.iter().map(|(typed, _)| *typed).collect();
        let typed = typed.join(" ");
        let rest = typed.trim_end_matches([',', ';', ':', '-', '(']);
        let noun = |(_, word): &(&str, String)| DIFFICULTIES.nouns.contains(word);
        Some((rest.trim().to_owned(), behind.iter().any(noun)))
    }
}

/// The difficulty of this name.
fn own_name(word: &str) -> Option<Difficulty> {
    word.parse().ok()
}

/// The difficulty of this name, or that this word may ask for.
fn meant(word: &str) -> Option<Difficulty> {
    own_name(word).or_else(|| DIFFICULTIES.words.get(word).copied())
}
