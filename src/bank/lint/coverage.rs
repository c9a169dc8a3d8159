//! Which items of an inventory the bank covers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::source_file::{SourceFile, Step::Item, Step::Key};
use super::warning::{SourceWarning, Warning};
use crate::bank::{Bank, Fault, Faults, FileProblem, Problem, Source};
use crate::text_file;
use crate::toml_reader::{Reader, Table, Wrong};

/// The largest inventory that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// A list of what a bank has to cover: TOML with a table `[[item]]` for each, of which only `id`
/// is read.
#[derive(Debug)]
pub struct Inventory {
    path: PathBuf,
    /// In the order of the file, which may name one twice.
    ids: Vec<String>,
}

impl Inventory {
    /// Reads an inventory.
    ///
    /// # Errors
    /// Everything that keeps the file from being read, such as having no list of items, or items without ids.
    pub fn load(path: &Path) -> Result<Self, Faults> {
        let text = text_file::read(path, LARGEST)
            .map_err(|error| Faults(vec![Fault::whole(path, FileProblem::from(error))]))?;
        let reader = Reader::<Problem>::new(&text);
        let mut ids = Vec::new();
        if let Some(root) = reader.root() {
            let mut root = Table::root(&reader, &root, "inventory");
            // It may be empty, as a to-do list is in the end.
            if !root.has("item") {
                let (table, key) = ("inventory", "item");
                root.fault(key, Wrong::Missing { table, key });
            }
            for mut item in root.tables("item", 0..=usize::MAX, "item") {
                ids.extend(item.text("id", usize::MAX).map(|id| id.value));
            }
        }
        let found = reader.take().into_iter();
        let faults: Vec<Fault> = found
            .map(|(place, problem)| Fault {
                place: Some(place),
                ..Fault::whole(path, problem)
            })
            .collect();
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let path = path.to_owned();
        Ok(Self { path, ids })
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The items that no question names as a source, and the sources that the inventory doesn't have.
    ///
    /// # Errors
    /// Every fault of the question files.
    pub fn compare(&self, source: &Source) -> Result<Vec<Fault>, Faults> {
        let (texts, faults) = source.read();
        let bank = Bank::assemble(&texts, faults)?;
        let known: BTreeSet<&str> = self.ids.iter().map(String::as_str).collect();
        let (mut covered, mut found) = (BTreeSet::new(), Vec::new());
        for file in SourceFile::of_bank(&texts, &bank) {
            for (index, question) in file.questions.iter().enumerate() {
                for (item, source) in question.sources.iter().enumerate() {
                    if known.contains(source.as_str()) {
                        covered.insert(source.clone());
                    } else {
                        let warning = SourceWarning::NotListed(source.clone());
                        found.push(file.warning(index, &[Key("sources"), Item(item)], warning));
                    }
                }
            }
        }
        let missing = self.ids.iter().filter(|id| !covered.contains(*id));
        let missing = missing.map(|id| Warning::from(SourceWarning::NotCovered(id.clone())));
        found.extend(missing.map(|warning| Fault::whole(&self.path, warning)));
        Ok(found)
    }
}
