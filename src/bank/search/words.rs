//! The words of a text, without case and accents.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many characters of a word count. Nobody types longer ones.
const LONGEST: usize = 40;

/// Calls back with every word of a text in order: lowercase letters and digits, with the signs that make it another word
/// (`c++`, `c#`, `n+1`). Short parts that a sign joins are a word together as well: `utf-8` is `utf`, `8` and `utf8`.
pub fn each_word(text: &str, mut found: impl FnMut(&str, Kind)) {
    let folded: String;
    let text = if text.is_ascii() {
        folded = text.to_ascii_lowercase();
        &folded
    } else {
        folded = text
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect();
        &folded
    };
    let mut joined = String::new();
    for run in text.split_whitespace() {
        joined.clear();
        let (mut parts, mut shortest) = (0, usize::MAX);
        for part in
            run.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '\'' | '’'))
        {
            let part = without_apostrophe(part);
            // A sign belongs to a word behind or inside of it; by itself it isn't one.
            let part = part.trim_start_matches(['+', '#']);
            if part.is_empty() {
                continue;
            }
            let part = cut(part);
            found(part, Kind::Word);
            joined.push_str(part);
            parts += 1;
            shortest = shortest.min(part.len());
        }
        if parts == 2 && shortest <= 3 && joined.len() <= LONGEST {
            found(&joined, Kind::Joined);
        }
    }
}

/// How a word stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// By itself.
    Word,
    /// Made of the two words before it, which a sign joins.
    Joined,
}

/// `what's` is `what`, `interviewer's` is `interviewer`, `don't` is `don`; `O'Reilly` is one word.
fn without_apostrophe(word: &str) -> Cow<'_, str> {
    const ENDINGS: [&str; 7] = ["s", "t", "ll", "re", "ve", "d", "m"];
    let signs = ['\'', '’'];
    let mut word = word.trim_matches(signs);
    while let Some((head, ending)) = word.rsplit_once(signs)
        && ENDINGS.contains(&ending)
    {
        word = head;
    }
    match word.contains(signs) {
        true => word.replace(signs, "").into(),
        false => word.into(),
    }
}

fn cut(word: &str) -> &str {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// The words of a phrase.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, kind| {
        if kind == Kind::Word {
            words.push(word.to_owned());
        }
    });
    words
}
