//! Numbers that are said with their name: "504 Gateway Timeout", "port 443 (https)".

use super::everyday::says_nothing;
use super::labels::unpaused;
use super::texts::{Closeness, Form, Texts, said};
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

/// What a reply says that is a number and its name, or one of the two.
struct Named {
    number: Option<String>,
    /// The numbers that have the name.
    called: Vec<String>,
}

impl Texts {
    /// The options that are a number, where a reply says the number and its name and no more. Where the name is another
    /// number's, those of both; none if only one of the two is an option, since the reply contradicts itself.
    pub(super) fn number_and_name(&self, core: &[Token]) -> Vec<usize> {
        let Some(Named {
            number: Some(number),
            called,
        }) = Named::read(core)
        else {
            return Vec::new();
        };
        let mut named = self.that_are(&number);
        if called.is_empty() || called.contains(&number) {
            named.retain(|_| !called.is_empty());
            return named;
        }
        let others = called.iter().flat_map(|called| self.that_are(called));
        let others: Vec<usize> = others.collect();
        match named.is_empty() || others.is_empty() {
            true => Vec::new(),
            false => [named, others].concat(),
        }
    }

    /// The options that are the number of which a reply says the name alone.
    pub(super) fn called(&self, core: &[Token]) -> Vec<usize> {
        let tells = |part: &Token| !part.is_pause() && !says_nothing(part.word());
        let read = Named::read(core).filter(|read| read.number.is_none());
        let called = read
            .filter(|_| core.iter().any(tells))
            .map(|read| read.called);
        let called = called.unwrap_or_default();
        called
            .iter()
            .flat_map(|called| self.that_are(called))
            .collect()
    }

    /// The options that are this number and no more.
    fn that_are(&self, number: &str) -> Vec<usize> {
        let is_it = |token: &Token| matches!(&token.kind, Kind::Number(meant) if meant.iter().any(|own| own == number));
        let alone = |option: &Form| matches!(said(&option.tokens)[..], [only] if is_it(only));
        self.matching(Closeness::Plain, alone)
    }
}

impl Named {
    /// Reads a number and words in either order. None where a reply says something else as well.
    fn read(core: &[Token]) -> Option<Named> {
        let core = unpaused(core);
        let is_number = |part: &Token| matches!(part.kind, Kind::Number(_));
        let leads = |part: &&Token| VOCABULARY.before_numbers.contains(part.word());
        let skipped = core.iter().take_while(leads).count();
        // "HTTP" leads to a number, and is the name of another.
        let skipped = if core.get(skipped).is_some_and(is_number) {
            skipped
        } else {
            0
        };
        let mut number = None;
        let mut name = String::new();
        for part in core[skipped..].iter().filter(|part| !part.is_pause()) {
            match &part.kind {
                Kind::Number(meant) if number.is_none() => number = meant.first().cloned(),
                Kind::Word(word) => name.push_str(word),
                _ => return None,
            }
        }
        let all = VOCABULARY.named_numbers.iter();
        let called = all.filter(|named| named.name == name);
        let called = called.map(|named| named.number.clone()).collect();
        Some(Named { number, called })
    }
}
