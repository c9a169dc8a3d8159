//! Texts as names: `Cache misses` becomes `cache-misses`.

use crate::bank::limits::NAME;
use crate::bank::texts::words;

/// A text as a name: its ASCII letters and digits in lower case, words joined by hyphens, at most
/// [`NAME`] characters.
pub(super) fn slug(text: &str) -> String {
    let ascii = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect();
    let words: Vec<String> = words(text).split(' ').map(ascii).collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    cut(&words.join("-"), NAME)
}

/// A name cut to at most this many characters, at a hyphen if there is one.
pub(super) fn cut(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    let head = &name[..name.floor_char_boundary(most)];
    let end = head.rfind('-').filter(|end| *end > 0).unwrap_or(head.len());
    head[..end].to_owned()
}
