//! Which of the topics that a file names is taken over: one rule for all formats.

use super::draft::kebab;
use super::{ImportError, Imported, Wanted};
use crate::told::counted;

/// The topics that a file names, by their names as a topic has them, and how much there is of each.
#[derive(Default)]
pub(super) struct Topics(Vec<(String, usize)>);

/// The topic that is taken over; all of the file where it names at most one.
pub(super) struct Chosen(Option<String>);

impl Topics {
    /// Notes that so much of the file is of a topic. What names none is of whichever is taken over.
    pub fn count(&mut self, name: &str, much: usize) {
        if name.trim().is_empty() {
            return;
        }
        let name = named(name);
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += much,
            None => self.0.push((name, much)),
        }
    }

    /// The only topic, whatever it is called, or else the one that is wanted; notes which others, with how many
    /// of what they consist of, are left out.
    pub fn choose(
        self,
        of: &str,
        wanted: &Wanted<'_>,
        imported: &mut Imported,
    ) -> Result<Chosen, ImportError> {
        if self.0.len() < 2 {
            return Ok(Chosen(None));
        }
        if !self.0.iter().any(|(name, _)| name == wanted.topic) {
            let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            return Err(ImportError::Topic(wanted.topic.to_owned(), names));
        }
        for (name, count) in self.0.iter().filter(|(name, _)| name != wanted.topic) {
            let count = counted(*count, of);
            imported.leave(
                0,
                format!("the topic `{name}` is left out ({count}); import it by its name"),
            );
        }
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
    let kebab = kebab(name);
    if kebab.is_empty() {
        name.trim().to_owned()
    } else {
        kebab
    }
}
