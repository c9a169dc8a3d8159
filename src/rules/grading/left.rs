//! The options that are left of those a reply speaks of: "the first is nonsense, so the second", "it can't be C, so B".

use std::collections::BTreeSet;

use super::labels::{label, stages, unpaused};
use super::lone::{is_letter, stands_alone};
use super::places::place;
use super::tokens::{Kind, Token, has_sounds, spoken};
use super::vocabulary::VOCABULARY;

/// A reply of more words than this is more than an answer with a few words around it.
const SHORT: usize = 12;

/// The options that a reply speaks of, without those that it turns down.
pub struct Left {
    /// They, from 0 and in their order. None where that can't be told.
    pub options: Vec<usize>,
    /// Whether one is a place, or a letter with nothing else beside it, and so meant as an option in any reply.
    pub clear: bool,
}

/// What is said of the options in a part of a reply.
struct Clause {
    options: BTreeSet<usize>,
    clear: bool,
    /// A place without a "the" and a noun.
    bare: bool,
    denies: bool,
}

/// What is left in a short reply. None where it speaks of no option, or tells of the past.
pub fn left(parts: &[Token], calm: bool, options: usize) -> Option<Left> {
    let said = unpaused(without_question(parts));
    let others = [&VOCABULARY.sources, &VOCABULARY.of_others];
    let tells = |part: &Token| others.iter().any(|words| words.contains(part.word()));
    let short = said.iter().filter(|part| !part.is_pause()).count() <= SHORT;
    if !short || said.iter().any(tells) || has_sounds(said) {
        return None;
    }
    let core = stages(said).pop()?.core;
    if core.iter().any(|part| matches!(part.kind, Kind::Sign(_))) {
        return None;
    }
    let mut clauses: Vec<Clause> = Vec::new();
    for (start, end) in clauses_of(core) {
        let read = Clause::read(core, (start, end), (calm, options))?;
        let repeats = core[start..end]
            .iter()
            .any(|part| VOCABULARY.repeats.contains(part.word()));
        let before = clauses.last().is_some_and(|before| before.denies);
        clauses.push(Clause {
            denies: read.denies || repeats && before,
            ..read
        });
    }
    let several = clauses.len() > 1;
    if several
        && clauses
            .iter()
            .all(|clause| clause.bare || clause.options.is_empty())
    {
        return None;
    }
    let clear = clauses.iter().any(|clause| clause.clear);
    let united = |denied: bool| -> BTreeSet<usize> {
        let clauses = clauses.iter().filter(|clause| clause.denies == denied);
        clauses.flat_map(|clause| clause.options.clone()).collect()
    };
    let (named, denied) = (united(false), united(true));
    if named.is_empty() && denied.is_empty() && !clear {
        return None;
    }
    let undecided = clauses
        .iter()
        .any(|clause| clause.denies && clause.options.is_empty());
    // "Either b" has another half that is not understood.
    let joins = |at: usize| {
        let word = core[at].word();
        let subjects = [&VOCABULARY.subjects, &VOCABULARY.people];
        // "B and that's final" has no other half.
        let next = core.get(at + 1).map_or("", Token::word);
        let clause = subjects.iter().any(|words| words.contains(next));
        VOCABULARY.connectors.contains(word) && word != "but" && !clause
    };
    let half = (0..core.len()).any(joins) && named.len() + denied.len() < 2;
    let mut left: Vec<usize> = match named.is_empty() {
        true if denied.len() + 1 == options => (0..options).collect(),
        _ => named.into_iter().collect(),
    };
    left.retain(|option| !denied.contains(option) && !undecided && !half);
    Some(Left {
        options: left,
        clear,
    })
}

impl Clause {
    /// Reads the clause from `start` to `end`. None where it tells of the past, or of a change.
    fn read(
        core: &[Token],
        (start, end): (usize, usize),
        (calm, count): (bool, usize),
    ) -> Option<Clause> {
        let clause = &core[start..end];
        let stage = stages(clause).pop()?;
        let numbers = core.iter().any(|part| matches!(part.kind, Kind::Number(_)));
        let mut read = Clause {
            options: BTreeSet::new(),
            clear: false,
            bare: false,
            denies: denies(clause, stage.core),
        };
        let mut rest = 0;
        for at in 0..clause.len() {
            if at < rest {
                continue;
            }
            let part = &clause[at];
            let alone = stage.core == std::slice::from_ref(part);
            let stands = part.word().chars().count() == 1 && stands_alone(core, start + at);
            if stands
                && !numbers
                && (alone || ends(clause, at) || is_letter(core, start + at, (true, calm)))
            {
                let named = label(std::slice::from_ref(part), count);
                read.clear |= alone && !named.is_empty();
                read.options.extend(named);
            } else if let Some(place) = place_from(clause, at, stage.core, (calm, count)) {
                rest = at + place.length;
                read.bare |= place.bare;
                read.clear = true;
                read.options.extend(place.options);
            } else if is_of_before(part) && stage.core.contains(part) {
                return None;
            }
        }
        Some(read)
    }
}

/// The place that begins here; for one without a "the", what leads to it doesn't belong to the clause.
fn place_from(
    clause: &[Token],
    at: usize,
    core: &[Token],
    scope: (bool, usize),
) -> Option<super::places::Place> {
    let begins = clause[at..].starts_with(core) && clause[at].word() != "the";
    match begins {
        true => place(core, 0, scope),
        false => place(clause, at, scope),
    }
}

/// Whether a word tells of the past, or of a change from one answer to another.
fn is_of_before(part: &Token) -> bool {
    let words = [&VOCABULARY.past, &VOCABULARY.swaps, &VOCABULARY.earlier];
    words.iter().any(|words| words.contains(part.word()))
}

/// Whether a letter that is a word too stands where that word can't: "is it a?", "a or b".
fn ends(clause: &[Token], at: usize) -> bool {
    let words = [&VOCABULARY.connectors, &VOCABULARY.auxiliaries];
    let parts = |next: &Token| {
        let word = next.word();
        ["as", "since"].contains(&word) || words.iter().any(|words| words.contains(word))
    };
    clause[at].word().is_ascii() && clause.get(at + 1).is_none_or(parts)
}

/// Whether a clause, of which this is left without what leads to an answer, turns down what it speaks of.
fn denies(clause: &[Token], core: &[Token]) -> bool {
    let says = &*VOCABULARY;
    let words = [
        &says.denials,
        &says.negations,
        &says.corrections,
        &says.dismissals,
    ];
    let against = |part: &Token| words.iter().any(|words| words.contains(part.word()));
    // "Oops, B" names one, and "oops B" does not.
    let leads =
        (1..clause.len()).any(|length| says.paused_leads.contains(&spoken(&clause[..length])));
    let all_but = core.windows(2).any(|pair| excludes(&pair[0], &pair[1]));
    let doubt = says.tails.contains(&spoken(clause));
    !doubt && (core.iter().any(against) || leads || all_but)
}

/// Whether two words leave out what comes after them: "all but", "anything other".
fn excludes(first: &Token, second: &Token) -> bool {
    VOCABULARY.wholes.contains(first.word()) && VOCABULARY.after_wholes.contains(second.word())
}

/// Where each clause begins and ends: at pauses, and before words that begin one.
fn clauses_of(core: &[Token]) -> Vec<(usize, usize)> {
    let splits = |at: usize| {
        let part = &core[at];
        let begins = VOCABULARY.clause_starts.contains(part.word());
        part.is_pause() || begins && !(at > 0 && excludes(&core[at - 1], part))
    };
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..=core.len() {
        if at == core.len() || splits(at) {
            if start < at {
                clauses.push((start, at));
            }
            start = at + 1;
        }
    }
    clauses
}

/// A reply without what only asks for a yes: "isn't it B?".
pub fn without_question(parts: &[Token]) -> &[Token] {
    let asks = parts
        .last()
        .is_some_and(|last| last.kind == Kind::Pause('?'));
    match unpaused(parts) {
        [verb, not, it, rest @ ..]
            if asks
                && !rest.is_empty()
                && VOCABULARY.auxiliaries.contains(verb.word())
                && not.word() == "not"
                && ["it", "that", "this"].contains(&it.word()) =>
        {
            rest
        }
        _ => parts,
    }
}
