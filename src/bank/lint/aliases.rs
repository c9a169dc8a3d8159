//! Aliases that nobody finds their question by.

use super::sheet::{Sheet, Step::Item, Step::Key};
use crate::bank::{Bank, Fault, Named};

/// Finds aliases that name something first which their question is no part of.
pub fn lint(bank: &Bank, sheets: &[Sheet<'_>], found: &mut Vec<Fault>) {
    for sheet in sheets {
        for (index, question) in sheet.questions.iter().enumerate() {
            for (item, alias) in question.aliases.iter().enumerate() {
                let named = bank.named(alias);
                let Some(named) = named.filter(|named| !named.holds(question)) else {
                    continue;
                };
                let what = match named {
                    Named::Topic(topic) => format!("the topic `{}`", topic.name),
                    Named::Tag(tag) => format!("the tag `{tag}`"),
                    Named::Question(other) => format!("the question `{}`", other.id),
                };
                let message = format!("the alias `{alias}` finds {what}; leave it out");
                found.push(sheet.blemish(index, &[Key("aliases"), Item(item)], message));
            }
        }
    }
}
