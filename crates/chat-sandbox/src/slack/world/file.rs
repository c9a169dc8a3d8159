//! A file.

use std::sync::Arc;

/// A file that the app announced, and what it uploaded of it.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Its name.
    pub name: String,
    /// What people see as its title.
    pub title: String,
    /// How many bytes were announced.
    pub length: u64,
    /// What was uploaded.
    pub bytes: Option<Arc<[u8]>>,
    /// What the address of its upload ends with.
    pub(in crate::slack) secret: String,
    /// Whether it was shared, after which nothing more is uploaded.
    pub(in crate::slack) complete: bool,
}
