//! The files that SQLite keeps beside a database.

use std::path::{Path, PathBuf};

/// What SQLite keeps beside a database, and must never meet another one:
/// <https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use>.
pub(super) const BESIDE: [&str; 3] = ["-wal", "-journal", "-shm"];

/// The path of a file beside the database.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(suffix);
    beside.into()
}
