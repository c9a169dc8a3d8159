//! Reads TOML tables key by key, and tells every fault with its line and the nearest key.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::told;

/// The faults found so far in a file.
pub(super) struct Faults<'a> {
    path: &'a Path,
    text: &'a str,
    /// Each with its line.
    found: Vec<(usize, String)>,
}

impl<'a> Faults<'a> {
    pub fn of(path: &'a Path, text: &'a str) -> Self {
        Self {
            path,
            text,
            found: Vec::new(),
        }
    }

    /// The line, from 1, that a place is in.
    pub fn line(&self, span: &Range<usize>) -> usize {
        self.text[..span.start.min(self.text.len())]
            .matches('\n')
            .count()
            + 1
    }

    pub fn add(&mut self, span: Range<usize>, message: &str) {
        let line = self.line(&span);
        let told = format!("{}:{line}: {message}", told::name(self.path));
        self.found.push((line, told));
    }

    /// Them all, in the order of the lines.
    pub fn told(mut self) -> Vec<String> {
        self.found.sort_by_key(|(line, _)| *line);
        self.found.into_iter().map(|(_, told)| told).collect()
    }
}

/// What a key may hold, in words for whoever wrote something else.
pub(super) trait Setting: DeserializeOwned {
    const WANTED: &str;
}

impl Setting for String {
    const WANTED: &str = "text in quotes";
}

impl Setting for PathBuf {
    const WANTED: &str = "a path in quotes";
}

impl Setting for bool {
    const WANTED: &str = "true or false, without quotes";
}

impl Setting for u16 {
    const WANTED: &str = "a port: a whole number from 0 to 65535, without quotes";
}

impl Setting for NonZeroUsize {
    const WANTED: &str = "a whole number from 1 on, without quotes";
}

impl Setting for Vec<String> {
    const WANTED: &str = "a list of texts, as in [\"caching\", \"http\"]";
}

/// The keys of a table that were not read yet, and the names of those that were.
pub(super) struct Keys<'a> {
    left: DeTable<'a>,
    known: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    pub fn new(left: DeTable<'a>) -> Self {
        Self {
            left,
            known: Vec::new(),
        }
    }

    fn value(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.left.remove(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    pub fn take<T: Setting>(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<T> {
        self.take_if(key, faults, |_| Ok(()))
    }

    /// The value of a key, if `right` finds nothing wrong with it.
    pub fn take_if<T: Setting>(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
        right: impl FnOnce(&T) -> Result<(), String>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let span = value.span();
        let empty = matches!(value.get_ref(), DeValue::String(text) if text.trim().is_empty());
        let wrong = match T::deserialize(toml::de::ValueDeserializer::from(value)) {
            _ if empty => format!(
                "is empty; leave the key out for its default, or write {}",
                T::WANTED
            ),
            Ok(value) => match right(&value) {
                Ok(()) => return Some(value),
                Err(wrong) => wrong,
            },
            Err(_) => format!("must be {}", T::WANTED),
        };
        faults.add(span, &format!("`{key}` {wrong}"));
        None
    }

    pub fn table(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Self {
        let Some(value) = self.value(key) else {
            return Self::new(DeTable::new());
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Self::new(table),
            _ => {
                faults.add(span, &format!("`{key}` is a table: write [{key}]"));
                Self::new(DeTable::new())
            }
        }
    }

    pub fn tables(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
    ) -> Vec<(Range<usize>, Self)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let span = value.span();
        let DeValue::Array(array) = value.into_inner() else {
            faults.add(
                span,
                &format!("`{key}` can be given several times: write [[{key}]]"),
            );
            return Vec::new();
        };
        let tables = array.into_iter().filter_map(|item| {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => Some((span, Self::new(table))),
                _ => {
                    faults.add(span, &format!("`{key}` is a table: write [[{key}]]"));
                    None
                }
            }
        });
        tables.collect()
    }

    pub fn refuse_rest(self, faults: &mut Faults<'_>) {
        for (key, _) in self.left {
            let span = key.span();
            let key = key.into_inner();
            let near = self
                .known
                .iter()
                .map(|known| (strsim::damerau_levenshtein(&key, known), known))
                .filter(|(distance, known)| *distance <= (known.len() / 3).max(1))
                .min();
            let hint = match near {
                Some((_, near)) => format!(": did you mean `{near}`?"),
                None => format!("; the keys here are {}", self.known.join(", ")),
            };
            faults.add(span, &format!("unknown key `{key}`{hint}"));
        }
    }
}
