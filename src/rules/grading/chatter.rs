//! What is talk: replies that name no option and do not try to, and remarks that only read like an answer.

use super::characters::{is_picture, readable};
use super::dress::{undressed, without_code_marks};
use super::everyday::{is_among_answers, is_common, is_everyday, says_nothing};
use super::labels::{Stage, insisted, is_rank, label, stages, unpaused};
use super::left::left;
use super::lone::lone;
use super::reading::Reading;
use super::texts::{Closeness, Texts};
use super::tokens::{Kind, Token, has_sounds, is_unspaced, spoken, tokens};
use super::vocabulary::VOCABULARY;
use super::wishes::wishes_to_change;

/// From how many words on a reply is a sentence.
const SENTENCE: usize = 4;

/// The letters that options may have.
const LETTERS: &str = "abcde";

/// What a reply is that names no option: a try where it leads to an answer, has a label in it that can be nothing else,
/// or is made of an option's words; talk where it is known to be; and related to the options otherwise.
pub fn attempt(reply: &str, options: &Texts) -> Reading {
    if reply.trim().is_empty() {
        return Reading::Unclear;
    }
    let is_link = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    let words: Vec<&str> = reply
        .split_whitespace()
        .filter(|word| !is_link(word))
        .collect();
    let text = readable(&undressed(&without_code_marks(&words.join(" "))));
    let parts = tokens(&text, false);
    let said = unpaused(&parts);
    let words: Vec<&str> = said
        .iter()
        .map(Token::word)
        .filter(|word| !word.is_empty())
        .collect();
    if parts.is_empty() || VOCABULARY.gestures.contains(&text) {
        return Reading::NotAnAttempt;
    }
    let stages = stages(said);
    let share = Share::of(&words, options);
    if asks_why(&stages) && !wishes_to_change(&stages) {
        let letter = |part: &Token| {
            let letter = part.word().len() == 1 && LETTERS.contains(part.word());
            letter && (part.capital || part.word() != "a")
        };
        return match share == Share::None && !parts.iter().any(letter) {
            true => Reading::NotAnAttempt,
            false => Reading::Related(Vec::new()),
        };
    }
    let calm = is_calm(reply);
    let left = left(&parts, calm, options.len());
    let answers: Vec<&Stage> = stages
        .iter()
        .filter(|stage| gives_an_answer(stage))
        .collect();
    let tries = words.is_empty()
        || VOCABULARY.attempts.contains(&words.join(" "))
        || answers.iter().any(|stage| stage.core.len() < SENTENCE)
        || has_label(&parts, &words, options)
        || tells_a_source(&words, options)
        || names_a_place(&parts, &words, calm)
        || calm && stages.last().is_some_and(describes_one)
        || left.as_ref().is_some_and(|left| left.clear);
    let names_none = || left.as_ref().is_none_or(|left| left.options.is_empty());
    if wishes_to_change(&stages) && names_none() {
        return Reading::Change;
    }
    if tries {
        return match left.map(|left| left.options) {
            Some(left) if !left.is_empty() => Reading::Part(left),
            _ => Reading::Unclear,
        };
    }
    match lone(&parts, calm, options.len()) {
        _ if share == Share::Most => Reading::Unclear,
        Some(Reading::Related(meant)) if !answers.is_empty() => Reading::Part(meant),
        Some(lone) => lone,
        None if share == Share::None
            && answers.is_empty()
            && is_talk(&parts, &words, options.len()) =>
        {
            Reading::NotAnAttempt
        }
        None => Reading::Related(Vec::new()),
    }
}

/// Whether a reply is known to be talk: a sentence without a word of an option, or nothing but words of talk. All else
/// may be an answer, in whatever language.
fn is_talk(parts: &[Token], words: &[&str], options: usize) -> bool {
    const LONG: usize = 6;
    // Where words have no spaces between them, so many letters make one.
    const LETTERS_A_WORD: usize = 3;
    let length = |word: &&str| match word.starts_with(is_unspaced) {
        true => word.chars().count().div_ceil(LETTERS_A_WORD),
        false => 1,
    };
    let is_empty = |nth: usize| {
        let part = &parts[nth];
        let graded = parts.get(nth + 1).is_some_and(is_grade) || is_grade(part);
        let number = matches!(part.kind, Kind::Number(_));
        let no_label = number && label(std::slice::from_ref(part), options).is_empty();
        part.is_pause() || graded || no_label && parts.len() > 1 || says_nothing(part.word())
    };
    words.iter().map(length).sum::<usize>() >= LONG
        || has_sounds(parts)
        || (0..parts.len()).all(is_empty)
}

/// Whether a reply asks about the question rather than answers it: "why is it B?"
pub fn asks_why(stages: &[Stage]) -> bool {
    const LONGEST: usize = 3;
    let begins = |stage: &Stage| {
        let mut lengths = 1..=LONGEST.min(stage.core.len());
        lengths.any(|length| {
            VOCABULARY
                .questions
                .contains(&spoken(&stage.core[..length]))
        })
    };
    stages.iter().any(begins)
}

/// How much of a reply is an option's.
#[derive(PartialEq, Eq)]
enum Share {
    None,
    Some,
    Most,
}

impl Share {
    fn of(words: &[&str], options: &Texts) -> Share {
        let tells = |word: &&&str| {
            !is_common(word) && options.has_like(word) || !options.exact(word).is_empty()
        };
        let (some, most) = if words.len() < SENTENCE {
            let telling = words.iter().filter(tells).count();
            (telling > 0, telling * 2 >= words.len())
        } else {
            let about = options.is_about(words, is_common);
            (about, options.is_part(words, is_common))
        };
        match some {
            true if most => Share::Most,
            true => Share::Some,
            false => Share::None,
        }
    }
}

/// Whether a reply is a place in an order that no option has ("the sixth one"), or asks for one, or denies it.
fn names_a_place(parts: &[Token], words: &[&str], calm: bool) -> bool {
    const ANY: usize = 100;
    let is_place = |part: &[Token]| {
        let words = || part.iter().map(Token::word);
        !label(part, ANY).is_empty() && words().any(|word| word.len() > 1 && word != "one")
    };
    let stage = stages(parts).pop();
    let alone = stage.is_some_and(|stage| is_place(stage.core));
    // "Is it the second?", "not the second".
    let asks = parts
        .iter()
        .any(|part| part.kind == Kind::Pause('?') || VOCABULARY.negations.contains(part.word()));
    let of_people = || {
        words
            .iter()
            .any(|word| VOCABULARY.people.contains(*word) || VOCABULARY.past.contains(*word))
    };
    let little = || {
        words
            .iter()
            .all(|word| is_common(word) || VOCABULARY.around_labels.contains(*word))
    };
    let placed = || {
        parts
            .windows(2)
            .any(|pair| pair[0].word() == "the" && is_place(pair))
    };
    // "I pressed the second".
    let source = words.iter().any(|word| VOCABULARY.sources.contains(*word));
    alone && calm || (source || asks && !of_people()) && placed() && little()
}

/// Whether a reply says which option by what is told of it: "the longest one".
fn describes_one(stage: &Stage) -> bool {
    const SHORTEST: usize = 5;
    let words: Vec<&str> = stage.core.iter().map(Token::word).collect();
    let noun = |word: &str| word == "one" || VOCABULARY.option_nouns.contains(word);
    matches!(words[..], ["the", word, last] if word.len() >= SHORTEST && word.ends_with("est") && noun(last))
}

/// Whether something surely leads to an answer or ends it, and more than everyday words are left.
fn gives_an_answer(stage: &Stage) -> bool {
    let firm = |token: &Token| VOCABULARY.firm.contains(token.word());
    let answers = |token: &Token| !token.is_pause() && !firm(token) && !is_everyday(token.word());
    let of_people = stage
        .core
        .first()
        .is_some_and(|first| VOCABULARY.people.contains(first.word()));
    let past = || {
        stage
            .core
            .iter()
            .any(|token| VOCABULARY.past.contains(token.word()))
    };
    stage.peeled.iter().copied().flatten().any(firm)
        && !of_people
        && !past()
        && (stage.core.iter().any(answers) || says_which(stage.core))
}

/// Whether a label is in a reply, or something dressed like one: a letter or number that begins it and is parted from
/// the rest, or that stands among words that say nothing else.
fn has_label(parts: &[Token], words: &[&str], options: &Texts) -> bool {
    let letter = |word: &str| word.len() == 1 && LETTERS.contains(word);
    let parted = |token: &Token| {
        token.is_pause() || matches!(token.kind, Kind::Sign(_)) || is_among_answers(token.word())
    };
    if let [first, rest @ ..] = parts
        && let Some(next) = rest.first()
    {
        let label = letter(first.word()) || matches!(first.kind, Kind::Number(_));
        let bracketed = first.word().chars().count() == 1 && next.kind == Kind::Pause(')');
        if label && parted(next) && !is_grade(next) || bracketed {
            return true;
        }
    }
    if let [.., pause, last] = unpaused(parts)
        && pause.is_pause()
        && !last.glued
        && letter(last.word())
    {
        return true;
    }
    if let [word] = words {
        let pair = word.len() == 2 && word.chars().all(|letter| LETTERS.contains(letter));
        if pair || insisted(word).is_some() {
            return true;
        }
    }
    let is_label = |nth: usize| match (&parts[nth].kind, parts.get(nth + 1)) {
        (Kind::Number(_), _) => true,
        (Kind::Word(word), Some(next)) if word == "a" => {
            (parted(next) || VOCABULARY.sources.contains(next.word())) && !is_grade(next)
        }
        (Kind::Word(word), Some(next)) => letter(word) && !is_grade(next),
        (Kind::Word(word), None) => letter(word),
        _ => false,
    };
    !has_sounds(parts) && !has_foreign(words, options) && (0..parts.len()).any(is_label)
}

/// Whether a word is said that is none of an option's and does not belong to an answer.
fn has_foreign(words: &[&str], options: &Texts) -> bool {
    let known = [&VOCABULARY.firm, &VOCABULARY.around_labels];
    let letter = |word: &str| word.len() == 1 && LETTERS.contains(word);
    words.iter().any(|word| {
        !letter(word)
            && !is_common(word)
            && !known.iter().any(|known| known.contains(*word))
            && !options.has_word(word)
    })
}

/// Whether a reply says that an option's text was the answer, and no more.
fn tells_a_source(words: &[&str], options: &Texts) -> bool {
    words.iter().any(|word| VOCABULARY.sources.contains(*word))
        && !has_foreign(words, options)
        && options.is_about(words, is_common)
}

/// Whether a letter with this after it is a grade or a name: "A+", "C#".
fn is_grade(next: &Token) -> bool {
    next.glued && matches!(&next.kind, Kind::Sign(sign) if sign.starts_with(['+', '#']))
}

/// Whether nothing in a reply shouts or laughs, and no emoji is in it.
pub fn is_calm(reply: &str) -> bool {
    let letters = || reply.chars().filter(|c| c.is_alphabetic());
    let shouts = letters().count() > 1 && letters().all(char::is_uppercase);
    let has_own_emoji = reply.contains("<:") || reply.contains("<a:");
    !shouts && !has_own_emoji && !reply.contains(|c| c == '!' || is_picture(c))
}

/// Whether a message asks for help, in a word.
pub fn calls_for_help(message: &str) -> bool {
    let parts = tokens(&readable(message), false);
    parts
        .iter()
        .any(|part| VOCABULARY.calls_for_help.contains(part.word()))
}

/// Whether a reply asks how to answer, or whether one still can, and no more.
pub fn asks_how_to_answer(reply: &str) -> bool {
    let parts = tokens(&readable(reply), false);
    let said = spoken(unpaused(&parts));
    let asks = parts.iter().any(|part| part.kind == Kind::Pause('?'));
    VOCABULARY.asks_how.contains(&said) || asks && VOCABULARY.asks_if_open.contains(&said)
}

/// Whether a reply that reads like several labels asks for a moment: "one second", "wait a second".
pub fn asks_for_a_moment(tokens: &[Token]) -> bool {
    let stages = stages(tokens);
    let is_while = |stage: &Stage| VOCABULARY.whiles.contains(&spoken(stage.core));
    stages.iter().any(is_while)
}

/// What a reply is that reads like an answer and is talk rather: "first!", "oh no", "true lol". None where it is an
/// answer, which can't be taken back.
pub fn remark(tokens: &[Token], calm: bool, options: &Texts) -> Option<Reading> {
    let said = unpaused(tokens);
    if !options.named(said, Closeness::Plain).is_empty() {
        return None;
    }
    if VOCABULARY.sounds.contains(&spoken(said)) {
        // "A bet" may be A.
        return Some(match said[0].word() {
            "a" => Reading::Part(vec![0]),
            _ => Reading::NotAnAttempt,
        });
    }
    let shouted = label(said, options.len());
    if !shouted.is_empty() {
        // "First!" is shouted by who was, and "third!" may be an answer.
        return (!calm && boasts(said)).then_some(match shouted == [0] {
            true => Reading::NotAnAttempt,
            false => Reading::Related(shouted),
        });
    }
    let mut words = said.iter().filter(|token| !token.is_pause());
    if !words.all(|token| is_everyday(token.word())) {
        return None;
    }
    // An option's own words are worth a question, and so is "the second one, please".
    let stage = stages(tokens).pop()?;
    let named = label(stage.core, options.len());
    if named.is_empty() {
        return Some(Reading::Unclear);
    }
    let which = says_which(stage.core);
    let peeled = || stage.peeled.iter().copied().flatten().map(Token::word);
    // "One, please" asks for something.
    let one = stage
        .core
        .first()
        .is_some_and(|first| first.word() == "one");
    if (which || !one) && peeled().any(|word| VOCABULARY.hedges.contains(word)) {
        return None;
    }
    let of_something = |word| match word {
        "this" | "that" | "thats" => true,
        // "It is the last", they say of a question.
        "it" | "its" => stage
            .core
            .iter()
            .any(|token| ["first", "last"].contains(&token.word())),
        _ => false,
    };
    let the = stage
        .core
        .first()
        .is_some_and(|first| first.word() == "the");
    Some(if which || the && !peeled().any(of_something) {
        Reading::Part(named)
    } else {
        Reading::NotAnAttempt
    })
}

/// Whether a label is also what people say who were first.
fn boasts(label: &[Token]) -> bool {
    let ranks = |token: &Token| is_rank(token.word());
    let one = |token: &Token| matches!(&token.kind, Kind::Number(meant) if meant == &["1"]);
    let numbers = |token: &Token| {
        token.kind == Kind::Sign("#".into()) || ["number", "nr", "num"].contains(&token.word())
    };
    let is_rank = label.iter().any(ranks) || label.iter().any(one) && label.iter().any(numbers);
    let the = label.first().is_some_and(|first| first.word() == "the");
    is_rank && !the && !says_which(label)
}

/// Whether a label says that it is an option's: "the second one", "first option".
fn says_which(label: &[Token]) -> bool {
    let noun = |token: &Token| VOCABULARY.option_nouns.contains(token.word());
    let words = label.iter().filter(|token| !token.is_pause());
    label.iter().any(noun)
        || label.first().is_some_and(|first| first.word() == "the") && words.count() > 2
}
