//! Replies that turn options down: "not A, not B", "avoid B", "B ain't it". Nobody is asked about what they turn down.

use std::collections::{BTreeSet, HashSet};

use super::labels::{label, stages, unpaused};
use super::reading::Reading;
use super::tokens::{Token, spoken};
use super::vocabulary::VOCABULARY;

/// A reading of these parts of a reply, without the options that they turn down. Where one option is left of all, it is
/// asked about.
pub fn without_rejected(parts: &[Token], read: Reading, options: usize) -> Reading {
    let core = stages(parts).pop().map_or(parts, |stage| stage.core);
    let Rejected {
        options: rejected,
        alone,
        denied,
    } = rejected(unpaused(core), options);
    if rejected.is_empty() || matches!(read, Reading::Option(_)) {
        return read;
    }
    let mut left = (0..options).filter(|option| !rejected.contains(option));
    // Those that are left may be told already.
    if alone && !matches!(read, Reading::Part(_)) {
        return match (left.next(), left.next()) {
            (Some(only), None) => Reading::Part(vec![only]),
            _ if rejected.len() == 1 && denied => read,
            _ => Reading::Denial,
        };
    }
    let others = |meant: Vec<usize>| {
        let others = meant
            .into_iter()
            .filter(|option| !rejected.contains(option));
        others.collect::<Vec<usize>>()
    };
    match read {
        Reading::Part(meant) => match others(meant) {
            none if none.is_empty() => Reading::Denial,
            others => Reading::Part(others),
        },
        Reading::Related(meant) if !meant.is_empty() => match others(meant) {
            none if none.is_empty() => Reading::Denial,
            others => Reading::Related(others),
        },
        read => read,
    }
}

/// What a reply turns down.
struct Rejected {
    options: BTreeSet<usize>,
    /// Whether it says no more.
    alone: bool,
    /// Whether it says so with "not" only, as who corrects themselves does.
    denied: bool,
}

fn rejected(parts: &[Token], options: usize) -> Rejected {
    const LONGEST: usize = 4;
    let phrase = |phrases: &HashSet<String>, parts: &[Token]| {
        let mut lengths = (1..=LONGEST.min(parts.len())).rev();
        lengths.find(|length| phrases.contains(&spoken(&parts[..*length])))
    };
    let joins = |part: &Token| VOCABULARY.joiners.contains(part.word());
    // "Avoid a lock" and "not 2 seconds" name none.
    let named = |parts: &[Token]| match parts {
        [first, after @ ..] => {
            let ends = after.first().is_none_or(|next| {
                next.is_pause() || joins(next) || VOCABULARY.reasons.contains(next.word())
            });
            let ends = ends || phrase(&VOCABULARY.after_rejected, after).is_some();
            let is_letter = first.word().chars().count() == 1 && first.word() != "a";
            let told = is_letter || ends;
            label(&parts[..usize::from(told)], options)
        }
        [] => Vec::new(),
    };
    let mut found = Rejected {
        options: BTreeSet::new(),
        alone: true,
        denied: true,
    };
    let mut rest = parts;
    let (mut goes_on, mut joined) = (false, false);
    while let [first, after @ ..] = rest {
        let before = phrase(&VOCABULARY.before_rejected, rest).unwrap_or(0);
        let told = named(&rest[before..]);
        let behind = phrase(&VOCABULARY.after_rejected, after).unwrap_or(0);
        // "Not A or B" turns both down, and "not A, B" one.
        if !told.is_empty() && (before + behind > 0 || joined) {
            found.denied &= behind == 0 && (before == 0 || first.word() == "not");
            found.options.extend(told);
            rest = &rest[before + 1 + if before > 0 { 0 } else { behind }..];
            (goes_on, joined) = (true, false);
            continue;
        }
        joined = goes_on && joins(first);
        goes_on = joined;
        found.alone &= joins(first) || first.is_pause();
        rest = after;
    }
    found
}
