//! What is corrected in all drafts alike: names, tags, and options that a quiz has no room for.

use std::collections::{HashMap, HashSet};

use super::draft::Draft;
use super::imported::{Imported, Wanted};
use super::remark::Remark;
use super::slug::{cut, slug};
use crate::bank::limits::{NAME, OPTIONS, TAGS};

/// The shortest name of a question.
const SHORTEST: usize = 3;

/// Gives each question what it needs and files seldom have, and records what that changes.
pub(super) fn finish(imported: &mut Imported, wanted: &Wanted<'_>) {
    let mut drafts = std::mem::take(&mut imported.drafts);
    for draft in &mut drafts {
        draft.difficulty = draft.difficulty.or(wanted.difficulty);
        fit_tags(draft, imported);
        fit_options(draft, imported);
    }
    name_all(&mut drafts, wanted.topic, imported);
    imported.drafts = drafts;
}

/// Writes tags as names, each once, at most [`TAGS`] of them.
fn fit_tags(draft: &mut Draft, imported: &mut Imported) {
    let mut tags: Vec<String> = Vec::new();
    for tag in std::mem::take(&mut draft.tags) {
        let name = slug(&tag);
        if name.is_empty() {
            imported.skip(draft.line, Remark::NoTag(tag));
        } else if !tags.contains(&name) {
            let bare = |text: &str| {
                text.to_lowercase()
                    .replace([' ', '_', ':', '-', '/', '.', '&'], "")
            };
            if bare(&name) != bare(&tag) {
                let name = name.clone();
                imported.skip(draft.line, Remark::TagWritten { tag, name });
            }
            tags.push(name);
        }
    }
    if tags.len() > TAGS {
        imported.skip(draft.line, Remark::MoreTags(tags.split_off(TAGS)));
    }
    draft.tags = tags;
}

/// Leaves out wrong options if there are more than [`OPTIONS`].
fn fit_options(draft: &mut Draft, imported: &mut Imported) {
    for quiz in &mut draft.quizzes {
        let right = quiz.options.iter().filter(|option| option.right).count();
        // If none is marked right, any of them may be.
        if right != 1 || quiz.options.len() <= OPTIONS {
            continue;
        }
        let mut dropped = Vec::new();
        while quiz.options.len() > OPTIONS {
            let wrong = quiz.options.iter().rposition(|option| !option.right);
            dropped.extend(wrong.map(|at| quiz.options.remove(at).text));
        }
        dropped.reverse();
        imported.skip(draft.line, Remark::MoreOptions(dropped));
    }
}

/// Gives each question an id: its own as a name, or one made from its prompt.
fn name_all(drafts: &mut [Draft], topic: &str, imported: &mut Imported) {
    let mut taken = HashSet::from([topic.to_owned()]);
    let mut numbers = 0;
    for draft in drafts.iter_mut().filter(|draft| !draft.id.is_empty()) {
        if draft.id.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers += 1;
            draft.id.clear();
        } else {
            keep_id(draft, &mut taken, imported);
        }
    }
    if numbers > 0 {
        imported.skip(0, Remark::Numbers(numbers));
    }
    // The next number for each beginning, so that naming a thousand equal prompts stays fast.
    let mut next: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter_mut().filter(|draft| draft.id.is_empty()) {
        let mut base = slug(&draft.prompt);
        if base.len() < SHORTEST {
            base = cut(&format!("{topic}-question"), NAME);
        }
        let number = next.entry(base.clone()).or_insert(1);
        draft.id = loop {
            let id = match *number {
                1 => base.clone(),
                number => {
                    let number = format!("-{number}");
                    cut(&base, NAME - number.len()) + &number
                }
            };
            *number += 1;
            if taken.insert(id.clone()) {
                break id;
            }
        };
    }
}

/// Writes the id of a question as a name, and drops it if it can't be one, or another question has it.
fn keep_id(draft: &mut Draft, taken: &mut HashSet<String>, imported: &mut Imported) {
    let own = std::mem::take(&mut draft.id);
    let fits = (SHORTEST..=NAME).contains(&own.len()) && slug(&own) == own;
    let id = if fits { own.clone() } else { slug(&own) };
    let remark = if taken.contains(&id) {
        Remark::IdTaken(own)
    } else if id.len() < SHORTEST {
        Remark::NoId(own)
    } else {
        taken.insert(id.clone());
        draft.id = id;
        if fits {
            return;
        }
        let name = draft.id.clone();
        Remark::IdWritten { id: own, name }
    };
    imported.skip(draft.line, remark);
}
