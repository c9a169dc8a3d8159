//! Messages that nobody sent, on a page of their own: how something will look before it is posted.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// All that can be looked at, and what keeps the rest from it.
#[derive(Clone, Debug, Default)]
pub struct Previews {
    /// In the order in which they are listed.
    pub entries: Vec<Preview>,
    /// What is wrong with sources. Those of a source are shown in place of its entries.
    pub faults: Vec<PreviewFault>,
    /// What the page calls one entry, and several; "entry" and "entries" where this says nothing.
    pub called: Option<[String; 2]>,
    /// Finds entries for words that are in no entry's name or title, such as misspelt ones.
    pub search: Option<Search>,
}

/// Finds entries by what somebody typed: the names of those that fit.
#[derive(Clone)]
pub struct Search(Arc<Searching>);

type Searching = dyn Fn(&str) -> Vec<String> + Send + Sync;

impl Search {
    /// Searches by calling this.
    pub fn new(search: impl Fn(&str) -> Vec<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(search))
    }

    /// The names of the entries that fit.
    pub(crate) fn names(&self, typed: &str) -> Vec<String> {
        (self.0)(typed)
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search")
    }
}

impl Previews {
    /// Whether there is nothing to look at.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.faults.is_empty()
    }
}

/// A group of messages about one thing.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What it was made of, such as a file; entries of one source stand together.
    pub source: String,
    /// What it is called, unique among all.
    pub name: String,
    /// One line about it.
    pub title: String,
    /// The messages, top to bottom.
    pub messages: Vec<PreviewMessage>,
}

/// A message that nobody sent.
#[derive(Clone, Debug)]
pub struct PreviewMessage {
    /// When it is seen.
    pub caption: String,
    /// The body of a request that would post it: `content`, `embeds` and `components`.
    pub message: Value,
}

/// Something wrong with a source.
#[derive(Clone, Debug)]
pub struct PreviewFault {
    /// The source.
    pub source: String,
    /// The line in it, from 1, if it is of a line.
    pub line: Option<usize>,
    /// The entry it is of, if it is of one.
    pub name: Option<String>,
    /// What is wrong.
    pub text: String,
}
