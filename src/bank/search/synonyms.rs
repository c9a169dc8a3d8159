//! Names for the same thing, and names near in meaning.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::folding::Folder;
use super::language::{FILE, LANGUAGE};
use super::words::words;

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

/// Groups of names for the same thing.
pub struct Synonyms {
    /// Groups of phrases, whose words are kept as they are written and folded.
    groups: Vec<Vec<Vec<Word>>>,
    /// The places of phrases, by their first folded word.
    by_first: HashMap<String, Vec<(usize, usize)>>,
}

/// A word of a name.
#[derive(PartialEq)]
pub struct Word {
    /// Its folded form.
    pub folded: String,
    /// Whether it says nothing by itself.
    pub filler: bool,
}

impl Synonyms {
    /// Reads groups of phrases as they are written.
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
