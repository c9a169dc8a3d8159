//! What can be wrong with a TOML file. The words are in `app/wording/toml.rs`.

use toml::de::DeValue;

/// What is wrong with a file: with its TOML, its keys, or the kinds of its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// It isn't TOML. What the parser says.
    Syntax(String),
    /// A table lacks a key.
    Missing {
        /// The table's name.
        table: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A table has a key that nothing reads.
    Unknown {
        /// The key.
        key: String,
        /// The key that may be meant.
        near: Option<&'static str>,
        /// All the keys that there may be.
        known: Vec<&'static str>,
    },
    /// A value is of the wrong kind, or out of range.
    Kind {
        /// The value.
        what: Subject,
        /// What it should be.
        wanted: Wanted,
        /// What it is.
        found: Kind,
    },
    /// A text is empty.
    Empty {
        /// The text.
        what: Subject,
        /// What it should be.
        wanted: Wanted,
        /// Whether the key may not be left out.
        required: bool,
    },
    /// A text is too long.
    TooLong {
        /// The text.
        what: Subject,
        /// Its length in characters.
        length: usize,
        /// The most that fit.
        most: usize,
    },
    /// A list has too few items, or too many.
    Items {
        /// The table's name.
        table: &'static str,
        /// The list's key.
        key: &'static str,
        /// The fewest it may have.
        least: usize,
        /// The most it may have.
        most: usize,
        /// How many it has.
        found: usize,
    },
    /// A list within a list has too few items, or too many.
    Inner {
        /// The outer list's key.
        key: &'static str,
        /// The fewest it may have.
        least: usize,
        /// The most it may have.
        most: usize,
        /// How many it has.
        found: usize,
    },
}

/// A value of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// That of this key.
    Key(&'static str),
    /// One of the list of this key.
    Item(&'static str),
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// A text.
    Text,
    /// The path of a file or folder.
    Path,
    /// True or false.
    Flag,
    /// A port: from 0 to 65535.
    Port,
    /// A whole number, 1 or more.
    Count,
    /// A list of texts.
    Texts,
    /// A list of such lists.
    Lists,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are TOML's")]
pub enum Kind {
    Text,
    Number,
    Flag,
    Time,
    List,
    Table,
}

impl Kind {
    pub(super) fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(_) => Self::Text,
            DeValue::Integer(_) | DeValue::Float(_) => Self::Number,
            DeValue::Boolean(_) => Self::Flag,
            DeValue::Datetime(_) => Self::Time,
            DeValue::Array(_) => Self::List,
            DeValue::Table(_) => Self::Table,
        }
    }
}
