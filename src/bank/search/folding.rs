//! Reduces the forms and spellings of a word to one: endings are removed, and British spelling becomes American.

use rust_stemmers::{Algorithm, Stemmer};

use super::language::LANGUAGE;

/// Reduces a word to the form that stands for all of its forms: `prioritising` and `prioritize` have the same one, and so
/// do `broke` and `break`. It is for comparing only, and need not be a word.
pub struct Folder {
    stemmer: Stemmer,
}

impl Folder {
    pub fn new() -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self { stemmer }
    }

    /// The common form of a word of [`each_word`](super::words::each_word).
    pub fn fold(&self, word: &str) -> String {
        let form = LANGUAGE.form(word);
        // Such a word must not be taken for a form of another one.
        if LANGUAGE.is_form(form) {
            return form.to_owned();
        }
        let word = form;
        // The rules are about English endings, which a name with digits or signs doesn't have.
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

/// `ids`, `dbs` and `vms` are plurals. `dns`, `aws`, `css` and `its` are not; they stay as they are, on both sides of a
/// comparison.
fn plural_of_short(word: &str) -> &str {
    match word {
        "ids" | "dbs" | "vms" | "pks" | "prs" | "uis" | "cis" => &word[..2],
        _ => word,
    }
}

/// Replaces British endings by American ones, also in words that only look British: both sides of a comparison are
/// treated alike.
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
