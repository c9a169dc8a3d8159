//! Notes of Anki as plain text: one a line, with lines that begin with `#` above them.

use std::collections::{BTreeMap, HashSet};

use csv::{ReaderBuilder, WriterBuilder};

use super::draft::kebab;
use super::{Draft, ImportError, Imported, html};
use crate::bank::{Bank, Topic};

// Tags in Anki's own hierarchy hold what its notes have no place for.
const TOPIC: &str = "topic::";
const DIFFICULTY: &str = "difficulty::";
const SOURCE: &str = "source::";

/// Writes a note for each question: its id as the note's, prompt, answer and tags. Importing them
/// again updates the notes.
pub fn write(bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    let mut csv = WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    for topic in topics {
        for question in bank.in_topic(&topic.name) {
            let mut tags = question.tags.clone();
            tags.push(format!("{TOPIC}{}", topic.name));
            tags.push(format!("{DIFFICULTY}{}", question.difficulty));
            // A tag ends at a space.
            let sources = question
                .sources
                .iter()
                .filter(|source| !source.contains(char::is_whitespace));
            tags.extend(sources.map(|source| format!("{SOURCE}{source}")));
            let tags = tags.join(" ");
            csv.write_record([&question.id, &question.prompt, &question.answer, &tags])?;
        }
    }
    let header = "#separator:tab\n#html:false\n#guid column:1\n#columns:id\tFront\tBack\tTags\n#tags column:4\n";
    Ok(header.to_owned() + &String::from_utf8(csv.into_inner()?)?)
}

/// What the lines above the notes say.
struct Header {
    separator: u8,
    html: bool,
    /// Columns of something else than a field, from 0.
    special: BTreeMap<usize, Special>,
    /// Tags of every note.
    tags: String,
    /// How many lines it has.
    lines: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Special {
    Tags,
    Guid,
    /// A deck or a kind of note.
    Other,
}

fn header(text: &str) -> Header {
    let mut header = Header {
        separator: b'\t',
        html: false,
        special: BTreeMap::new(),
        tags: String::new(),
        lines: 0,
    };
    for line in text.lines().map_while(|line| line.strip_prefix('#')) {
        header.lines += 1;
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim_end_matches('\r');
        let special = match key.to_lowercase().as_str() {
            "separator" => {
                header.separator = separator(value);
                continue;
            }
            "html" => {
                header.html = value.eq_ignore_ascii_case("true");
                continue;
            }
            "tags" => {
                value.clone_into(&mut header.tags);
                continue;
            }
            "tags column" => Special::Tags,
            "guid column" => Special::Guid,
            "deck column" | "notetype column" => Special::Other,
            _ => continue,
        };
        if let Some(column) = value
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|n| n.checked_sub(1))
        {
            header.special.insert(column, special);
        }
    }
    header
}

/// Anki names separators, or writes the character itself.
fn separator(name: &str) -> u8 {
    match name.to_lowercase().as_str() {
        "comma" => b',',
        "semicolon" => b';',
        "space" => b' ',
        "pipe" => b'|',
        "colon" => b':',
        "tab" | "" => b'\t',
        other => other.bytes().next().unwrap_or(b'\t'),
    }
}

/// Reads each note: its first field is the prompt, its second the answer.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    let header = header(text);
    let (mut imported, mut ids) = (Imported::default(), HashSet::new());
    let notes: String = text.split_inclusive('\n').skip(header.lines).collect();
    let mut csv = ReaderBuilder::new()
        .delimiter(header.separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(notes.as_bytes());
    for record in csv.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let line = header.lines + usize::try_from(line).unwrap_or_default();
        let Some(mut draft) = read_note(&header, &record, line, &mut imported) else {
            continue;
        };
        if !draft.id.is_empty() && !ids.insert(draft.id.clone()) {
            imported.leave(line, format!("its id `{}`: a note above has it", draft.id));
            draft.id.clear();
        }
        imported.drafts.push(draft);
    }
    Ok(imported)
}

/// Whether it has one of Anki's gaps, which begin with `{{c1::`.
fn has_gap(field: &str) -> bool {
    field.split("{{c").skip(1).any(|rest| {
        let after = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
        after.len() < rest.len() && after.starts_with("::")
    })
}

fn read_note(
    header: &Header,
    record: &csv::StringRecord,
    line: usize,
    imported: &mut Imported,
) -> Option<Draft> {
    let mut draft = Draft::default();
    let (mut fields, mut tags) = (Vec::new(), header.tags.clone());
    for (column, cell) in record.iter().enumerate() {
        match header.special.get(&column) {
            Some(Special::Tags) => tags = format!("{tags} {cell}"),
            // Anki's own are random signs.
            Some(Special::Guid) if kebab(cell) == cell => cell.clone_into(&mut draft.id),
            Some(_) => {}
            None => fields.push(cell),
        }
    }
    let media = fields
        .iter()
        .any(|field| field.contains("[sound:") || header.html && field.contains("<img"));
    if fields.iter().any(|field| has_gap(field)) {
        imported.leave(
            line,
            "a note with gaps ({{c1::…}}); a question needs a prompt and an answer",
        );
        return None;
    }
    if media {
        imported.leave(line, "its sounds and images");
    }
    if fields.iter().skip(2).any(|field| !field.is_empty()) {
        imported.leave(line, "its fields after the second");
    }
    let mut texts = fields.into_iter().map(|field| {
        if !header.html {
            return field.trim().to_owned();
        }
        let (text, lost) = html::text(field);
        if lost && !media {
            imported.leave(line, "formatting that CommonMark does not have, or links");
        }
        text
    });
    draft.prompt = texts.next().unwrap_or_default();
    draft.answer = texts.next().unwrap_or_default();
    drop(texts);
    if draft.prompt.is_empty() && draft.answer.is_empty() {
        return None;
    }
    for tag in tags.split_whitespace() {
        if let Some(difficulty) = tag
            .strip_prefix(DIFFICULTY)
            .and_then(|name| name.parse().ok())
        {
            draft.difficulty = Some(difficulty);
        } else if let Some(source) = tag.strip_prefix(SOURCE) {
            draft.sources.push(source.to_owned());
        } else if !tag.starts_with(TOPIC) {
            draft.tags.push(kebab(tag));
        }
    }
    Some(draft)
}
