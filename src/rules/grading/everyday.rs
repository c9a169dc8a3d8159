//! Words that say nothing by themselves, and words of talk.

use std::collections::HashSet;

use super::labels::is_rank;
use super::vocabulary::VOCABULARY;

/// Whether a word is one that stands between answers, or between an answer and what is said of it.
pub fn is_among_answers(word: &str) -> bool {
    let words = [
        &VOCABULARY.connectors,
        &VOCABULARY.auxiliaries,
        &VOCABULARY.reasons,
        &VOCABULARY.weak_reasons,
    ];
    words.iter().any(|words| words.contains(word))
}

/// Whether a word says nothing by itself.
pub fn is_common(word: &str) -> bool {
    let words = [&VOCABULARY.negations, &VOCABULARY.articles];
    is_everyday(word) || is_among_answers(word) || words.iter().any(|words| words.contains(word))
}

/// Whether a word answers nothing, wherever it stands.
pub fn says_nothing(word: &str) -> bool {
    let words = [
        &VOCABULARY.chat,
        &VOCABULARY.small,
        &VOCABULARY.people,
        &VOCABULARY.past,
        &VOCABULARY.sources,
        &VOCABULARY.firm,
        &VOCABULARY.hedges,
        &VOCABULARY.dismissals,
    ];
    let letters: HashSet<char> = word.chars().collect();
    let cries = word.len() > 4 && letters.len() < 3;
    let known = cries || is_common(word) || words.iter().any(|words| words.contains(word));
    let places = [
        &VOCABULARY.befores,
        &VOCABULARY.afters,
        &VOCABULARY.label_nouns,
    ];
    known && !places.iter().any(|words| words.contains(word))
}

/// Whether a word is one that people say without answering anything.
pub fn is_everyday(word: &str) -> bool {
    let words = [
        &VOCABULARY.pleasantries,
        &VOCABULARY.corrections,
        &VOCABULARY.leads,
        &VOCABULARY.tails,
    ];
    let known = words.iter().any(|words| words.contains(word));
    word != "a" && (known || is_rank(word)) && !VOCABULARY.firm.contains(word)
}
