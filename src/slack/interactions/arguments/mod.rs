//! The words after a command, read as Discord's options would be: `name:value`, whose value ends where the next name
//! begins, or words in any order.

mod parameter;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

pub(crate) use self::parameter::{Parameter, Takes};
use self::words::{Word, joined, words};
use crate::app::wording::Mistyped;

/// The longest text after a command, in characters.
const LONGEST: usize = 1_000;
/// Among how many words at most times, days and zones are looked for. More are prose.
const LOOKED_AT: usize = 16;
/// The most words of a time, of days or a zone.
const WIDEST: usize = 7;

/// What a command was given, by the names of what it takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Arguments(BTreeMap<&'static str, String>);

/// What was read from the words after a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Read {
    /// What could be read.
    pub arguments: Arguments,
    /// What couldn't.
    pub mistyped: Vec<Mistyped>,
}

impl Arguments {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.parse().ok()
    }

    /// The one of a few that was chosen by its word.
    pub(crate) fn chosen<T: Copy>(
        &self,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let chosen = self.get(name)?;
        all.iter().copied().find(|one| word(*one) == chosen)
    }

    /// Takes a value out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// Adds what is not given.
    pub(crate) fn complete(&mut self, others: Self) {
        for (name, value) in others.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.insert(name, value.into());
    }
}

/// Reads the words after a command that takes this.
pub(crate) fn read(text: &str, parameters: &[Parameter]) -> Read {
    let length = text.chars().count();
    if length > LONGEST {
        return Read {
            mistyped: vec![Mistyped::TooLong {
                length,
                most: LONGEST,
            }],
            ..Read::default()
        };
    }
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    let words = words(text, &names);
    let is_named = |at: &usize| words.contains(&Word::Name(*at));
    let mut reader = Reader {
        parameters,
        named: (0..parameters.len()).filter(is_named).collect(),
        read: Read::default(),
    };
    let (before, groups) = groups(&words);
    let mut loose = VecDeque::from(before.to_vec());
    for group in groups {
        if let [Word::Name(at), value @ ..] = group {
            loose.extend(reader.named_value(parameters[*at], value));
        }
    }
    reader.loose_words(loose);
    reader.read
}

/// What is before the first name, and each name with what follows it.
fn groups(words: &[Word]) -> (&[Word], impl Iterator<Item = &[Word]>) {
    let is_name = |word: &Word| matches!(word, Word::Name(_));
    let first = words.iter().position(is_name).unwrap_or(words.len());
    let (before, named) = words.split_at(first);
    (before, named.chunk_by(move |_, next| !is_name(next)))
}

struct Reader<'a> {
    parameters: &'a [Parameter],
    /// Which of them are given by name.
    named: Vec<usize>,
    read: Read,
}

impl Reader<'_> {
    /// Reads what follows a name, and returns the words that don't belong to it.
    fn named_value(&mut self, parameter: Parameter, value: &[Word]) -> Vec<Word> {
        let name = parameter.name;
        if parameter.takes.is_short() {
            let read = |length: usize| Some((parameter.takes.short(value.get(..length)?)?, length));
            return match read(2).or_else(|| read(1)) {
                Some((read, length)) => {
                    self.give(name, read);
                    value[length..].to_vec()
                }
                None => {
                    let typed = joined(value);
                    let choices = parameter.takes.choices();
                    self.wrong(Mistyped::NoValue {
                        name,
                        typed,
                        choices,
                    });
                    Vec::new()
                }
            };
        }
        let (value, mut after) = match value {
            [quoted @ Word::Quoted(_), after @ ..] => (vec![quoted.clone()], after.to_vec()),
            value => (value.to_vec(), Vec::new()),
        };
        let mut value = VecDeque::from(value);
        // "topic:caching 10": the number is a value of its own.
        while value.len() > 1
            && let Some(length) = self.found_at_back(&value)
            && length < value.len()
        {
            let found = value.split_off(value.len() - length);
            after.splice(..0, found);
        }
        let value = joined(value.make_contiguous());
        if value.is_empty() {
            let choices = Vec::new();
            let typed = String::new();
            self.wrong(Mistyped::NoValue {
                name,
                typed,
                choices,
            });
        } else {
            self.give(name, value);
        }
        after
    }

    /// Gives the words without a name to what they can be a value of.
    fn loose_words(&mut self, mut loose: VecDeque<Word>) {
        loop {
            if let Some((at, value, length)) = self.found_at_front(&loose) {
                loose.drain(..length);
                self.give(self.parameters[at].name, value);
            } else if let Some(length) = self.found_at_back(&loose) {
                let words: Vec<Word> = loose.drain(loose.len() - length..).collect();
                if let Some((at, value)) = self.found(&words) {
                    self.give(self.parameters[at].name, value);
                }
            } else {
                break;
            }
        }
        let mut words = Vec::from(loose);
        words.retain(|word| {
            let mention = matches!(word, Word::Channel(_) | Word::Member(_));
            match self.found(std::slice::from_ref(word)).filter(|_| mention) {
                Some((at, value)) => self.give(self.parameters[at].name, value),
                None => return true,
            }
            false
        });
        let words = self.told_apart(words);
        let text = joined(&words);
        let mut all = self.parameters.iter().enumerate();
        let rest = all.find(|(at, parameter)| parameter.rest && !self.named.contains(at));
        match rest {
            _ if text.is_empty() => {}
            Some((_, parameter)) => self.give(parameter.name, text),
            None => self.wrong(Mistyped::Unknown(text)),
        }
    }

    /// Where no words are prose, gives them to what they can be a value of, and returns the others.
    fn told_apart(&mut self, words: Vec<Word>) -> Vec<Word> {
        let rest = self.parameters.iter().any(|parameter| parameter.rest);
        if rest || words.len() > LOOKED_AT {
            return words;
        }
        let (mut from, mut others) = (0, Vec::new());
        while from < words.len() {
            let most = WIDEST.min(words.len() - from);
            let found = (1..=most).rev().find_map(|length| {
                let words = &words[from..from + length];
                let found = self.found(words).filter(|_| length <= 2);
                let (at, value) = found.or_else(|| self.telling(&joined(words)))?;
                Some((at, value, length))
            });
            match found {
                Some((at, value, length)) => {
                    self.give(self.parameters[at].name, value);
                    from += length;
                }
                None => {
                    others.push(words[from].clone());
                    from += 1;
                }
            }
        }
        others
    }

    /// What a text of one or more words can be told to be, and the text.
    fn telling(&self, text: &str) -> Option<(usize, String)> {
        let at = self.free(|parameter| parameter.takes.reads(text))?;
        Some((at, text.to_owned()))
    }

    /// The first parameter that isn't given by name and is such a one.
    fn free(&self, is: impl Fn(&Parameter) -> bool) -> Option<usize> {
        let mut all = self.parameters.iter().enumerate();
        let found = all.find(|(at, parameter)| !self.named.contains(at) && is(parameter));
        found.map(|(at, _)| at)
    }

    /// What all of these words together are a value of, and which.
    fn found(&self, words: &[Word]) -> Option<(usize, String)> {
        if words.iter().any(|word| matches!(word, Word::Quoted(_))) {
            return None;
        }
        let at = self.free(|parameter| {
            parameter.takes.is_found() && parameter.takes.short(words).is_some()
        })?;
        Some((at, self.parameters[at].takes.short(words)?))
    }

    fn found_at_front(&self, words: &VecDeque<Word>) -> Option<(usize, String, usize)> {
        [2, 1].into_iter().find_map(|length| {
            let first: Vec<Word> = words.iter().take(length).cloned().collect();
            let (at, value) = self.found(&first).filter(|_| first.len() == length)?;
            Some((at, value, length))
        })
    }

    /// How many of the last words are a value.
    fn found_at_back(&self, words: &VecDeque<Word>) -> Option<usize> {
        [2, 1].into_iter().find(|length| {
            let before = words.len().checked_sub(*length);
            before.is_some_and(|before| {
                let last: Vec<Word> = words.iter().skip(before).cloned().collect();
                self.found(&last).is_some()
            })
        })
    }

    fn give(&mut self, name: &'static str, value: String) {
        match self.read.arguments.get(name) {
            Some(one) if one != value => {
                let one = one.to_owned();
                self.wrong(Mistyped::Twice {
                    name,
                    one,
                    other: value,
                });
            }
            _ => self.read.arguments.set(name, value),
        }
    }

    fn wrong(&mut self, mistyped: Mistyped) {
        self.read.mistyped.push(mistyped);
    }
}
