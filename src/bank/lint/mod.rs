//! Warnings about question files: what would make a reader stumble, as far as a program can tell. A bank with warnings
//! works. One file for each kind of warning.

mod aliases;
mod answers;
mod code;
mod coverage;
mod files;
mod options;
mod prompts;
mod source_file;
mod sources;
mod tags;
mod topics;
mod warning;
mod wording;

pub use coverage::Inventory;
pub use warning::{OptionsWarning, SourceWarning, Warning};

use self::source_file::SourceFile;
use super::{Bank, Fault, Faults, Source};

/// All lint warnings about question files, sorted by file and line.
///
/// # Errors
/// Every fault of the files, if there are any: broken files are not linted.
pub fn lint(source: &Source) -> Result<Vec<Fault>, Faults> {
    let (folder, (texts, faults)) = (source.folder(), source.read());
    let bank = Bank::assemble(&texts, faults)?;
    let files = SourceFile::of_bank(&texts, &bank);
    let mut found = Vec::new();
    for file in &files {
        topics::lint(file, &mut found);
        options::lint(file, &mut found);
        answers::lint(file, &mut found);
        code::lint(file, &mut found);
        sources::lint(file, &mut found);
    }
    files::lint(folder, &mut found);
    options::lint_positions_of_all(folder, &files, &mut found);
    prompts::lint(&files, &mut found);
    aliases::lint(&bank, &files, &mut found);
    tags::lint(&bank, &files, &mut found);
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;
