//! Options that are told of by another: "the one two places below C", "the predecessor of Redis", "everything but C".

use std::collections::HashSet;

use super::labels::{label, stages, unpaused};
use super::places::{count, is_around, is_noun, place_of, rank, standing, without_scope};
use super::reader::Reader;
use super::reading::Reading;
use super::texts::Closeness;
use super::tokens::{Kind, Token, spoken};
use super::variants::Variants;
use super::vocabulary::VOCABULARY;

impl Reader {
    /// What a reply means that tells where an option stands: "second to last", "the one below C", "the lowest number". It
    /// is asked about, and so is an option of which it is a part.
    pub(super) fn standing(&self, core: &[Token], variants: &Variants) -> Option<Reading> {
        let after = &core[core.iter().take_while(|part| leads(part)).count()..];
        let count = self.0.len();
        let there = |parts: &[Token]| match self.relation(parts) {
            Some(Relation::To(there)) => Some((there, true)),
            _ => {
                let extreme = self.0.extreme(parts);
                let left = || self.neither(parts);
                let placed = extreme.or_else(left).or_else(|| standing(parts, count));
                placed.map(|there| (there, false))
            }
        };
        let (mut there, related) = there(core).or_else(|| there(after))?;
        let whole = stages(&variants.whole[0]);
        if !self.text(&whole, Closeness::Plain).is_empty() {
            return None;
        }
        // "The one after Redis" is no part of "Redis".
        let own = |part: &Token| is_link(part) && self.0.has_word(part.word());
        if !related || core.iter().any(own) {
            there.extend(self.part(variants, true));
        }
        there.sort_unstable();
        there.dedup();
        Some(match there.is_empty() {
            true => Reading::Unclear,
            false => Reading::Part(there),
        })
    }

    /// Whether a reply tells of options by one that is none of them, and no more is understood of it.
    pub(super) fn tells_of_others(&self, core: &[Token]) -> bool {
        self.relation(core) == Some(Relation::Unknown)
    }

    fn relation(&self, core: &[Token]) -> Option<Relation> {
        let named = |parts: &[Token]| {
            let whole = self.0.named(parts, Closeness::Slip);
            match whole.is_empty() {
                true => (self.0.worded(parts), false),
                false => (whole, true),
            }
        };
        let options = Options {
            count: self.0.len(),
            named: &named,
            has: &|word| self.0.has_word(word),
        };
        relation(core, &options)
    }
}

/// Whether a word only leads to what is said of an option: "I like the one below C".
fn leads(part: &Token) -> bool {
    let words = &*VOCABULARY;
    let against = [
        &words.negations,
        &words.corrections,
        &words.sources,
        &words.wholes,
    ];
    let around = [&words.people, &words.around_labels, &words.pleasantries];
    let said = |lists: &[&HashSet<String>]| lists.iter().any(|list| list.contains(part.word()));
    part.word() != "the" && said(&around) && !said(&against)
}

/// What a reply tells of options by another that it doesn't mean.
#[derive(Debug, PartialEq, Eq)]
enum Relation {
    /// It means the options at this place, from 0, and says no more. None where no option stands there.
    To(Vec<usize>),
    /// Which ones it means is not understood: "everything but C", "the ones after B".
    Unknown,
}

/// What a text is that stands in a reply where an option may: the options of that text, from 0, and whether it is all of
/// their text.
type Named = (Vec<usize>, bool);

/// The options that a reply can be about.
struct Options<'a> {
    /// How many there are.
    count: usize,
    /// Those that these parts name by their text.
    named: &'a dyn Fn(&[Token]) -> Named,
    /// Whether one of them has this word.
    has: &'a dyn Fn(&str) -> bool,
}

/// On which side of another option one stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Either,
    /// Anywhere but there.
    Other,
}

/// Reads a reply that tells of options by another. None where it doesn't.
fn relation(core: &[Token], options: &Options) -> Option<Relation> {
    const MOST: usize = 40;
    let hyphen = |part: &&Token| part.kind != Kind::Pause('-');
    let parts: Vec<Token> = core.iter().filter(hyphen).take(MOST).cloned().collect();
    let (parts, _) = without_scope(unpaused(&parts));
    let backward = || verb_at_the_end(parts, options).or_else(|| possessed(parts, options));
    if let Some(there) = between(parts, options).or_else(backward) {
        return Some(Relation::To(there));
    }
    for at in 0..parts.len() {
        let (lead, rest) = parts.split_at(at);
        let Some((length, side)) = link(lead, rest) else {
            continue;
        };
        let (phrase, after) = rest.split_at(length);
        if let Some(there) = beside((lead, phrase, after), side, options) {
            return Some(Relation::To(there));
        }
        if tells(lead, phrase, after, options) {
            return Some(Relation::Unknown);
        }
    }
    None
}

/// Whether a word says by itself how another option stands to the one that follows.
fn is_link(part: &Token) -> bool {
    let says = &*VOCABULARY;
    let lists = [&says.befores, &says.afters, &says.neighbours];
    lists.iter().any(|list| list.contains(part.word()))
}

/// How many parts say how another option stands to the one that follows, and on which side of that: "right below".
fn link(lead: &[Token], rest: &[Token]) -> Option<(usize, Side)> {
    const LONGEST: usize = 3;
    let says = &*VOCABULARY;
    let lists = [
        (&says.befores, Side::Before),
        (&says.afters, Side::After),
        (&says.neighbours, Side::Either),
        (&says.exceptions, Side::Other),
    ];
    for length in (1..=rest.len().min(LONGEST)).rev() {
        let phrase = spoken(&rest[..length]);
        if let Some((_, side)) = lists.iter().find(|(list, _)| list.contains(&phrase)) {
            return Some((length, *side));
        }
    }
    // "All but C", "the last but one", "second to C".
    let word = rest.first()?.word();
    let whole = || lead.iter().any(|part| says.wholes.contains(part.word()));
    let placed = || ends_with_a_place(lead);
    let joins =
        word == "but" && (whole() || placed()) || says.counted_from.contains(word) && placed();
    joins.then_some((1, Side::Other))
}

/// Whether parts end with a place or a number, and maybe a noun: "the second one".
fn ends_with_a_place(lead: &[Token]) -> bool {
    let nouns = lead.iter().rev().take_while(|part| is_noun(part)).count();
    let before = &lead[..lead.len() - nouns];
    let is_place =
        |part: &Token| part.word() == "last" || rank(part).is_some() || count(part).is_some();
    before.last().is_some_and(is_place) || lead.last().is_some_and(is_place)
}

/// The options beside another, where these parts say no more: "the one after B", "two below A", "before the last".
fn beside(
    (lead, phrase, after): (&[Token], &[Token], &[Token]),
    side: Side,
    options: &Options,
) -> Option<Vec<usize>> {
    if side == Side::Other {
        return None;
    }
    let around = lead.iter().take_while(|part| is_around(part)).count();
    let (around, counted) = lead.split_at(around);
    let several = around.iter().any(|part| part.word() == "ones");
    let of_one = around.last().is_none_or(|part| part.word() != "the");
    let ranked = counted.first().and_then(rank);
    // "The second one after A", "two places after A", "one place after A".
    let one = around.last().is_some_and(|part| part.word() == "one");
    let (steps, units) = match (ranked, counted) {
        (Some(rank), [_, units @ ..]) => (rank + 1, units),
        (_, [first, ..]) if one && is_unit(first) => (1, counted),
        (_, [first, units @ ..]) if of_one => (count(first)?, units),
        (_, []) => (1, counted),
        _ => return None,
    };
    // "After 3" is a time.
    let is_number = |part: &Token| matches!(part.kind, Kind::Number(_));
    let bare = !around.iter().any(is_noun) && units.is_empty();
    if bare && (counted.iter().any(is_number) || after.iter().any(is_number)) {
        return None;
    }
    let is_unit = |part: &Token| is_unit(part) || is_around(part);
    // "The second before last" may be either of two.
    let last = after.last().is_some_and(|last| {
        label(std::slice::from_ref(last), options.count).is_empty() || last.word() == "last"
    });
    if several || ranked.is_some() && last || !units.iter().all(is_unit) {
        return None;
    }
    let speaks_of_one = around.iter().any(is_noun) || !counted.is_empty();
    let near = item(after, (phrase, speaks_of_one), options)?;
    let near = near.into_iter().flat_map(|place| {
        let before = place.checked_sub(steps).filter(|_| side != Side::After);
        let after = Some(place.saturating_add(steps)).filter(|_| side != Side::Before);
        before.into_iter().chain(after)
    });
    let mut near: Vec<usize> = near.filter(|place| *place < options.count).collect();
    near.sort_unstable();
    near.dedup();
    Some(near)
}

/// Whether a word is what is counted from another option on: "two places below A".
fn is_unit(part: &Token) -> bool {
    VOCABULARY.units_of_places.contains(part.word())
}

/// The options that are all that these parts say, by a label, a place or a text. A text may be an answer itself, if it has
/// the words before it as well; and a part of one is a place only where a reply speaks of "the one" beside it.
fn item(
    parts: &[Token],
    (phrase, speaks_of_one): (&[Token], bool),
    options: &Options,
) -> Option<Vec<usize>> {
    // "The following one" tells of none.
    if parts.iter().all(is_noun) {
        return None;
    }
    let labelled = label(parts, options.count);
    if !labelled.is_empty() {
        return Some(labelled);
    }
    if let Some(there) = place_of(parts, options.count) {
        return Some(there);
    }
    if phrase.iter().any(|part| (options.has)(part.word())) {
        return None;
    }
    let (named, whole) = (options.named)(parts);
    (named.len() == 1 && (whole || speaks_of_one)).then_some(named)
}

/// The options between two others: "the one between A and C".
fn between(parts: &[Token], options: &Options) -> Option<Vec<usize>> {
    let at = parts.iter().position(|part| part.word() == "between")?;
    let (around, rest) = (&parts[..at], &parts[at..]);
    let is_lead = |part: &Token| is_around(part) || VOCABULARY.before_between.contains(part.word());
    if !around.iter().all(is_lead) || !around.iter().any(is_noun) {
        return None;
    }
    let (phrase, rest) = rest.split_at(1);
    let and = rest.iter().position(|part| part.word() == "and")?;
    let edge = |parts| item(parts, (phrase, true), options);
    let edges = [edge(&rest[..and])?, edge(&rest[and + 1..])?].concat();
    let (first, last) = (edges.iter().min()?, edges.iter().max()?);
    Some((first + 1..*last).collect())
}

/// The option beside another that a verb behind that tells: "the one that B follows".
fn verb_at_the_end(parts: &[Token], options: &Options) -> Option<Vec<usize>> {
    let (verb, before) = parts.split_last()?;
    let steps: isize = match verb.word() {
        "follows" => -1,
        "precedes" => 1,
        _ => return None,
    };
    let around = before.iter().take_while(|part| is_around(part)).count();
    let (around, of) = before.split_at(around);
    let near = around
        .iter()
        .any(is_noun)
        .then(|| item(of, (&[], true), options))??;
    let near = near
        .into_iter()
        .filter_map(|place| place.checked_add_signed(steps));
    Some(near.filter(|place| *place < options.count).collect())
}

/// The option beside another that it is said to be of that: "C's predecessor". Its apostrophe is gone.
fn possessed(parts: &[Token], options: &Options) -> Option<Vec<usize>> {
    let start = parts.iter().take_while(|part| is_around(part)).count();
    let [owner, noun] = &parts[start..] else {
        return None;
    };
    let of = owner.word().strip_suffix('s').filter(|of| of.len() == 1)?;
    let letter = Token {
        kind: Kind::Word(of.to_owned()),
        ..owner.clone()
    };
    let place = *label(&[letter], options.count).first()?;
    let near = match noun.word() {
        "predecessor" => place.checked_sub(1),
        "successor" => Some(place + 1),
        _ => return None,
    };
    Some(
        near.into_iter()
            .filter(|place| *place < options.count)
            .collect(),
    )
}

/// Whether what follows a phrase is an option that is not meant, so that none is to be proposed by its label. The words
/// that options have themselves tell nothing.
fn tells(lead: &[Token], phrase: &[Token], after: &[Token], options: &Options) -> bool {
    let names = |parts: &[Token], at: usize| {
        let ends = parts.get(at + 1).is_none_or(Token::is_pause);
        let article = parts[at].word() == "a" && !ends;
        !article && parts[at].word() != "one" && !label(&parts[at..=at], options.count).is_empty()
    };
    let units = lead.iter().rev().take_while(|part| is_unit(part)).count();
    let lead = &lead[..lead.len() - units];
    let nouns = lead.iter().rev().take_while(|part| is_noun(part)).count();
    let unplaced = match ends_with_a_place(lead) {
        true => &lead[..(lead.len() - nouns).saturating_sub(1)],
        false => lead,
    };
    let skipped = |part: &&Token| is_noun(part) || part.word() == "the";
    let skipped = after.iter().take_while(skipped).count();
    let follows = skipped < after.len() && names(after, skipped);
    let placed = ends_with_a_place(lead) && place_of(after, options.count).is_some();
    let own_word = |part: &Token| part.word() != "but" && (options.has)(part.word());
    let own = phrase.iter().all(own_word);
    let leads = (0..unplaced.len()).any(|at| names(unplaced, at));
    let of_text = || {
        let speaks_of_one = lead.iter().any(is_noun);
        speaks_of_one && !own && (options.named)(after).1
    };
    !leads && (follows && !own || placed || of_text())
}
