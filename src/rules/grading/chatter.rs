//! Replies that name no option: tries at an answer, or thanks, links and talk.

use super::Reading;
use super::characters::is_picture;
use super::labels::{is_rank, label, stages, unpaused};
use super::texts::{Closeness, Texts};
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

/// From how many words on a reply is a sentence.
const SENTENCE: usize = 4;

/// Whether a reply that names no option has nothing to do with answering.
pub fn is_chatter(reply: &str, tokens: &[Token], options: &Texts) -> bool {
    let only = reply
        .split_whitespace()
        .all(|word| word.starts_with("http://") || word.starts_with("https://"));
    let words: Vec<&str> = tokens
        .iter()
        .map(Token::word)
        .filter(|word| !word.is_empty())
        .collect();
    if only || tokens.is_empty() {
        return !reply.trim().is_empty();
    }
    let signs = |token: &Token| matches!(token.kind, Kind::Sign(_) | Kind::Number(_));
    if !words.is_empty()
        && !tokens.iter().any(signs)
        && words
            .iter()
            .all(|word| VOCABULARY.pleasantries.contains(*word))
    {
        return true;
    }
    let attempts = |nth: usize| {
        let token = &tokens[nth];
        // "A: it is quicker"
        let parted = tokens
            .get(nth + 1)
            .is_some_and(|next| next.is_pause() || signs(next));
        let article = !(nth == 0 && parted) && ["a", "i", "one"].contains(&token.word());
        VOCABULARY.attempts.contains(token.word())
            || !article && !label(std::slice::from_ref(token), options.len()).is_empty()
    };
    words.len() >= SENTENCE && !(0..tokens.len()).any(attempts) && !options.shares_a_word(tokens)
}

/// Whether nothing in a reply shouts or laughs, and no emoji is in it.
pub fn is_calm(reply: &str) -> bool {
    let letters = || reply.chars().filter(|c| c.is_alphabetic());
    let shouts = letters().count() > 1 && letters().all(char::is_uppercase);
    let has_own_emoji = reply.contains("<:") || reply.contains("<a:");
    !shouts && !has_own_emoji && !reply.contains(|c| c == '!' || is_picture(c))
}

/// What a reply is that reads like an answer and is talk rather: "first!", "oh no", "true lol". None where it is an
/// answer. An answer can't be taken back, and talk is not worth a question.
pub fn remark(tokens: &[Token], calm: bool, options: &Texts) -> Option<Reading> {
    let said = unpaused(tokens);
    if !options.named(said, Closeness::Plain).is_empty() {
        return None;
    }
    if !label(said, options.len()).is_empty() {
        return (!calm && boasts(said)).then_some(Reading::NotAnAttempt);
    }
    let mut words = said.iter().filter(|token| !token.is_pause());
    if !words.all(|token| is_everyday(token.word())) {
        return None;
    }
    // "The second one, please" may well be an answer.
    let stage = stages(said).pop()?;
    let read = if says_which(stage.core) {
        Reading::Unclear
    } else {
        Reading::NotAnAttempt
    };
    Some(read)
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
