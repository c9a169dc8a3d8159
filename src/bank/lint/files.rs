//! Files that were meant as question files and are not read, by their names.

use std::fs;
use std::path::Path;

use crate::bank::Fault;
use crate::bank::load::whole;

/// Some editors add `.txt` without showing it, and nobody sees a space.
pub fn lint(folder: &Path, found: &mut Vec<Fault>) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files {
        let name = file.file_name().to_string_lossy().to_lowercase();
        let meant = name.trim_end().trim_end_matches(".txt").trim_end();
        if meant != name && meant.ends_with(".toml") && !name.starts_with('.') {
            let message = "is not read, since its name doesn't end in .toml; rename it";
            found.push(whole(&file.path(), message.to_owned()));
        }
    }
}
