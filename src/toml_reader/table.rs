//! One table of a file, key by key.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::reader::{Reader, Root, Text};
use super::wrong::{Subject, Wanted, Wrong};

/// A value that is right if it is of the right kind.
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

/// A table being read. The keys asked for, until [`Table::end`], are those that it may have.
pub struct Table<'a, F> {
    reader: &'a Reader<'a, F>,
    name: &'static str,
    /// `None` if it isn't there.
    table: Option<&'a DeTable<'a>>,
    /// Where it begins, in bytes.
    at: usize,
    /// The keys asked for.
    known: Vec<&'static str>,
}

impl<'a, F: From<Wrong>> Table<'a, F> {
    /// The whole file, which faults call `name`.
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

    /// Records every key that was not asked for.
    pub fn end(self) {
        for key in self.table.iter().flat_map(|table| table.keys()) {
            if self.known.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let unknown = Wrong::Unknown {
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

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.written(key).is_some()
    }

    /// The text of a key, if it is one.
    pub fn peek(&self, key: &str) -> Option<&'a str> {
        self.written(key)?.get_ref().as_str()
    }

    /// Records what is wrong with the value of a key or, if it isn't there, with the table.
    pub fn fault(&self, key: &str, wrong: impl Into<F>) {
        self.reader.add(self.at(key), wrong);
    }

    /// Where the value of a key begins, in bytes; if it isn't there, where the table does.
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

    /// The value of a key, as written. It may be left out, but an empty text is a fault.
    pub fn value<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.value_of(key, false)
    }

    fn value_of<T: Value>(&mut self, key: &'static str, required: bool) -> Option<T> {
        let value = self.get(key)?;
        let (what, wanted) = (Subject::Key(key), T::WANTED);
        if value
            .get_ref()
            .as_str()
            .is_some_and(|it| it.trim().is_empty())
        {
            let empty = Wrong::Empty {
                what,
                wanted,
                required,
            };
            self.reader.add(value.span().start, empty);
            return None;
        }
        let read = T::deserialize(ValueDeserializer::from(value.clone())).ok();
        if read.is_none() {
            self.reader.add_kind(value, what, wanted);
        }
        read
    }

    /// The same for a key that must be there.
    pub fn required_value<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.required(key)?;
        self.value_of(key, true)
    }

    /// A required text of 1 to `most` characters.
    pub fn text(&mut self, key: &'static str, most: usize) -> Option<Text> {
        let value = self.required(key)?;
        self.reader.text(value, Subject::Key(key), most)
    }

    /// The same; unless it is `required`, it may be left out or empty.
    pub fn text_if(&mut self, key: &'static str, most: usize, required: bool) -> Option<Text> {
        let empty = self.peek(key).is_some_and(|text| text.trim().is_empty());
        if !required && (empty || !self.has(key)) {
            self.get(key);
            return None;
        }
        self.text(key, most)
    }

    /// A list of so many texts of 1 to `most` characters each. It may be left out if it may be empty.
    pub fn texts(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Text> {
        self.list(key, count, Wanted::Texts)
            .iter()
            .filter_map(|value| self.reader.text(value, Subject::Item(key), most))
            .collect()
    }

    /// A list of lists of so many texts, of 1 to `most` characters each. It may be left out.
    pub fn lists(
        &mut self,
        key: &'static str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Vec<Text>> {
        let what = Subject::Item(key);
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

    /// A table; empty if it isn't there.
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
            self.reader
                .add_kind(value, Subject::Key(key), Wanted::Table);
        }
        let at = value.span().start;
        Some(Self::new(self.reader, key, Some(table?), at))
    }

    /// A list of so many tables, each of which faults call `name`. It may be left out if it may be empty.
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
                _ => self
                    .reader
                    .add_kind(value, Subject::Item(key), Wanted::Table),
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
            self.reader.add_kind(value, Subject::Key(key), wanted);
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

/// The known name that is probably meant by an unknown one: one that hardly differs, for its length.
fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let distances = known
        .iter()
        .map(|known| (strsim::osa_distance(written, known), *known));
    let near = distances.filter(|(distance, known)| *distance <= (known.len() / 3).max(1));
    near.min().map(|(_, known)| known)
}
