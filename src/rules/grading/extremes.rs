//! The least and the most of options that are numbers: "the lowest number", "the second largest".

use super::places::{is_noun, rank, without_scope};
use super::texts::Texts;
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

impl Texts {
    /// The option, from 0, that is the least or the most of all, or the second and so on from there, where these parts
    /// say that and no more. Several where they are the same. None where they say something else, or the options are no
    /// numbers of one kind.
    pub(super) fn extreme(&self, core: &[Token]) -> Option<Vec<usize>> {
        let (parts, _) = without_scope(core);
        let said = parts
            .iter()
            .skip_while(|part| is_article(part) || part.word() == "one");
        let said: Vec<&Token> = said.collect();
        let (nth, said) = match said.split_first()? {
            (first, rest) if !rest.is_empty() && rank(first).is_some() => (rank(first)?, rest),
            _ => (0, &said[..]),
        };
        let (extreme, nouns) = said.split_first()?;
        let most = VOCABULARY.highs.contains(extreme.word());
        let is_value = |part: &&Token| {
            let word = part.word();
            is_noun(part) || VOCABULARY.values.contains(word.trim_end_matches('s'))
        };
        if !(most || VOCABULARY.lows.contains(extreme.word())) || !nouns.iter().all(is_value) {
            return None;
        }
        let values = self.values()?;
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        if most {
            sorted.reverse();
        }
        let meant = sorted.get(nth).copied();
        let there = (0..values.len()).filter(|option| Some(values[*option]) == meant);
        Some(there.collect())
    }

    /// What the options are worth, where each is a number and all else in them is the same.
    fn values(&self) -> Option<Vec<f64>> {
        let texts: Vec<&[Token]> = (0..self.len())
            .map(|option| self.parts_of(option))
            .collect();
        let meant = |parts: &[Token]| {
            let mut numbers = parts.iter().filter_map(|part| match &part.kind {
                Kind::Number(meant) => Some(meant.clone()),
                _ => None,
            });
            numbers.next().filter(|_| numbers.next().is_none())
        };
        let numbers: Vec<Vec<String>> = texts
            .iter()
            .map(|parts| meant(parts))
            .collect::<Option<_>>()?;
        let beside = |parts: &[Token]| {
            let others = parts
                .iter()
                .filter(|part| !matches!(part.kind, Kind::Number(_)));
            others.map(|part| part.kind.clone()).collect::<Vec<Kind>>()
        };
        let first = beside(texts.first()?);
        if texts.iter().any(|parts| beside(parts) != first) {
            return None;
        }
        // A number that may be thousands is that where no other has decimals.
        let fractions = numbers
            .iter()
            .any(|meant| meant.len() == 1 && meant[0].contains('.'));
        let values = numbers.iter().map(|meant| match fractions {
            true => meant.first()?.parse().ok(),
            false => meant.last()?.parse().ok(),
        });
        values.collect()
    }
}

fn is_article(part: &Token) -> bool {
    VOCABULARY.articles.contains(part.word())
}
