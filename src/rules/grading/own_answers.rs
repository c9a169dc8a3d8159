//! Questions of members about their own answer: "was I right?", "did it count?", "what did I pick?".

use std::collections::HashSet;

use super::characters::readable;
use super::chatter::asks_how_to_answer;
use super::dress::without_mentions;
use super::labels::stages;
use super::tokens::{Kind, Token, tokens};
use super::vocabulary::VOCABULARY;

/// Whether a reply asks what became of its author's answer, or which one it was, and no more.
pub fn asks_about_own_answer(reply: &str) -> bool {
    let parts = tokens(&readable(&without_mentions(reply)), false);
    // How an answer is given is no question about one.
    if asks_how_to_answer(reply) {
        return false;
    }
    let asks = parts.iter().any(|part| part.kind == Kind::Pause('?'));
    stages(&parts).iter().any(|stage| says_so(stage.core, asks))
}

fn says_so(core: &[Token], asks: bool) -> bool {
    const MOST: usize = 10;
    let says = &*VOCABULARY;
    let words: Vec<&str> = core
        .iter()
        .filter(|part| !part.is_pause())
        .map(Token::word)
        .collect();
    let has = |list: &HashSet<String>| words.iter().any(|word| list.contains(*word));
    let lists = [
        &says.own_results,
        &says.own_fates,
        &says.own_grades,
        &says.own_givings,
        &says.own_things,
        &says.oneself,
        &says.around_own_answers,
        &says.auxiliaries,
    ];
    let known = |word: &&str| lists.iter().any(|list| list.contains(*word));
    let Some(first) = words.first().filter(|_| words.len() <= MOST) else {
        return false;
    };
    let asks =
        asks || says.auxiliaries.contains(*first) || says.openers_of_questions.contains(*first);
    let own = has(&says.oneself);
    let result = has(&says.own_results) && (own || words.len() < 3 || asks);
    let thing = has(&says.own_things);
    let fate = asks && has(&says.own_fates);
    let grade = asks && own && has(&says.own_grades);
    let giving = asks && own && (has(&says.own_givings) || thing);
    words.iter().all(known) && (result || fate || grade || giving)
}
