//! Labels of options: letters, numbers and ordinals, in any script.

use std::collections::HashSet;

use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

/// The options, from 0, of which these parts are the label and nothing else: "B", "(b)", "#2", "option two", "the second
/// one". A letter of another alphabet may be the label of several.
pub fn label(tokens: &[Token], options: usize) -> Vec<usize> {
    let noun = |token: &Token| VOCABULARY.label_nouns.contains(token.word());
    let quiet = |token: &Token| token.is_pause();
    let number_sign = |token: &Token| token.kind == Kind::Sign("#".into());
    let mut rest = tokens;
    let mut article = false;
    while let [first, after @ ..] = rest
        && !after.is_empty()
        && (quiet(first) || noun(first) || number_sign(first) || first.word() == "the")
    {
        article = first.word() == "the";
        rest = after;
    }
    let [first, after @ ..] = rest else {
        return Vec::new();
    };
    let beside = |token: &Token| !token.glued && (noun(token) || token.word() == "one");
    let ended = |token: &Token| quiet(token) || beside(token);
    let glued = first.glued && tokens.len() > rest.len() && {
        let before = &tokens[tokens.len() - rest.len() - 1];
        !quiet(before) && !number_sign(before)
    };
    // "The one" is no number.
    if glued || article && first.word() == "one" || !after.iter().all(ended) {
        return Vec::new();
    }
    let mut positions = positions(first, options);
    positions.retain(|position| *position < options);
    positions
}

fn positions(token: &Token, options: usize) -> Vec<usize> {
    match &token.kind {
        Kind::Number(meant) => meant.iter().filter_map(|number| from_one(number)).collect(),
        Kind::Word(word) => {
            let mut letters = word.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => of_letter(letter),
                _ => of_word(word, options).into_iter().collect(),
            }
        }
        Kind::Sign(_) | Kind::Pause(_) => Vec::new(),
    }
}

fn from_one(number: &str) -> Option<usize> {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    number
        .parse::<usize>()
        .ok()
        .filter(|_| digits)?
        .checked_sub(1)
}

fn of_letter(letter: char) -> Vec<usize> {
    if letter.is_ascii_lowercase() {
        return vec![usize::from(letter as u8 - b'a')];
    }
    let orders = VOCABULARY.alphabets.iter();
    orders
        .filter_map(|order| order.chars().position(|c| c == letter))
        .collect()
}

fn of_word(word: &str, options: usize) -> Option<usize> {
    let nth = |list: &[String]| list.iter().position(|number| number == word);
    let ending = || {
        let digits = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))?;
        from_one(digits)
    };
    if word == "last" {
        return options.checked_sub(1);
    }
    nth(&VOCABULARY.numbers)
        .or_else(|| nth(&VOCABULARY.ordinals))
        .or_else(ending)
}

/// A reply with more and more taken away that only leads to the answer or ends it: "I think it is B, imo". The last is
/// the core.
pub fn stages(tokens: &[Token]) -> Vec<&[Token]> {
    const MOST: usize = 6;
    let mut stages = Vec::new();
    let mut rest = unpaused(tokens);
    for _ in 0..=MOST {
        let mut shorter = rest;
        stages.push(shorter);
        for _ in 0..MOST {
            let length = longest(&VOCABULARY.tails, shorter.len(), |length| {
                &shorter[shorter.len() - length..]
            });
            if length == 0 || length == shorter.len() {
                break;
            }
            shorter = unpaused(&shorter[..shorter.len() - length]);
            stages.push(shorter);
        }
        let length = longest(&VOCABULARY.leads, rest.len(), |length| &rest[..length]);
        if length == 0 || length == rest.len() {
            break;
        }
        rest = unpaused(&rest[length..]);
    }
    stages
}

/// The most parts, of so many, that are a phrase together.
fn longest<'a>(
    phrases: &HashSet<String>,
    parts: usize,
    part: impl Fn(usize) -> &'a [Token],
) -> usize {
    const LONGEST: usize = 4;
    let is_phrase = |length: &usize| {
        let words: Vec<&str> = part(*length).iter().map(Token::word).collect();
        phrases.contains(&words.join(" "))
    };
    let mut lengths = (1..=parts.min(LONGEST)).rev();
    lengths.find(is_phrase).unwrap_or(0)
}

fn unpaused(tokens: &[Token]) -> &[Token] {
    let says = |token: &Token| !token.is_pause();
    let Some(start) = tokens.iter().position(says) else {
        return &[];
    };
    let end = tokens.iter().rposition(says).map_or(start, |last| last + 1);
    &tokens[start..end]
}
