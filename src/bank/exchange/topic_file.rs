//! Writes drafts as a question file.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::Draft;
use crate::model::{Depth, Quiz, Topic};

/// The text of a question file. Required keys are there even without a value, so that `check` reports them; the others are
/// left out if empty.
pub fn topic_file(topic: &Topic, drafts: &[Draft]) -> String {
    let mut document = DocumentMut::new();
    let mut head = Table::new();
    head["name"] = value(&topic.name);
    head["title"] = value(&topic.title);
    head["summary"] = value(&topic.summary);
    if !topic.synonyms.is_empty() {
        let groups = topic.synonyms.iter();
        let groups = groups.map(|group| Value::from(group.iter().collect::<Array>()));
        head["synonyms"] = value(lines(groups));
    }
    let whole = topic.depth == Depth::Model;
    if !whole {
        head["depth"] = value(topic.depth.to_string());
    }
    document["topic"] = Item::Table(head);
    let questions: ArrayOfTables = drafts.iter().map(|draft| question(draft, whole)).collect();
    document["question"] = Item::ArrayOfTables(questions);
    document.to_string()
}

fn question(draft: &Draft, whole: bool) -> Table {
    let mut table = Table::new();
    table["id"] = value(&draft.id);
    table["prompt"] = value(&draft.prompt);
    table["difficulty"] = value(draft.difficulty.map_or(String::new(), |d| d.to_string()));
    if !draft.tags.is_empty() {
        table["tags"] = value(draft.tags.iter().collect::<Array>());
    }
    if !draft.aliases.is_empty() {
        table["aliases"] = value(lines(draft.aliases.iter().map(Value::from)));
    }
    if whole || !draft.answer.is_empty() {
        table["answer"] = value(block(&draft.answer));
    }
    if whole || !draft.key_points.is_empty() {
        table["key_points"] = value(lines(draft.key_points.iter().map(Value::from)));
    }
    for (key, texts) in [
        ("follow_ups", &draft.follow_ups),
        ("links", &draft.links),
        ("sources", &draft.sources),
    ] {
        if !texts.is_empty() {
            table[key] = value(lines(texts.iter().map(Value::from)));
        }
    }
    if !draft.quizzes.is_empty() {
        let quizzes: ArrayOfTables = draft.quizzes.iter().map(|it| quiz(it, whole)).collect();
        table["quiz"] = Item::ArrayOfTables(quizzes);
    }
    table
}

fn quiz(quiz: &Quiz, whole: bool) -> Table {
    let options = quiz.options.iter().map(|option| {
        let mut table = InlineTable::new();
        table.insert("text", Value::from(&option.text));
        if option.right {
            table.insert("right", Value::from(true));
        }
        if whole || !option.why.is_empty() {
            table.insert("why", Value::from(&option.why));
        }
        Value::from(table)
    });
    let mut table = Table::new();
    table["prompt"] = value(&quiz.prompt);
    table["options"] = value(lines(options));
    table
}

/// A list with a line for each item.
fn lines(items: impl Iterator<Item = Value>) -> Array {
    let mut array = Array::new();
    for mut item in items {
        item.decor_mut().set_prefix("\n  ");
        array.push_formatted(item);
    }
    if !array.is_empty() {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

/// A text on lines of its own, in which a backslash is only a backslash, if that can hold it.
fn block(text: &str) -> Value {
    let literal = format!("'''\n{text}\n'''").parse::<Value>();
    let holds = |value: &Value| {
        value
            .as_str()
            .is_some_and(|held| held.trim() == text.trim())
    };
    let literal = literal
        .ok()
        .filter(|literal| !text.is_empty() && holds(literal));
    literal.unwrap_or_else(|| Value::from(text))
}
