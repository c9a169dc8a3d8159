//! Words as a search compares them: without case, accents, endings, and what is spelt in two ways.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::language::LANGUAGE;

/// The characters of a word that count. Longer ones are nobody's words.
const LONGEST: usize = 40;

/// Calls back with every word of a text in order: lowercase letters and digits, with the signs that make another word
/// of it (`c++`, `c#`, `n+1`). What short parts are joined to by a sign is one word as well: `utf-8` is `utf`, `8` and
/// `utf8`.
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
            // A sign stands behind or inside a word; alone it is none.
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

/// `what's` is `what`, `interviewer's` is `interviewer`, `don't` is `dont`.
fn without_apostrophe(word: &str) -> &str {
    let word = word.trim_matches(['\'', '’']);
    match word.find(['\'', '’']) {
        Some(at) => &word[..at],
        None => word,
    }
}

fn cut(word: &str) -> &str {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// Brings a word to what all its forms have in common: `prioritising` and `prioritize` are one, and so are `broke` and
/// `break`. It is for comparing only, and need not be a word.
pub struct Folder {
    stemmer: Stemmer,
}

impl Folder {
    pub fn new() -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self { stemmer }
    }

    /// The common form of a word of [`each_word`].
    pub fn fold(&self, word: &str) -> String {
        let form = LANGUAGE.form(word);
        // What stands for itself is not to be taken for a form of another word.
        if LANGUAGE.is_form(form) {
            return form.to_owned();
        }
        let word = form;
        // The rules are about English endings; a name with digits or signs has none.
        if word.len() < 4 && !word.ends_with('s')
            || !word.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            return word.to_owned();
        }
        if word.len() < 4 {
            return plural_of_short(word).to_owned();
        }
        let stem = self.stemmer.stem(&american(word)).into_owned();
        match stem.strip_suffix("ens") {
            // licence and license, defence and defense
            Some(head) => format!("{head}enc"),
            None => stem,
        }
    }
}

/// `ids`, `dbs` and `vms` are plurals; `dns`, `aws`, `css`, `its` are not, and being the same word on both sides is all
/// that is needed of them.
fn plural_of_short(word: &str) -> &str {
    match word {
        "ids" | "dbs" | "vms" | "pks" | "prs" | "uis" | "cis" => &word[..2],
        _ => word,
    }
}

/// British endings as American ones. It need not know which words have them: both sides of a comparison go this way.
fn american(word: &str) -> String {
    const ENDINGS: [(&str, &str); 17] = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("iser", "izer"),
        ("isers", "izers"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("yser", "yzer"),
        ("yses", "yzes"),
        ("ysing", "yzing"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("ogue", "og"),
        ("ogues", "ogs"),
    ];
    let ending = ENDINGS
        .iter()
        .find_map(|(british, american)| Some((word.strip_suffix(british)?, american)));
    let word = match ending {
        Some((head, american)) if head.len() > 2 => format!("{head}{american}"),
        _ => word.to_owned(),
    };
    let word = if word.len() > 5 {
        word.replace("our", "or")
    } else {
        word
    };
    // modelling, cancelled, travelled
    word.replace("ll", "l")
}
