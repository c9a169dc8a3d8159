//! Files someone attached: where they are, and who may have them.

use super::{Asker, State, StoredFile, World};

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
