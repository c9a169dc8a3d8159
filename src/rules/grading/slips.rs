//! Slips of the keyboard in long words. A digit, a sign, another word or a word's opposite is never one.

use std::collections::HashSet;

use super::numbers::spelled;
use super::tokens::{Kind, Token};
use super::vocabulary::{Phrase, VOCABULARY};

/// The shortest word in which a slip is taken for one.
const LONG: usize = 5;

/// Whether a text is another with slips in it. Both come without pauses and articles. `words` are those of all options.
pub fn is_slip(typed: &[&Token], meant: &[&Token], words: &HashSet<String>) -> bool {
    if typed.len() != meant.len() {
        return false;
    }
    let mut slips = 0;
    for (typed, meant) in typed.iter().zip(meant) {
        match (&typed.kind, &meant.kind) {
            _ if same(typed, meant) => {}
            (Kind::Word(typed), Kind::Word(meant)) => match slips_of(typed, meant, words) {
                Some(more) => slips += more,
                None => return false,
            },
            _ => return false,
        }
    }
    let letters = meant.iter().map(|token| token.word().chars().count()).sum();
    slips <= forgiven(letters)
}

/// Whether two parts are the same. A number may be in digits or a word.
pub fn same(one: &Token, other: &Token) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Number(one), Kind::Number(other)) => one.iter().any(|number| other.contains(number)),
        (Kind::Number(digits), Kind::Word(word)) | (Kind::Word(word), Kind::Number(digits)) => {
            spelled(word).is_some_and(|number| digits.contains(&number))
        }
        (one, other) => one == other,
    }
}

/// The slips forgiven in a text of this many letters.
fn forgiven(letters: usize) -> usize {
    match letters {
        0..LONG => 0,
        LONG..10 => 1,
        10..20 => 2,
        _ => letters / 10,
    }
}

/// How many slips make the typed word of the meant one; none where it is more likely another word.
fn slips_of(typed: &str, meant: &str, words: &HashSet<String>) -> Option<usize> {
    let lengths = (typed.chars().count(), meant.chars().count());
    if is_plural(typed, meant) || is_plural(meant, typed) {
        return Some(1);
    }
    let budget = if lengths.1 < 10 { 1 } else { 2 };
    let long =
        lengths.1 >= LONG && lengths.0 + 1 >= LONG && lengths.0.abs_diff(lengths.1) <= budget;
    let another = words.contains(typed) || VOCABULARY.known.contains(typed);
    // A word is known by how it begins, and its opposite mostly begins otherwise.
    if !long || another || typed.chars().next() != meant.chars().next() {
        return None;
    }
    let slips = strsim::osa_distance(meant, typed);
    (slips <= budget && !opposed(typed, meant, slips)).then_some(slips)
}

fn is_plural(plural: &str, singular: &str) -> bool {
    plural.strip_suffix('s') == Some(singular) && singular.len() >= 3 && !singular.ends_with('s')
}

/// Whether two words differ by a prefix, or in a pair of prefixes or suffixes, rather than by slips.
fn opposed(one: &str, other: &str, slips: usize) -> bool {
    let closer =
        |one: &str, other: &str| one.len() >= 3 && strsim::osa_distance(one, other) < slips;
    let without = |word: &str, prefix: &str, other: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|stem| closer(stem, other))
    };
    let prefixed = VOCABULARY
        .prefixes
        .iter()
        .any(|prefix| without(one, prefix, other) || without(other, prefix, one));
    let paired = |pairs: &[Phrase], strip: fn(&str, &str) -> Option<String>| {
        pairs.iter().any(|Phrase(pair)| {
            let stems = |one, other| strip(one, &pair[0]).zip(strip(other, &pair[1]));
            [stems(one, other), stems(other, one)]
                .into_iter()
                .flatten()
                .any(|(one, other)| closer(&one, &other))
        })
    };
    prefixed
        || paired(&VOCABULARY.prefix_pairs, |word, prefix| {
            word.strip_prefix(prefix).map(str::to_owned)
        })
        || paired(&VOCABULARY.suffix_pairs, |word, suffix| {
            word.strip_suffix(suffix).map(str::to_owned)
        })
}
