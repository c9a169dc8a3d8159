//! Labels that stand alone among words of any language: "la respuesta es b", "c'est la dernière". They are asked about.

use std::collections::BTreeSet;

use super::labels::{Stage, foreign_place, label, stages, unpaused};
use super::reading::Reading;
use super::tokens::{Kind, Token, has_sounds};
use super::vocabulary::VOCABULARY;

/// A label that ends a reply of no more words than this is an answer in all likelihood.
const SHORT: usize = 10;

/// A number that ends a reply of no more words than this may be an answer.
const FEW: usize = 3;

/// A text of more words than this is more than a remark.
const LONG: usize = 40;

/// What a reply is that has a label in it and is not understood. Asked about each time where the label ends a short
/// reply, and once where it is a capital letter anywhere. None where it has no label, and where one is denied.
pub fn lone(parts: &[Token], calm: bool, options: usize) -> Option<Reading> {
    let said = unpaused(parts);
    let words = said.iter().filter(|part| !part.is_pause()).count();
    if !(2..=LONG).contains(&words) || has_sounds(said) {
        return None;
    }
    let last = said.len() - 1;
    let mut meant = BTreeSet::new();
    let mut ends = false;
    let few = words <= SHORT;
    for (nth, part) in said.iter().enumerate() {
        let ending = few && nth == last;
        // "See you at 3" doesn't name an option, and "la 3" may.
        let number = matches!(part.kind, Kind::Number(_));
        let reads = match ending {
            true if number => words <= FEW && calm && stands_alone(said, nth),
            true => part.word().chars().count() == 1 && stands_alone(said, nth),
            false => is_letter(said, nth, (few, calm)),
        };
        let named = match reads {
            true => label(&said[nth..=nth], options),
            false if ending => placed(said, words <= FEW + 2, options)
                .into_iter()
                .collect(),
            false => Vec::new(),
        };
        ends |= ending && !named.is_empty() && !number && !is_foreign_number(part);
        meant.extend(named);
    }
    let denies = said.iter().any(|part| {
        VOCABULARY.denials.contains(part.word()) || VOCABULARY.negations.contains(part.word())
    });
    let meant: Vec<usize> = meant.into_iter().collect();
    match (meant.is_empty(), denies) {
        (true, _) => None,
        (_, true) => Some(Reading::Unclear),
        _ if ends || leads(said, options) => Some(Reading::Part(meant)),
        _ => Some(Reading::Related(meant)),
    }
}

/// Whether a reply begins with a letter and what ends an answer, before a pause: "D for sure, you have to log in".
fn leads(said: &[Token], options: usize) -> bool {
    let opening = said.split(Token::is_pause).next().unwrap_or_default();
    let is_label = |stage: Stage| {
        let letter = stage
            .core
            .iter()
            .all(|part| part.word().chars().count() == 1);
        letter && !label(stage.core, options).is_empty()
    };
    opening.len() < said.len() && stages(opening).pop().is_some_and(is_label)
}

/// Whether this is a letter that isn't a word of the sentence around it. A lowercase one counts in a few words only, and
/// not if it is a word in many languages.
pub fn is_letter(said: &[Token], nth: usize, (few, calm): (bool, bool)) -> bool {
    let part = &said[nth];
    let begins = nth == 0 || matches!(said[nth - 1].kind, Kind::Pause('.' | '!' | '?' | ':'));
    let before_a_word = said.get(nth + 1).is_some_and(|next| !next.is_pause());
    // "C" is short for "see" too, and for the French "c'est".
    let is_word = ["a", "e"].contains(&part.word())
        || part.word() == "c" && !part.capital
        || !part.word().is_ascii();
    let stands = part.word().chars().count() == 1 && stands_alone(said, nth);
    let clear = match part.capital {
        true => calm || !is_word,
        false => few && !is_word,
    };
    let opens = begins && before_a_word && is_word;
    stands && clear && !opens
}

/// Whether a part is separate from what stands beside it, unlike the letters of "e.g.", "b-tree" or "C++".
pub fn stands_alone(said: &[Token], nth: usize) -> bool {
    let enclosing =
        |pause: &Token| matches!(pause.kind, Kind::Pause('(' | ')' | '"' | '\'' | ',' | ':'));
    let joins = |other: &Token| enclosing(other) || is_unspaced(other);
    let before = nth.checked_sub(1).map(|before| &said[before]);
    let free_before = !said[nth].glued || before.is_some_and(joins);
    let after = said.get(nth + 1);
    let ends = || {
        let next = said.get(nth + 2);
        after.is_some_and(Token::is_pause) && next.is_none_or(|next| !next.glued)
    };
    free_before && (after.is_none_or(|after| !after.glued || joins(after)) || ends())
}

/// Whether a word is of a script that puts no spaces between words.
fn is_unspaced(token: &Token) -> bool {
    let mut chars = token.word().chars();
    chars.next().is_some_and(super::tokens::is_unspaced)
}

/// The option of a place in an order that ends a reply, or of a number in a few words, in other languages: "la segunda",
/// "die letzte", "c'est la trois".
fn placed(said: &[Token], few: bool, options: usize) -> Option<usize> {
    const LONGEST: usize = 3;
    let ends = (1..=LONGEST.min(said.len() - 1)).map(|length| &said[said.len() - length..]);
    let place = |end| foreign_place(end, options);
    let is_number = |end: &[Token]| is_foreign_number(&end[end.len() - 1]);
    let ambiguous = |end: &[Token]| match end {
        [only] => VOCABULARY.ambiguous_numbers.contains(only.word()),
        _ => false,
    };
    ends.filter(|end| !is_number(end) || few && !ambiguous(end))
        .find_map(place)
}

fn is_foreign_number(part: &Token) -> bool {
    let mut numbers = VOCABULARY.foreign_numbers.iter().flatten();
    numbers.any(|number| number == part.word())
}
