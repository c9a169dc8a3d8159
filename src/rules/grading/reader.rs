//! The steps by which a reply is read, one after the other.

use super::characters::readable;
use super::chatter;
use super::dress::{
    STRIKE, struck_out, undressed, without_code_marks, without_confidence, without_faces,
    without_mentions,
};
use super::everyday::is_common;
use super::labels::{Stage, label, stages, unpaused};
use super::numbers::{separated, without_zeros};
use super::reading::Reading;
use super::texts::{Closeness, Texts};
use super::tokens::{self, Kind, Token};
use super::variants::Variants;
use super::vocabulary::VOCABULARY;

/// Reads a reply that was typed to a quiz of these options.
pub fn read_reply(reply: &str, options: &[&str]) -> Reading {
    let reader = Reader(Texts::new(options));
    let is_mark = options.iter().any(|option| option.contains(STRIKE));
    let Some((kept, struck)) = struck_out(reply).filter(|_| !is_mark) else {
        return reader.read_with_things(reply);
    };
    match reader.read_with_things(&kept) {
        // "~~B~~ Redis" may take back the one or the other.
        Reading::Option(option) if reader.read(&struck) == Reading::Option(option) => {
            Reading::Part(vec![option])
        }
        Reading::NotAnAttempt | Reading::Related(_) => Reading::Unclear,
        read => read,
    }
}

/// Reads replies to one quiz.
pub(super) struct Reader(pub(super) Texts);

impl Reader {
    pub(super) fn read(&self, reply: &str) -> Reading {
        let calm = chatter::is_calm(reply);
        let reply = without_mentions(reply);
        let exact = self.0.exact(&readable(&without_code_marks(&reply)));
        if !exact.is_empty() {
            return self.read_without_faces(&reply, exact);
        }
        let reply = without_confidence(&reply, |digits| self.0.has_number(digits));
        let faceless = without_faces(&reply, |word| self.0.writes_word(word));
        if faceless.trim().is_empty() && !reply.trim().is_empty() {
            return Reading::NotAnAttempt;
        }
        let calm = calm && faceless == reply;
        let read = self.read_without_faces(&faceless, exact);
        let parts = || tokens::tokens(&readable(&undressed(&without_code_marks(&faceless))), false);
        match read {
            Reading::Option(_) => chatter::remark(&parts(), calm, &self.0).unwrap_or(read),
            Reading::Ambiguous(_) if chatter::asks_for_a_moment(&parts()) => Reading::NotAnAttempt,
            Reading::Ambiguous(ref several) => match self.resolved(&parts()) {
                Some(meant) if several.contains(&meant) => Reading::Part(vec![meant]),
                _ => read,
            },
            Reading::NotAnAttempt | Reading::Unclear | Reading::Related(_) => {
                self.sentence(&parts()).unwrap_or(read)
            }
            _ => read,
        }
    }

    /// Reads a reply that has no smileys, and reads exactly like these options.
    fn read_without_faces(&self, reply: &str, mut exact: Vec<usize>) -> Reading {
        let written = without_code_marks(reply);
        let shown = undressed(&written);
        if exact.is_empty() {
            exact = self.0.exact(&readable(&shown));
        }
        let variants = Variants::new(&written, &shown);
        // What reads exactly like an option may be a label as it stands, and no sentence about one: "Switch to B".
        let whole = exact.is_empty();
        let labels = variants.all().map(|variant| match whole {
            true => self.label_alone(variant),
            false => self.label(unpaused(variant)),
        });
        let labels = united(labels);
        if !labels.is_empty() || !exact.is_empty() {
            return reading([exact, labels].concat());
        }
        let core = core(&variants.whole[0]);
        if let Some(there) = self.standing(core, &variants) {
            return there;
        }
        let read = self.read_parts(reply, &readable(&written), &variants);
        let proposes = match &read {
            Reading::Part(_) | Reading::Ambiguous(_) => true,
            Reading::Related(options) => !options.is_empty(),
            _ => false,
        };
        match proposes && self.tells_of_others(core) {
            true => Reading::Unclear,
            false => read,
        }
    }

    /// Reads a reply that neither reads exactly like an option nor is its label.
    fn read_parts(&self, reply: &str, typed: &str, variants: &Variants) -> Reading {
        let either_way = |closeness| {
            let read = |parts: &[Token]| self.either_way(typed, parts, closeness);
            each(&variants.whole, read)
        };
        let readings: [&dyn Fn() -> Vec<Vec<usize>>; 4] = [
            &|| either_way(Closeness::Plain),
            &|| either_way(Closeness::Value),
            &|| either_way(Closeness::Slip),
            &|| each(&variants.apart, |parts| self.listed(parts)),
        ];
        for read in readings {
            let named = read().concat();
            let differs = |option: &usize| self.0.brackets_differ(&variants.whole[0], *option);
            if !named.iter().all(differs) {
                return reading(named);
            }
        }
        let mut parts = self.part(variants, chatter::is_calm(reply));
        if parts.is_empty() {
            parts = united(variants.whole.iter().map(|parts| self.with_more(parts)));
            parts.sort_unstable();
            parts.dedup();
        }
        match parts.is_empty() {
            true => self.attempted(reply, &variants.whole[0]),
            false => Reading::Part(parts),
        }
    }

    /// What a reply is that names no option: a try, talk, or a sentence in own words, which is asked about.
    fn attempted(&self, reply: &str, parts: &[Token]) -> Reading {
        let read = chatter::attempt(reply, &self.0);
        let may_tell = match &read {
            Reading::NotAnAttempt => true,
            Reading::Related(options) => options.is_empty(),
            _ => false,
        };
        let asks = || chatter::asks_why(&stages(parts));
        match self.in_own_words(parts).filter(|_| may_tell && !asks()) {
            Some(option) => Reading::Related(vec![option]),
            None => read,
        }
    }

    /// The options that a reply names which is a label and says no more, and those that read like it.
    fn label_alone(&self, tokens: &[Token]) -> Vec<usize> {
        let Some(stage) = stages(tokens).pop() else {
            return Vec::new();
        };
        self.with_peeled(&stage, self.label_or_number(&stage))
    }

    /// The options that a reply names by a label. Where that is a number or a place in an order, it may be the one in
    /// another option too: "3" is the third, or "HTTP/3"; "option 3" is the third.
    pub(super) fn label_or_number(&self, stage: &Stage) -> Vec<usize> {
        self.with_numbers(stage, self.label(stage.core))
    }

    /// The options of a label, and those with the number or the place that it is.
    pub(super) fn with_numbers(&self, stage: &Stage, mut named: Vec<usize>) -> Vec<usize> {
        let is_of_options = |token: &Token| VOCABULARY.option_nouns.contains(token.word());
        let mut said = stage
            .core
            .iter()
            .chain(stage.peeled.iter().copied().flatten());
        if !named.is_empty() && !said.any(is_of_options) {
            named.extend(self.0.numbered(stage.core));
            named.extend(self.0.placed(stage.core));
        }
        named
    }

    /// The options of which these parts are the label, and those of which a part of it is the text.
    pub(super) fn label(&self, tokens: &[Token]) -> Vec<usize> {
        let label = label(tokens, self.0.len());
        if label.is_empty() {
            return label;
        }
        let says = |token: &&Token| matches!(token.kind, Kind::Word(_) | Kind::Number(_));
        let parts = tokens.iter().filter(says).map(std::slice::from_ref);
        let texts = parts.chain([tokens]);
        let texts = texts.flat_map(|part| self.0.named(part, Closeness::Plain));
        label.into_iter().chain(texts).collect()
    }

    /// The options that what is left of a reply names, and those that what was peeled off it names: it may be an
    /// answer itself.
    pub(super) fn with_peeled(&self, stage: &Stage, mut named: Vec<usize>) -> Vec<usize> {
        if !named.is_empty() {
            let peeled = stage.peeled.iter();
            named.extend(peeled.flat_map(|phrase| self.0.named(phrase, Closeness::Plain)));
            let phrases = stage.peeled.iter().copied();
            named.extend(phrases.flat_map(|phrase| self.begun_alike(phrase, stage.core)));
        }
        named
    }

    /// The options that begin with a word like this phrase, and go on as this: "No, it does", of "Nope, it does".
    fn begun_alike(&self, phrase: &[Token], core: &[Token]) -> Vec<usize> {
        let in_all = |group: &&Vec<String>| {
            let mut said = phrase.iter().map(Token::word);
            said.all(|word| group.iter().any(|own| own == word))
        };
        let mut groups = VOCABULARY.alike.iter().map(|group| &group.0);
        let group = groups.find(in_all).into_iter().flatten();
        let begun = group.flat_map(|word| {
            let first = Token {
                kind: Kind::Word(word.clone()),
                glued: false,
                capital: false,
            };
            let whole: Vec<Token> = std::iter::once(first).chain(core.iter().cloned()).collect();
            self.0.named(&whole, Closeness::Slip)
        });
        begun.collect()
    }

    /// The options that a reply names by their text, with as little peeled off as possible.
    pub(super) fn text(&self, stages: &[Stage], closeness: Closeness) -> Vec<usize> {
        let read = |stage: &Stage| {
            let mut named = self.0.named(stage.core, closeness);
            if let [first, rest @ ..] = stage.core
                && named.is_empty()
                && !rest.first().is_some_and(Token::is_pause)
            {
                named = self.begun_alike(std::slice::from_ref(first), rest);
                // "Nah it does": "No, it does", or "It does" after a no to something else.
                if !named.is_empty() {
                    named.extend(self.0.named(rest, Closeness::Slip));
                }
            }
            self.with_peeled(stage, named)
        };
        let mut texts = stages.iter().map(read);
        texts.find(|named| !named.is_empty()).unwrap_or_default()
    }

    /// The options that a reply names. Where a number in it may be thousands or decimals, what it names when read the
    /// other way is meant as well, even with a slip ("1.000 requests" may be "1 request"), unless an option writes it so.
    fn either_way(&self, typed: &str, tokens: &[Token], closeness: Closeness) -> Vec<usize> {
        let mut named = self.named(tokens, closeness);
        let several = |token: &Token| matches!(&token.kind, Kind::Number(meant) if meant.len() > 1);
        if named.is_empty() || !tokens.iter().any(several) {
            return named;
        }
        let as_written = |number| named.iter().any(|option| self.0.writes(*option, number));
        if separated(typed).all(as_written) {
            return named;
        }
        let mut otherwise = tokens.to_vec();
        for token in &mut otherwise {
            if let Kind::Number(meant) = &mut token.kind {
                let shorter = meant.iter().filter_map(|number| without_zeros(number));
                meant.extend(shorter.collect::<Vec<_>>());
            }
        }
        for closeness in [Closeness::Plain, Closeness::Slip] {
            named.extend(self.named(&otherwise, closeness));
        }
        named
    }

    fn named(&self, tokens: &[Token], closeness: Closeness) -> Vec<usize> {
        let stages = stages(tokens);
        let text = self.text(&stages, closeness);
        if !text.is_empty() {
            return text;
        }
        let last = &stages[stages.len() - 1];
        let readings: [&dyn Fn() -> Vec<usize>; 7] = [
            &|| self.of_a_kind(last.core),
            &|| self.0.number_and_name(last.core),
            &|| self.decided(tokens, closeness),
            &|| {
                let beside = |stage: &Stage| {
                    self.with_peeled(stage, self.label_and_text(stage.core, closeness))
                };
                let mut beside = stages.iter().map(beside);
                beside.find(|named| !named.is_empty()).unwrap_or_default()
            },
            &|| self.several(last, closeness, false),
            &|| self.several(last, closeness, true),
            &|| self.with_peeled(last, self.with_reason(&stages, closeness)),
        ];
        let mut readings = readings.into_iter().map(|reading| reading());
        readings.find(|named| !named.is_empty()).unwrap_or_default()
    }

    /// The options of a name and what it is said to be, and of which that is the label: "C language". None without an
    /// option of that name.
    fn of_a_kind(&self, core: &[Token]) -> Vec<usize> {
        let Some((kind, name)) = core.split_last() else {
            return Vec::new();
        };
        let name = match name {
            [the, name @ ..] if the.word() == "the" => name,
            name => name,
        };
        let mut named = match VOCABULARY.kinds.contains(kind.word()) {
            true => self.0.named(name, Closeness::Plain),
            false => Vec::new(),
        };
        if !named.is_empty() {
            named.extend(self.label(name));
        }
        named
    }

    /// The options that a label and a text beside it name, which had better be one: "b) redis", "Redis (B)".
    fn label_and_text(&self, core: &[Token], closeness: Closeness) -> Vec<usize> {
        const LONGEST_LABEL: usize = 5;
        let most = core.len().saturating_sub(1).min(LONGEST_LABEL);
        let splits = (1..=most).flat_map(|length| {
            let (first, after) = core.split_at(length);
            let (before, last) = core.split_at(core.len() - length);
            [(first, after, true), (last, before, false)]
        });
        let named = splits.map(|(named, text, leads)| {
            // "A" before a word is an article, and a letter is no label where it is part of a word.
            let joined = if leads { &text[0] } else { &named[0] };
            let article = leads
                && named.last().is_some_and(|token| token.word() == "a")
                && text[0].word().len() > 1;
            let part = joined.glued
                && matches!(joined.kind, Kind::Word(_) | Kind::Number(_))
                && !after_a_sign(core, joined);
            // "HTTP/2" and "n^2" are no text with a label.
            let number = !leads
                && !spaced(core, text.len())
                && named
                    .iter()
                    .any(|token| matches!(token.kind, Kind::Number(_)));
            let label = label(named, self.0.len());
            if label.is_empty() || article || part || number {
                return Vec::new();
            }
            let mut texts = self.text_beside(text, (named, leads), closeness);
            let is_letter = named.iter().all(|token| token.word().len() < 2);
            if texts.is_empty() && is_letter && closeness == Closeness::Plain {
                texts = self.0.quoted(text, is_common);
            }
            // "B) static", where no other option has that word.
            let closes = |part: &Token| matches!(part.kind, Kind::Pause(')' | ':' | '.'));
            let parted = named.last().is_some_and(closes) || closes(&text[0]);
            let has_letter = named.iter().any(|token| token.word().len() == 1);
            let says_part = has_letter && parted && leads && closeness == Closeness::Plain;
            if texts.is_empty() && says_part {
                texts = self.0.worded(unpaused(text));
                texts.truncate(if texts.len() == 1 { 1 } else { 0 });
            }
            if texts.is_empty() {
                return texts;
            }
            // Of texts that may be meant the label says which.
            if let [label] = label[..]
                && texts.contains(&label)
            {
                texts = vec![label];
            }
            // In "1 2" either may be the label.
            let edges = match leads {
                true => [named.last(), text.first()],
                false => [named.first(), text.last()],
            };
            let parts = |token: &Token| matches!(token.kind, Kind::Sign(_) | Kind::Pause(_));
            let parted = edges.into_iter().flatten().any(parts);
            let labels = if parted {
                Vec::new()
            } else {
                self.labels(text)
            };
            [label, texts, labels].concat()
        });
        united(named)
    }

    /// The options that the text beside a label names. A sign between them parts them, or is the text's.
    fn text_beside(
        &self,
        text: &[Token],
        (label, leads): (&[Token], bool),
        closeness: Closeness,
    ) -> Vec<usize> {
        let is_sign = |token: &Token| matches!(token.kind, Kind::Sign(_));
        // "2=n" is no label with a text.
        let is_word =
            |token: Option<&Token>| token.is_some_and(|token| token.word().chars().count() > 1);
        let is_number = |token: &Token| matches!(token.kind, Kind::Number(_));
        let parted = match (text.split_first(), text.split_last()) {
            (Some((sign, text)), _) if leads && is_sign(sign) => {
                let loose = text.first().is_some_and(|first| !first.glued);
                let loose_number = loose && text.first().is_some_and(is_number);
                let parts = loose_number || is_word(text.first()) && (loose || sign.glued);
                parts.then_some(text)
            }
            (_, Some((sign, text))) if !leads && is_sign(sign) => {
                (is_word(text.last()) && !sign.glued && !label[0].glued).then_some(text)
            }
            _ => None,
        };
        let named = |text| self.text(&stages(text), closeness);
        [named(text), parted.map(named).unwrap_or_default()].concat()
    }
}

/// Whether there is a space before this part, or before the pauses and signs before it.
fn spaced(core: &[Token], at: usize) -> bool {
    // What comes first has no space before it that parts anything.
    let before = core[1.min(at)..at].iter().rev();
    let between = before.take_while(|token| matches!(token.kind, Kind::Sign(_) | Kind::Pause(_)));
    std::iter::once(&core[at])
        .chain(between)
        .any(|token| !token.glued)
}

/// Whether a part follows a sign or a pause.
fn after_a_sign(core: &[Token], part: &Token) -> bool {
    let at = core.iter().position(|token| std::ptr::eq(token, part));
    let before = at.and_then(|at| at.checked_sub(1)).map(|at| &core[at].kind);
    matches!(before, Some(Kind::Sign(_) | Kind::Pause(_)))
}

/// A reply without what only leads to the answer or ends it.
fn core(parts: &[Token]) -> &[Token] {
    stages(parts).pop().map_or(parts, |stage| stage.core)
}

fn each(variants: &[Vec<Token>], read: impl Fn(&[Token]) -> Vec<usize>) -> Vec<Vec<usize>> {
    variants.iter().map(|parts| read(parts)).collect()
}

fn united(named: impl Iterator<Item = Vec<usize>>) -> Vec<usize> {
    named.flatten().collect()
}

/// What a reply means that may mean each of these options.
fn reading(mut options: Vec<usize>) -> Reading {
    options.sort_unstable();
    options.dedup();
    match options[..] {
        [] => Reading::Unclear,
        [option] => Reading::Option(option),
        _ => Reading::Ambiguous(options),
    }
}
