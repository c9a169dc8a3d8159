//! Moodle's GIFT: text with the answers in braces.

mod answers;
mod format;
mod syntax;

use std::collections::HashMap;
use std::fmt::Write;

use self::answers::read_answers;
use self::format::Format;
use self::syntax::{escape, part};
use super::{Draft, Imported};
use crate::bank::{Bank, Question, Quiz, Topic};

/// The tag that holds a question's difficulty.
const DIFFICULTY: &str = "difficulty::";

/// Writes a question for each quiz, and an essay for a question without one. Those of one question share
/// its id.
pub fn write(bank: &Bank, topics: &[&Topic]) -> String {
    let mut out = String::new();
    for topic in topics {
        // Writing to a text does not fail.
        let _ = writeln!(out, "$CATEGORY: {}\n", topic.name);
        for question in bank.in_topic(&topic.name) {
            for quiz in question
                .quizzes
                .iter()
                .map(Some)
                .chain(question.quizzes.is_empty().then_some(None))
            {
                write_question(question, quiz, &mut out);
            }
        }
    }
    out
}

fn write_question(question: &Question, quiz: Option<&Quiz>, out: &mut String) {
    let tags = question
        .tags
        .iter()
        .cloned()
        .chain([format!("{DIFFICULTY}{}", question.difficulty)]);
    let tags: String = tags.map(|tag| format!(" [tag:{tag}]")).collect();
    let prompt = quiz.map_or(&question.prompt, |quiz| &quiz.prompt);
    let _ = writeln!(
        out,
        "// [id:{}]{tags}\n::{}::[markdown]{} {{",
        question.id,
        question.id,
        escape(prompt)
    );
    for option in quiz.iter().flat_map(|quiz| &quiz.options) {
        let mark = if option.right { '=' } else { '~' };
        let why = match option.why.as_str() {
            "" => String::new(),
            why => format!(" #[markdown]{}", escape(why)),
        };
        let _ = writeln!(out, "  {mark}[markdown]{}{why}", escape(&option.text));
    }
    if !question.answer.is_empty() {
        let _ = writeln!(out, "  ####[markdown]{}", escape(&question.answer));
    }
    out.push_str("}\n\n");
}

/// Lines between blank ones.
#[derive(Default)]
struct Block {
    text: String,
    /// Where it begins, from 1.
    line: usize,
    /// What its comments say: ids and tags.
    ids: Vec<String>,
    tags: Vec<String>,
    /// Where these are.
    noted: usize,
    /// Whether code began, and has not ended: what looks like a comment in it is the code's.
    in_code: bool,
}

/// Reads questions that blank lines part.
pub fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let mut ids = HashMap::new();
    let mut block = Block::default();
    for (index, line) in text.lines().chain([""]).enumerate() {
        let bare = line.trim();
        if let Some(comment) = bare.strip_prefix("//").filter(|_| !block.in_code) {
            note(comment, index + 1, &mut block);
        } else if bare.starts_with("$CATEGORY") {
            imported.leave(
                index + 1,
                format!("{bare} is left out: --topic says where the questions go"),
            );
        } else if !bare.is_empty() {
            if block.text.is_empty() {
                block.line = index + 1;
            }
            block.text.push_str(line);
            block.text.push('\n');
            let (begun, ended) = (line.rfind("<pre"), line.rfind("</pre"));
            block.in_code = begun > ended || (block.in_code && ended.is_none());
        } else {
            finish(std::mem::take(&mut block), &mut ids, &mut imported);
        }
    }
    imported
}

/// Takes the ids and tags out of a comment, as Moodle writes them: `[id:web-1] [tag:http]`.
fn note(comment: &str, line: usize, block: &mut Block) {
    let mut rest = comment;
    while let Some(at) = rest.find('[') {
        rest = &rest[at + 1..];
        let Some((inner, after)) = part(rest, "]") else {
            return;
        };
        let name = |text: &str| text.replace("\\]", "]").trim().to_owned();
        if let Some(id) = inner.strip_prefix("id:") {
            block.ids.push(name(id));
        } else if let Some(tag) = inner.strip_prefix("tag:") {
            block.tags.push(name(tag));
        } else {
            continue;
        }
        block.noted = line;
        rest = after;
    }
}

/// Reads a block. `ids` has where the questions are whose comments give an id.
fn finish(block: Block, ids: &mut HashMap<String, usize>, imported: &mut Imported) {
    if block.text.is_empty() {
        if block.noted > 0 {
            imported.leave(
                block.noted,
                "an id or tags with no question right below them; they are left out",
            );
        }
        return;
    }
    let Some(mut draft) = read_question(&block, imported) else {
        return;
    };
    for tag in block.tags {
        match tag.strip_prefix(DIFFICULTY).map(str::parse) {
            Some(Ok(difficulty)) => draft.difficulty = Some(difficulty),
            _ => draft.tags.push(tag),
        }
    }
    if let [id, more @ ..] = &block.ids[..] {
        draft.id.clone_from(id);
        if !more.is_empty() {
            imported.leave(
                block.noted,
                format!("a question has one id; left out: {}", more.join(", ")),
            );
        }
        if let Some(known) = ids
            .get(id)
            .and_then(|at: &usize| imported.drafts.get_mut(*at))
        {
            // As it is exported: another quiz of the same question.
            if !draft.quizzes.is_empty() {
                known.quizzes.append(&mut draft.quizzes);
                return;
            }
        }
        ids.insert(id.clone(), imported.drafts.len());
    }
    imported.drafts.push(draft);
}

fn read_question(block: &Block, imported: &mut Imported) -> Option<Draft> {
    let text = block.text.trim_start();
    let named = text.strip_prefix("::").and_then(|rest| part(rest, "::"));
    // A name is a note for teachers; the prompt makes a better id.
    let (name, text) = named.map_or(("", text), |(name, text)| (name.trim(), text));
    let told = match name {
        "" => String::new(),
        name => format!("“{name}”: "),
    };
    let (format, text) = Format::of(text.trim(), Format::Moodle);
    let line = block.line;
    let Some((before, rest)) = part(text, "{") else {
        let aiken = text
            .lines()
            .any(|line| line.trim_start().starts_with("ANSWER:"));
        let message = match aiken {
            true => {
                "a question in the format Aiken is left out; Moodle, which reads it, exports it as GIFT"
            }
            false => "a description, which asks nothing, is left out",
        };
        imported.leave(line, format!("{told}{message}"));
        return None;
    };
    let Some((answers, after)) = part(rest, "}") else {
        let message = "a question whose answers have no closing brace is left out; write } behind them, and \\{ for a \
                       brace that is text";
        imported.leave(line, format!("{told}{message}"));
        return None;
    };
    let mut read = |text: &str| {
        let (text, lost) = format.read(text);
        for lost in lost {
            imported.leave(line, format!("{told}left out: {lost}"));
        }
        text
    };
    let mut prompt = read(before);
    if !after.trim().is_empty() {
        // A blank: in Markdown, with its signs escaped.
        let after = read(after);
        prompt = format!("{prompt} \\_\\_\\_\\_\\_ {after}")
            .trim()
            .to_owned();
    }
    let mut draft = Draft {
        line,
        prompt,
        ..Draft::default()
    };
    for message in read_answers(answers, format, &mut draft) {
        imported.leave(line, format!("{told}{message}"));
    }
    Some(draft)
}
