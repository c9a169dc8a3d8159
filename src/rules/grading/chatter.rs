//! What is talk: replies that name no option and do not try to, and remarks that only read like an answer.

use super::Reading;
use super::characters::{is_picture, readable};
use super::dress::{undressed, without_code_marks};
use super::labels::{Stage, is_rank, label, stages, unpaused};
use super::texts::{Closeness, Texts};
use super::tokens::{Kind, Token, tokens};
use super::vocabulary::VOCABULARY;

/// From how many words on a reply is a sentence.
const SENTENCE: usize = 4;

/// Whether a reply that names no option tries to: it leads to an answer, has a label in it that can be nothing else, or
/// words of an option. All else is talk, in whatever language.
pub fn is_attempt(reply: &str, options: &Texts) -> bool {
    if reply.trim().is_empty() {
        return true;
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
        return false;
    }
    words.is_empty()
        || VOCABULARY.attempts.contains(&words.join(" "))
        || stages(said).iter().any(gives_an_answer)
        || has_label(&parts, &words, options)
        || match words.len() {
            ..SENTENCE => words.iter().any(|word| {
                !is_common(word) && options.has_like(word) || !options.exact(word).is_empty()
            }),
            _ => options.is_about(&words, is_common),
        }
}

/// Whether something surely leads to an answer or ends it, and more than everyday words are left.
fn gives_an_answer(stage: &Stage) -> bool {
    let firm = |token: &Token| VOCABULARY.firm.contains(token.word());
    let answers = |token: &Token| !token.is_pause() && !firm(token) && !is_everyday(token.word());
    stage.peeled.concat().iter().any(firm)
        && (stage.core.iter().any(answers) || says_which(stage.core))
}

/// Whether a label is in a reply, or something dressed like one: a letter or number that begins it and is parted from
/// the rest, or that stands among words that say nothing else.
fn has_label(parts: &[Token], words: &[&str], options: &Texts) -> bool {
    const LETTERS: &str = "abcde";
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
    if let [word] = words
        && word.len() == 2
        && word.chars().all(|letter| LETTERS.contains(letter))
    {
        return true;
    }
    let foreign = |word: &&str| {
        !letter(word)
            && !is_common(word)
            && !VOCABULARY.firm.contains(*word)
            && !options.has_word(word)
    };
    let sounds = words
        .windows(2)
        .any(|pair| VOCABULARY.sounds.contains(&pair.join(" ")));
    let is_label = |nth: usize| match (&parts[nth].kind, parts.get(nth + 1)) {
        (Kind::Number(_), _) => true,
        (Kind::Word(word), Some(next)) if word == "a" => parted(next) && !is_grade(next),
        (Kind::Word(word), Some(next)) => letter(word) && !is_grade(next),
        (Kind::Word(word), None) => letter(word),
        _ => false,
    };
    !sounds && !words.iter().any(foreign) && (0..parts.len()).any(is_label)
}

/// Whether a letter with this after it is a grade or a name: "A+", "C#".
fn is_grade(next: &Token) -> bool {
    next.glued && matches!(&next.kind, Kind::Sign(sign) if sign.starts_with(['+', '#']))
}

/// Whether a word is one that stands between answers, or between an answer and what is said of it.
fn is_among_answers(word: &str) -> bool {
    let words = [
        &VOCABULARY.connectors,
        &VOCABULARY.auxiliaries,
        &VOCABULARY.reasons,
    ];
    words.iter().any(|words| words.contains(word))
}

/// Whether a word says nothing by itself.
fn is_common(word: &str) -> bool {
    let words = [&VOCABULARY.negations, &VOCABULARY.articles];
    is_everyday(word) || is_among_answers(word) || words.iter().any(|words| words.contains(word))
}

/// Whether nothing in a reply shouts or laughs, and no emoji is in it.
pub fn is_calm(reply: &str) -> bool {
    let letters = || reply.chars().filter(|c| c.is_alphabetic());
    let shouts = letters().count() > 1 && letters().all(char::is_uppercase);
    let has_own_emoji = reply.contains("<:") || reply.contains("<a:");
    !shouts && !has_own_emoji && !reply.contains(|c| c == '!' || is_picture(c))
}

/// What a reply is that reads like an answer and is talk rather: "first!", "oh no", "true lol". None where it is an
/// answer, which can't be taken back.
pub fn remark(tokens: &[Token], calm: bool, options: &Texts) -> Option<Reading> {
    let said = unpaused(tokens);
    if !options.named(said, Closeness::Plain).is_empty() {
        return None;
    }
    let words: Vec<&str> = said.iter().map(Token::word).collect();
    if VOCABULARY.sounds.contains(&words.join(" ")) {
        return Some(Reading::NotAnAttempt);
    }
    if !label(said, options.len()).is_empty() {
        return (!calm && boasts(said)).then_some(Reading::NotAnAttempt);
    }
    let mut words = said.iter().filter(|token| !token.is_pause());
    if !words.all(|token| is_everyday(token.word())) {
        return None;
    }
    // An option's own words are worth a question, and so is "the second one, please".
    let stage = stages(said).pop()?;
    let is_label = !label(stage.core, options.len()).is_empty();
    Some(if is_label && !says_which(stage.core) {
        Reading::NotAnAttempt
    } else {
        Reading::Unclear
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
    is_rank && !says_which(label)
}

/// Whether a label says that it is an option's: "the second one", "first option".
fn says_which(label: &[Token]) -> bool {
    let noun = |token: &Token| ["option", "choice"].contains(&token.word());
    let words = label.iter().filter(|token| !token.is_pause());
    label.iter().any(noun)
        || label.first().is_some_and(|first| first.word() == "the") && words.count() > 2
}

/// Whether a word is one that people say without answering anything.
fn is_everyday(word: &str) -> bool {
    let words = [
        &VOCABULARY.pleasantries,
        &VOCABULARY.corrections,
        &VOCABULARY.leads,
        &VOCABULARY.tails,
    ];
    let known = words.iter().any(|words| words.contains(word));
    word != "a" && (known || is_rank(word)) && !VOCABULARY.firm.contains(word)
}
