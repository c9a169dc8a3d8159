//! Replies that name no option: tries at an answer, or thanks, links and talk.

use super::labels::label;
use super::texts::Texts;
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
