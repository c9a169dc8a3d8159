//! Parts of an option: replies that say some of its text and no more. They are asked about.

use super::Reader;
use super::chatter;
use super::labels::{Stage, stages};
use super::numbers::spelled;
use super::slips::same;
use super::texts::{Closeness, Form, Texts, Variants, said};
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The options of which a reply says a part and no more.
    pub(super) fn part(&self, variants: &Variants) -> Vec<usize> {
        let mut stages = variants.whole.iter().flat_map(|parts| stages(parts));
        let parts = |stage: &Stage| {
            let quoted = self.0.quoted(stage.core, chatter::is_common);
            [
                quoted,
                self.0.numbered(stage.core),
                self.0.begun(stage.core),
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

    /// These options, unless they are all of them.
    fn few(&self, options: Vec<usize>) -> Vec<usize> {
        Some(options)
            .filter(|options| options.len() < self.len())
            .unwrap_or_default()
    }
}
