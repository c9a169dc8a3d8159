//! Reads a typed reply to a quiz.

/// What a typed reply means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It names this option, from 0.
    Option(usize),
    /// It may mean any of these options, from 0: ask, don't guess.
    Ambiguous(Vec<usize>),
    /// It names no option.
    Unclear,
}

/// Reads a reply that was typed to a quiz of these options.
pub fn read_reply(text: &str, options: &[&str]) -> Reading {
    let text = text.trim().to_lowercase();
    let position = options
        .iter()
        .position(|option| option.to_lowercase() == text)
        .or_else(|| "abcde".find(text.as_str()).filter(|_| text.len() == 1))
        .or_else(|| text.parse::<usize>().ok()?.checked_sub(1));
    match position {
        Some(position) if position < options.len() => Reading::Option(position),
        _ => Reading::Unclear,
    }
}
