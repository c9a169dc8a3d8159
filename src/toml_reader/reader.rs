//! A text being read as TOML, with everything found wrong so far and its positions.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::position::{Lines, Position};
use super::wrong::{Kind, Subject, Wanted, Wrong};

/// A text as TOML.
pub type Root<'a> = Spanned<DeTable<'a>>;

/// A text without the spaces around it, and where it begins in bytes.
#[derive(Clone, Default)]
#[expect(missing_docs, reason = "the line above says it")]
pub struct Text {
    pub value: String,
    pub at: usize,
}

/// A text being read, and all that is wrong with it so far. `F` is what can be wrong, [`Wrong`] being a part of that.
pub struct Reader<'a, F> {
    text: &'a str,
    lines: Lines<'a>,
    found: RefCell<Vec<(Position, F)>>,
}

impl<'a, F: From<Wrong>> Reader<'a, F> {
    /// Starts reading a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: Lines::new(text),
            found: RefCell::default(),
        }
    }

    /// What was found since the last call, with its positions.
    pub fn take(&self) -> Vec<(Position, F)> {
        self.found.take()
    }

    /// The text as TOML; `None` if it is broken, since what seems to be in it then isn't worth reporting.
    pub fn root(&self) -> Option<Root<'a>> {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        let Some(error) = errors.first() else {
            return Some(root);
        };
        let at = error.span().map_or(0, |span| span.start);
        self.add(at, Wrong::Syntax(error.message().to_owned()));
        None
    }

    /// The position of this byte.
    pub fn place(&self, at: usize) -> Position {
        self.lines.place(at)
    }

    /// Records what is wrong at this byte.
    pub fn add(&self, at: usize, wrong: impl Into<F>) {
        let found = (self.place(at), wrong.into());
        self.found.borrow_mut().push(found);
    }

    /// Records that a value isn't of the kind wanted.
    pub(super) fn add_kind(&self, value: &Spanned<DeValue<'_>>, what: Subject, wanted: Wanted) {
        let found = Kind::of(value.get_ref());
        self.add(
            value.span().start,
            Wrong::Kind {
                what,
                wanted,
                found,
            },
        );
    }

    /// A value that must be a text of 1 to `most` characters.
    pub(super) fn text(
        &self,
        value: &Spanned<DeValue<'_>>,
        what: Subject,
        most: usize,
    ) -> Option<Text> {
        let wanted = Wanted::Text;
        let DeValue::String(text) = value.get_ref() else {
            self.add_kind(value, what, wanted);
            return None;
        };
        let at = value.span().start;
        let value = text.trim().to_owned();
        let length = value.chars().count();
        if length == 0 {
            let required = true;
            self.add(
                at,
                Wrong::Empty {
                    what,
                    wanted,
                    required,
                },
            );
            return None;
        }
        if length > most {
            self.add(at, Wrong::TooLong { what, length, most });
        }
        Some(Text { value, at })
    }
}

/// A step from a table or list to something in it.
#[derive(Clone, Copy)]
pub enum Step {
    /// The value of this key.
    Key(&'static str),
    /// The item at this position, from 0.
    Item(usize),
}

/// Where something begins, in bytes; if it isn't there, where the nearest table around it begins.
pub fn locate(root: &Root<'_>, steps: &[Step]) -> usize {
    let (mut at, mut value) = (0, None);
    for step in steps {
        let next = match (step, value.map(Spanned::get_ref)) {
            (Step::Key(key), None) => root.get_ref().get(*key),
            (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
            (Step::Item(index), Some(DeValue::Array(items))) => items.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        at = next.span().start;
        value = Some(next);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;

    /// What is found in a text that may have a flag and a list of tables with a name each.
    fn found(text: &str) -> Vec<(usize, usize, Wrong)> {
        let reader = Reader::<Wrong>::new(text);
        if let Some(root) = reader.root() {
            let mut root = Table::root(&reader, &root, "file");
            root.value::<bool>("flag");
            for mut item in root.tables("item", 1..=2, "item") {
                item.text("name", 5);
                item.end();
            }
            root.end();
        }
        let found = reader.take().into_iter();
        found
            .map(|(place, wrong)| (place.line, place.column, wrong))
            .collect()
    }

    #[test]
    fn all_that_is_wrong_is_found_with_its_place() {
        let text = "flog = 1\nflag = 'é' # x\nnothing = 2\n[[item]]\nname = 'sixsix'\n[[item]]\n";
        let (what, wanted) = (Subject::Key("flag"), Wanted::Flag);
        let unknown = |key: &str, near| Wrong::Unknown {
            key: key.to_owned(),
            near,
            known: vec!["flag", "item"],
        };
        let expected = [
            (
                2,
                8,
                Wrong::Kind {
                    what,
                    wanted,
                    found: Kind::Text,
                },
            ),
            (
                5,
                8,
                Wrong::TooLong {
                    what: Subject::Key("name"),
                    length: 6,
                    most: 5,
                },
            ),
            (
                6,
                1,
                Wrong::Missing {
                    table: "item",
                    key: "name",
                },
            ),
            (1, 1, unknown("flog", Some("flag"))),
            (3, 1, unknown("nothing", None)),
        ];
        assert_eq!(found(text), expected);
        assert_eq!(found("item = [{ name = 'a' }]"), []);
    }

    #[test]
    fn of_what_is_not_toml_only_that_is_told() {
        let found = found("flag = true\nitem = [ 'é'");
        assert!(
            matches!(found[..], [(2, 13, Wrong::Syntax(_))]),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_not_written_is_where_the_nearest_table_around_it_is() {
        let text = "[[item]]\nname = 'a'\n[[item]]\nlist = [1, 2]\n";
        let reader = Reader::<Wrong>::new(text);
        let root = reader.root().expect("it is TOML");
        for (steps, place) in [
            (
                &[Step::Key("item"), Step::Item(0), Step::Key("name")][..],
                (2, 8),
            ),
            (
                &[Step::Key("item"), Step::Item(1), Step::Key("name")],
                (3, 1),
            ),
            (
                &[
                    Step::Key("item"),
                    Step::Item(1),
                    Step::Key("list"),
                    Step::Item(1),
                ],
                (4, 12),
            ),
            (&[Step::Key("topic")], (1, 1)),
        ] {
            let found = reader.place(locate(&root, steps));
            assert_eq!((found.line, found.column), place);
        }
    }
}
