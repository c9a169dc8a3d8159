//! Wishes to change an answer that don't say to which: "undo", "can I change my answer?", "go back to my first one".

use super::characters::readable;
use super::labels::Stage;
use super::tokens::{Token, tokens};
use super::vocabulary::VOCABULARY;

/// Whether a reply, with more and more taken away around it, says that its answer is to be changed or taken back, and
/// nothing else.
pub fn wishes_to_change(stages: &[Stage]) -> bool {
    stages.iter().any(|stage| says_so(stage.core))
}

fn says_so(core: &[Token]) -> bool {
    const MOST: usize = 10;
    let words = || core.iter().filter(|part| !part.is_pause()).map(Token::word);
    let has = |list: &std::collections::HashSet<String>| words().any(|word| list.contains(word));
    let says = &*VOCABULARY;
    let lists = [
        &says.changing,
        &says.changing_something,
        &says.going_back,
        &says.changed_things,
        &says.around_changes,
    ];
    let known = |word: &str| lists.iter().any(|list| list.contains(word));
    let back = || has(&says.backs) && has(&says.going_back);
    let something = || has(&says.changing_something) && has(&says.changed_things);
    core.len() <= MOST && words().all(known) && (has(&says.changing) || something() || back())
}

/// Whether a reply asks something, and not to change an answer.
pub fn is_question(reply: &str) -> bool {
    let says = &*VOCABULARY;
    let asks = reply.trim_end().ends_with(['?', '？']);
    let changes = [&says.changing, &says.changing_something, &says.swaps];
    let wishes = |part: &Token| {
        let word = part.word();
        changes.iter().any(|list| list.contains(word)) && !says.auxiliaries.contains(word)
    };
    let parts = tokens(&readable(reply), false);
    // "Does B update the cache?" is about the question.
    let of_oneself = |part: &Token| says.oneself.contains(part.word());
    asks && !(parts.iter().any(wishes) && parts.iter().any(of_oneself))
}
