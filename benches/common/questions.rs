//! The questions that Greenroom comes with.

use std::path::PathBuf;

/// Their folder.
pub fn shipped_questions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("questions")
}
