//! `greenroom check`: lint warnings about sound question files.

use std::path::PathBuf;

use greenroom::bank::{self, Fault, Inventory, Source};

use super::out;

/// What to look for, and whether it fails the check.
#[derive(clap::Args)]
pub struct Lint {
    /// Treat warnings as faults
    #[arg(long)]
    strict: bool,
    /// List the items of an inventory that no question's `sources` cover: TOML with [[item]] tables that have an `id`
    #[arg(long, value_name = "FILE")]
    coverage: Option<PathBuf>,
}

impl Lint {
    /// Prints the warnings, or adds them to the faults.
    pub fn look(&self, source: &Source, faults: &mut Vec<String>) -> anyhow::Result<()> {
        if let Some(inventory) = &self.coverage {
            let uncovered = Inventory::load(inventory)?.compare(source)?;
            faults.extend(uncovered.iter().map(Fault::to_string));
        }
        for warning in bank::lint(source)? {
            if self.strict {
                faults.push(warning.to_string());
            } else {
                out::warn(format_args!("warning: {warning}"));
            }
        }
        Ok(())
    }
}
