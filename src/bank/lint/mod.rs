//! What a machine can see that a reader would stumble over. A bank with such blemishes works; one
//! file a kind of blemish.

mod aliases;
mod answers;
mod blemish;
mod code;
mod coverage;
mod files;
mod options;
mod prompts;
mod sheet;
mod sources;
mod tags;
mod topics;
mod wording;

pub use blemish::Blemish;
pub use coverage::Inventory;

use self::sheet::Sheet;
use super::{Bank, Fault, Faults, Source};

/// Everything that a machine finds to better in question files, sorted by file and
/// line.
///
/// # Errors
/// Every fault of the files, if there are any: what is broken is not worth polishing.
pub fn lint(source: &Source) -> Result<Vec<Fault>, Faults> {
    let (folder, (files, faults)) = (source.folder(), source.read());
    let bank = Bank::assemble(&files, faults)?;
    let sheets = Sheet::of_bank(&files, &bank);
    let mut found = Vec::new();
    for sheet in &sheets {
        topics::lint(sheet, &mut found);
        options::lint(sheet, &mut found);
        answers::lint(sheet, &mut found);
        code::lint(sheet, &mut found);
        sources::lint(sheet, &mut found);
    }
    files::lint(folder, &mut found);
    options::lint_positions_of_all(folder, &sheets, &mut found);
    prompts::lint(&sheets, &mut found);
    aliases::lint(&bank, &sheets, &mut found);
    tags::lint(&bank, &sheets, &mut found);
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;
