//! Aliases that nobody finds their question by.

use super::Warning;
use super::source_file::{SourceFile, Step::Item, Step::Key};
use crate::bank::{Bank, Fault, NameOf, Named};

/// Finds aliases whose first match is something that doesn't include their question.
pub fn lint(bank: &Bank, files: &[SourceFile<'_>], found: &mut Vec<Fault>) {
    for file in files {
        for (index, question) in file.questions.iter().enumerate() {
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
                let warning = Warning::Alias { alias, finds, name };
                found.push(file.warning(index, &[Key("aliases"), Item(item)], warning));
            }
        }
    }
}
