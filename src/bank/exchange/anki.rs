//! Notes of Anki as plain text: one a line, with lines that begin with `#` above them.

use std::collections::{BTreeMap, HashSet};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::quotes::unbalanced;
use super::slug::slug;
use super::topics::Topics;
use super::{Draft, ImportError, Imported, OfAnki, Wanted, html};
use crate::bank::{Bank, markdown};
use crate::model::Topic;

// Tags in Anki's own hierarchy hold what its notes have no place for.
const TOPIC: &str = "topic::";
const DIFFICULTY: &str = "difficulty::";
const SOURCE: &str = "source::";
/// The tag of notes whose texts are Markdown.
const MARKDOWN: &str = "format::markdown";

/// Writes a note for each question: its id as the note's, prompt, answer and tags. Importing them
/// again updates the notes.
pub fn write(bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    let mut csv = WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    for topic in topics {
        for question in bank.in_topic(&topic.name) {
            let mut tags = question.tags.clone();
            tags.push(MARKDOWN.to_owned());
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
#[derive(Default)]
struct Header {
    separator: Option<u8>,
    html: Option<bool>,
    /// Columns of something else than a field, from 0.
    special: BTreeMap<usize, Special>,
    /// What the columns are called.
    names: String,
    /// Tags of every note.
    tags: String,
    /// How many lines it has.
    lines: usize,
}

impl Header {
    /// The topic that a note's tags say, or nothing.
    fn topic<'a>(&'a self, note: &'a StringRecord) -> &'a str {
        let is_tags = |column: &usize| self.special.get(column) == Some(&Special::Tags);
        let cells = note
            .iter()
            .enumerate()
            .filter(|(column, _)| is_tags(column));
        let cells = cells.map(|(_, cell)| cell).chain([self.tags.as_str()]);
        let mut tags = cells.flat_map(str::split_whitespace);
        tags.find_map(|tag| tag.strip_prefix(TOPIC))
            .unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Special {
    Prompt,
    Answer,
    Tags,
    Guid,
    /// A deck or a kind of note.
    Other,
}

fn header(text: &str) -> Header {
    let mut header = Header::default();
    for line in text.lines().map_while(|line| line.strip_prefix('#')) {
        header.lines += 1;
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim_end_matches('\r');
        let special = match key.trim().to_lowercase().as_str() {
            "separator" => {
                header.separator = Some(separator(value));
                continue;
            }
            "html" => {
                header.html = Some(value.trim().eq_ignore_ascii_case("true"));
                continue;
            }
            "tags" => {
                value.clone_into(&mut header.tags);
                continue;
            }
            "columns" => {
                value.clone_into(&mut header.names);
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
    match name.trim_matches(' ').to_lowercase().as_str() {
        "comma" => b',',
        "semicolon" => b';',
        "space" => b' ',
        "pipe" => b'|',
        "colon" => b':',
        "tab" | "" => b'\t',
        other => other.bytes().next().unwrap_or(b'\t'),
    }
}

/// Guesses what the header doesn't say from the notes, as Anki does, and notes what it took.
fn guess(header: &mut Header, notes: &str, imported: &mut Imported) -> (u8, bool) {
    let first = notes
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let separator = header.separator.unwrap_or_else(|| {
        let mut signs = [b'\t', b';', b',', b'|'].into_iter();
        let found = signs.find(|sign| first.contains(char::from(*sign)));
        let sign = found.unwrap_or(b'\t');
        if sign != b'\t' {
            imported.skip(1, OfAnki::Separator(sign.into()));
        }
        sign
    });
    let is_html = header.html.unwrap_or_else(|| {
        let html = html::is_html(notes);
        if html {
            imported.skip(1, OfAnki::Html);
        }
        html
    });
    let names = header.names.split(char::from(separator)).enumerate();
    let named: Vec<(usize, Special)> = names
        .filter_map(|(column, name)| {
            let special = match name.trim().to_lowercase().as_str() {
                "front" | "question" | "prompt" => Special::Prompt,
                "back" | "answer" => Special::Answer,
                "tags" => Special::Tags,
                _ => return None,
            };
            Some((column, special))
        })
        .collect();
    // One of them alone would leave the other to chance.
    let both = [Special::Prompt, Special::Answer]
        .iter()
        .all(|one| named.iter().any(|(_, special)| special == one));
    for (column, special) in named {
        if both || special == Special::Tags {
            header.special.entry(column).or_insert(special);
        }
    }
    (separator, is_html)
}

/// Reads each note: its first field is the prompt, its second the answer.
pub fn read(text: &str, wanted: &Wanted<'_>) -> Result<Imported, ImportError> {
    let (mut imported, mut ids) = (Imported::default(), HashSet::new());
    let mut header = header(text);
    let start: usize = text
        .split_inclusive('\n')
        .take(header.lines)
        .map(str::len)
        .sum();
    let notes = &text[start..];
    let (separator, is_html) = guess(&mut header, notes, &mut imported);
    if let Some(line) = unbalanced(notes, separator) {
        return Err(ImportError::Quote(line + header.lines));
    }
    let mut csv = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(notes.as_bytes());
    let records: Vec<StringRecord> = csv.records().collect::<Result<_, _>>()?;
    let mut topics = Topics::default();
    for record in &records {
        topics.note(header.topic(record));
    }
    let topic = topics.choose(wanted, &mut imported)?;
    for record in records {
        if !topic.takes(header.topic(&record)) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let line = header
            .lines
            .saturating_add(usize::try_from(line).unwrap_or_default());
        let note = Note {
            header: &header,
            is_html,
            line,
        };
        let Some(mut draft) = note.read(&record, &mut imported) else {
            continue;
        };
        if !draft.id.is_empty() && !ids.insert(draft.id.clone()) {
            imported.skip(line, OfAnki::IdTwice(std::mem::take(&mut draft.id)));
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

/// A note being read.
struct Note<'a> {
    header: &'a Header,
    is_html: bool,
    line: usize,
}

impl Note<'_> {
    fn read(&self, record: &StringRecord, imported: &mut Imported) -> Option<Draft> {
        let mut draft = Draft {
            line: self.line,
            ..Draft::default()
        };
        let (mut fields, mut tags) = (Vec::new(), self.header.tags.clone());
        let (mut prompt, mut answer) = (None, None);
        for (column, cell) in record.iter().enumerate() {
            match self.header.special.get(&column) {
                Some(Special::Tags) => tags = format!("{tags} {cell}"),
                Some(Special::Prompt) => prompt = Some(cell),
                Some(Special::Answer) => answer = Some(cell),
                // Anki's own are random signs.
                Some(Special::Guid) if cell.len() > 2 && slug(cell) == cell => {
                    cell.clone_into(&mut draft.id)
                }
                Some(_) => {}
                None => fields.push(cell),
            }
        }
        let mut rest = fields.into_iter();
        let prompt = prompt.or_else(|| rest.next()).unwrap_or_default();
        let answer = answer.or_else(|| rest.next()).unwrap_or_default();
        if prompt.trim().is_empty() && answer.trim().is_empty() {
            return None;
        }
        if has_gap(prompt) || has_gap(answer) {
            imported.skip(self.line, OfAnki::Gaps);
            return None;
        }
        if rest.any(|field| !field.trim().is_empty()) {
            imported.skip(self.line, OfAnki::MoreFields);
        }
        let markdown = tags.split_whitespace().any(|tag| tag == MARKDOWN);
        draft.prompt = self.text(prompt, markdown, imported);
        draft.answer = self.text(answer, markdown, imported);
        for tag in tags.split_whitespace() {
            if let Some(difficulty) = tag
                .strip_prefix(DIFFICULTY)
                .and_then(|name| name.parse().ok())
            {
                draft.difficulty = Some(difficulty);
            } else if let Some(source) = tag.strip_prefix(SOURCE) {
                draft.sources.push(source.to_owned());
            } else if !tag.starts_with(TOPIC) && tag != MARKDOWN {
                draft.tags.push(tag.to_owned());
            }
        }
        Some(draft)
    }

    fn text(&self, field: &str, markdown: bool, imported: &mut Imported) -> String {
        let mut rest = field;
        while let Some((_, after)) = rest.split_once("[sound:") {
            let (name, after) = after.split_once(']').unwrap_or((after, ""));
            imported.skip(self.line, OfAnki::Sound(name.to_owned()));
            rest = after;
        }
        match (self.is_html, markdown) {
            (false, false) => markdown::escape(field),
            (false, true) => field.trim().to_owned(),
            // Anki breaks lines with a tag, and writes signs as entities.
            (true, true) => html::unescape(&field.replace("<br>", "\n"))
                .trim()
                .to_owned(),
            (true, false) => {
                let converted = html::markdown(field);
                for lost in converted.lost {
                    imported.skip(self.line, lost);
                }
                converted.text
            }
        }
    }
}
