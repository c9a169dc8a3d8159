//! Sources that aren't written like ids of an inventory.

use super::source_file::{SourceFile, Step::Item, Step::Key};
use super::warning::SourceWarning;
use crate::bank::Fault;

/// Finds sources that aren't written like ids of an inventory, or that are there twice.
pub fn lint(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    for (index, question) in file.questions.iter().enumerate() {
        for (item, source) in question.sources.iter().enumerate() {
            let warning = if !is_id(source) {
                SourceWarning::NotAnId(source.clone())
            } else if question.sources[..item].contains(source) {
                SourceWarning::SourceTwice(source.clone())
            } else {
                continue;
            };
            found.push(file.warning(index, &[Key("sources"), Item(item)], warning));
        }
    }
}

/// Whether this is `s`, the number of an article, a dash, the letter of a kind, and two digits or
/// more.
fn is_id(source: &str) -> bool {
    let digits = |text: &str, least: usize| {
        text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let Some((article, item)) = source
        .strip_prefix('s')
        .and_then(|rest| rest.split_once('-'))
    else {
        return false;
    };
    let kind = item.starts_with(|c: char| c.is_ascii_lowercase());
    digits(article, 1) && kind && digits(&item[1..], 2)
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_is_told_from_a_note() {
        for id in ["s0-q01", "s12-m14", "s3-c105"] {
            assert!(is_id(id), "{id}");
        }
        for note in [
            "", "s", "s1", "s1-", "s1-q", "s1-q1", "S1-q01", "s1-01", "s1-é01", "a book",
        ] {
            assert!(!is_id(note), "{note}");
        }
    }
}
