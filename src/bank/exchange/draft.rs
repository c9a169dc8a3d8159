//! A question that may not be whole yet.

use std::collections::HashSet;

use crate::bank::find::words;
use crate::bank::{Difficulty, Quiz};

/// The longest name of a question or tag.
const NAME: usize = 48;

/// A question of which anything may be missing; see [`Question`](crate::bank::Question) for what the parts are.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "they are those of Question")]
pub struct Draft {
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

/// Gives an id, made of its prompt, to each question that has none.
pub(super) fn name_all(drafts: &mut [Draft], topic: &str) {
    let mut taken: HashSet<String> = drafts.iter().map(|draft| draft.id.clone()).collect();
    taken.insert(topic.to_owned());
    for draft in drafts.iter_mut().filter(|draft| draft.id.is_empty()) {
        let mut base = kebab(&draft.prompt);
        if base.len() < 3 {
            base = format!("{topic}-question");
        }
        let free = |id: &String| !taken.contains(id);
        let numbered = (2..).map(|number| {
            let number = format!("-{number}");
            cut(&base, NAME - number.len()) + &number
        });
        let id = std::iter::once(base.clone()).chain(numbered).find(free);
        draft.id = id.unwrap_or_default();
        taken.insert(draft.id.clone());
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
    let head = &name[..most];
    let end = head.rfind('-').unwrap_or(most);
    head[..end].to_owned()
}
