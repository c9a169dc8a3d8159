//! Places in the order of the options, among other words: "the second", "the bottom one", "the first two".

use super::labels::{is_rank, label};
use super::numbers::spelled;
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

/// A place that a reply speaks of.
pub struct Place {
    /// How many parts say it.
    pub length: usize,
    /// The options there, from 0: none where there are fewer options, several for "the middle" of four.
    pub options: Vec<usize>,
    /// Whether it has neither a "the" nor a noun, and so may be said of anything.
    pub bare: bool,
}

/// The place that begins here. None where it is said of something else than the options: "at first", "the last week".
pub fn place(clause: &[Token], at: usize, (calm, options): (bool, usize)) -> Option<Place> {
    let the = clause[at].word() == "the";
    let start = at + usize::from(the);
    let before = at.checked_sub(1).map_or("", |before| clause[before].word());
    let free = match the {
        true => !VOCABULARY.prepositions.contains(before),
        false => at == 0 && calm,
    };
    let (mut length, mut there) = named(clause.get(start..)?, options).filter(|_| free)?;
    let number = clause.get(start + length).and_then(count);
    if let Some(number) = number.filter(|_| the && length == 1) {
        there = span(clause[start].word(), number, options)?;
        length += 1;
    }
    let nouns = clause[start + length..].iter().take_while(|token| {
        let word = token.word();
        word == "one"
            || word == "ones"
            || VOCABULARY.label_nouns.contains(word.trim_end_matches('s'))
    });
    let nouns = nouns.count();
    let end = start + length + nouns;
    let goes_on = |token: &Token| {
        let words = [&VOCABULARY.after_places, &VOCABULARY.auxiliaries];
        words.iter().any(|words| words.contains(token.word()))
    };
    let bare = !the && nouns == 0;
    let ends = clause.get(end).is_none_or(|next| !bare && goes_on(next));
    ends.then_some(Place {
        length: end - at,
        options: there,
        bare,
    })
}

/// How many parts name a place, and the options that are there.
fn named(parts: &[Token], options: usize) -> Option<(usize, Vec<usize>)> {
    const ANY: usize = 100;
    let word = parts.first()?.word();
    let says = |phrase: &String| {
        let words = phrase.split(' ');
        let mut said = parts.iter().map(Token::word);
        words
            .clone()
            .all(|word| said.next() == Some(word))
            .then(|| words.count())
    };
    let last = options.checked_sub(1)?;
    let half = options / 2;
    let groups = [
        (&VOCABULARY.penultimates, last.saturating_sub(1)..last),
        (&VOCABULARY.tops, 0..1),
        (&VOCABULARY.bottoms, last..options),
        (&VOCABULARY.middles, last / 2..half + 1),
        (&VOCABULARY.uppers, 0..half),
        (&VOCABULARY.lowers, options - half..options),
    ];
    for (phrases, there) in groups {
        if let Some(length) = phrases.iter().find_map(says) {
            return Some((length, there.collect()));
        }
    }
    let ranks = is_rank(word) && word != "one" && !label(&parts[..1], ANY).is_empty();
    ranks.then(|| (1, label(&parts[..1], options)))
}

/// The number of options that a part says: "two".
fn count(part: &Token) -> Option<usize> {
    match &part.kind {
        Kind::Number(meant) => meant.first()?.parse().ok(),
        Kind::Word(word) if word != "one" => spelled(word)?.parse().ok(),
        _ => None,
    }
}

/// So many options from the first on, or up to the last.
fn span(from: &str, number: usize, options: usize) -> Option<Vec<usize>> {
    let number = number.min(options);
    if from == "first" || VOCABULARY.tops.iter().any(|top| top == from) {
        return Some((0..number).collect());
    }
    let last = from == "last" || VOCABULARY.bottoms.iter().any(|bottom| bottom == from);
    last.then(|| (options - number..options).collect())
}
