//! What the search knows about English, and about what interviews are about, before it has read any question:
//! `words.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::words;
use crate::model::Difficulty;

/// The words that come with the program.
pub static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::new(&FILE));

/// `words.toml`, as it is written.
pub static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// The words that a difficulty is asked for with.
pub static DIFFICULTIES: LazyLock<Difficulties> = LazyLock::new(|| Difficulties::new(&FILE));

/// What the file holds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct File {
    particles: Vec<String>,
    /// Words that say nothing about what is asked for.
    pub fillers: Vec<String>,
    talk: Vec<String>,
    forms: HashMap<String, String>,
    difficulty: HashMap<String, String>,
    /// Groups of names for the same thing.
    pub synonyms: Vec<Vec<String>>,
    /// Groups of names that are near in meaning.
    pub related: Vec<Vec<String>>,
}

/// Words with a role of their own.
pub struct Language {
    fillers: HashSet<String>,
    particles: HashSet<String>,
    /// Misspellings, each with the small word that is meant. None of them is such a word itself.
    slips: HashMap<String, String>,
    /// Phrases of conversation around what is asked for, in words, the longest first.
    pub talk: Vec<Vec<String>>,
    forms: HashMap<String, String>,
}

/// Words in queries that ask for a difficulty.
pub struct Difficulties {
    /// Other words for a difficulty, which ask for it where `questions` stands with them.
    pub words: HashMap<String, Difficulty>,
    /// What may stand before a difficulty.
    pub ahead: HashSet<String>,
    /// What makes a difficulty of any word of it: `medium level`.
    pub levels: HashSet<String>,
    /// What is of a difficulty.
    pub nouns: HashSet<String>,
    /// What stands between those and what they are about.
    pub about: HashSet<String>,
    /// What may stand at the end.
    pub closing: HashSet<String>,
}

impl Difficulties {
    fn new(file: &File) -> Self {
        let set = |name: &str| -> HashSet<String> {
            let own = file.difficulty.get(name);
            own.into_iter().flat_map(|line| words(line)).collect()
        };
        let of = |difficulty: Difficulty| {
            let own = set(&difficulty.to_string()).into_iter();
            own.map(move |word| (word, difficulty))
        };
        Self {
            words: Difficulty::ALL.into_iter().flat_map(of).collect(),
            ahead: set("ahead"),
            levels: set("levels"),
            nouns: set("nouns"),
            about: set("about"),
            closing: set("closing"),
        }
    }
}

impl Language {
    fn new(file: &File) -> Self {
        let mut talk: Vec<_> = file.talk.iter().map(|phrase| words(phrase)).collect();
        let set = |lines: &[String]| -> HashSet<String> {
            lines.iter().flat_map(|line| words(line)).collect()
        };
        talk.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        let fillers = set(&file.fillers);
        Self {
            slips: slips(&fillers),
            fillers,
            particles: set(&file.particles),
            talk,
            forms: file.forms.clone(),
        }
    }

    /// Whether a word says nothing about what is asked for.
    pub fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(word)
    }

    /// The small word that this is a misspelling of: with two letters swapped, or one missing or doubled (`teh`, `wht`).
    pub fn misspelt_filler(&self, word: &str) -> Option<&str> {
        self.slips.get(word).map(String::as_str)
    }

    /// Whether a folded word may be left out of a name without changing what it means.
    pub fn is_empty(&self, word: &str, folded: &str) -> bool {
        self.is_filler(word) && !self.particles.contains(folded)
    }

    /// The form that stands for this word where no rule of endings leads to it: `break` for `broke`.
    pub fn form<'a>(&'a self, word: &'a str) -> &'a str {
        self.forms.get(word).map_or(word, String::as_str)
    }

    /// Whether this word stands for itself, so that no ending is taken off it.
    pub fn is_form(&self, word: &str) -> bool {
        self.forms.get(word).is_some_and(|form| form == word)
    }
}

/// The misspellings of small words: with two letters swapped, and from three letters on with one doubled or, after the
/// first, missing.
fn slips(fillers: &HashSet<String>) -> HashMap<String, String> {
    let mut slips = HashMap::new();
    let mut sorted: Vec<&String> = fillers.iter().filter(|word| word.len() > 1).collect();
    sorted.sort_unstable();
    for filler in sorted {
        let letters: Vec<char> = filler.chars().collect();
        let mut add = |slip: Vec<char>| {
            let slip: String = slip.into_iter().collect();
            if !fillers.contains(&slip) {
                slips.entry(slip).or_insert_with(|| filler.clone());
            }
        };
        for at in 1..letters.len() {
            let mut swapped = letters.clone();
            swapped.swap(at - 1, at);
            add(swapped);
            if letters.len() > 2 {
                let mut doubled = letters.clone();
                doubled.insert(at, letters[at]);
                add(doubled);
                let mut missing = letters.clone();
                missing.remove(at);
                add(missing);
            }
        }
    }
    slips
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_is_read() {
        let read = toml::from_str::<super::File>(include_str!("words.toml"));
        let file = read.unwrap_or_else(|error| panic!("{error}"));
        for group in file.synonyms.iter().chain(&file.related) {
            assert!(group.len() > 1, "{group:?} names nothing else");
        }
        for (word, form) in &file.forms {
            let last = file.forms.get(form).is_none_or(|again| again == form);
            assert!(last, "`{word}` leads to `{form}`, which leads on");
        }
    }
}
