//! A question that may not be whole yet, and what is set right in all of them alike: names, tags,
//! and what a quiz has no room for.

use std::collections::{HashMap, HashSet};

use super::{Imported, Remark, Wanted};
use crate::bank::find::words;
use crate::bank::schema::{NAME, OPTIONS, TAGS};
use crate::model::{Difficulty, Quiz, QuizOption};

/// The shortest name of a question.
const SHORTEST: usize = 3;

/// A question of which anything may be missing; see [`Question`](crate::model::Question) for what the parts are.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "they are those of Question")]
pub struct Draft {
    /// Where it begins in the file, from 1; 0 where nothing says so.
    pub line: usize,
    pub id: String,
    pub prompt: String,
    pub difficulty: Option<Difficulty>,
    pub tags: Vec<String>,
    pub aliases: Vec<String>,
    pub answer: String,
    pub key_points: Vec<String>,
    pub follow_ups: Vec<String>,
    pub links: Vec<String>,
    pub sources: Vec<String>,
    pub quizzes: Vec<Quiz>,
}

/// The options of a statement that is true, or isn't.
pub(super) fn true_or_false(truth: bool) -> Vec<QuizOption> {
    let option = |(text, right): (&str, bool)| QuizOption {
        text: text.to_owned(),
        right,
        why: String::new(),
    };
    [("True", truth), ("False", !truth)].map(option).into()
}

/// Gives each question what it needs and files seldom have, and notes what is changed by that.
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

/// Writes tags as names, each once, and at most [`TAGS`].
fn fit_tags(draft: &mut Draft, imported: &mut Imported) {
    let mut tags: Vec<String> = Vec::new();
    for tag in std::mem::take(&mut draft.tags) {
        let name = kebab(&tag);
        if name.is_empty() {
            imported.leave(draft.line, Remark::NoTag(tag));
        } else if !tags.contains(&name) {
            let bare = |text: &str| {
                text.to_lowercase()
                    .replace([' ', '_', ':', '-', '/', '.', '&'], "")
            };
            if bare(&name) != bare(&tag) {
                let name = name.clone();
                imported.leave(draft.line, Remark::TagWritten { tag, name });
            }
            tags.push(name);
        }
    }
    if tags.len() > TAGS {
        imported.leave(draft.line, Remark::MoreTags(tags.split_off(TAGS)));
    }
    draft.tags = tags;
}

/// Leaves wrong options out where there are more than [`OPTIONS`].
fn fit_options(draft: &mut Draft, imported: &mut Imported) {
    for quiz in &mut draft.quizzes {
        let right = quiz.options.iter().filter(|option| option.right).count();
        // Without the right one, any of them may be it.
        if right != 1 || quiz.options.len() <= OPTIONS {
            continue;
        }
        let mut left = Vec::new();
        while quiz.options.len() > OPTIONS {
            let wrong = quiz.options.iter().rposition(|option| !option.right);
            left.extend(wrong.map(|at| quiz.options.remove(at).text));
        }
        left.reverse();
        imported.leave(draft.line, Remark::MoreOptions(left));
    }
}

/// Gives an id, made of its prompt, to each question that has none of its own or one that can't be.
fn name_all(drafts: &mut [Draft], topic: &str, imported: &mut Imported) {
    let mut taken = HashSet::from([topic.to_owned()]);
    let mut numbers = 0;
    for draft in &mut *drafts {
        if draft.id.is_empty() {
            continue;
        }
        if draft.id.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers += 1;
            draft.id.clear();
            continue;
        }
        let fits = (SHORTEST..=NAME).contains(&draft.id.len()) && kebab(&draft.id) == draft.id;
        let id = if fits {
            draft.id.clone()
        } else {
            kebab(&draft.id)
        };
        if id.len() >= SHORTEST && !taken.contains(&id) {
            if !fits {
                let written = Remark::IdWritten {
                    id: draft.id.clone(),
                    name: id.clone(),
                };
                imported.leave(draft.line, written);
            }
            taken.insert(id.clone());
            draft.id = id;
        } else {
            let own = std::mem::take(&mut draft.id);
            let remark = if taken.contains(&id) {
                Remark::IdTaken(own)
            } else {
                Remark::NoId(own)
            };
            imported.leave(draft.line, remark);
        }
    }
    if numbers > 0 {
        imported.leave(0, Remark::Numbers(numbers));
    }
    // The next number of each beginning, so that a thousand equal prompts are named at once.
    let mut next: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter_mut().filter(|draft| draft.id.is_empty()) {
        let mut base = kebab(&draft.prompt);
        if base.len() < SHORTEST {
            base = cut(&format!("{topic}-question"), NAME);
        }
        let number = next.entry(base.clone()).or_insert(1);
        let id = loop {
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
        draft.id = id;
    }
}

/// A text as a name: its ASCII letters and digits in lower case, words joined by hyphens, at most
/// [`NAME`] characters.
pub(super) fn kebab(text: &str) -> String {
    let ascii = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect();
    let words: Vec<String> = words(text).split(' ').map(ascii).collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    cut(&words.join("-"), NAME)
}

/// A name of so many characters at most, cut at a hyphen if there is one.
fn cut(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    let head = &name[..name.floor_char_boundary(most)];
    let end = head.rfind('-').filter(|end| *end > 0).unwrap_or(head.len());
    head[..end].to_owned()
}
