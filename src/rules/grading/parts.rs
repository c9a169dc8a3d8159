//! Parts of an option: replies that say some of its text and no more. They are asked about.

use std::collections::{BTreeSet, HashSet};

use super::everyday::{is_common, is_everyday, says_nothing};
use super::labels::{
    Stage, foreign_place, insisted, is_number, is_rank, is_same_place, label, stages, unpaused,
};
use super::left::without_question;
use super::numbers::spelled;
use super::reader::Reader;
use super::reading::Reading;
use super::slips::{is_slip, same};
use super::texts::{Closeness, Form, Texts, said};
use super::tokens::{Kind, Token};
use super::variants::Variants;
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The option whose whole text is a sentence of a reply that says more: "Ooh, hard. Round robin?" It may be part of
    /// the talk, so it is asked about.
    pub(super) fn sentence(&self, reply: &[Token]) -> Option<Reading> {
        let ends = |token: &Token| matches!(token.kind, Kind::Pause('.' | '!' | '?' | ';'));
        let sentences = reply.split(ends).map(unpaused);
        let sentences: Vec<&[Token]> = sentences.filter(|sentence| !sentence.is_empty()).collect();
        if sentences.len() < 2 {
            return None;
        }
        let telling = |sentence: &&&[Token]| match sentence {
            [word] => !is_common(word.word()),
            _ => true,
        };
        let named = |sentence: &&[Token]| {
            let mut named = self.0.named(sentence, Closeness::Plain);
            named.retain(|option| !self.0.brackets_differ(sentence, *option));
            named
        };
        let named: BTreeSet<usize> = sentences.iter().filter(telling).flat_map(named).collect();
        match named.len() {
            1 => Some(Reading::Part(named.into_iter().collect())),
            _ => None,
        }
    }

    /// The options of which a reply says a part and no more.
    pub(super) fn part(&self, variants: &Variants, calm: bool) -> Vec<usize> {
        let mut stages = variants
            .whole
            .iter()
            .flat_map(|parts| stages(without_question(parts)));
        let count = self.0.len();
        let parts = |stage: &Stage| {
            // Whoever shouts it boasts.
            let place = foreign_place(stage.core, count).filter(|_| calm);
            if self.0.compares(stage.core) {
                return Vec::new();
            }
            [
                self.begun_and_said(stage.core),
                self.0.numbered(stage.core),
                self.0.begun_either_way(stage.core),
                self.0.counted(stage.core),
                self.0.called(stage.core),
                self.reordered(stage.core),
                counted_label(stage.core, count),
                place.into_iter().collect(),
                insisted_label(stage.core, count),
            ]
            .concat()
        };
        let found = stages.find_map(|stage| Some(parts(&stage)).filter(|parts| !parts.is_empty()));
        let mut found = found.unwrap_or_default();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The options that begin with this yes or no, and those that have its words; where some do both, those alone: "no,
    /// it's a convention".
    fn begun_and_said(&self, part: &[Token]) -> Vec<usize> {
        let said = |part: &[Token]| [self.0.quoted(part, is_common), self.0.worded(part)].concat();
        let begun = self.0.begun(part);
        let mut worded = said(part);
        if !begun.is_empty() {
            worded.extend(said(unpaused(&part[1..])));
            let both = |option: &usize| worded.contains(option);
            let both: Vec<usize> = begun.iter().copied().filter(both).collect();
            if !both.is_empty() {
                return both;
            }
            worded = said(part);
        }
        [begun, worded].concat()
    }
}

impl Texts {
    /// Whether a reply compares with a number and excludes it, "more than 12", and no option does.
    fn compares(&self, part: &[Token]) -> bool {
        let compares = |parts: &[Token]| {
            parts.windows(2).any(|pair| {
                let before = VOCABULARY.comparisons.contains(pair[0].word());
                before && matches!(pair[1].kind, Kind::Number(_))
            })
        };
        let own = self.matching(Closeness::Plain, |option| compares(&option.tokens));
        compares(part) && own.is_empty()
    }

    /// The options that have these parts in them word for word, where they say enough and not every option has them:
    /// "every cached key is evicted" of a longer one.
    pub fn quoted(&self, part: &[Token], is_common: impl Fn(&str) -> bool) -> Vec<usize> {
        const ENOUGH: usize = 3;
        let negations = Form::new(part.to_vec()).negations;
        let part = said(part);
        let tells = |token: &&&Token| token.word().len() > 1 && !is_common(token.word());
        if part.len() < ENOUGH || part.len() > self.longest || part.iter().filter(tells).count() < 2
        {
            return Vec::new();
        }
        let holds = |option: &Form| {
            let own = said(&option.tokens);
            let mut runs = own.windows(part.len());
            option.negations == negations
                && runs.any(|run| run.iter().zip(&part).all(|(one, other)| same(one, other)))
        };
        self.few(self.matching(Closeness::Plain, holds))
    }

    /// The options that have this number in them, where a number is all that was said: `HTTP/2` for "2", "One: it
    /// depends" for "one". None where all have it. Digits don't stand for a sentence's "one": "to one of a fixed list".
    pub fn numbered(&self, part: &[Token]) -> Vec<usize> {
        let is_noun = |token: &&Token| VOCABULARY.label_nouns.contains(token.word());
        // "~97.9 %", "about 98.9 percent".
        let goes_with = |token: &&Token| match &token.kind {
            Kind::Sign(sign) => matches!(sign.as_str(), "%" | "~" | "≈"),
            _ => VOCABULARY.around_numbers.contains(token.word()),
        };
        let said = said(part).into_iter();
        let mut said = said.filter(|token| !is_noun(token) && !goes_with(token));
        let (Some(first), None) = (said.next(), said.next()) else {
            return Vec::new();
        };
        let Some(only) = number(first) else {
            return Vec::new();
        };
        let in_digits = first.word().is_empty();
        let is_other = |token: &Token| number(token).is_some_and(|other| other != only);
        let has_other = |option: &Form| option.tokens.iter().any(is_other);
        let among_numbers = || !self.matching(Closeness::Plain, has_other).is_empty();
        let holds = |option: &Form| {
            let mut own = option.tokens.iter().enumerate();
            own.any(|(nth, token)| {
                let counts = || counts(option, nth) || among_numbers();
                number(token).as_ref() == Some(&only) && (!in_digits || counts())
            })
        };
        self.few(self.matching(Closeness::Plain, holds))
    }

    /// The options that have this place in an order in them, where a label with one is all that was said: "The first
    /// update only" for "the first one". None where all have it.
    pub fn placed(&self, label: &[Token]) -> Vec<usize> {
        let is_place = |token: &&Token| token.word() != "one" && is_rank(token.word());
        let Some(place) = label.iter().find(is_place) else {
            return Vec::new();
        };
        let is_same = |token: &Token| is_same_place(token.word(), place.word());
        self.few(self.matching(Closeness::Plain, |option| option.tokens.iter().any(is_same)))
    }

    /// The options that are this number and those of which it is the label, where a few words lead to it or one follows,
    /// and most options are a number, or begin with one and a colon: "HTTP 415", "I would return 409", "101 rows".
    fn counted(&self, part: &[Token]) -> Vec<usize> {
        const MOST: usize = 6;
        let is_number = |token: &Token| matches!(token.kind, Kind::Number(_));
        let typed: Vec<&Token> = part.iter().filter(|token| !token.is_pause()).collect();
        let speaks = |token: &Token| {
            let denies = |words: &HashSet<String>| words.contains(token.word());
            let words = &VOCABULARY;
            let against = [&words.denials, &words.negations, &words.corrections];
            matches!(token.kind, Kind::Sign(_)) || against.into_iter().any(denies)
        };
        let (numbers, words): (Vec<&Token>, Vec<&Token>) =
            typed.iter().partition(|token| is_number(token));
        let [number] = numbers[..] else {
            return Vec::new();
        };
        let leads = typed.last().is_some_and(|last| is_number(last));
        let follows = typed.first().is_some_and(|first| is_number(first)) && names(&words);
        if !(leads || follows) || words.len() > MOST || words.into_iter().any(speaks) {
            return Vec::new();
        }
        // "403", or "403: the caller is known".
        let alone = |option: &Form, is: &dyn Fn(&Token) -> bool| match &option.tokens[..] {
            [
                first,
                Token {
                    kind: Kind::Pause(':'),
                    ..
                },
                ..,
            ] => is(first),
            _ => matches!(said(&option.tokens)[..], [only] if is(only)),
        };
        let all = self.matching(Closeness::Plain, |option| alone(option, &is_number));
        if all.len() * 2 <= self.len() {
            return Vec::new();
        }
        let is_it = |token: &Token| is_number(token) && same(token, number);
        let mut named = self.matching(Closeness::Plain, |option| alone(option, &is_it));
        if !named.is_empty() {
            named.extend(label(std::slice::from_ref(number), self.len()));
        }
        named
    }

    /// The options that begin with this yes or no, where that is said alone or before a pause. None where all do.
    pub fn begun(&self, part: &[Token]) -> Vec<usize> {
        let Some((first, rest)) = part.split_first() else {
            return Vec::new();
        };
        let mut groups = VOCABULARY.alike.iter().map(|group| &group.0);
        let group = groups.find(|group| group.iter().any(|word| word == first.word()));
        let Some(group) = group.filter(|_| rest.first().is_none_or(Token::is_pause)) else {
            return Vec::new();
        };
        let begins = |option: &Form| {
            let first = option.tokens.first();
            first.is_some_and(|first| group.iter().any(|word| word == first.word()))
        };
        self.few(self.matching(Closeness::Plain, begins))
    }

    /// The options that begin with a yes or a no, where both are said and no more: "yes or no?", "yes and no".
    fn begun_either_way(&self, part: &[Token]) -> Vec<usize> {
        let side = |token: &Token| {
            let mut groups = VOCABULARY.alike.iter();
            groups.position(|group| group.0.iter().any(|word| word == token.word()))
        };
        let joins = |token: &Token| {
            let sign = matches!(&token.kind, Kind::Sign(sign) if sign == "/");
            sign || token.is_pause() || VOCABULARY.connectors.contains(token.word())
        };
        let sides: HashSet<usize> = part.iter().filter_map(side).collect();
        if sides.len() < 2
            || !part
                .iter()
                .all(|token| side(token).is_some() || joins(token))
        {
            return Vec::new();
        }
        let begins = |option: &Form| {
            option
                .tokens
                .first()
                .is_some_and(|first| side(first).is_some())
        };
        self.matching(Closeness::Plain, begins)
    }

    /// The options of which a short reply has words that tell, and none that the option has not: "the CDN", "on UTC",
    /// "20 milliseconds". Small words count only to choose between options that have the others. None where all do.
    pub fn worded(&self, part: &[Token]) -> Vec<usize> {
        const MOST: usize = 8;
        // A sentence, or what has a "not", had better say the same as the option; a few words may leave its "not" out.
        let speaks = |token: &Token| {
            let word = token.word();
            let denies = is_small(token) && VOCABULARY.negations.contains(word);
            denies || VOCABULARY.auxiliaries.contains(word)
        };
        let negations = Form::new(part.to_vec()).negations;
        let negations = part.iter().any(speaks).then_some(negations);
        let said: Vec<&Token> = said(part)
            .into_iter()
            .filter(|token| !fills(token))
            .collect();
        let (small, telling): (Vec<&Token>, Vec<&Token>) =
            said.into_iter().partition(|token| is_small(token));
        let tells = |token: &&Token| token.word().chars().count() > 1;
        if part.len() > MOST || !telling.iter().any(tells) {
            return Vec::new();
        }
        let has = |option: &Form, token: &Token| {
            let like = |own: &Token| {
                let (own, typed) = ([own], [token]);
                same(own[0], typed[0]) || is_slip(&typed, &own, &self.words)
            };
            option.tokens.iter().any(like)
        };
        let holds = |option: &Form| {
            negations.is_none_or(|negations| option.negations == negations)
                && telling.iter().all(|token| has(option, token))
        };
        let holds_all =
            |option: &Form| holds(option) && small.iter().all(|token| has(option, token));
        let all = self.matching(Closeness::Plain, holds_all);
        self.few(match all.is_empty() {
            true => self.matching(Closeness::Plain, holds),
            false => all,
        })
    }

    /// These options, unless they are all of them.
    fn few(&self, options: Vec<usize>) -> Vec<usize> {
        Some(options)
            .filter(|options| options.len() < self.len())
            .unwrap_or_default()
    }
}

/// Whether these words, which follow a number, may be its name or what it counts: "gateway timeout", "requests per second".
fn names(words: &[&Token]) -> bool {
    const MOST: usize = 4;
    let joins = |part: &Token| VOCABULARY.before_units.contains(part.word());
    let tells = |nth: usize| {
        let joined = nth > 0 && joins(words[nth - 1]);
        joined || nth > 0 && joins(words[nth]) || !says_nothing(words[nth].word())
    };
    words.len() == 1 || words.len() <= MOST && (0..words.len()).all(tells)
}

/// The option of a number with nothing but talk behind it, which may count that or sound like a word: "2 funny".
fn counted_label(core: &[Token], options: usize) -> Vec<usize> {
    match core {
        [number, talk @ ..]
            if is_number(number)
                && !talk.is_empty()
                && talk.iter().all(|part| is_everyday(part.word())) =>
        {
            label(std::slice::from_ref(number), options)
        }
        _ => Vec::new(),
    }
}

/// The option of a letter that is said several times: "bbb".
fn insisted_label(core: &[Token], options: usize) -> Vec<usize> {
    let option = match core {
        [word] => insisted(word.word()),
        _ => None,
    };
    option
        .into_iter()
        .filter(|option| *option < options)
        .collect()
}

/// The number that a part is, in digits or a word.
fn number(token: &Token) -> Option<String> {
    match &token.kind {
        Kind::Number(meant) if meant.len() == 1 => Some(meant[0].clone()),
        Kind::Word(word) => spelled(word),
        _ => None,
    }
}

/// Whether a number in an option's text counts something by itself: one in digits, one before a pause, and one of a text
/// of a word or two. In other sentences a "one" mostly stands for a noun.
fn counts(option: &Form, nth: usize) -> bool {
    const SHORT: usize = 2;
    let before_a_pause = option.tokens.get(nth + 1).is_none_or(Token::is_pause);
    option.tokens[nth].word() != "one" || before_a_pause || said(&option.tokens).len() <= SHORT
}

/// Whether a word only stands around an option's: "the one with", "that option".
fn fills(token: &Token) -> bool {
    let words = [&VOCABULARY.fillers, &VOCABULARY.label_nouns];
    words.iter().any(|words| words.contains(token.word()))
}

/// Whether a word tells little by itself, in whatever language.
fn is_small(token: &Token) -> bool {
    VOCABULARY.small.contains(token.word())
}
