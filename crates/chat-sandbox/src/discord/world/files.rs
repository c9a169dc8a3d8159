//! Files someone attached: where they are, and who may have them.

use std::sync::Arc;

use serde::Deserialize;

use super::{State, World};

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
    hm: Option<String>,
    #[serde(rename = "as")]
    person: Option<u64>,
    key: Option<String>,
}

impl State {
    /// A file, for someone who may have it.
    pub fn file_for(&self, id: u64, name: &str, asker: &Asker) -> Option<&StoredFile> {
        let file = self.files.get(&id).filter(|file| file.name == name)?;
        let signed = asker.hm.as_ref() == Some(&file.signature);
        let shown = || {
            let person = asker.person.and_then(|person| self.someone(person))?;
            let id = person.user.id.get();
            let theirs = file.only.is_none_or(|only| only == id) && self.sees(id, file.channel);
            Some(theirs && asker.key.as_ref() == Some(&person.key))
        };
        (signed || shown() == Some(true)).then_some(file)
    }

    /// The address of a file, as the bot is told it.
    pub fn file_url(&self, id: u64, file: &StoredFile) -> String {
        let (address, name, signature) = (self.address, &file.name, &file.signature);
        format!("http://{address}/files/{id}/{name}?hm={signature}")
    }
}

impl World {
    /// An attachment, by its address, whoever may have it.
    pub fn file(&self, url: &str) -> Option<StoredFile> {
        let (_, path) = url.split_once("/files/")?;
        let (id, _) = path.split_once('/')?;
        self.lock().files.get(&id.parse().ok()?).cloned()
    }
}
