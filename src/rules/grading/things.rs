//! Letters by which options call what they speak of: "Row A", "Server B". Such a letter in a reply may be an option's
//! label, or the thing.

use std::collections::BTreeSet;

use super::characters::readable;
use super::dress::{undressed, without_code_marks, without_mentions};
use super::labels::unpaused;
use super::reader::Reader;
use super::reading::Reading;
use super::texts::{Closeness, Form};
use super::tokens::{Token, tokens};
use super::vocabulary::VOCABULARY;

impl Reader {
    /// Reads a reply. A lone letter in it is no option's label for sure where an option calls a thing by it.
    pub(super) fn read_with_things(&self, reply: &str) -> Reading {
        let read = self.read(reply);
        let written = undressed(&without_code_marks(&without_mentions(reply)));
        let parts = tokens(&readable(&written), false);
        let called = |letter: &str| {
            let nth = letter.bytes().next().unwrap_or_default();
            let is_label = usize::from(nth.wrapping_sub(b'a')) < self.0.len();
            is_label && !self.calling(&BTreeSet::from([letter])).is_empty()
        };
        let is_thing = |token: &&Token| token.word().len() == 1 && called(token.word());
        let letters: BTreeSet<&str> = parts.iter().filter(is_thing).map(Token::word).collect();
        if letters.is_empty() || is_plain_label(&parts) {
            return read;
        }
        let things = self.calling(&letters);
        // "Row A" is the thing, whatever option has that letter.
        if parts.iter().enumerate().all(|(nth, part)| {
            !is_thing(&part) || nth > 0 && self.names_things(parts[nth - 1].word())
        }) && let Reading::Part(_) | Reading::Related(_) = read
            && !things.is_empty()
        {
            return Reading::Part(things);
        }
        let mut meant = match &read {
            Reading::Option(option) if self.holds_text(&parts, *option) => return read,
            Reading::Option(option) => vec![*option],
            Reading::Part(options) | Reading::Ambiguous(options) => options.clone(),
            _ => return read,
        };
        meant.extend(things);
        meant.sort_unstable();
        meant.dedup();
        match (meant.len(), read) {
            (1, read) => read,
            (_, Reading::Part(_)) => Reading::Part(meant),
            _ => Reading::Ambiguous(meant),
        }
    }

    /// The options that call things by these letters and by no others.
    fn calling(&self, letters: &BTreeSet<&str>) -> Vec<usize> {
        let same = self
            .0
            .matching(Closeness::Plain, |option| letters_of(option) == *letters);
        match same.is_empty() {
            true => self.0.matching(Closeness::Plain, |option| {
                letters.is_subset(&letters_of(option))
            }),
            false => same,
        }
    }

    /// Whether a word stands before such a letter in an option: "row".
    fn names_things(&self, noun: &str) -> bool {
        let names = |option: &Form| {
            let mut things = things(&option.tokens);
            things.any(|(nth, _)| nth > 0 && option.tokens[nth - 1].word() == noun)
        };
        noun.len() > 1 && !self.0.matching(Closeness::Plain, names).is_empty()
    }

    /// Whether an option's whole text stands in a reply.
    fn holds_text(&self, parts: &[Token], option: usize) -> bool {
        let words = |tokens: &[Token]| -> Vec<String> {
            let said = tokens.iter().filter(|token| !token.is_pause());
            said.map(|token| format!("{:?}", token.kind)).collect()
        };
        let reply = words(parts);
        let held = |form: &Form| {
            let own = words(&form.tokens);
            !own.is_empty() && reply.windows(own.len()).any(|run| run == own)
        };
        self.0.matching(Closeness::Plain, held).contains(&option)
    }
}

fn letters_of(option: &Form) -> BTreeSet<&str> {
    things(&option.tokens).map(|(_, letter)| letter).collect()
}

/// The letters of an option's text that name a thing, each with where it stands. An "A" that begins a sentence is an
/// article, unless a connector follows it: "A and B".
fn things(text: &[Token]) -> impl Iterator<Item = (usize, &str)> {
    let is_article = |nth: usize| {
        let begins = nth == 0 || text[nth - 1].is_pause();
        let goes_on =
            |next: &Token| !next.is_pause() && !VOCABULARY.connectors.contains(next.word());
        text[nth].word() == "a" && begins && text.get(nth + 1).is_some_and(goes_on)
    };
    // Letters and signs alone, "A -> B", name nothing.
    let several = text.iter().any(|token| token.word().len() > 1);
    let letters = text.iter().enumerate().filter(move |(nth, token)| {
        let joined = text
            .get(nth + 1)
            .is_some_and(|next| next.glued && !next.is_pause());
        several && token.capital && !token.glued && !joined && !is_article(*nth)
    });
    letters.map(|(nth, token)| (nth, token.word()))
}

/// Whether a reply is a label and no more: "A", "option A", "a)".
fn is_plain_label(parts: &[Token]) -> bool {
    let of_options = |token: &Token| {
        let word = token.word();
        word == "the" || VOCABULARY.option_nouns.contains(word)
    };
    let mut said = unpaused(parts)
        .iter()
        .filter(|token| !token.is_pause() && !of_options(token));
    matches!((said.next(), said.next()), (Some(only), None) if only.word().len() == 1)
}
