//! Sources that are no ids of an inventory.

use super::Blemish;
use super::sheet::{Sheet, Step::Item, Step::Key};
use crate::bank::Fault;

/// Finds sources that are not written as the inventory's ids are, or are there twice.
pub fn lint(sheet: &Sheet<'_>, found: &mut Vec<Fault>) {
    for (index, question) in sheet.questions.iter().enumerate() {
        for (item, source) in question.sources.iter().enumerate() {
            let blemish = if !is_id(source) {
                Blemish::NotAnId(source.clone())
            } else if question.sources[..item].contains(source) {
                Blemish::SourceTwice(source.clone())
            } else {
                continue;
            };
            found.push(sheet.blemish(index, &[Key("sources"), Item(item)], blemish));
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
