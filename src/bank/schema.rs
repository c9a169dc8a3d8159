//! What a question file must contain: its keys, and the limits that make every text fit its card or button.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::fault::{Fault, Problem};
use super::limits::{
    ALIAS, ANSWER, ITEM, NAME, OPTION, OPTIONS, PROMPT, QUIZ_PROMPT, SUMMARY, TAGS, TITLE, WHY,
};
use super::markdown;
use super::names::NameOf;
use crate::model::{Depth, Difficulty, Question, Quiz, QuizOption, Topic};
use crate::toml_reader::{self, Position, Text};

type Reader<'a> = toml_reader::Reader<'a, Problem>;
type Table<'a> = toml_reader::Table<'a, Problem>;

/// What faults call the file itself.
const FILE: &str = "question file";

/// For lists that may have any number of items, or be left out.
const ANY: RangeInclusive<usize> = 0..=usize::MAX;

/// What was read from one file. Its values are complete only if it had no fault.
#[derive(Default)]
pub struct Contents {
    pub topic: Option<(Topic, Position)>,
    /// Each with the position of its id.
    pub questions: Vec<(Question, Position)>,
    pub faults: Vec<Fault>,
}

/// Reads one file as far as it can be read.
pub fn read_file(file: &Path, text: &str) -> Contents {
    let reader = Reader::new(text);
    let mut contents = Contents::default();
    if let Some(root) = reader.root() {
        read(
            &reader,
            Table::root(&reader, &root, FILE),
            file,
            &mut contents,
        );
    }
    contents.note(file, None, &reader);
    contents
}

fn read(reader: &Reader<'_>, mut root: Table<'_>, file: &Path, contents: &mut Contents) {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let topic = root.required_table("topic");
    let topic = topic.map(|table| read_topic(reader, table, &stem));
    let tables = root.tables("question", 1..=usize::MAX, "question");
    root.end();
    contents.note(file, None, reader);
    let (name, depth) = topic.as_ref().map_or((&*stem, Depth::Model), |(topic, _)| {
        (topic.name.as_str(), topic.depth)
    });
    for table in tables {
        let id = table.peek("id").map(str::to_owned);
        let question = read_question(reader, table, name, depth);
        contents.questions.push(question);
        contents.note(file, id, reader);
    }
    contents.topic = topic;
}

impl Contents {
    /// Records what was found wrong since the last call, in this question if it was in one.
    fn note(&mut self, file: &Path, question: Option<String>, reader: &Reader<'_>) {
        let found = reader.take().into_iter();
        self.faults.extend(found.map(|(place, problem)| Fault {
            file: file.to_owned(),
            place: Some(place),
            question: question.clone(),
            problem,
        }));
    }
}

fn read_topic(reader: &Reader<'_>, mut table: Table<'_>, stem: &str) -> (Topic, Position) {
    let name = table.text("name", NAME).unwrap_or_default();
    if !name.value.is_empty() {
        check_name(reader, &name, NameOf::Topic, 1);
        if name.value != stem {
            let problem = Problem::NotItsFile {
                name: name.value.clone(),
                file: stem.to_owned(),
            };
            reader.add(name.at, problem);
        }
    }
    let topic = Topic {
        name: name.value,
        title: value(table.text("title", TITLE)),
        summary: value(table.text("summary", SUMMARY)),
        synonyms: read_synonyms(&mut table),
        depth: read_depth(&mut table),
    };
    table.end();
    (topic, reader.place(name.at))
}

fn read_depth(table: &mut Table<'_>) -> Depth {
    let required = table.has("depth");
    let Some(text) = table.text_if("depth", usize::MAX, required) else {
        return Depth::Model;
    };
    text.value.parse().unwrap_or_else(|_| {
        table.fault("depth", Problem::Depth(text.value));
        Depth::Model
    })
}

fn read_question(
    reader: &Reader<'_>,
    mut table: Table<'_>,
    topic: &str,
    depth: Depth,
) -> (Question, Position) {
    let whole = depth == Depth::Model;
    let id = table.text("id", usize::MAX).unwrap_or_default();
    if !id.value.is_empty() {
        check_name(reader, &id, NameOf::Question, 3);
    }
    let question = Question {
        id: id.value,
        topic: topic.to_owned(),
        prompt: line(&mut table, "prompt", PROMPT, true),
        difficulty: read_difficulty(&mut table),
        tags: read_tags(reader, &mut table),
        aliases: read_aliases(reader, &mut table),
        answer: value(table.text_if("answer", ANSWER, whole)),
        key_points: values(table.texts("key_points", usize::from(whole)..=8, ITEM)),
        follow_ups: values(table.texts("follow_ups", ANY, ITEM)),
        links: read_links(reader, &mut table),
        sources: values(table.texts("sources", ANY, ITEM)),
        quizzes: table
            .tables("quiz", ANY, "quiz")
            .into_iter()
            .map(|table| read_quiz(reader, table, whole))
            .collect(),
    };
    if !whole && question.answer.is_empty() && question.quizzes.is_empty() {
        table.fault("id", Problem::NothingToTell);
    }
    table.end();
    (question, reader.place(id.at))
}

fn read_difficulty(table: &mut Table<'_>) -> Difficulty {
    let Some(text) = table.text("difficulty", usize::MAX) else {
        return Difficulty::Easy;
    };
    text.value.parse().unwrap_or_else(|_| {
        table.fault("difficulty", Problem::Difficulty(text.value));
        Difficulty::Easy
    })
}

fn read_tags(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<String> {
    let tags = table.texts("tags", 0..=TAGS, usize::MAX);
    for (index, tag) in tags.iter().enumerate() {
        check_name(reader, tag, NameOf::Tag, 1);
        if tags[..index].iter().any(|other| other.value == tag.value) {
            reader.add(tag.at, Problem::TagTwice(tag.value.clone()));
        }
    }
    values(tags)
}

fn read_aliases(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<String> {
    let aliases = table.texts("aliases", 0..=40, ALIAS);
    let mut seen = HashSet::new();
    for alias in &aliases {
        if look(&alias.value).is_some_and(|look| !seen.insert(look)) {
            reader.add(alias.at, Problem::AliasTwice(alias.value.clone()));
        }
    }
    values(aliases)
}

/// Groups of names: a list of lists.
fn read_synonyms(table: &mut Table<'_>) -> Vec<Vec<String>> {
    let groups = table.lists("synonyms", 2..=24, ALIAS);
    groups.into_iter().map(values).collect()
}

fn read_links(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<String> {
    let links = table.texts("links", ANY, ITEM);
    for link in &links {
        let address = link.value.parse::<http::Uri>().ok();
        let web = address.is_some_and(|address| {
            matches!(address.scheme_str(), Some("http" | "https")) && address.host().is_some()
        });
        if !web {
            reader.add(link.at, Problem::NotWeb(link.value.clone()));
        }
    }
    values(links)
}

fn read_quiz(reader: &Reader<'_>, mut table: Table<'_>, whole: bool) -> Quiz {
    let prompt = line(&mut table, "prompt", QUIZ_PROMPT, true);
    let tables = table.tables("options", 2..=OPTIONS, "option");
    let mut options: Vec<QuizOption> = Vec::new();
    let mut right = Vec::new();
    let mut seen = HashSet::new();
    for mut table in tables {
        let option = read_option(&mut table, whole);
        if look(&markdown::plain(&option.text)).is_some_and(|look| !seen.insert(look)) {
            table.fault("text", Problem::OptionTwice(option.text.clone()));
        }
        if option.right {
            right.push(table.at("right"));
        }
        table.end();
        options.push(option);
    }
    match right[..] {
        [] if !options.is_empty() => table.fault("options", Problem::NoneRight),
        [_, second, ..] => reader.add(second, Problem::SeveralRight(right.len())),
        _ => {}
    }
    table.end();
    Quiz { prompt, options }
}

fn read_option(table: &mut Table<'_>, whole: bool) -> QuizOption {
    QuizOption {
        text: line(table, "text", OPTION, true),
        right: table.value("right").unwrap_or_default(),
        why: line(table, "why", WHY, whole),
    }
}

/// What a text looks like at a glance: members can't tell two texts of the same look apart. `None` if it shows nothing.
fn look(shown: &str) -> Option<String> {
    let signs = shown.nfkc().flat_map(char::to_lowercase);
    let look: String = signs.filter(|c| !c.is_whitespace()).collect();
    let dotless = look.trim_end_matches('.');
    let look = if dotless.is_empty() { &look } else { dotless };
    (!look.is_empty()).then(|| look.to_owned())
}

/// Records a fault unless a name is `least` to [`NAME`] lowercase letters, digits and hyphens.
fn check_name(reader: &Reader<'_>, name: &Text, of: NameOf, least: usize) {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = (least..=NAME).contains(&name.value.len());
    if !fits || !name.value.bytes().all(plain) {
        let problem = Problem::Name {
            of,
            name: name.value.clone(),
            least,
        };
        reader.add(name.at, problem);
    }
}

/// A text of one line, whose formatting characters must do what they seem to.
fn line(table: &mut Table<'_>, key: &'static str, most: usize, required: bool) -> String {
    let text = value(table.text_if(key, most, required));
    if let Some(stray) = markdown::stray(&text) {
        table.fault(key, Problem::Stray(stray));
    }
    text
}

fn value(text: Option<Text>) -> String {
    text.unwrap_or_default().value
}

fn values(texts: Vec<Text>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
