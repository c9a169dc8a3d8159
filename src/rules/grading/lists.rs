//! Replies that name several options, or one several times: "a or b", "1,2", "B, no wait C".

use std::collections::{BTreeSet, HashSet};

use super::labels::{Stage, stages, unpaused};
use super::places::places;
use super::reader::Reader;
use super::texts::Closeness;
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The options that a list of numbers without spaces names: "1,2", which may also be a decimal.
    pub(super) fn listed(&self, parts: &[Token]) -> Vec<usize> {
        let text = self.0.named(parts, Closeness::Plain);
        if !text.is_empty() {
            return text;
        }
        let whole = Stage {
            core: parts,
            peeled: Vec::new(),
        };
        let labels = self.several(&whole, Closeness::Plain, true);
        if labels.len() < 2 { Vec::new() } else { labels }
    }

    /// The options that a reply names which has nothing but labels and texts: "a or b", "A, Redis", "B, no wait C".
    pub(super) fn several(
        &self,
        list: &Stage,
        closeness: Closeness,
        at_pauses: bool,
    ) -> Vec<usize> {
        let core = list.core;
        let between = |token: &Token| is_between(token, at_pauses);
        let is_sign =
            |token: Option<&Token>| token.is_some_and(|token| matches!(token.kind, Kind::Sign(_)));
        if is_sign(core.first()) || is_sign(core.last()) {
            return Vec::new();
        }
        let (mut named, mut kinds, mut around) = (Vec::new(), [false; 2], false);
        for part in core.split(between) {
            let Some(part) = stages(part).pop().filter(|part| !part.core.is_empty()) else {
                continue;
            };
            let labels = self.with_numbers(&part, self.labels(part.core));
            let of_text = labels.is_empty();
            let read = match of_text {
                true => self.0.named(part.core, closeness),
                false => labels,
            };
            if read.is_empty() {
                if !part.core.iter().all(is_around) {
                    return read;
                }
                // "I had B, now C": ask which of the two, since neither alone is an answer.
                around = true;
                continue;
            }
            kinds[usize::from(of_text)] = true;
            named.extend(self.with_peeled(&part, read));
        }
        let joins = |token: &&Token| !token.word().is_empty() && between(token);
        let joining: Vec<&Token> = core.iter().filter(joins).collect();
        // "Wait" between two texts may be an option itself.
        let own = |token: &&Token| self.0.named(std::slice::from_ref(*token), Closeness::Plain);
        named.extend(joining.iter().flat_map(own));
        named = self.with_peeled(list, named);
        named.sort_unstable();
        named.dedup();
        // "HTTP/2" isn't a text followed by a label.
        let by_words = !at_pauses && !core.iter().any(|token| is_sign(Some(token)));
        if kinds == [true; 2] && !by_words {
            return Vec::new();
        }
        // Whoever says "or" or "not" speaks of two: "HTTP/2 or 3".
        if (around || !joining.is_empty()) && named.len() < 2 {
            Vec::new()
        } else {
            named
        }
    }

    /// The option that a reply ends with, after a pause, and that is one of those between which it wavered before: "502 or
    /// 504... 504". None where a word of it takes something back.
    pub(super) fn decided(&self, tokens: &[Token], closeness: Closeness) -> Vec<usize> {
        let core = unpaused(tokens);
        let says = &*VOCABULARY;
        let has = |parts: &[Token], words: &HashSet<String>| {
            parts.iter().any(|part| words.contains(part.word()))
        };
        let Some(pause) = core.iter().rposition(Token::is_pause) else {
            return Vec::new();
        };
        let (wavering, last) = core.split_at(pause);
        let against = [&says.corrections, &says.swaps, &says.sources];
        let takes_back = against.into_iter().any(|words| has(wavering, words));
        let asks = tokens
            .last()
            .is_some_and(|last| last.kind == Kind::Pause('?'));
        if asks || takes_back || has(core, &says.negations) || !has(wavering, &says.waverings) {
            return Vec::new();
        }
        let of_one = |core: &[Token]| {
            let stage = stages(core).pop()?;
            let labels = self.with_numbers(&stage, self.label(stage.core));
            let texts = self.0.named(stage.core, closeness);
            let numbers = self.0.number_and_name(stage.core);
            Some(self.with_peeled(&stage, [labels, texts, numbers].concat()))
        };
        let wavering = Stage {
            core: unpaused(wavering),
            peeled: Vec::new(),
        };
        let between = self.several(&wavering, closeness, true);
        let mut decided = of_one(last).unwrap_or_default();
        decided.dedup();
        match decided[..] {
            [one] if between.len() > 1 && between.contains(&one) => decided,
            _ => Vec::new(),
        }
    }

    /// The options that are left where several are turned down and no more is said: "neither the first nor the last",
    /// "none of the last two", "not the first, not the last". None where a reply says something else.
    pub(super) fn neither(&self, core: &[Token]) -> Option<Vec<usize>> {
        let (first, rest) = core.split_first()?;
        let denies = ["neither", "none", "not"].contains(&first.word());
        let rest = match rest {
            [of, rest @ ..] if of.word() == "of" && first.word() != "not" => rest,
            rest => rest,
        };
        let joins = |token: &Token| ["or", "nor"].contains(&token.word());
        let count = self.0.len();
        let (mut denied, mut parts) = (BTreeSet::new(), Vec::new());
        let ends = |token: &Token| token.is_pause() || token.word() == "and";
        let pieces = rest.split(ends).filter(|piece| !piece.is_empty());
        for (nth, piece) in pieces.enumerate().filter(|_| denies) {
            let again = usize::from(piece[0].word() == "not");
            // "Not A, B" turns down one.
            if nth > 0 && again == 0 {
                return None;
            }
            parts.extend(piece[again..].split(joins));
        }
        for part in parts {
            let part = unpaused(part);
            let labelled = || Some(self.label(part)).filter(|named| !named.is_empty());
            let placed = || places(part, count);
            let text = || self.0.named(part, Closeness::Plain);
            let named = labelled().or_else(placed).unwrap_or_else(text);
            if named.is_empty() {
                return None;
            }
            denied.extend(named);
        }
        let left = (0..count).filter(|option| !denied.contains(option));
        (denied.len() > 1).then(|| left.collect())
    }

    /// The options of which a text is the labels, with spaces between: "b", "1 2".
    pub(super) fn labels(&self, part: &[Token]) -> Vec<usize> {
        let whole = self.label(part);
        if !whole.is_empty() {
            return whole;
        }
        let mut named = Vec::new();
        for token in part {
            let read = self.label(std::slice::from_ref(token));
            if read.is_empty() || token.glued && token != &part[0] {
                return Vec::new();
            }
            named.extend(read);
        }
        named
    }
}

/// Whether a part may stand between two answers.
fn is_between(token: &Token, at_pauses: bool) -> bool {
    let signs = ["/", "&", "|", "||", "&&", "+", "->", "=>", "="];
    let words = &VOCABULARY;
    let words = [
        &words.connectors,
        &words.corrections,
        &words.swaps,
        &words.sources,
    ];
    match &token.kind {
        Kind::Word(word) => words.iter().any(|words| words.contains(word)),
        Kind::Sign(sign) => signs.contains(&&**sign),
        Kind::Pause(_) => at_pauses,
        Kind::Number(_) => false,
    }
}

/// Whether a part doesn't belong to an answer, but to what is said of one.
fn is_around(token: &Token) -> bool {
    let words = [&VOCABULARY.around_labels, &VOCABULARY.people];
    token.is_pause() || words.iter().any(|words| words.contains(token.word()))
}
