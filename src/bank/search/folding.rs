//! What the forms of a word have in common: without endings, and without what is spelt in two ways.

use rust_stemmers::{Algorithm, Stemmer};

use super::language::LANGUAGE;

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

    /// The common form of a word of [`each_word`](super::words::each_word).
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
