//! Aliases that nobody finds their question by.

use super::Blemish;
use super::sheet::{Sheet, Step::Item, Step::Key};
use crate::bank::{Bank, Fault, NameOf, Named};

/// Finds aliases that name something first which their question is no part of.
pub fn lint(bank: &Bank, sheets: &[Sheet<'_>], found: &mut Vec<Fault>) {
    for sheet in sheets {
        for (index, question) in sheet.questions.iter().enumerate() {
            for (item, alias) in question.aliases.iter().enumerate() {
                let named = bank.named(alias);
                let Some(named) = named.filter(|named| !named.holds(question)) else {
                    continue;
                };
                let (finds, name) = match named {
                    Named::Topic(topic) => (NameOf::Topic, topic.name.clone()),
                    Named::Tag(tag) => (NameOf::Tag, tag.to_owned()),
                    Named::Question(other) => (NameOf::Question, other.id.clone()),
                };
                let alias = alias.clone();
                let blemish = Blemish::Alias { alias, finds, name };
                found.push(sheet.blemish(index, &[Key("aliases"), Item(item)], blemish));
            }
        }
    }
}
