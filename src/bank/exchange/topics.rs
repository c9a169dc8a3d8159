//! Which of the topics that a file names is taken over: one rule for all formats.

use std::collections::HashSet;

use super::slug::slug;
use super::{ImportError, Imported, Wanted};

/// The topics that a file names, by their names as a topic has them.
#[derive(Default)]
pub(super) struct Topics {
    named: Vec<String>,
    seen: HashSet<String>,
}

/// The topic that is taken over; all of the file where it names at most one.
pub(super) struct Chosen(Option<String>);

impl Topics {
    /// Notes that the file has something of a topic. What names none is of whichever is taken over.
    pub fn note(&mut self, name: &str) {
        if name.trim().is_empty() {
            return;
        }
        let name = named(name);
        if self.seen.insert(name.clone()) {
            self.named.push(name);
        }
    }

    /// The only topic, whatever it is called, or else the one that is wanted; the others are kept to be told.
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
    /// Whether what is of a topic, or of none, is taken over.
    pub fn takes(&self, name: &str) -> bool {
        let Some(chosen) = &self.0 else { return true };
        name.trim().is_empty() || named(name) == *chosen
    }
}

/// A name as a topic has it, if it has letters or digits for one.
fn named(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        name.trim().to_owned()
    } else {
        slug
    }
}
