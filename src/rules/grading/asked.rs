//! Replies to a hint that asked which option is meant: "yes", "not that one", "the latter".

use std::collections::HashSet;

use super::characters::{is_invisible, is_picture, readable};
use super::dress::{struck_out, undressed, without_code_marks, without_mentions};
use super::labels::{label, stages, unpaused};
use super::places::place_among;
use super::reader::read_reply;
use super::reading::Reading;
use super::rejections::without_rejected;
use super::tokens::{Kind, Token, tokens};
use super::vocabulary::VOCABULARY;

/// What a hint asked a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The options, from 0, that it proposed, or that the one before did.
    pub options: Vec<usize>,
    /// Whether the member said no to those, and was asked which one they mean.
    pub which: bool,
}

/// Reads a reply that a member typed to the hint that asked them this. Where it proposed one option, a yes is that; where
/// it proposed several, a yes says nothing yet, and "the second" may be the second of those.
pub fn read_reply_to_hint(reply: &str, options: &[&str], asked: &Asked) -> Reading {
    let read = read_reply(reply, options);
    let reply = &struck_out(reply).map_or_else(|| reply.to_owned(), |(kept, _)| kept);
    let parts = parts(reply);
    let read = without_rejected(&parts, read, options.len());
    let which = asked.which;
    let asked = &asked.options[..];
    if asked.iter().any(|option| *option >= options.len()) {
        return read;
    }
    // An option may say yes or no itself.
    let own = match &read {
        Reading::Option(option) => vec![*option],
        Reading::Ambiguous(several) | Reading::Part(several) => several.clone(),
        _ => Vec::new(),
    };
    if let Some(named) = after_bare_no(&parts, options.len())
        && own.is_empty()
        && !asked.contains(&named)
    {
        return Reading::Part(vec![named]);
    }
    let asks = reply.contains(['?', '？']);
    let says = says(&words(reply), asks);
    if asked.is_empty() || which {
        let answers = matches!(says, Some(Says::Yes | Says::No | Says::Maybe));
        return match says {
            _ if !which || !own.is_empty() || !answers => read,
            Some(Says::No) => Reading::Denial,
            _ => again(asked),
        };
    }
    to_proposal(
        reply,
        (&parts, options.len()),
        (read, own),
        (says, asks),
        asked,
    )
}
/// Reads a reply to a hint that proposed these options, which is read so by itself, and names its own.
fn to_proposal(
    reply: &str,
    (parts, count): (&[Token], usize),
    (read, own): (Reading, Vec<usize>),
    (says, asks): (Option<Says>, bool),
    asked: &[usize],
) -> Reading {
    let unread = matches!(read, Reading::NotAnAttempt | Reading::Related(_));
    let more = matches!(says, Some(Says::YesAndMore | Says::NoAndMore));
    let named = match read {
        // "No, B" to "Do you mean B?"
        Reading::Option(option) => {
            Some(option).filter(|option| says == Some(Says::NoAndMore) && asked == [*option])
        }
        Reading::Ambiguous(_) => None,
        _ => more.then(|| named_after(parts, count)).flatten(),
    };
    if let Some(named) = named.filter(|_| !asks) {
        let contradicts = says == Some(Says::NoAndMore) && asked == [named];
        return if contradicts {
            again(asked)
        } else {
            Reading::Option(named)
        };
    }
    match (says, asked) {
        (Some(Says::Yes), [only]) if own.is_empty() || own.contains(only) => Reading::Option(*only),
        (Some(Says::Yes), [only]) => Reading::Ambiguous(with(own, &[*only])),
        (Some(Says::Yes), several) => Reading::Ambiguous(several.to_vec()),
        (Some(Says::No), _) if own.is_empty() => denied(reply, asked, count),
        (Some(Says::No), _) => Reading::Part(own),
        (Some(Says::Maybe), _) if own.is_empty() => again(asked),
        (Some(Says::NoAndMore), _) if unread => Reading::Denial,
        (Some(Says::YesAndMore), _) if unread => again(asked),
        _ => of_those(parts, read, asked),
    }
}

/// Whether a reply is a yes or a no and nothing else.
pub fn says_yes_or_no(reply: &str) -> bool {
    let asks = reply.contains(['?', '？']);
    matches!(says(&words(reply), asks), Some(Says::Yes | Says::No))
}

/// What a no says of so many options: the only one that was not asked about, if there is one. "The other one" of two
/// that were asked about is asked about again.
fn denied(reply: &str, asked: &[usize], options: usize) -> Reading {
    let other = words(reply)
        .iter()
        .any(|word| VOCABULARY.others.contains(word));
    let left: Vec<usize> = (0..options)
        .filter(|option| !asked.contains(option))
        .collect();
    match left[..] {
        _ if other && asked.len() == 2 => again(asked),
        [only] => Reading::Part(vec![only]),
        _ => Reading::Denial,
    }
}

/// What a reply is made of, but for pictures.
fn parts(reply: &str) -> Vec<Token> {
    tokens(
        &readable(&undressed(&without_code_marks(&without_mentions(reply)))),
        false,
    )
}

/// What asks about the same options again, or which one is meant where none was proposed.
fn again(asked: &[usize]) -> Reading {
    match asked {
        [] => Reading::Denial,
        [only] => Reading::Part(vec![*only]),
        several => Reading::Ambiguous(several.to_vec()),
    }
}

fn with(mut options: Vec<usize>, more: &[usize]) -> Vec<usize> {
    options.extend(more);
    options.sort_unstable();
    options.dedup();
    options
}

/// The option, from 0, of a letter right behind a no: "nope C" denies it, or lacks a comma.
fn after_bare_no(parts: &[Token], options: usize) -> Option<usize> {
    let [no, letter] = unpaused(parts) else {
        return None;
    };
    let denies = |word: &str| {
        [&VOCABULARY.denials, &VOCABULARY.paused_leads]
            .iter()
            .all(|list| list.contains(word))
    };
    let named = label(std::slice::from_ref(letter), options);
    named.first().copied().filter(|_| denies(no.word()))
}

/// What a reply says to "do you mean that?".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Yes,
    No,
    Maybe,
    YesAndMore,
    NoAndMore,
}

/// The option, from 0, of the letter that a reply names after a yes or a no, and says no more: "sí, B", "yes to B",
/// "no, la D". "No D" denies it.
fn named_after(parts: &[Token], options: usize) -> Option<usize> {
    let (last, before) = unpaused(parts).split_last()?;
    let named = label(std::slice::from_ref(last), options);
    let [named] = named[..] else { return None };
    let words = |parts: &[Token]| -> Vec<String> {
        let words = parts.iter().map(Token::word);
        words
            .filter(|word| !word.is_empty())
            .map(String::from)
            .collect()
    };
    let is_yes = || says(&words(before), false) == Some(Says::Yes);
    let is_no = || {
        let pause = before.iter().rposition(Token::is_pause);
        let (no, after) = before.split_at(pause.unwrap_or(0));
        let mut after = words(after).into_iter();
        says(&words(no), false) == Some(Says::No)
            && after.all(|word| VOCABULARY.beside_assents.contains(&word))
    };
    let is_letter = last.word().chars().count() == 1;
    (is_letter && (is_yes() || is_no())).then_some(named)
}

/// What a reply of these words says that is a yes or a no, or begins with one. None where it is neither.
fn says(words: &[String], asks: bool) -> Option<Says> {
    const SHORT: usize = 8;
    let says = &*VOCABULARY;
    let (mut yes, mut no, mut maybe, mut other) = (false, false, false, false);
    let (mut denied, mut begins_with_no) = (false, false);
    let mut rest = words;
    while !rest.is_empty() && words.len() <= SHORT {
        let length = |phrases: &HashSet<String>| {
            let mut lengths = (1..=rest.len()).rev();
            lengths
                .find(|length| phrases.contains(&rest[..*length].join(" ")))
                .unwrap_or(0)
        };
        let lengths = [
            length(&says.assents),
            length(&says.denials).max(length(&says.refusals)),
            length(&says.doubtful_assents),
            length(&says.beside_assents),
        ];
        let longest = lengths.into_iter().max().unwrap_or(0);
        match lengths
            .iter()
            .position(|length| *length == longest && longest > 0)
        {
            Some(0) => yes = true,
            Some(1) => {
                begins_with_no |= !yes;
                no = true;
            }
            Some(2) => maybe = true,
            Some(_) => {}
            // "It is not", "not correct", "definitely not".
            None if rest[0] == "not" => denied = true,
            // Anything more after a yes or a no is not understood; without either, the hint isn't answered.
            None if yes || no || denied => other = true,
            None => return None,
        }
        rest = &rest[longest.max(1)..];
    }
    // "Not today" is talk, and "I do not remember" is about what was asked.
    if denied && other && !no {
        return yes.then_some(Says::YesAndMore);
    }
    // "Is it that one?", "is it not?"
    maybe |= (yes || denied) && asks;
    no |= denied && !asks;
    match (yes && !asks && !denied, no, other) {
        (true, false, false) => Some(Says::Yes),
        (false, true, false) => Some(Says::No),
        (true, true, false) => Some(Says::Maybe),
        (true, true, true) if begins_with_no => Some(Says::NoAndMore),
        (true, _, true) => Some(Says::YesAndMore),
        (false, true, true) => Some(Says::NoAndMore),
        (false, false, _) => maybe.then_some(Says::Maybe),
    }
}

/// What a reply is made of, pictures too, without the colour of skin.
fn words(reply: &str) -> Vec<String> {
    let text = without_code_marks(&without_mentions(reply));
    let tone = |c: char| ('\u{1f3fb}'..='\u{1f3ff}').contains(&c);
    let pictures = text
        .chars()
        .filter(|c| is_picture(*c) && !tone(*c) && !is_invisible(*c));
    let pictures: Vec<String> = pictures.map(String::from).collect();
    let text: String = text.chars().filter(|c| !tone(*c)).collect();
    let parts = tokens(&readable(&undressed(&text)), false);
    let words = parts.iter().filter_map(|part| match &part.kind {
        Kind::Word(word) | Kind::Sign(word) => Some(word.clone()),
        Kind::Number(meant) => meant.first().cloned(),
        Kind::Pause(_) => None,
    });
    words.chain(pictures).collect()
}

/// A reading, unless these parts are a place in an order, which may be one among those that were asked about.
fn of_those(parts: &[Token], read: Reading, asked: &[usize]) -> Reading {
    let [first, .., last] = asked else {
        return read;
    };
    let Some(stage) = stages(parts).pop() else {
        return read;
    };
    let said: Vec<&Token> = unpaused(stage.core)
        .iter()
        .filter(|part| !part.is_pause())
        .collect();
    let names = |names: &HashSet<String>| said.iter().any(|part| names.contains(part.word()));
    if said.len() <= 3 && matches!(read, Reading::NotAnAttempt | Reading::Related(_)) {
        match (names(&VOCABULARY.formers), names(&VOCABULARY.latters)) {
            (true, false) => return Reading::Option(*first),
            (false, true) => return Reading::Option(*last),
            _ => {}
        }
    }
    let place = |part: &&Token| match &part.kind {
        Kind::Word(word) if word == "last" => Some(asked.len() - 1),
        Kind::Word(word) if word.len() == 1 => None,
        _ => label(std::slice::from_ref(*part), asked.len())
            .first()
            .copied(),
    };
    if let Reading::Option(option) = read {
        let place = said.iter().find_map(place).map(|place| asked[place]);
        return match place.filter(|place| *place != option) {
            Some(place) => Reading::Ambiguous(with(vec![option], &[place])),
            None => read,
        };
    }
    let Some((among, scoped)) = place_among(stage.core, asked.len()) else {
        return read;
    };
    let among: Vec<usize> = among.into_iter().map(|place| asked[place]).collect();
    match read {
        _ if among.is_empty() => read,
        Reading::Part(named) if !scoped => {
            let both = named.iter().filter(|option| among.contains(option));
            let both: Vec<usize> = both.copied().collect();
            Reading::Part(match (both.is_empty(), &named[..]) {
                (true, [_]) => with(named, &among),
                // "The upper one" says more of two than of all.
                (true, _) => among,
                (false, _) => both,
            })
        }
        _ => Reading::Part(among),
    }
}
