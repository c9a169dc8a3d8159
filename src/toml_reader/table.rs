//! One table of a file, key by key.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::reader::{Reader, Root, Text};
use super::wrong::{Wanted, What, Wrong};

/// What a key can hold that needs no more than its kind to be right.
pub trait Value: DeserializeOwned {
    /// What to write.
    const WANTED: Wanted;
}

impl Value for String {
    const WANTED: Wanted = Wanted::Text;
}

impl Value for PathBuf {
    const WANTED: Wanted = Wanted::Path;
}

impl Value for bool {
    const WANTED: Wanted = Wanted::Flag;
}

impl Value for u16 {
    const WANTED: Wanted = Wanted::Port;
}

impl Value for NonZeroUsize {
    const WANTED: Wanted = Wanted::Count;
}

impl Value for Vec<String> {
    const WANTED: Wanted = Wanted::Texts;
}

/// A table being read: what is asked of it is what it may have, until [`Table::end`].
pub struct Table<'a, F> {
    reader: &'a Reader<'a, F>,
    name: &'static str,
    /// None if it isn't written.
    table: Option<&'a DeTable<'a>>,
    /// Where it begins, in bytes.
    at: usize,
    /// What it was asked for.
    known: Vec<&'static str>,
}

impl<'a, F: From<Wrong>> Table<'a, F> {
    /// All of a file, called `name` in what is wrong with it.
    pub fn root(reader: &'a Reader<'a, F>, root: &'a Root<'a>, name: &'static str) -> Self {
        Self::new(reader, name, Some(root.get_ref()), 0)
    }

    fn new(
        reader: &'a Reader<'a, F>,
        name: &'static str,
        table: Option<&'a DeTable<'a>>,
        at: usize,
    ) -> Self {
        Self {
            reader,
            name,
            table,
            at,
            known: Vec::new(),
        }
    }

    /// Notes every key that was not asked for.
    pub fn end(self) {
        for key in self.table.iter().flat_map(|table| table.keys()) {
            if self.known.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let unknown = Wrong::Unknown {
                table: self.name,
                key: key.get_ref().to_string(),
                near: nearest(key.get_ref(), &self.known),
                known: self.known.clone(),
            };
            self.reader.add(key.span().start, unknown);
        }
    }

    fn written(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table?.get(key)
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.written(key)
    }

    /// Whether a key is written.
    pub fn has(&self, key: &str) -> bool {
        self.written(key).is_some()
    }

    /// The text of a key, if it is one.
    pub fn peek(&self, key: &str) -> Option<&'a str> {
        self.written(key)?.get_ref().as_str()
    }

    /// Notes what is wrong with the value of a key, or else with the table.
    pub fn fault(&self, key: &str, wrong: impl Into<F>) {
        self.reader.add(self.at(key), wrong);
    }

    /// Where the value of a key begins in bytes, or else the table.
    pub fn at(&self, key: &str) -> usize {
        self.written(key)
            .map_or(self.at, |value| value.span().start)
    }

    /// Where the table begins, in bytes.
    pub fn start(&self) -> usize {
        self.at
    }

    fn required(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            let table = self.name;
            self.reader.add(self.at, Wrong::Missing { table, key });
        }
        value
    }

    /// What a key holds, as it is written; it may be left out, but not be an empty text.
    pub fn value<T: Value>(&mut self, key: &'static str) -> Option<T> {
        let value = self.get(key)?;
        let (what, wanted) = (What::Key(key), T::WANTED);
        if value
            .get_ref()
            .as_str()
            .is_some_and(|it| it.trim().is_empty())
        {
            self.reader
                .add(value.span().start, Wrong::Empty { what, wanted });
            return None;
        }
        let read = T::deserialize(ValueDeserializer::from(value.clone())).ok();
        if read.is_none() {
            self.reader.add_kind(value, what, wanted);
        }
        read
    }

    /// The same of a key that must be there.
    pub fn required_value<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.required(key)?;
        self.value(key)
    }

    /// A required text with something in it, of at most `most` characters.
    pub fn text(&mut self, key: &'static str, most: usize) -> Option<Text> {
        let value = self.required(key)?;
        self.reader.text(value, What::Key(key), most)
    }

    /// The same; if it is not `required` it may be left out, or be empty.
    pub fn text_if(&mut self, key: &'static str, most: usize, required: bool) -> Option<Text> {
        let empty = self.peek(key).is_some_and(|text| text.trim().is_empty());
        if !required && (empty || !self.has(key)) {
            self.get(key);
            return None;
        }
        self.text(key, most)
    }

    /// A list of so many texts, each with something in it and of at most `most` characters. It may be left out if
    /// there may be none.
    pub fn texts(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Text> {
        self.list(key, count, Wanted::Texts)
            .iter()
            .filter_map(|value| self.reader.text(value, What::Item(key), most))
            .collect()
    }

    /// A list, which may be left out, of lists of so many texts, each with something in it and of at most `most`
    /// characters.
    pub fn lists(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Vec<Text>> {
        let what = What::Item(key);
        let mut lists = Vec::new();
        for value in self.list(key, 0..=usize::MAX, Wanted::Lists) {
            let DeValue::Array(items) = value.get_ref() else {
                self.reader.add_kind(value, what, Wanted::Texts);
                continue;
            };
            if !count.contains(&items.len()) {
                let wrong = Wrong::Inner {
                    key,
                    least: *count.start(),
                    most: *count.end(),
                    found: items.len(),
                };
                self.reader.add(value.span().start, wrong);
            }
            let texts = items.iter();
            lists.push(
                texts
                    .filter_map(|it| self.reader.text(it, what, most))
                    .collect(),
            );
        }
        lists
    }

    /// A table, as empty if it isn't written.
    pub fn table(&mut self, key: &'static str) -> Self {
        let value = self.get(key).and_then(|value| self.as_table(value, key));
        value.unwrap_or_else(|| Self::new(self.reader, key, None, self.at))
    }

    /// A required table.
    pub fn required_table(&mut self, key: &'static str) -> Option<Self> {
        let value = self.required(key)?;
        self.as_table(value, key)
    }

    fn as_table(&self, value: &'a Spanned<DeValue<'a>>, key: &'static str) -> Option<Self> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.reader.add_kind(value, What::Key(key), Wanted::Table);
        }
        let at = value.span().start;
        Some(Self::new(self.reader, key, Some(table?), at))
    }

    /// A list of so many tables, each called `name` in what is wrong with it. It may be left out if there may be none.
    pub fn tables(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        name: &'static str,
    ) -> Vec<Self> {
        let mut tables = Vec::new();
        for value in self.list(key, count, Wanted::Tables) {
            match value.get_ref() {
                DeValue::Table(table) => {
                    let at = value.span().start;
                    tables.push(Self::new(self.reader, name, Some(table), at));
                }
                _ => self.reader.add_kind(value, What::Item(key), Wanted::Table),
            }
        }
        tables
    }

    fn list(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        wanted: Wanted,
    ) -> &'a [Spanned<DeValue<'a>>] {
        let value = if count.contains(&0) {
            self.get(key)
        } else {
            self.required(key)
        };
        let Some(value) = value else { return &[] };
        let DeValue::Array(items) = value.get_ref() else {
            self.reader.add_kind(value, What::Key(key), wanted);
            return &[];
        };
        if !count.contains(&items.len()) {
            let wrong = Wrong::Items {
                table: self.name,
                key,
                least: *count.start(),
                most: *count.end(),
                found: items.len(),
            };
            self.reader.add(value.span().start, wrong);
        }
        items
    }
}

/// The name that is probably meant by one that is none of them: as good as equal, for its length.
fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let distances = known
        .iter()
        .map(|known| (strsim::osa_distance(written, known), *known));
    let near = distances.filter(|(distance, known)| *distance <= (known.len() / 3).max(1));
    near.min().map(|(_, known)| known)
}
