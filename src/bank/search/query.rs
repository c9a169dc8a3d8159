//! What a query asks for: its words without conversation, with misspellings and compounds corrected, and the other names
//! of each thing in it.

use super::language::LANGUAGE;
use super::shape::Shape;
use super::synonyms::{self, RELATED, SYNONYMS, Synonyms};
use super::vocabulary::{Term, Vocabulary};
use super::words::words;

/// How many words of a query count.
const WORDS: usize = 40;
/// The weight of another name, relative to the one that was typed.
const SYNONYM: f32 = 0.75;
/// The weight of a word that is near in meaning.
const NEAR: f32 = 0.4;
/// The weight of a part of a name, relative to the whole.
pub const BROAD: f32 = 0.1;
/// The weight of a frequent word that a known one may be a misspelling of.
const DOUBTED: f32 = 0.9;
/// The weight of two words written as one, or of one written as two.
const COMPOUND: f32 = 0.7;

/// A query as it is searched for.
#[derive(Default, Debug)]
pub struct Query {
    /// The things that it is about, in order.
    pub things: Vec<Thing>,
    /// Its words without conversation, folded, and whether each may be left out.
    pub folded: Vec<(String, bool)>,
    /// Its words without any conversation, folded as well, if those are fewer.
    pub bare: Vec<(String, bool)>,
    /// Whether it is nothing but a number.
    pub number: bool,
    /// What kind of question it asks for, if it says so.
    pub shape: Option<Shape>,
    /// The query with its misspellings corrected, if it had any.
    pub corrected: Option<String>,
}

/// Something that a query is about, with all its names.
#[derive(Debug)]
pub struct Thing {
    /// Each with its weight. The first one is what was typed.
    pub names: Vec<(f32, Vec<Term>)>,
    /// How many of the words typed aren't in the bank.
    pub unknown: usize,
}

struct Word {
    text: String,
    folded: String,
    term: Option<Term>,
    /// The weight of a correction: the more slips, the less.
    worth: f32,
    /// What it may be a misspelling of, although the word is known.
    doubted: Option<Term>,
}

impl Query {
    pub fn read(text: &str, vocabulary: &Vocabulary, synonyms: &Synonyms) -> Self {
        let mut typed = words(text);
        typed.truncate(WORDS);
        let shape = Shape::asked_by(&typed);
        let number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let number = typed.iter().all(number);
        let bare = without_talk(&typed);
        strip_talk(&mut typed);
        let mut corrected = false;
        let typed: Vec<Word> = typed
            .into_iter()
            .flat_map(|word| read_word(word, vocabulary, &mut corrected))
            .collect();
        let text = typed
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            things: things(&typed, vocabulary, synonyms),
            bare: if bare.len() < typed.len() {
                let fold = |word: String| (vocabulary.fold(&word), word);
                let bare = bare.into_iter().map(fold);
                bare.map(|(folded, word)| emptied(&word, folded)).collect()
            } else {
                Vec::new()
            },
            folded: typed
                .into_iter()
                .map(|word| emptied(&word.text, word.folded))
                .collect(),
            number,
            shape,
            corrected: corrected.then_some(text),
        }
    }
}

/// A folded word, and whether it may be left out.
fn emptied(word: &str, folded: String) -> (String, bool) {
    let empty = LANGUAGE.is_empty(word, &folded);
    (folded, empty)
}

/// What is left when all conversation is taken out, even if that says nothing by itself: `go` of `questions about go`.
pub fn without_talk(words: &[String]) -> Vec<String> {
    let mut rest = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let mut talk = LANGUAGE.talk.iter();
        match talk.find(|phrase| words[at..].starts_with(phrase)) {
            Some(phrase) => at += phrase.len(),
            None => {
                rest.push(word.clone());
                at += 1;
            }
        }
    }
    rest
}

/// Takes out what people say around what they ask for, unless nothing else is left.
fn strip_talk(words: &mut Vec<String>) {
    let mut at = 0;
    while at < words.len() {
        let talk = LANGUAGE
            .talk
            .iter()
            .find(|phrase| words[at..].starts_with(phrase));
        let Some(phrase) = talk else {
            at += 1;
            continue;
        };
        let says = |word: &String| !LANGUAGE.is_filler(word);
        let rest = words[..at].iter().chain(&words[at + phrase.len()..]);
        if rest.clone().any(says) {
            words.drain(at..at + phrase.len());
        } else {
            at += phrase.len();
        }
    }
}

/// A word as the bank knows it; two if it is made of two.
fn read_word(text: String, vocabulary: &Vocabulary, corrected: &mut bool) -> Vec<Word> {
    let known = |text: &str, worth: f32| {
        let folded = vocabulary.fold(text);
        let term = vocabulary.term(&folded);
        let text = text.to_owned();
        Word {
            text,
            folded,
            term,
            worth,
            doubted: None,
        }
    };
    let mut word = known(&text, 1.0);
    if word.term.is_some() {
        let doubted = vocabulary.doubted(&text);
        word.doubted = doubted.and_then(|other| vocabulary.term(&vocabulary.fold(other)));
        return vec![word];
    }
    if let Some(filler) = LANGUAGE.misspelt_filler(&text) {
        return vec![known(filler, 1.0)];
    }
    if let Some(compound) = vocabulary.begun(&text) {
        return vec![known(compound, COMPOUND)];
    }
    if let Some((left, right)) = vocabulary.split(&text) {
        return vec![known(left, COMPOUND), known(right, COMPOUND)];
    }
    let Some((right, slips)) = vocabulary.corrected(&text) else {
        return vec![word];
    };
    *corrected = true;
    vec![known(right, if slips > 1 { 0.8 } else { 0.9 })]
}

/// What the words are about.
fn things(words: &[Word], vocabulary: &Vocabulary, synonyms: &Synonyms) -> Vec<Thing> {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let mut things: Vec<Thing> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let pair = words.get(at + 1).and_then(|next| {
            let both = format!("{}{}", words[at].text, next.text);
            let term = vocabulary.term(&vocabulary.fold(&both));
            let says = |word: &Word| word.text.len() > 2 && !LANGUAGE.is_filler(&word.text);
            term.or_else(|| {
                let compound = vocabulary.begun(&both)?;
                let term = vocabulary.term(&vocabulary.fold(compound));
                term.filter(|_| says(&words[at]) && says(next))
            })
        });
        let phrase = longest(synonyms, &folded[at..]);
        let named = phrase.is_some();
        let (mut length, others) = phrase.unwrap_or((1, Vec::new()));
        if pair.is_some() {
            length = length.max(2);
        }
        let own = &words[at..at + length];
        at += length;
        if !named && pair.is_none() && LANGUAGE.is_filler(&own[0].text) {
            continue;
        }
        let names = names(own, pair, &others, vocabulary);
        let unknown = |word: &&Word| word.term.is_none() && !LANGUAGE.is_filler(&word.text);
        let unknown = own.iter().filter(unknown).count();
        let says = unknown > 0 || names.iter().any(|(_, terms)| !terms.is_empty());
        let again = |thing: &Thing| unknown == 0 && thing.names[0].1 == names[0].1;
        if says && !things.iter().any(again) {
            things.push(Thing { names, unknown });
        }
    }
    things
}

/// Other names of something, each with its weight.
type Others<'a> = Vec<(f32, &'a [synonyms::Word])>;

/// How many words the longest phrase has that these begin with and that has other names, and those names.
fn longest<'a>(own: &'a Synonyms, words: &[&str]) -> Option<(usize, Others<'a>)> {
    let sources: [(&Synonyms, f32); 3] = [(own, SYNONYM), (&SYNONYMS, SYNONYM), (&RELATED, NEAR)];
    let found = sources.map(|(source, worth)| (source.longest(words), worth));
    let longest = found
        .iter()
        .filter_map(|(found, _)| Some(found.as_ref()?.0));
    let longest = longest.max()?;
    let names = found.into_iter().flat_map(|(found, worth)| {
        let names = found.filter(|(length, _)| *length == longest);
        let names = names.map(|(_, names)| names).unwrap_or_default();
        names.into_iter().map(move |name| (worth, name))
    });
    Some((longest, names.collect()))
}

/// What was typed, and what else it is called.
fn names(
    own: &[Word],
    pair: Option<Term>,
    others: &Others<'_>,
    vocabulary: &Vocabulary,
) -> Vec<(f32, Vec<Term>)> {
    let telling: Vec<&Word> = own
        .iter()
        .filter(|word| !LANGUAGE.is_filler(&word.text))
        .collect();
    let slips = telling.iter().map(|word| word.worth).fold(1.0, f32::min);
    let mut names = vec![(slips, telling.iter().filter_map(|word| word.term).collect())];
    names.extend(pair.map(|term| (COMPOUND, vec![term])));
    if let [word] = telling[..] {
        names.extend(word.doubted.map(|term| (DOUBTED, vec![term])));
    }
    for (worth, other) in others {
        let telling: Vec<_> = other.iter().filter(|word| !word.filler).collect();
        // What is left of `turned down` means something else, and a name that the bank doesn't use finds nothing.
        if telling.len() == 1 && other.len() > 1 {
            continue;
        }
        let terms = telling
            .into_iter()
            .map(|word| vocabulary.term(&word.folded));
        if let Some(terms) = terms.collect::<Option<Vec<Term>>>() {
            names.push((worth * slips, terms));
        }
    }
    // The same goes for what was typed: `log` of `log out`, `http` of `http/2`.
    let short = |word: &Word| word.text.len() < 3;
    let broad = telling.len() == 1 && own.len() > 1 || pair.is_some() && own.iter().any(short);
    if broad && names.len() > 1 {
        names[0].0 *= BROAD;
    }
    if let [word] = telling[..]
        && vocabulary.is_rare(&word.text)
        && let Some((left, right)) = vocabulary.split(&word.text)
    {
        let terms = [left, right].map(|half| vocabulary.term(&vocabulary.fold(half)));
        let terms = terms.into_iter().collect::<Option<Vec<Term>>>();
        names.extend(terms.map(|terms| (COMPOUND, terms)));
    }
    names
}
