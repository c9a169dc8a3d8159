//! The words that grading knows, read from `vocabulary.toml` and `words.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words of `vocabulary.toml`, each table as it is described there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    pub leads: HashSet<String>,
    /// What leads to another answer than the one before.
    pub changes: Phrases,
    pub sources: HashSet<String>,
    pub alike: Vec<Phrase>,
    pub tails: HashSet<String>,
    /// Doubts that end an answer.
    pub doubts: Phrases,
    pub clueless: Phrases,
    pub confessions: Phrases,
    /// What says of an answer that it is the last: "and that's final".
    pub finals: Phrases,
    pub resolves: Phrases,
    pub choosings: Phrases,
    pub closers: HashSet<String>,
    /// What leads to one: "my final decision is".
    pub decisions: Phrases,
    pub settlings: Phrases,
    pub paused_leads: HashSet<String>,
    pub openers: HashSet<String>,
    pub tags: HashSet<String>,
    pub weak_reasons: HashSet<String>,
    pub purposes: HashSet<String>,
    pub conclusions: HashSet<String>,
    pub regrets: HashSet<String>,
    pub subjects: HashSet<String>,
    pub label_nouns: HashSet<String>,
    pub option_nouns: HashSet<String>,
    pub calls_for_help: HashSet<String>,
    pub asks_how: HashSet<String>,
    pub asks_if_open: HashSet<String>,
    pub own_results: HashSet<String>,
    pub own_fates: HashSet<String>,
    pub own_grades: HashSet<String>,
    pub own_givings: HashSet<String>,
    pub own_things: HashSet<String>,
    pub openers_of_questions: HashSet<String>,
    pub around_own_answers: HashSet<String>,
    pub questions: HashSet<String>,
    pub fillers: HashSet<String>,
    pub small: HashSet<String>,
    pub denials: HashSet<String>,
    pub assents: HashSet<String>,
    pub doubtful_assents: HashSet<String>,
    pub beside_assents: HashSet<String>,
    pub refusals: HashSet<String>,
    pub before_rejected: HashSet<String>,
    pub after_rejected: HashSet<String>,
    pub formers: HashSet<String>,
    pub latters: HashSet<String>,
    pub places: Vec<Vec<String>>,
    pub foreign_numbers: Vec<Vec<String>>,
    pub ambiguous_numbers: HashSet<String>,
    pub foreign_nouns: HashSet<String>,
    pub foreign_prefixes: Vec<String>,
    pub foreign_suffixes: Vec<String>,
    pub last_places: Vec<String>,
    pub tops: Vec<String>,
    pub bottoms: Vec<String>,
    pub middles: Vec<String>,
    pub uppers: Vec<String>,
    pub lowers: Vec<String>,
    pub penultimates: Vec<String>,
    pub counted_from: HashSet<String>,
    pub starts: HashSet<String>,
    pub ends: HashSet<String>,
    pub befores: HashSet<String>,
    pub afters: HashSet<String>,
    pub neighbours: HashSet<String>,
    pub around_places: HashSet<String>,
    pub units_of_places: HashSet<String>,
    pub before_between: HashSet<String>,
    pub lows: HashSet<String>,
    pub highs: HashSet<String>,
    pub values: HashSet<String>,
    pub kinds: HashSet<String>,
    pub exceptions: HashSet<String>,
    pub scopes: Vec<String>,
    pub after_places: HashSet<String>,
    pub prepositions: HashSet<String>,
    pub clause_starts: HashSet<String>,
    pub wholes: HashSet<String>,
    pub after_wholes: HashSet<String>,
    pub joiners: HashSet<String>,
    pub of_others: HashSet<String>,
    pub others: HashSet<String>,
    pub dismissals: HashSet<String>,
    pub earlier: HashSet<String>,
    pub repeats: HashSet<String>,
    pub changing: HashSet<String>,
    pub changing_something: HashSet<String>,
    pub going_back: HashSet<String>,
    pub backs: HashSet<String>,
    pub changed_things: HashSet<String>,
    pub around_changes: HashSet<String>,
    pub articles: HashSet<String>,
    pub reasons: HashSet<String>,
    pub connectors: HashSet<String>,
    pub comparisons: HashSet<String>,
    pub around_numbers: HashSet<String>,
    pub waverings: HashSet<String>,
    pub corrections: HashSet<String>,
    pub swaps: HashSet<String>,
    pub negations: HashSet<String>,
    pub auxiliaries: HashSet<String>,
    pub numbers: Vec<String>,
    pub tens: Vec<String>,
    pub multiples: Vec<Multiple>,
    pub named_numbers: Vec<NamedNumber>,
    pub before_numbers: HashSet<String>,
    pub before_units: HashSet<String>,
    pub ordinals: Vec<String>,
    pub alphabets: Vec<String>,
    pub look_alikes: Vec<Pair>,
    pub prefixes: Vec<String>,
    pub prefix_pairs: Vec<Phrase>,
    pub suffix_pairs: Vec<Phrase>,
    pub opposites: Vec<Phrase>,
    pub pleasantries: HashSet<String>,
    pub chat: HashSet<String>,
    pub attempts: HashSet<String>,
    pub gestures: HashSet<String>,
    pub sounds: HashSet<String>,
    pub whiles: HashSet<String>,
    pub past: HashSet<String>,
    pub people: HashSet<String>,
    pub oneself: HashSet<String>,
    pub firm: HashSet<String>,
    pub hedges: HashSet<String>,
    pub around_labels: HashSet<String>,
    pub emoticons: HashSet<String>,
    pub faces_at_the_end: HashSet<String>,
    /// Words that are another word's, so that nobody who types one has mistyped the other.
    #[serde(skip)]
    pub known: HashSet<String>,
}

/// Phrases of one of each list in turn, where every list is needed as it is: "im", "changing", "my answer", "to".
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Phrases(Vec<Vec<String>>);

impl Phrases {
    /// All that can be made. An empty word stands for no word.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let longer = |phrases: Vec<String>, words: &Vec<String>| {
            let with = |phrase: &String| {
                let phrases = words.iter().map(|word| format!("{phrase} {word}"));
                phrases
                    .map(|phrase| phrase.trim().to_owned())
                    .collect::<Vec<_>>()
            };
            phrases.iter().flat_map(with).collect::<Vec<String>>()
        };
        self.0.iter().fold(vec![String::new()], longer).into_iter()
    }
}

/// Words with spaces between them.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Phrase(pub Vec<String>);

impl From<String> for Phrase {
    fn from(text: String) -> Phrase {
        Phrase(text.split(' ').map(str::to_owned).collect())
    }
}

/// A word and what it multiplies the number before it by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Multiple {
    pub word: String,
    pub by: u64,
}

/// A number in digits and its name: "504 gateway timeout".
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct NamedNumber {
    pub number: String,
    /// Without spaces.
    pub name: String,
}

impl TryFrom<String> for NamedNumber {
    type Error = String;

    fn try_from(text: String) -> Result<NamedNumber, String> {
        let named = text
            .split_once(' ')
            .filter(|(number, _)| number.parse::<u64>().is_ok());
        let (number, name) =
            named.ok_or_else(|| format!("{text:?} is not a number and its name"))?;
        Ok(NamedNumber {
            number: number.to_owned(),
            name: name.replace(' ', ""),
        })
    }
}

/// A character and the one that it stands for.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Pair(pub char, pub char);

impl TryFrom<String> for Pair {
    type Error = String;

    fn try_from(text: String) -> Result<Pair, String> {
        let mut chars = text.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(from), Some(to), None) => Ok(Pair(from, to)),
            _ => Err(format!("{text:?} is not a pair of characters")),
        }
    }
}

impl Vocabulary {
    /// It as it is written, with nothing made of it yet.
    pub fn written() -> Vocabulary {
        toml::from_str(include_str!("vocabulary.toml")).expect("the program's own vocabulary")
    }

    /// The words of what is peeled off an answer, but for those that tell of something past.
    pub fn words_of_phrases(&self) -> impl Iterator<Item = String> {
        let phrases = [&self.leads, &self.tails, &self.paused_leads];
        let words = phrases
            .into_iter()
            .flatten()
            .flat_map(|phrase| phrase.split(' '));
        words
            .filter(|word| !self.past.contains(*word))
            .map(str::to_owned)
    }
}

/// The vocabulary. It is part of the program, and a test reads it.
pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut read = Vocabulary::written();
    for leads in [&read.changes, &read.decisions, &read.settlings] {
        read.leads.extend(leads.all());
    }
    let doubts = [&read.doubts, &read.clueless, &read.confessions];
    for doubts in doubts
        .into_iter()
        .chain([&read.finals, &read.resolves, &read.choosings])
    {
        read.tails.extend(doubts.all());
    }
    let present: Vec<String> = read.words_of_phrases().collect();
    let others = read.sources.union(&read.swaps).cloned();
    read.around_labels.extend(present.into_iter().chain(others));
    let denials = read.denials.iter().filter(|word| word.is_ascii());
    read.around_labels.extend(denials.cloned());
    let opposites = read.opposites.iter().flat_map(|pair| pair.0.clone());
    let lists = read.numbers.iter().chain(&read.tens).chain(&read.ordinals);
    let sets = [
        &read.connectors,
        &read.corrections,
        &read.negations,
        &read.auxiliaries,
        &read.past,
    ];
    let known = include_str!("words.txt").lines().map(str::to_owned);
    read.known = known
        .chain(read.words_of_phrases())
        .chain(opposites)
        .chain(lists.chain(sets.into_iter().flatten()).cloned())
        .collect();
    read
});
