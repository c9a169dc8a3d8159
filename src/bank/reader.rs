//! Takes typed values out of one question file and gathers every fault with its place.

use std::{ops::RangeInclusive, path::Path};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use crate::told;

/// A file being read.
pub struct Reader<'a> {
    file: &'a Path,
    text: &'a str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    /// The id of the question being read, for its faults.
    pub question: Option<String>,
    /// What was found wrong so far.
    pub faults: Vec<Fault>,
}

/// A table of the file, called `name` in faults.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    name: &'static str,
    table: &'a DeTable<'a>,
    /// Where it begins, in bytes.
    pub at: usize,
}

/// A text without the spaces around it, and where it begins in bytes.
#[derive(Clone, Default)]
pub struct Text {
    pub value: String,
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a Path, text: &'a str) -> Reader<'a> {
        Reader {
            file,
            text,
            lines: std::iter::once(0)
                .chain(text.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
            question: None,
            faults: Vec::new(),
        }
    }

    /// Notes what is wrong at this byte.
    pub fn fault(&mut self, at: usize, message: impl Into<String>) {
        let (line, column) = self.line_and_column(at);
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            column,
            question: self.question.clone(),
            message: message.into(),
        });
    }

    /// The place of this byte, as a fault names it.
    pub fn place(&self, at: usize) -> String {
        let (line, column) = self.line_and_column(at);
        format!("{}:{line}:{column}", told::name(self.file))
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let inside = self.text.is_char_boundary(at);
        let at = if inside { at } else { self.text.len() };
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines[line - 1];
        (line, self.text[start..at].chars().count() + 1)
    }

    fn wrong_type(&mut self, at: usize, what: &str, wanted: &str, found: &DeValue<'_>) {
        let found = match found {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(at, format!("{what} must be {wanted}, not {found}"));
    }

    /// A value that must be a text with something in it, of at most `most` characters.
    fn read_text(&mut self, value: &Spanned<DeValue<'_>>, what: &str, most: usize) -> Option<Text> {
        let at = value.span().start;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(at, what, "text in quotes", value.get_ref());
            return None;
        };
        let value = text.trim().to_owned();
        let length = value.chars().count();
        if length == 0 {
            self.fault(at, format!("{what} is empty"));
        } else if length > most {
            self.fault(
                at,
                format!("{what} has {length} characters; at most {most} fit"),
            );
        }
        (length > 0).then_some(Text { value, at })
    }
}

impl<'a> Fields<'a> {
    pub fn new(name: &'static str, table: &'a DeTable<'a>, at: usize) -> Fields<'a> {
        Fields { name, table, at }
    }

    /// Faults every key but these, and says which of them may be meant.
    pub fn allow(&self, reader: &mut Reader<'_>, known: &[&str]) {
        for key in self.table.keys() {
            let written = key.get_ref();
            if known.contains(&written.as_ref()) {
                continue;
            }
            let meant = known
                .iter()
                .map(|known| (strsim::osa_distance(known, written), known))
                .filter(|(distance, known)| *distance <= known.len().div_ceil(3))
                .min();
            let hint = match meant {
                Some((_, known)) => format!("did you mean `{known}`?"),
                None => format!("its keys are {}", known.join(", ")),
            };
            reader.fault(
                key.span().start,
                format!("{} has no key `{written}`; {hint}", self.name),
            );
        }
    }

    fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// Whether a key is not written.
    pub fn is_without(&self, key: &str) -> bool {
        self.get(key).is_none()
    }

    /// The text of a key, if it is one.
    pub fn peek(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.get_ref().as_str()
    }

    fn required(&self, reader: &mut Reader<'_>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            reader.fault(self.at, format!("{} lacks `{key}`", self.name));
        }
        value
    }

    /// A required text with something in it, of at most `most` characters.
    pub fn text(&self, reader: &mut Reader<'_>, key: &str, most: usize) -> Option<Text> {
        let value = self.required(reader, key)?;
        reader.read_text(value, &format!("`{key}`"), most)
    }

    /// The same; if it is not `required` it may be left out, or be empty.
    pub fn text_if(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        most: usize,
        required: bool,
    ) -> Option<Text> {
        let empty = self.peek(key).is_some_and(|text| text.trim().is_empty());
        if !required && (empty || self.get(key).is_none()) {
            return None;
        }
        self.text(reader, key, most)
    }

    /// A flag that is false when it is not written.
    pub fn flag(&self, reader: &mut Reader<'_>, key: &str) -> bool {
        match self
            .get(key)
            .map(|value| (value.span().start, value.get_ref()))
        {
            None => false,
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some((at, other)) => {
                reader.wrong_type(at, &format!("`{key}`"), "true or false", other);
                false
            }
        }
    }

    /// Where the value of a key begins, or else the table.
    pub fn at(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    /// A list of so many texts, each with something in it and of at most `most` characters.
    pub fn texts(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Text> {
        self.list(reader, key, count, "a list of texts")
            .iter()
            .filter_map(|value| reader.read_text(value, &format!("an item of `{key}`"), most))
            .collect()
    }

    /// A list, which may be left out, of lists of so many texts, each with something in it and of at most `most`
    /// characters.
    pub fn lists(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        count: RangeInclusive<usize>,
        most: usize,
    ) -> Vec<Vec<Text>> {
        let what = format!("an item of `{key}`");
        let mut lists = Vec::new();
        for value in self.list(reader, key, 0..=usize::MAX, "a list of lists of texts") {
            let at = value.span().start;
            let DeValue::Array(items) = value.get_ref() else {
                reader.wrong_type(at, &what, "a list of texts", value.get_ref());
                continue;
            };
            if !count.contains(&items.len()) {
                let (least, most) = (count.start(), count.end());
                reader.fault(
                    at,
                    format!("{what} holds {least} to {most} texts, not {}", items.len()),
                );
            }
            lists.push(
                items
                    .iter()
                    .filter_map(|item| reader.read_text(item, &what, most))
                    .collect(),
            );
        }
        lists
    }

    /// A list of so many tables, each called `name` in faults.
    pub fn tables(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        count: RangeInclusive<usize>,
        name: &'static str,
    ) -> Vec<Fields<'a>> {
        let mut tables = Vec::new();
        for value in self.list(reader, key, count, "a list of tables") {
            let at = value.span().start;
            match value.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(name, table, at)),
                other => reader.wrong_type(at, &format!("an item of `{key}`"), "a table", other),
            }
        }
        tables
    }

    /// A required table.
    pub fn table(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        name: &'static str,
    ) -> Option<Fields<'a>> {
        let value = self.required(reader, key)?;
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(name, table, at)),
            other => {
                reader.wrong_type(at, &format!("`{key}`"), "a table", other);
                None
            }
        }
    }

    /// A list of so many items, which may be left out if there may be none.
    fn list(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        count: RangeInclusive<usize>,
        wanted: &str,
    ) -> &'a [Spanned<DeValue<'a>>] {
        let value = if count.contains(&0) {
            self.get(key)
        } else {
            self.required(reader, key)
        };
        let Some(value) = value else { return &[] };
        let at = value.span().start;
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong_type(at, &format!("`{key}`"), wanted, value.get_ref());
            return &[];
        };
        if !count.contains(&items.len()) {
            let allowed = match (*count.start(), *count.end()) {
                (0, most) => format!("at most {most}"),
                (least, usize::MAX) => format!("at least {least}"),
                (least, most) => format!("{least} to {most}"),
            };
            let message = format!(
                "`{key}` of {} holds {allowed} items, not {}",
                self.name,
                items.len()
            );
            reader.fault(at, message);
        }
        items
    }
}
