//! Labels of options: letters, numbers and ordinals, in any script.

use std::collections::HashSet;

use super::tokens::{Kind, Token, spoken};
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
    if word == "last" {
        return options.checked_sub(1);
    }
    if options == 2 && VOCABULARY.formers.contains(word) {
        return Some(0);
    }
    if options == 2 && VOCABULARY.latters.contains(word) {
        return Some(1);
    }
    nth(&VOCABULARY.numbers).or_else(|| of_ordinal(word))
}

/// The option, from 0, whose letter a word may be several times: "BBB". It may be a cry as well; "bb" is short for a word,
/// and the longer they are, the surer A and E are cried.
pub fn insisted(word: &str) -> Option<usize> {
    let letter = word.chars().next()?;
    let is_one = word.chars().all(|each| each == letter);
    let insists = match letter {
        'b'..='d' => (3..=10).contains(&word.len()),
        'a' | 'e' => (3..=4).contains(&word.len()),
        _ => false,
    };
    (is_one && insists).then(|| of_letter(letter).first().copied())?
}

/// The position, from 0, of an ordinal: "second", "2nd".
fn of_ordinal(word: &str) -> Option<usize> {
    let mut ordinals = VOCABULARY.ordinals.iter();
    let in_digits = || {
        let endings = ["st", "nd", "rd", "th"].iter();
        let mut digits = endings.filter_map(|ending| word.strip_suffix(ending));
        digits.next().and_then(from_one)
    };
    ordinals
        .position(|ordinal| ordinal == word)
        .or_else(in_digits)
}

/// Whether a word is a place in an order that people also boast of: "first", "2nd", "last", "one".
pub fn is_rank(word: &str) -> bool {
    matches!(word, "last" | "one") || of_ordinal(word).is_some()
}

/// Whether two words are the same place in an order: "second" and "2nd".
pub fn is_same_place(one: &str, other: &str) -> bool {
    match (of_ordinal(one), of_ordinal(other)) {
        (None, None) => [one, other] == ["last", "last"],
        (one, other) => one == other,
    }
}

/// The option, from 0, of a place in an order or a number in another language, where nothing else is said: "zweite",
/// "nummer drei", "第3".
pub fn foreign_place(tokens: &[Token], options: usize) -> Option<usize> {
    let words = &*VOCABULARY;
    let said = unpaused(tokens);
    let speaks = |part: &Token| matches!(part.kind, Kind::Word(_) | Kind::Number(_));
    if !said.iter().all(speaks) {
        return None;
    }
    let is_noun = |part: &&Token| words.foreign_nouns.contains(part.word());
    let number: Vec<Token> = said.iter().filter(|part| !is_noun(part)).cloned().collect();
    let texts = [spoken(said), spoken(&number)];
    let nth = |lists: &[Vec<String>]| {
        lists
            .iter()
            .position(|list| texts.iter().any(|text| list.contains(text)))
    };
    let in_digits = |text: &str| {
        text.parse()
            .ok()
            .and_then(|number: usize| number.checked_sub(1))
    };
    let number = || {
        let text = texts[1].replace(' ', "");
        let prefixes = words.foreign_prefixes.iter();
        let bare = prefixes.fold(&*text, |text, prefix| {
            text.strip_prefix(prefix.as_str()).unwrap_or(text)
        });
        let mut suffixes = words.foreign_suffixes.iter();
        let bare = suffixes
            .find_map(|suffix| bare.strip_suffix(suffix.as_str()))
            .unwrap_or(bare);
        let spelled = |list: &Vec<String>| list.iter().any(|own| own == bare);
        words
            .foreign_numbers
            .iter()
            .position(spelled)
            .or_else(|| in_digits(bare).filter(|_| bare != texts[0]))
    };
    let is_last = || texts.iter().any(|text| words.last_places.contains(text));
    let place = nth(&words.places).or_else(number);
    let place = place.or_else(|| is_last().then(|| options.saturating_sub(1)));
    place.filter(|place| *place < options)
}

/// A reply without some of what only leads to the answer or ends it.
#[derive(Clone)]
pub struct Stage<'a> {
    /// What is left.
    pub core: &'a [Token],
    /// The phrases that were taken away.
    pub peeled: Vec<&'a [Token]>,
}

/// A reply with more and more taken away: "I think it is B, imo". The last has the core alone.
pub fn stages(tokens: &[Token]) -> Vec<Stage<'_>> {
    const MOST: usize = 6;
    let mut stages = Vec::new();
    let mut rest = Stage {
        core: unpaused(tokens),
        peeled: Vec::new(),
    };
    if let Some((core, tag)) = tagged(tokens) {
        stages.push(rest.clone());
        rest.core = unpaused(core);
        rest.peeled.push(tag);
    }
    for _ in 0..=MOST {
        let mut shorter = rest.clone();
        stages.push(shorter.clone());
        for _ in 0..MOST {
            let parts = shorter.core.len();
            let length = longest(&VOCABULARY.tails, parts, |length| {
                &shorter.core[parts - length..]
            });
            let before_closer = |length: &usize| {
                let pause = parts.checked_sub(length + 1);
                *length > 0 && pause.is_some_and(|at| shorter.core[at].is_pause())
            };
            let closer = longest(&VOCABULARY.closers, parts, |length| {
                &shorter.core[parts - length..]
            });
            let length = length.max(Some(closer).filter(before_closer).unwrap_or(0));
            if length == 0 || length == parts || {
                let (before, tail) = shorter.core.split_at(parts - length);
                counts(before, tail)
            } {
                break;
            }
            let (core, tail) = shorter.core.split_at(parts - length);
            shorter.core = unpaused(core);
            shorter.peeled.push(tail);
            stages.push(shorter.clone());
        }
        let part = |length| &rest.core[..length];
        let lead = longest(&VOCABULARY.leads, rest.core.len(), part);
        let paused = [&VOCABULARY.paused_leads, &VOCABULARY.openers];
        let paused = paused.map(|phrases| longest(phrases, rest.core.len(), part));
        let paused = paused[0].max(paused[1]);
        let parted = paused > 0 && ends_before(&rest.core[paused..]);
        let length = if parted { lead.max(paused) } else { lead };
        if length == 0 || length == rest.core.len() {
            break;
        }
        let (lead, core) = rest.core.split_at(length);
        rest.core = unpaused(core);
        rest.peeled.push(lead);
    }
    stages
}

/// Whether a word of talk, a phrase of so many, may say what is counted by a number right before it that is all there is:
/// "3 cheers", "2 easy". What hedges an answer doesn't: "3 maybe".
fn counts(before: &[Token], tail: &[Token]) -> bool {
    let [word] = tail else { return false };
    let Some((number, leads)) = before.split_last() else {
        return false;
    };
    let words = [&VOCABULARY.firm, &VOCABULARY.hedges];
    let alone = leads.is_empty() || VOCABULARY.leads.contains(&spoken(leads));
    let hedges = words.iter().any(|words| words.contains(word.word()));
    alone && is_number(number) && !hedges
}

/// Whether this is a number, in digits or a word. "One" mostly stands for a noun.
pub fn is_number(part: &Token) -> bool {
    let spelled = VOCABULARY.numbers[1..].iter().any(|own| own == part.word());
    spelled || matches!(part.kind, Kind::Number(_))
}

/// Whether a sentence, or a part of one, ends before these parts. It doesn't in "no-cache" and `no "cache"`.
pub fn ends_before(after: &[Token]) -> bool {
    let [pause, next, ..] = after else {
        return false;
    };
    match pause.kind {
        Kind::Pause(',' | '(') => true,
        Kind::Pause('.' | ';' | ':' | '!' | '?') => !next.glued,
        Kind::Pause('-') => !pause.glued && !next.glued,
        _ => false,
    }
}

/// What comes before the question at the end of an answer, and that: "B" and "no" of "B, no?".
fn tagged(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let core = unpaused(tokens);
    let mut pauses = tokens.iter().rev().take_while(|token| token.is_pause());
    let asks = pauses.any(|token| token.kind == Kind::Pause('?'));
    let most = core.len().saturating_sub(1);
    let words = longest(&VOCABULARY.tags, most, |length| {
        &core[core.len() - length..]
    });
    let (before, tag) = core.split_at(core.len() - words);
    (asks && words > 0 && before.last()?.is_pause()).then_some((before, tag))
}

/// The most parts, of so many, that are a phrase together.
fn longest<'a>(
    phrases: &HashSet<String>,
    parts: usize,
    part: impl Fn(usize) -> &'a [Token],
) -> usize {
    const LONGEST: usize = 8;
    let is_phrase = |length: &usize| {
        let words: Vec<&str> = part(*length).iter().map(Token::word).collect();
        phrases.contains(&words.join(" "))
    };
    let mut lengths = (1..=parts.min(LONGEST)).rev();
    lengths.find(is_phrase).unwrap_or(0)
}

/// What is between the pauses around it.
pub fn unpaused(tokens: &[Token]) -> &[Token] {
    let says = |token: &Token| !token.is_pause();
    let Some(start) = tokens.iter().position(says) else {
        return &[];
    };
    let end = tokens.iter().rposition(says).map_or(start, |last| last + 1);
    &tokens[start..end]
}
