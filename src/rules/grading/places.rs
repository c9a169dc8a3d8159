//! Places in the order of the options: among other words ("the second", "the bottom one", "the first two"), and counted
//! from an end ("third from the bottom").

use super::labels::{is_rank, label};
use super::numbers::spelled;
use super::tokens::{Kind, Token, spoken};
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
    let nouns = clause[start + length..]
        .iter()
        .take_while(|token| is_noun(token));
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

/// The options, from 0, of a place, or of several beside each other, that is all that these parts say: "the first two".
pub fn places(parts: &[Token], options: usize) -> Option<Vec<usize>> {
    let place = || place(parts, 0, (true, options)).filter(|place| place.length == parts.len());
    let several = if parts.is_empty() { None } else { place() };
    several
        .map(|place| place.options)
        .or_else(|| place_of(parts, options))
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
    if let Some(counted) = from_an_end(parts, options) {
        return Some(counted);
    }
    let last = options.checked_sub(1)?;
    let half = options / 2;
    // Two have no middle.
    let middles = if options == 2 {
        0..0
    } else {
        last / 2..half + 1
    };
    let groups = [
        (&VOCABULARY.penultimates, last.saturating_sub(1)..last),
        (&VOCABULARY.tops, 0..1),
        (&VOCABULARY.bottoms, last..options),
        (&VOCABULARY.middles, middles),
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
pub fn count(part: &Token) -> Option<usize> {
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

/// Whether a word may stand for an option beside its place: "the last one", "the first two options".
pub fn is_noun(part: &Token) -> bool {
    let word = part.word();
    let nouns = &VOCABULARY.label_nouns;
    ["one", "ones"].contains(&word) || nouns.contains(word.trim_end_matches('s'))
}

/// The options where a reply says that its option stands, where it says no more and is no label. Empty where none stands
/// there. None where it says something else.
pub fn standing(core: &[Token], options: usize) -> Option<Vec<usize>> {
    let (parts, scope) = scoped(core)?;
    let (length, there) = whole(&parts, options)?;
    (length > 1 || scope.is_some()).then_some(there)
}

/// The options, from 0, at the place that is all that these parts say.
pub fn place_of(parts: &[Token], options: usize) -> Option<Vec<usize>> {
    whole(parts, options).map(|(_, there)| there)
}

/// The places, from 0, of a reply that says one and no more; and whether it says among which: "the first of them".
pub fn place_among(core: &[Token], options: usize) -> Option<(Vec<usize>, bool)> {
    let (parts, scope) = scoped(core)?;
    let (_, there) = whole(&parts, options)?;
    Some((there, scope.is_some_and(|scope| scope.starts_with("of "))))
}

/// How many of these parts name a place, and which, where all others only stand around it.
fn whole(parts: &[Token], options: usize) -> Option<(usize, Vec<usize>)> {
    let parts = without_around(parts);
    let (length, there) = named(parts, options)?;
    parts[length..]
        .iter()
        .all(is_noun)
        .then_some((length, there))
}

/// A reply of nothing but words, and the scope that it ends with: "of them".
fn scoped(core: &[Token]) -> Option<(Vec<Token>, Option<&'static str>)> {
    const MOST: usize = 16;
    let hyphen = |part: &&Token| part.kind != Kind::Pause('-');
    let mut parts: Vec<Token> = core.iter().filter(hyphen).cloned().collect();
    let is_word = |part: &Token| matches!(part.kind, Kind::Word(_) | Kind::Number(_));
    // "After 3" is a time.
    let bare = parts.iter().any(|part| part.word().is_empty()) && !parts.iter().any(is_noun);
    if bare || parts.len() > MOST || !parts.iter().all(is_word) {
        return None;
    }
    let (rest, scope) = without_scope(&parts);
    let length = rest.len();
    parts.truncate(length);
    Some((parts, scope))
}

/// Parts without the scope that they end with, and that.
pub fn without_scope(parts: &[Token]) -> (&[Token], Option<&'static str>) {
    let ends_with = |scope: &&String| {
        let length = scope.split(' ').count();
        let start = parts.len().checked_sub(length);
        start.is_some_and(|start| spoken(&parts[start..]) == **scope)
    };
    let scope = VOCABULARY.scopes.iter().find(ends_with);
    let length = scope.map_or(0, |scope| scope.split(' ').count());
    (&parts[..parts.len() - length], scope.map(String::as_str))
}

/// Parts without those at their beginning that say nothing beside a place.
fn without_around(parts: &[Token]) -> &[Token] {
    let mut rest = parts;
    while let [first, after @ ..] = rest
        && is_around(first)
        && from_an_end(rest, usize::MAX).is_none()
    {
        rest = after;
    }
    rest
}

/// Whether a word says nothing beside a place: "it is the one that comes right after B".
pub fn is_around(part: &Token) -> bool {
    is_noun(part) || VOCABULARY.around_places.contains(part.word())
}

/// How many parts count a place from an end, and the option there: "second to last", "last but one", "third from the top".
fn from_an_end(parts: &[Token], options: usize) -> Option<(usize, Vec<usize>)> {
    let word = |at: usize| parts.get(at).map_or("", Token::word);
    let says = &*VOCABULARY;
    let is_last = |at: usize| word(at) == "last" || says.bottoms.iter().any(|own| own == word(at));
    let is_first = |at: usize| word(at) == "first" || says.tops.iter().any(|own| own == word(at));
    let from_last = |number: usize| {
        let place = options.checked_sub(number.saturating_add(1));
        place.into_iter().collect::<Vec<usize>>()
    };
    let nouns = parts
        .iter()
        .skip(1)
        .take_while(|part| is_noun(part))
        .count();
    if is_last(0) && word(1 + nouns) == "but" {
        let number = number(parts.get(2 + nouns)?)?;
        return Some((3 + nouns, from_last(number)));
    }
    if word(0) == "one" && word(1) == "but" && is_last(2) {
        return Some((3, from_last(1)));
    }
    let (length, rank) = match parts.first()? {
        first if is_noun(first) && word(0) != "one" => (2, number(parts.get(1)?)?.checked_sub(1)?),
        first => (1, rank(first)?),
    };
    let nouns = parts[length..].iter().take_while(|part| is_noun(part));
    let mut at = length + nouns.count();
    let joined = word(at);
    let joins = says.counted_from.contains(joined);
    at += usize::from(joins);
    at += usize::from(joins && word(at) == "the");
    let there = match () {
        () if is_last(at) || joins && says.ends.contains(word(at)) => from_last(rank),
        () if joins && (is_first(at) || says.starts.contains(word(at))) => {
            (rank < options).then_some(rank).into_iter().collect()
        }
        () => return None,
    };
    // "First to last" is an order.
    (rank > 0 || joined == "from").then_some((at + 1, there))
}

/// The place, from 0, of an ordinal.
pub fn rank(part: &Token) -> Option<usize> {
    const ANY: usize = 100;
    let ordinal = is_rank(part.word()) && !["last", "one"].contains(&part.word());
    let named = label(std::slice::from_ref(part), ANY);
    named.first().copied().filter(|_| ordinal)
}

/// The number that a part says.
fn number(part: &Token) -> Option<usize> {
    match &part.kind {
        Kind::Number(meant) => meant.first()?.parse().ok(),
        _ => spelled(part.word())?.parse().ok(),
    }
}
