//! Tags that are used once and probably mean a similar one.

use super::Warning;
use super::source_file::{SourceFile, Step::Item, Step::Key};
use crate::bank::{Bank, Fault};

/// Finds tags that only one question has and that nearly equal another tag.
pub fn lint(bank: &Bank, files: &[SourceFile<'_>], found: &mut Vec<Fault>) {
    for file in files {
        for (index, question) in file.questions.iter().enumerate() {
            for (item, tag) in question.tags.iter().enumerate() {
                if let Some((twin, uses)) = twin(bank, tag) {
                    let warning = Warning::TagTwin {
                        tag: tag.clone(),
                        twin: twin.to_owned(),
                        uses,
                    };
                    found.push(file.warning(index, &[Key("tags"), Item(item)], warning));
                }
            }
        }
    }
}

/// The near twin of a tag used once, with the number of its questions.
fn twin<'a>(bank: &'a Bank, tag: &str) -> Option<(&'a str, usize)> {
    let uses = bank.tags().iter().find(|(name, _)| name == tag)?.1;
    if uses > 1 {
        return None;
    }
    let others = bank.tags().iter().filter(|(name, _)| name != tag);
    let twins = others.filter(|(name, _)| near(name, tag));
    twins
        .max_by_key(|(_, uses)| *uses)
        .map(|(name, uses)| (name.as_str(), *uses))
}

/// Whether two tags differ by hyphens or a plural only, or by a typo: one letter, in tags of seven
/// letters or more. Shorter ones that differ by a letter are mostly different words.
fn near(one: &str, other: &str) -> bool {
    let bare = |tag: &str| tag.replace('-', "");
    let (one, other) = (bare(one), bare(other));
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    // `https` isn't a plural.
    let plural = short.len() >= 5 && matches!(long.strip_prefix(&short), Some("s" | "es"));
    short == long || plural || short.len() >= 7 && strsim::osa_distance(&short, &long) <= 1
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn twins_are_told_from_neighbours() {
        for (one, other) in [
            ("index", "indexes"),
            ("load-balancing", "loadbalancing"),
            ("transaction", "transactions"),
            ("normalisation", "normalization"),
            ("cahcing-layer", "caching-layer"),
        ] {
            assert!(near(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("http", "https"),
            ("rest", "test"),
            ("get", "jet"),
            ("caching", "locking"),
            ("json", "jsonb"),
        ] {
            assert!(!near(one, other), "{one} {other}");
        }
    }
}
