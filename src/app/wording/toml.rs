//! What is wrong with a TOML file, as authors and operators read it.

use std::fmt::{self, Display, Formatter};

use crate::toml_reader::{Kind, Wanted, What, Wrong};

impl Display for Wrong {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(why) => f.write_str(why),
            Self::Missing { table, key } => write!(f, "{} lacks `{key}`", named(table)),
            Self::Unknown {
                table,
                key,
                near,
                known,
            } => {
                write!(f, "{} has no key `{key}`; ", named(table))?;
                match near {
                    Some(near) => write!(f, "did you mean `{near}`?"),
                    None => write!(f, "its keys are {}", known.join(", ")),
                }
            }
            Self::Kind {
                what,
                wanted,
                found,
            } => write!(f, "{what} must be {wanted}, not {found}"),
            Self::Empty { what, .. } => write!(f, "{what} is empty"),
            Self::TooLong { what, length, most } => {
                write!(f, "{what} has {length} characters; at most {most} fit")
            }
            Self::Items {
                table,
                key,
                least,
                most,
                found,
            } => {
                let allowed = match (*least, *most) {
                    (0, most) => format!("at most {most}"),
                    (least, usize::MAX) => format!("at least {least}"),
                    (least, most) => format!("{least} to {most}"),
                };
                let table = named(table);
                write!(f, "`{key}` of {table} holds {allowed} items, not {found}")
            }
            Self::Inner {
                key,
                least,
                most,
                found,
            } => {
                let what = What::Item(key);
                write!(f, "{what} holds {least} to {most} texts, not {found}")
            }
        }
    }
}

/// A table by its name. Of question files there are many.
fn named(table: &str) -> String {
    match table {
        "question file" => "a question file".to_owned(),
        table => format!("the {table}"),
    }
}

impl Display for What {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Item(key) => write!(f, "an item of `{key}`"),
        }
    }
}

impl Display for Wanted {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text in quotes",
            Self::Path => "a path in quotes",
            Self::Flag => "true or false",
            Self::Port => "a port: a whole number from 0 to 65535",
            Self::Count => "a whole number from 1 on",
            Self::Texts => "a list of texts",
            Self::Lists => "a list of lists of texts",
            Self::Table => "a table",
            Self::Tables => "a list of tables",
        })
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Time => "a date or time",
            Self::List => "a list",
            Self::Table => "a table",
        })
    }
}
