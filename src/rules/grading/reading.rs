//! What is read from a reply.

/// What a typed reply means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It names this option, from 0.
    Option(usize),
    /// It may mean any of these options, from 0 and in their order: ask, don't guess.
    Ambiguous(Vec<usize>),
    /// It says a part of these options, from 0 and in their order, or of this one: ask, since it may be talk.
    Part(Vec<usize>),
    /// It tries to be an answer, but names no option.
    Unclear,
    /// It says no to what it was asked, and no more.
    Denial,
    /// It wishes to change an answer, or to take it back, and doesn't say to which.
    Change,
    /// It has words of an option in it, or the label of these, or says something at length: a try, or talk about the
    /// question.
    Related(Vec<usize>),
    /// It has nothing to do with answering: thanks, a joke, a link, an emoji.
    NotAnAttempt,
}
