//! What a search knows of English and of the field before it has read any question: `words.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{Folder, Kind, each_word};

/// The words that come with the program.
pub static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::new(&FILE));

/// The synonyms that come with the program.
pub static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::new(&FILE.synonyms));

/// The words near in meaning that come with the program.
pub static RELATED: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::new(&FILE.related));

/// Words that are known whatever a bank says, fillers and those of synonyms, each with what it folds to.
pub static KNOWN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = Folder::new();
    let groups = FILE.synonyms.iter().chain(&FILE.related);
    let phrases = groups.flatten().chain(&FILE.fillers);
    let words: HashSet<String> = phrases.flat_map(|phrase| words(phrase)).collect();
    let fold = |word: String| {
        let folded = folder.fold(&word);
        (word, folded)
    };
    words.into_iter().map(fold).collect()
});

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    particles: Vec<String>,
    fillers: Vec<String>,
    talk: Vec<String>,
    forms: HashMap<String, String>,
    synonyms: Vec<Vec<String>>,
    related: Vec<Vec<String>>,
}

/// Words with a role of their own.
pub struct Language {
    fillers: HashSet<String>,
    particles: HashSet<String>,
    /// By slip: the small word that it is one of; no slip is such a word itself.
    slips: HashMap<String, String>,
    /// Phrases of conversation around what is asked for, in words, the longest first.
    pub talk: Vec<Vec<String>>,
    forms: HashMap<String, String>,
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

    /// Whether a word says nothing of what is asked for.
    pub fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(word)
    }

    /// The small word that another one is a slip of: two letters changed places, or one is missing or doubled (`teh`,
    /// `wht`).
    pub fn misspelt_filler(&self, word: &str) -> Option<&str> {
        self.slips.get(word).map(String::as_str)
    }

    /// Whether a word, folded, may be left out of a name without making another of it.
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

/// The slips in small words: two letters that changed places, and from three letters on one that is doubled or, behind
/// the first, missing.
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

/// Groups of names for the same thing.
pub struct Synonyms {
    /// Each a group of phrases, in words as they are written and folded.
    groups: Vec<Vec<Vec<Word>>>,
    /// By its first folded word: where a phrase stands.
    by_first: HashMap<String, Vec<(usize, usize)>>,
}

/// A word of a name.
#[derive(PartialEq)]
pub struct Word {
    /// As it is compared.
    pub folded: String,
    /// Whether it says nothing by itself.
    pub filler: bool,
}

impl Synonyms {
    /// Groups as they are written.
    pub fn new<'a>(groups: impl IntoIterator<Item = &'a Vec<String>>) -> Self {
        let folder = Folder::new();
        let mut synonyms = Self {
            groups: Vec::new(),
            by_first: HashMap::new(),
        };
        for group in groups {
            let read = |word: String| Word {
                folded: folder.fold(&word),
                filler: LANGUAGE.is_filler(&word),
            };
            let phrases = group
                .iter()
                .map(|phrase| words(phrase).into_iter().map(read).collect());
            let phrases: Vec<Vec<Word>> = phrases
                .filter(|phrase: &Vec<Word>| !phrase.is_empty())
                .collect();
            for (at, phrase) in phrases.iter().enumerate() {
                let place = (synonyms.groups.len(), at);
                synonyms
                    .by_first
                    .entry(phrase[0].folded.clone())
                    .or_default()
                    .push(place);
            }
            synonyms.groups.push(phrases);
        }
        synonyms
    }

    /// The longest phrase that these folded words begin with: how many words it has, and what else it is called.
    pub fn longest<'a>(&'a self, words: &[&str]) -> Option<(usize, Vec<&'a [Word]>)> {
        let places = self.by_first.get(*words.first()?)?;
        let begins = |phrase: &[Word]| {
            let same = phrase
                .iter()
                .zip(words)
                .all(|(own, word)| own.folded == *word);
            phrase.len() <= words.len() && same
        };
        let fitting = places
            .iter()
            .map(|(group, at)| (*group, &self.groups[*group][*at]));
        let fitting: Vec<_> = fitting.filter(|(_, phrase)| begins(phrase)).collect();
        let length = fitting.iter().map(|(_, phrase)| phrase.len()).max()?;
        let others = fitting
            .iter()
            .filter(|(_, phrase)| phrase.len() == length)
            .flat_map(|(group, own)| self.groups[*group].iter().filter(move |other| other != own))
            .map(Vec::as_slice);
        Some((length, others.collect()))
    }
}

/// The words of a phrase.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, kind| {
        if kind == Kind::Word {
            words.push(word.to_owned());
        }
    });
    words
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
