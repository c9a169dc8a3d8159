//! Files that were probably meant as question files, but aren't read because of their names.

use std::fs;
use std::path::Path;

use super::Warning;
use crate::bank::Fault;

/// Some editors add `.txt` without showing it, and nobody sees a space.
pub fn lint(folder: &Path, found: &mut Vec<Fault>) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files {
        let name = file.file_name().to_string_lossy().to_lowercase();
        let meant = name.trim_end().trim_end_matches(".txt").trim_end();
        if meant != name && meant.ends_with(".toml") && !name.starts_with('.') {
            found.push(Fault::whole(&file.path(), Warning::NotRead));
        }
    }
}
