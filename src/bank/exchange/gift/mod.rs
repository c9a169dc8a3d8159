//! Moodle's GIFT: text with the answers in braces.

mod answers;
mod blocks;
mod format;
mod syntax;

use std::collections::HashMap;
use std::fmt::Write;

use self::answers::read_answers;
use self::blocks::{Block, Part};
use self::format::Format;
use self::syntax::{escape, part};
use super::topics::Topics;
use super::{Draft, ImportError, Imported, OfGift, Wanted};
use crate::bank::Bank;
use crate::model::{Question, Quiz, Topic};

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

/// Reads questions. A category is a topic.
pub fn read(text: &str, wanted: &Wanted<'_>) -> Result<Imported, ImportError> {
    let (mut imported, mut ids) = (Imported::default(), HashMap::new());
    let (mut topics, mut blocks, mut category) = (Topics::default(), Vec::new(), "");
    for part in blocks::parts(text) {
        match part {
            Part::Block(block) => {
                topics.note(category);
                blocks.push((category, block));
            }
            Part::Category(path) => category = path.rsplit('/').next().unwrap_or_default(),
        }
    }
    let topic = topics.choose(wanted, &mut imported)?;
    for (category, block) in blocks {
        if topic.takes(category) {
            finish(block, &mut ids, &mut imported);
        }
    }
    Ok(imported)
}

/// Reads a block. `ids` says where the questions are whose comments give an id.
fn finish(block: Block, ids: &mut HashMap<String, usize>, imported: &mut Imported) {
    if block.text.is_empty() {
        if block.noted > 0 {
            imported.skip(block.noted, OfGift::NoQuestion);
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
            imported.skip(block.noted, OfGift::MoreIds(more.to_vec()));
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

/// What a block without braces is.
fn without_answers(text: &str) -> OfGift {
    let mut lines = text.lines().map(str::trim_start);
    match lines.any(|line| line.starts_with("ANSWER:")) {
        true => OfGift::Aiken,
        false => OfGift::Description,
    }
}

fn read_question(block: &Block, imported: &mut Imported) -> Option<Draft> {
    let text = block.text.trim_start();
    let named = text.strip_prefix("::").and_then(|rest| part(rest, "::"));
    // A name is a note for teachers; the prompt makes a better id.
    let (name, text) = named.map_or(("", text), |(name, text)| (name.trim(), text));
    let (format, text) = Format::of(text.trim(), Format::Moodle);
    let line = block.line;
    if let Some(last) = block.unclear_to {
        imported.skip_of(name, line, OfGift::Unclear(last));
        return None;
    }
    if block.joined {
        imported.skip_of(name, line, OfGift::Joined);
    }
    let Some((before, rest)) = part(text, "{") else {
        imported.skip_of(name, line, without_answers(text));
        return None;
    };
    let Some((answers, after)) = part(rest, "}") else {
        imported.skip_of(name, line, OfGift::Unclosed);
        return None;
    };
    let mut read = |text: &str| {
        let (text, lost) = format.read(text);
        for lost in lost {
            imported.skip_of(name, line, lost);
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
    if part(answers, "{").is_some() {
        imported.skip_of(name, line, OfGift::Brace);
    }
    let mut draft = Draft {
        line,
        prompt,
        ..Draft::default()
    };
    for remark in read_answers(answers, format, &mut draft) {
        imported.skip_of(name, line, remark);
    }
    Some(draft)
}
