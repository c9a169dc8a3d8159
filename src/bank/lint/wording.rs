//! Texts as sets of the words that carry their meaning.

use std::collections::BTreeSet;

use crate::bank::texts::words;

/// Words that say nothing of what a text is about. Negations do.
const FILLERS: [&str; 58] = [
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "by", "can", "do", "does", "for",
    "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "of",
    "on", "one", "or", "s", "should", "so", "than", "that", "the", "their", "them", "then",
    "there", "they", "this", "to", "was", "were", "what", "when", "where", "which", "who", "why",
    "will", "with", "would", "you", "your", "these",
];

/// The different words of a text without fillers, in lower case, a plural as its singular.
pub fn meaning(text: &str) -> BTreeSet<String> {
    let words = words(text);
    let words = words.split(' ').filter(|word| !word.is_empty());
    words
        .filter(|word| !FILLERS.contains(word))
        .map(singular)
        .collect()
}

fn singular(word: &str) -> String {
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    word[..word.len() - usize::from(plural)].to_owned()
}

/// How much two sets have in common, from 0 to 1: the coefficient of Sørensen and Dice.
pub fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    let common = one.intersection(other).count();
    #[expect(clippy::cast_precision_loss, reason = "a text has few words")]
    {
        2.0 * common as f64 / all as f64
    }
}
