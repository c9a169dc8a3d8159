//! A file someone attached, and who asks for it.

use std::sync::Arc;

use serde::Deserialize;

/// A file someone attached.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// The channel it was posted in.
    pub channel: u64,
    /// The only person who may see it, if the message is ephemeral.
    pub only: Option<u64>,
    /// What its address ends in for the bot, and for whom the bot gives that to, as on Discord.
    pub signature: String,
}

/// Who asks for a file, by the query of its address: someone with the file's own signature, or a person
/// with the key that only what the page shows to them carries.
#[derive(Debug, Deserialize)]
pub struct Asker {
    pub(super) hm: Option<String>,
    #[serde(rename = "as")]
    pub(super) person: Option<u64>,
    pub(super) key: Option<String>,
}
