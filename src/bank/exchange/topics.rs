//! Which of the topics in a file is imported: one rule for all formats.

use std::collections::HashSet;

use super::slug::slug;
use super::{ImportError, Imported, Wanted};

/// The topics in a file, under names that a topic may have.
#[derive(Default)]
pub(super) struct Topics {
    named: Vec<String>,
    seen: HashSet<String>,
}

/// The topic to import; the whole file if that names one topic at most.
pub(super) struct Chosen(Option<String>);

impl Topics {
    /// Records that the file has something of a topic. What names no topic belongs to whichever is imported.
    pub fn note(&mut self, name: &str) {
        if name.trim().is_empty() {
            return;
        }
        let name = named(name);
        if self.seen.insert(name.clone()) {
            self.named.push(name);
        }
    }

    /// The only topic, whatever it is called, or else the one wanted; the others are kept, to be reported.
    pub fn choose(
        self,
        wanted: &Wanted<'_>,
        imported: &mut Imported,
    ) -> Result<Chosen, ImportError> {
        if self.named.len() < 2 {
            return Ok(Chosen(None));
        }
        if !self.seen.contains(wanted.topic) {
            return Err(ImportError::Topic {
                wanted: wanted.topic.to_owned(),
                named: self.named,
            });
        }
        imported.others = self.named;
        imported.others.retain(|name| name != wanted.topic);
        Ok(Chosen(Some(wanted.topic.to_owned())))
    }
}

impl Chosen {
    /// Whether to import what belongs to a topic, or to none.
    pub fn takes(&self, name: &str) -> bool {
        let Some(chosen) = &self.0 else { return true };
        name.trim().is_empty() || named(name) == *chosen
    }
}

/// A name in the form that a topic's has, if it has letters or digits.
fn named(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        name.trim().to_owned()
    } else {
        slug
    }
}
