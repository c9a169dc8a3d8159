//! What `greenroom check` finds to better in sound question files.

use std::path::PathBuf;

use greenroom::bank::{self, Fault, Inventory, Source};

use super::out;

/// What to look for, and how grave it is.
#[derive(clap::Args)]
pub struct Lint {
    /// Take warnings for faults
    #[arg(long)]
    strict: bool,
    /// List what no question's `sources` cover of an inventory: TOML with [[item]] tables with `id`
    #[arg(long, value_name = "FILE")]
    coverage: Option<PathBuf>,
}

impl Lint {
    /// Warns of what it finds, or adds it to the faults.
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
