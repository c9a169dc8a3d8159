//! Where the question files are: in a folder, or in the program itself.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::RustEmbed;
use tokio::sync::watch::{self, Receiver};

use super::load::read_folder;
use super::{Bank, Fault, Faults, Saved};

/// The folder to look for if none is set.
const USUAL: &str = "questions";

/// The question files of the project. A debug build reads them from where it was built, so that changing questions needs
/// no rebuild.
#[derive(RustEmbed)]
#[folder = "questions"]
struct Shipped;

/// Where the question files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In this folder.
    Folder(PathBuf),
    /// In the program.
    BuiltIn,
}

impl Source {
    /// The folder that is set, whether or not it exists; else `questions`, if that exists; else the program's own.
    pub fn new(set: Option<PathBuf>) -> Source {
        match set {
            Some(folder) => Source::Folder(folder),
            None if Path::new(USUAL).exists() => Source::Folder(USUAL.into()),
            None => Source::BuiltIn,
        }
    }

    /// The folder that the files are in, or seem to be in.
    pub fn folder(&self) -> &Path {
        match self {
            Source::Folder(folder) => folder,
            Source::BuiltIn => Path::new(USUAL),
        }
    }

    /// Reads the bank.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(&self) -> Result<Bank, Faults> {
        let (files, faults) = self.read();
        Bank::assemble(&files, faults)
    }

    /// Reads the bank, and from then on again whenever a file of it was saved, until every receiver is gone. What is
    /// built in never changes.
    pub async fn watch(&self) -> Receiver<Saved> {
        match self {
            Source::Folder(folder) => super::watch::watch(folder.clone()).await,
            Source::BuiltIn => {
                let (sender, receiver) = watch::channel(self.load().map(Arc::new));
                tokio::spawn(async move { sender.closed().await });
                receiver
            }
        }
    }

    /// The text of each file, in the order of their names, and the faults of those that can't be read.
    pub(super) fn read(&self) -> (Vec<(PathBuf, String)>, Vec<Fault>) {
        match self {
            Source::Folder(folder) => read_folder(folder),
            Source::BuiltIn => (shipped(), Vec::new()),
        }
    }
}

fn shipped() -> Vec<(PathBuf, String)> {
    let is_questions = |name: &Cow<str>| name.ends_with(".toml");
    let mut names: Vec<Cow<str>> = Shipped::iter().filter(is_questions).collect();
    names.sort();
    let files = names.into_iter().filter_map(|name| {
        let text = String::from_utf8_lossy(&Shipped::get(&name)?.data).into_owned();
        Some((Path::new(USUAL).join(&*name), text))
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_the_projects_bank() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(USUAL);
        let ids = |source: Source| {
            let bank = source.load().expect("it is valid");
            let ids = bank.questions().iter().map(|question| question.id.clone());
            ids.collect::<Vec<_>>()
        };
        let built_in = ids(Source::BuiltIn);
        assert!(!built_in.is_empty());
        assert_eq!(built_in, ids(Source::Folder(folder)));
    }

    #[test]
    fn a_folder_that_is_set_is_used_though_it_is_missing() {
        let source = Source::new(Some("nowhere".into()));
        assert_eq!(source, Source::Folder("nowhere".into()));
        let fault = source.load().expect_err("it is missing").to_string();
        assert!(fault.contains("there is no such directory"), "{fault}");
    }

    #[tokio::test]
    async fn what_is_built_in_is_watched_without_an_end() {
        let mut saved = Source::BuiltIn.watch().await;
        assert!(saved.borrow_and_update().is_ok());
        assert!(
            saved.has_changed().is_ok_and(|changed| !changed),
            "it is neither saved nor gone"
        );
    }
}
