//! Which date may be meant by a text that can't be read as one, since words of it are misspelt.

use chrono::NaiveDate;

use super::super::near_days::near_day_of_date;
use super::written::{FILLERS, MONTHS, Written, month_named};
use crate::bank::nearest;

/// Words that count from today, or stand before a day of the week.
const WORDS: [&str; 12] = [
    "today",
    "tomorrow",
    "yesterday",
    "next",
    "this",
    "coming",
    "day",
    "days",
    "week",
    "weeks",
    "after",
    "in",
];
/// How long a text can be in which words are corrected, in bytes.
const LONGEST: usize = 60;

/// A text that is read as a date and differs from this one, which isn't, by misspelt words: "next friday" for
/// "nxet fridya".
pub fn near_date(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let words = text.split_whitespace().map(|word| {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.chars().all(char::is_alphabetic) || bare.is_empty() || is_known(bare) {
            return Some(word.to_owned());
        }
        let near = nearest(bare, WORDS.iter().chain(&MONTHS).map(|word| (*word, *word)));
        near.or_else(|| near_day_of_date(bare)).map(str::to_owned)
    });
    let corrected = words.collect::<Option<Vec<String>>>()?.join(" ");
    // Of which day it is read doesn't matter.
    let reads = |text: &str| Written::of(text, NaiveDate::default()).is_some();
    (!reads(text) && reads(&corrected)).then_some(corrected)
}

fn is_known(word: &str) -> bool {
    WORDS.contains(&word) || FILLERS.contains(&word) || month_named(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_words_of_a_date_are_corrected_and_the_rest_is_kept() {
        for (text, near) in [
            ("tomorow", Some("tomorrow")),
            ("Tommorow", Some("tomorrow")),
            ("next fridya", Some("next friday")),
            ("24 Decembr 2026", Some("24 december 2026")),
            ("lundi", Some("monday")),
            ("in 3 dyas", Some("in 3 days")),
            ("soon", None),
            ("christmas", None),
            ("tomorrow", None),
            ("99 Decembr 2026 2027", None),
        ] {
            assert_eq!(near_date(text).as_deref(), near, "{text}");
        }
    }
}
