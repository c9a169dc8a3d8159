//! What a question file must hold: its keys, and the limits that let every card and button hold it.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::Path;

use toml::de::DeTable;
use unicode_normalization::UnicodeNormalization;

use crate::told;

use super::{
    markdown,
    reader::{Fields, Reader, Text},
};
use crate::model::{Depth, Difficulty, Question, Quiz, QuizOption, Topic};

// Lengths in characters. An option stands beside its button; the others keep a card within Discord's embed limits.
const TITLE: usize = 100;
const SUMMARY: usize = 300;
const PROMPT: usize = 280;
const QUIZ_PROMPT: usize = 240;
const ANSWER: usize = 3500;
const OPTION: usize = 80;
const WHY: usize = 300;
/// The longest name of a topic, question or tag.
pub const NAME: usize = 48;
/// Of another name for something.
const ALIAS: usize = 80;
/// Of one key point, follow-up or source; also what Discord allows the address of a link button.
const ITEM: usize = 512;

/// The most tags of a question.
pub(super) const TAGS: usize = 5;
/// The most options of a quiz.
pub(super) const OPTIONS: usize = 5;

/// Of lists that may have any number of items, or be left out.
const ANY: RangeInclusive<usize> = 0..=usize::MAX;

/// What was read of one file. Its values are whole only if it had no fault.
#[derive(Default)]
pub struct Contents {
    pub topic: Option<(Topic, usize)>,
    /// Each with the place of its id, in bytes.
    pub questions: Vec<(Question, usize)>,
}

/// Reads one file as far as it can be read.
pub fn read_file(reader: &mut Reader<'_>, text: &str, stem: &str) -> Contents {
    let (root, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        // What a broken file seems to say is not worth a fault.
        reader.fault(error.span().map_or(0, |span| span.start), error.message());
        return Contents::default();
    }
    let root = Fields::new("a question file", root.get_ref(), 0);
    root.allow(reader, &["topic", "question"]);
    let topic = root
        .table(reader, "topic", "the topic")
        .map(|fields| read_topic(reader, fields, stem));
    let tables = root.tables(reader, "question", 1..=usize::MAX, "the question");
    let (topic_name, depth) = topic.as_ref().map_or((stem, Depth::Model), |(topic, _)| {
        (topic.name.as_str(), topic.depth)
    });
    let questions = tables
        .into_iter()
        .map(|fields| read_question(reader, fields, topic_name, depth))
        .collect();
    Contents { topic, questions }
}

fn read_topic(reader: &mut Reader<'_>, fields: Fields<'_>, stem: &str) -> (Topic, usize) {
    fields.allow(reader, &["name", "title", "summary", "synonyms", "depth"]);
    let name = fields.text(reader, "name", NAME).unwrap_or_default();
    if !name.value.is_empty() {
        kebab(reader, &name, "`name`", 1);
        if name.value != stem {
            let message = format!(
                "the topic is called `{}`, but its file `{}.toml`",
                name.value,
                told::name(Path::new(stem))
            );
            reader.fault(name.at, message);
        }
    }
    let topic = Topic {
        name: name.value,
        title: value(fields.text(reader, "title", TITLE)),
        summary: value(fields.text(reader, "summary", SUMMARY)),
        synonyms: read_synonyms(reader, fields),
        depth: read_depth(reader, fields),
    };
    (topic, name.at)
}

fn read_depth(reader: &mut Reader<'_>, fields: Fields<'_>) -> Depth {
    if fields.is_without("depth") {
        return Depth::Model;
    }
    let Some(text) = fields.text(reader, "depth", usize::MAX) else {
        return Depth::Model;
    };
    text.value.parse().unwrap_or_else(|error| {
        reader.fault(text.at, format!("{error}"));
        Depth::Model
    })
}

fn read_question(
    reader: &mut Reader<'_>,
    fields: Fields<'_>,
    topic: &str,
    depth: Depth,
) -> (Question, usize) {
    let whole = depth == Depth::Model;
    reader.question = fields.peek("id").map(str::to_owned);
    fields.allow(
        reader,
        &[
            "id",
            "prompt",
            "difficulty",
            "tags",
            "aliases",
            "answer",
            "key_points",
            "follow_ups",
            "links",
            "sources",
            "quiz",
        ],
    );
    let id = fields.text(reader, "id", usize::MAX).unwrap_or_default();
    if !id.value.is_empty() {
        kebab(reader, &id, "`id`", 3);
    }
    let question = Question {
        id: id.value,
        topic: topic.to_owned(),
        prompt: line(reader, fields, "prompt", PROMPT, true),
        difficulty: read_difficulty(reader, fields),
        tags: read_tags(reader, fields),
        aliases: read_aliases(reader, fields),
        answer: value(fields.text_if(reader, "answer", ANSWER, whole)),
        key_points: values(fields.texts(reader, "key_points", usize::from(whole)..=8, ITEM)),
        follow_ups: values(fields.texts(reader, "follow_ups", ANY, ITEM)),
        links: read_links(reader, fields),
        sources: values(fields.texts(reader, "sources", ANY, ITEM)),
        quizzes: fields
            .tables(reader, "quiz", ANY, "the quiz")
            .into_iter()
            .map(|fields| read_quiz(reader, fields, whole))
            .collect(),
    };
    if !whole && question.answer.is_empty() && question.quizzes.is_empty() {
        reader.fault(
            fields.at("id"),
            "the question has neither an `answer` nor a `[[question.quiz]]`; write one",
        );
    }
    reader.question = None;
    (question, id.at)
}

fn read_difficulty(reader: &mut Reader<'_>, fields: Fields<'_>) -> Difficulty {
    let Some(text) = fields.text(reader, "difficulty", usize::MAX) else {
        return Difficulty::Easy;
    };
    text.value.parse().unwrap_or_else(|error| {
        reader.fault(text.at, format!("{error}"));
        Difficulty::Easy
    })
}

fn read_tags(reader: &mut Reader<'_>, fields: Fields<'_>) -> Vec<String> {
    let tags = fields.texts(reader, "tags", 0..=TAGS, usize::MAX);
    for (index, tag) in tags.iter().enumerate() {
        kebab(reader, tag, "a tag", 1);
        if tags[..index].iter().any(|other| other.value == tag.value) {
            reader.fault(tag.at, format!("the tag `{}` is there twice", tag.value));
        }
    }
    values(tags)
}

fn read_aliases(reader: &mut Reader<'_>, fields: Fields<'_>) -> Vec<String> {
    let aliases = fields.texts(reader, "aliases", 0..=40, ALIAS);
    let mut seen = HashSet::new();
    for alias in &aliases {
        if look(&alias.value).is_some_and(|look| !seen.insert(look)) {
            let message = format!("the alias `{}` is there twice", alias.value);
            reader.fault(alias.at, message);
        }
    }
    values(aliases)
}

/// Groups of names: lists in a list.
fn read_synonyms(reader: &mut Reader<'_>, fields: Fields<'_>) -> Vec<Vec<String>> {
    let groups = fields.lists(reader, "synonyms", 2..=24, ALIAS);
    groups.into_iter().map(values).collect()
}

fn read_links(reader: &mut Reader<'_>, fields: Fields<'_>) -> Vec<String> {
    let links = fields.texts(reader, "links", ANY, ITEM);
    for link in &links {
        let address = link.value.parse::<http::Uri>().ok();
        let web = address.is_some_and(|address| {
            matches!(address.scheme_str(), Some("http" | "https")) && address.host().is_some()
        });
        if !web {
            reader.fault(
                link.at,
                format!("`{}` isn't an http or https address", link.value),
            );
        }
    }
    values(links)
}

fn read_quiz(reader: &mut Reader<'_>, fields: Fields<'_>, whole: bool) -> Quiz {
    fields.allow(reader, &["prompt", "options"]);
    let prompt = line(reader, fields, "prompt", QUIZ_PROMPT, true);
    let tables = fields.tables(reader, "options", 2..=OPTIONS, "the option");
    let mut options: Vec<QuizOption> = Vec::new();
    let mut right = Vec::new();
    let mut seen = HashSet::new();
    for fields in tables {
        let option = read_option(reader, fields, whole);
        if look(&markdown::plain(&option.text)).is_some_and(|look| !seen.insert(look)) {
            reader.fault(
                fields.at("text"),
                format!("two options read `{}`", option.text),
            );
        }
        if option.right {
            right.push(fields.at("right"));
        }
        options.push(option);
    }
    match right[..] {
        [] if !options.is_empty() => {
            let message = "no option is right; mark exactly one with `right = true`";
            reader.fault(fields.at("options"), message);
        }
        [_, second, ..] => {
            let count = right.len();
            let message =
                format!("{count} options are right; mark exactly one with `right = true`");
            reader.fault(second, message);
        }
        _ => {}
    }
    Quiz { prompt, options }
}

fn read_option(reader: &mut Reader<'_>, fields: Fields<'_>, whole: bool) -> QuizOption {
    fields.allow(reader, &["text", "right", "why"]);
    QuizOption {
        text: line(reader, fields, "text", OPTION, true),
        right: fields.flag(reader, "right"),
        why: line(reader, fields, "why", WHY, whole),
    }
}

/// What a text looks like at a glance: two of one look are the same to a member. None if it shows nothing.
fn look(shown: &str) -> Option<String> {
    let signs = shown.nfkc().flat_map(char::to_lowercase);
    let look: String = signs.filter(|c| !c.is_whitespace()).collect();
    let dotless = look.trim_end_matches('.');
    let look = if dotless.is_empty() { &look } else { dotless };
    (!look.is_empty()).then(|| look.to_owned())
}

/// Faults a name that is not lowercase letters, digits and hyphens, between `least` and [`NAME`] of them.
fn kebab(reader: &mut Reader<'_>, name: &Text, what: &str, least: usize) {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = (least..=NAME).contains(&name.value.len());
    if !fits || !name.value.bytes().all(plain) {
        let message = format!(
            "{what} `{}` must be {least} to {NAME} lowercase letters, digits and hyphens",
            name.value
        );
        reader.fault(name.at, message);
    }
}

/// A text of one line, whose signs must format what they seem to.
fn line(
    reader: &mut Reader<'_>,
    fields: Fields<'_>,
    key: &str,
    most: usize,
    required: bool,
) -> String {
    let text = fields.text_if(reader, key, most, required);
    if let Some(text) = &text
        && let Some(message) = markdown::stray(&text.value)
    {
        reader.fault(text.at, message);
    }
    value(text)
}

fn value(text: Option<Text>) -> String {
    text.unwrap_or_default().value
}

fn values(texts: Vec<Text>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
