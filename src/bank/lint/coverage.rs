//! Which items of an inventory the bank covers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::sheet::{Sheet, Step::Item, Step::Key};
use crate::bank::{Bank, Fault, Faults, Source};
use crate::{text_file, told};

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

/// Why an inventory cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {why}", path = told::name(.path))]
pub struct InventoryError {
    path: PathBuf,
    why: String,
}

#[derive(Deserialize)]
struct File {
    item: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
}

impl Inventory {
    /// Reads an inventory.
    ///
    /// # Errors
    /// When the file cannot be read, or has no items with ids.
    pub fn load(path: &Path) -> Result<Self, InventoryError> {
        let failed = |why: String| InventoryError {
            path: path.to_owned(),
            why,
        };
        let text = text_file::read(path, LARGEST).map_err(|error| failed(error.to_string()))?;
        let file: File = toml::from_str(&text).map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            ids: file.item.into_iter().map(|item| item.id).collect(),
        })
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The items that no question names as a source, and the sources that it does not have.
    ///
    /// # Errors
    /// Every fault of the question files.
    pub fn compare(&self, source: &Source) -> Result<Vec<Fault>, Faults> {
        let (files, faults) = source.read();
        let bank = Bank::assemble(&files, faults)?;
        let known: BTreeSet<&str> = self.ids.iter().map(String::as_str).collect();
        let (mut covered, mut found) = (BTreeSet::new(), Vec::new());
        for sheet in Sheet::of_bank(&files, &bank) {
            for (index, question) in sheet.questions.iter().enumerate() {
                for (item, source) in question.sources.iter().enumerate() {
                    if known.contains(source.as_str()) {
                        covered.insert(source.clone());
                    } else {
                        let message = format!("the inventory has no item `{source}`");
                        found.push(sheet.blemish(index, &[Key("sources"), Item(item)], message));
                    }
                }
            }
        }
        let missing = self.ids.iter().filter(|id| !covered.contains(*id));
        found.extend(missing.map(|id| Fault {
            file: self.path.clone(),
            line: 0,
            column: 0,
            question: None,
            message: format!("no question covers `{id}`"),
        }));
        Ok(found)
    }
}
