//! Parts of an option: replies that say some of its text and no more. They are asked about.

use super::chatter;
use super::labels::{Stage, stages};
use super::left::without_question;
use super::numbers::spelled;
use super::reader::Reader;
use super::slips::{is_slip, same};
use super::texts::{Closeness, Form, Texts, Variants, said};
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The options of which a reply says a part and no more.
    pub(super) fn part(&self, variants: &Variants) -> Vec<usize> {
        let mut stages = variants
            .whole
            .iter()
            .flat_map(|parts| stages(without_question(parts)));
        let parts = |stage: &Stage| {
            let quoted = self.0.quoted(stage.core, chatter::is_common);
            [
                quoted,
                self.0.numbered(stage.core),
                self.0.begun(stage.core),
                self.0.worded(stage.core),
            ]
            .concat()
        };
        let found = stages.find_map(|stage| Some(parts(&stage)).filter(|parts| !parts.is_empty()));
        let mut found = found.unwrap_or_default();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Texts {
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
    /// depends" for "one". None where all have it.
    pub fn numbered(&self, part: &[Token]) -> Vec<usize> {
        let number = |token: &Token| match &token.kind {
            Kind::Number(meant) if meant.len() == 1 => Some(meant[0].clone()),
            Kind::Word(word) => spelled(word),
            _ => None,
        };
        let is_noun = |token: &&Token| VOCABULARY.label_nouns.contains(token.word());
        let mut said = said(part).into_iter().filter(|token| !is_noun(token));
        let (Some(only), None) = (said.next().and_then(number), said.next()) else {
            return Vec::new();
        };
        let holds = |option: &Form| {
            let mut own = option.tokens.iter();
            own.any(|token| number(token).as_ref() == Some(&only))
        };
        self.few(self.matching(Closeness::Plain, holds))
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

    /// The options of which a short reply has words that tell, and none that the option has not: "the CDN", "on UTC",
    /// "20 milliseconds". Small words count only to choose between options that have the others. None where all do.
    fn worded(&self, part: &[Token]) -> Vec<usize> {
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

/// Whether a word only stands around an option's: "the one with", "that option".
fn fills(token: &Token) -> bool {
    let words = [&VOCABULARY.fillers, &VOCABULARY.label_nouns];
    words.iter().any(|words| words.contains(token.word()))
}

/// Whether a word tells little by itself, in whatever language.
fn is_small(token: &Token) -> bool {
    VOCABULARY.small.contains(token.word())
}
