//! Answers that are given with a reason: "B, because it is fast", "Redis, since the server is down".

use super::everyday::{is_common, says_nothing};
use super::labels::{Stage, ends_before, is_rank, label, stages, unpaused};
use super::reader::Reader;
use super::slips::same;
use super::texts::{Closeness, said};
use super::tokens::{Kind, Token, spoken};
use super::vocabulary::VOCABULARY;

/// A reason of more parts than this is not read to its end.
const LONG: usize = 40;

/// Where a reason may begin in a reply.
struct Reason {
    at: usize,
    /// Whether it can be nothing else: "because", "as it is".
    sure: bool,
    /// Whether it may say what for or what follows, rather than why: "so", "for".
    loose: bool,
    /// Whether a pause comes before it.
    set_off: bool,
}

impl Reason {
    /// The reason that begins at this part, if one does.
    fn at(parts: &[Token], at: usize) -> Option<Reason> {
        const LONGEST: usize = 3;
        let (says, word) = (&*VOCABULARY, parts[at].word());
        let next = parts.get(at + 1).map_or("", Token::word);
        let weak = says.weak_reasons.contains(word) && !compares(parts, at);
        let mut lengths = 1..=LONGEST.min(parts.len() - at);
        let loose = lengths.any(|length| says.purposes.contains(&spoken(&parts[at..at + length])));
        let sure = says.reasons.contains(word) || weak && says.subjects.contains(next);
        (sure || weak || loose).then(|| Reason {
            at,
            sure,
            loose: !weak && !sure,
            set_off: at > 0 && ends_before(&parts[at - 1..]),
        })
    }

    /// Those of a reply that come after an answer of no more parts than that, in their order.
    fn all(parts: &[Token], most: usize) -> impl DoubleEndedIterator<Item = Reason> {
        let places = 1..parts.len().min(most);
        places.filter_map(|at| Reason::at(parts, at))
    }
}

impl Reader {
    /// The options that a reply names before it tells why, unless it takes them back later. Where it may tell something
    /// else than why, nothing in it may mean another option.
    pub(super) fn with_reason(&self, reply: &[Stage], closeness: Closeness) -> Vec<usize> {
        let (Some(whole), Some(Stage { core, .. })) = (reply.first(), reply.last()) else {
            return Vec::new();
        };
        let sure = Reason::all(core, core.len()).find(|reason| reason.sure);
        let named = sure.map(|reason| self.before_sure(core, reason.at));
        let named = named.unwrap_or_default();
        // What is all of an option's text but for a slip has no reason behind it.
        if !named.is_empty() || closeness != Closeness::Slip {
            return named;
        }
        let mut set_off = Reason::all(whole.core, self.0.longest)
            .rev()
            .filter(|reason| reason.set_off)
            .map(|reason| self.before_set_off(whole.core, &reason));
        set_off.find(|named| !named.is_empty()).unwrap_or_default()
    }

    fn before_sure(&self, core: &[Token], at: usize) -> Vec<usize> {
        let (answer, reason) = core.split_at(at);
        if reason.iter().any(takes_back) {
            return Vec::new();
        }
        let Some(answer) = stages(answer).pop() else {
            return Vec::new();
        };
        let labels = self.label_or_number(&answer);
        let named = self.0.named(answer.core, Closeness::Plain);
        let mut held = self.0.may_hold(answer.core, reason);
        held.extend(self.said_in(reason));
        held.retain(|option| !named.contains(option));
        let texts = match held[..] {
            [] => named,
            // Together they may be a part of an option.
            _ if labels.is_empty() => return labels,
            _ => [named, held].concat(),
        };
        self.with_peeled(&answer, [labels, texts].concat())
    }

    fn before_set_off(&self, parts: &[Token], reason: &Reason) -> Vec<usize> {
        let (answer, why) = parts.split_at(reason.at);
        let stages = stages(answer);
        let mut named = self.text(&stages, Closeness::Plain);
        let by_text = !named.is_empty();
        let Some(answer) = stages.last() else {
            return Vec::new();
        };
        // "B, for one" and "No, as usual" may be talk.
        if !reason.loose {
            named.extend(self.with_peeled(answer, self.label_or_number(answer)));
        } else if is_one_common_word(&stages) {
            return Vec::new();
        }
        named.sort_unstable();
        named.dedup();
        match named[..] {
            [option] if self.may_mean_another((option, by_text), answer.core, why) => Vec::new(),
            _ => named,
        }
    }

    /// Whether what comes after an answer may mean another option, take the answer back, or be no reason at all.
    fn may_mean_another(
        &self,
        (option, by_text): (usize, bool),
        answer: &[Token],
        why: &[Token],
    ) -> bool {
        let is_of = |other: usize, part: &Token| {
            let mut own = self.0.parts_of(other).iter();
            own.any(|own| same(own, part))
        };
        let of_another = |part: &Token| {
            let says = !part.is_pause() && !is_common(part.word());
            let mut others = (0..self.0.len()).filter(|other| *other != option);
            says && !is_of(option, part) && others.any(|other| is_of(other, part))
        };
        let held = self.0.may_hold(answer, why);
        why.len() > LONG
            || (self.said_in(why).iter()).any(|said| *said != option)
            || !why.iter().any(tells)
            || why.iter().any(|part| takes_back(part) || of_another(part))
            || held.iter().any(|held| *held != option || !by_text)
            || why.iter().any(|part| self.is_labelled(part))
    }

    /// The options of more than a word whose whole text is in a reason.
    fn said_in(&self, reason: &[Token]) -> Vec<usize> {
        let spoken = said(reason);
        let is_in = |option: &usize| {
            let own = said(self.0.parts_of(*option));
            let mut runs = spoken.windows(own.len().max(1));
            let is_it = |run: &[&Token]| run.iter().zip(&own).all(|(one, other)| same(one, other));
            own.len() > 1 && runs.any(is_it)
        };
        (0..self.0.len()).filter(is_in).collect()
    }

    /// Whether a part may be a label: a letter that is no article, a number, a place in an order.
    fn is_labelled(&self, part: &Token) -> bool {
        let letter = is_letter(part) && (part.word() != "a" || part.capital);
        let number = matches!(part.kind, Kind::Number(_));
        let named = label(std::slice::from_ref(part), self.0.len());
        !named.is_empty() && (letter || number || is_rank(part.word()))
    }

    /// The options of which a reply has the whole text and then goes on, or comes to it as a conclusion, and those of which
    /// it has a part or the label before a reason: "Redis since nothing else fits", "it is in memory, so Redis". They are
    /// asked about.
    pub(super) fn with_more(&self, reply: &[Token]) -> Vec<usize> {
        let reply = unpaused(reply);
        let most = reply.len().min(self.0.longest);
        let mut begun = (1..most).rev().map(|at| self.begun_with(reply, at));
        let begun = begun.find(|named| !named.is_empty());
        begun.unwrap_or_else(|| self.concluded(reply))
    }

    /// The options that a reply begins with before it goes on here, behind a pause or with a reason.
    fn begun_with(&self, reply: &[Token], at: usize) -> Vec<usize> {
        let (answer, rest) = reply.split_at(at);
        let reason = Reason::at(reply, at);
        if reason.is_none() && !goes_on(rest) || turns_down(rest) {
            return Vec::new();
        }
        let stages = stages(answer);
        let Some(Stage { core, .. }) = stages.last() else {
            return Vec::new();
        };
        let mut named = match reason.is_none() && is_one_common_word(&stages) {
            true => Vec::new(),
            false => self.text(&stages, Closeness::Plain),
        };
        let firm = reason.is_some_and(|reason| !reason.loose);
        if firm && named.is_empty() {
            named = [self.0.quoted(core, is_common), self.0.worded(core)].concat();
        }
        if let [label] = core
            && (rest.iter().any(tells) || firm && rest.len() > 2)
            && (firm || is_letter(label))
            && (label.word() != "a" || label.capital)
            && !rest[0].is_pause()
        {
            named.extend(
                stages
                    .last()
                    .map(|stage| self.label_or_number(stage))
                    .unwrap_or_default(),
            );
        }
        if !named.is_empty() {
            named.extend(self.0.may_hold(core, rest));
        }
        named
    }

    /// The options whose whole text comes at the end, behind what it follows from: "in memory, so Redis", "since it is in
    /// memory, Redis".
    fn concluded(&self, reply: &[Token]) -> Vec<usize> {
        let leads = |part: &Token| VOCABULARY.conclusions.contains(part.word());
        let begins_with_reason =
            || !reply.is_empty() && Reason::at(reply, 0).is_some_and(|reason| !reason.loose);
        let pause = || {
            let pause = reply.iter().rposition(Token::is_pause);
            pause.filter(|_| begins_with_reason())
        };
        let last = reply.iter().rposition(leads).or_else(pause);
        let Some((_, text)) = last.and_then(|at| reply.split_at_checked(at + 1)) else {
            return Vec::new();
        };
        let stages = stages(text);
        match is_one_common_word(&stages) {
            true => Vec::new(),
            false => self.text(&stages, Closeness::Plain),
        }
    }
}

/// Whether another part of a sentence begins here: after a pause, or a dash behind a number.
fn goes_on(rest: &[Token]) -> bool {
    let is_dash = |part: &Token| part.kind == Kind::Sign("-".into());
    let dash = matches!(rest, [dash, word, ..] if is_dash(dash) && !dash.glued && !word.glued);
    dash || ends_before(rest)
}

/// Whether what follows an answer turns it down, or takes it back.
fn turns_down(rest: &[Token]) -> bool {
    let against = [&VOCABULARY.regrets, &VOCABULARY.dismissals];
    let against = |part: &Token| against.iter().any(|words| words.contains(part.word()));
    let parts = |at: usize| rest.get(at + 1).is_none_or(Token::is_pause);
    let corrects = |at: usize| takes_back(&rest[at]) && parts(at);
    rest.iter().any(against) || (0..rest.len()).any(corrects)
}

fn is_letter(part: &Token) -> bool {
    part.word().chars().count() == 1
}

/// Whether a part is a word that says something.
fn tells(part: &Token) -> bool {
    !part.word().is_empty() && !says_nothing(part.word())
}

/// Whether a word takes back what was said before it, or adds to it. "It does not lock" is a reason.
fn takes_back(part: &Token) -> bool {
    let word = part.word();
    VOCABULARY.corrections.contains(word) && word != "not" || word == "or"
}

fn is_one_common_word(stages: &[Stage]) -> bool {
    matches!(stages, [Stage { core: [word], .. }, ..] if is_common(word.word()))
}

/// Whether a word compares rather than tells why: "A as well as B".
fn compares(parts: &[Token], at: usize) -> bool {
    let is_as = |at: usize| parts.get(at).is_some_and(|part| part.word() == "as");
    is_as(at) && (is_as(at + 2) || at > 1 && is_as(at - 2))
}
