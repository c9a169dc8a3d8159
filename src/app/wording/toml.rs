//! What is wrong with a TOML file, as authors and operators read it.

use std::fmt::{self, Display, Formatter};

use crate::toml_reader::{Kind, Subject, Wanted, Wrong};

impl Display for Wrong {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(why) => f.write_str(why),
            Self::Missing { table, key } => write!(f, "the {table} lacks `{key}`"),
            Self::Unknown { key, near, known } => match near {
                Some(near) => write!(f, "unknown key `{key}`: did you mean `{near}`?"),
                None => write!(
                    f,
                    "unknown key `{key}`; the keys here are {}",
                    known.join(", ")
                ),
            },
            Self::Kind {
                what,
                wanted,
                found,
            } => {
                write!(f, "{what} must be {wanted}")?;
                match (wanted, found) {
                    // Out of the range.
                    (Wanted::Port | Wanted::Count, Kind::Number) => {}
                    (Wanted::Flag | Wanted::Port | Wanted::Count, Kind::Text) => {
                        f.write_str(", without quotes")?;
                    }
                    _ => write!(f, ", not {found}")?,
                }
                f.write_str(&how(*what, *wanted))
            }
            Self::Empty { what, required, .. } if *required => write!(f, "{what} is empty"),
            Self::Empty { what, wanted, .. } => {
                write!(f, "{what} is empty; write {wanted}, or leave the key out")
            }
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
                write!(
                    f,
                    "`{key}` of the {table} holds {allowed} items, not {found}"
                )
            }
            Self::Inner {
                key,
                least,
                most,
                found,
            } => {
                let what = Subject::Item(key);
                write!(f, "{what} holds {least} to {most} texts, not {found}")
            }
        }
    }
}

/// How to write a value, where that isn't plain from what it must be.
fn how(what: Subject, wanted: Wanted) -> String {
    match (what, wanted) {
        (_, Wanted::Texts) => "; write it like [\"caching\", \"http\"]".to_owned(),
        (Subject::Key(key), Wanted::Table) => format!("; begin it with the line [{key}]"),
        (Subject::Key(_), Wanted::Tables) => {
            "; begin each with a line in double brackets, [[…]]".to_owned()
        }
        _ => String::new(),
    }
}

impl Display for Subject {
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
            Self::Port => "a port, from 0 to 65535",
            Self::Count => "a whole number, 1 or more",
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
