//! Answers that are given with a reason: "B, because it is fast".

use super::labels::stages;
use super::reader::Reader;
use super::texts::Closeness;
use super::tokens::Token;
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The options that a reply names before it tells why, unless it takes them back later.
    pub(super) fn with_reason(&self, core: &[Token]) -> Vec<usize> {
        let next = |at: usize| core.get(at + 1).map_or("", Token::word);
        let because = core.iter().enumerate().position(|(at, token)| {
            let (word, says) = (token.word(), &*VOCABULARY);
            let weak = says.weak_reasons.contains(word) && says.subjects.contains(next(at));
            weak || says.reasons.contains(word)
        });
        let Some((answer, reason)) = because.and_then(|at| core.split_at_checked(at)) else {
            return Vec::new();
        };
        let takes_back =
            |word: &str| VOCABULARY.corrections.contains(word) && word != "not" || word == "or";
        if reason.iter().any(|token| takes_back(token.word())) {
            return Vec::new();
        }
        let Some(answer) = stages(answer).pop() else {
            return Vec::new();
        };
        let labels = self.label_or_number(&answer);
        let held = self.0.may_hold(answer.core, reason);
        let texts = match held[..] {
            [] => self.0.named(answer.core, Closeness::Plain),
            // Together they may be a part of an option.
            _ if labels.is_empty() => return labels,
            _ => held,
        };
        self.with_peeled(&answer, [labels, texts].concat())
    }
}
