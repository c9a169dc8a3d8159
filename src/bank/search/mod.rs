//! Finds the questions that a query is about, best first, and says how well each one fits.
//!
//! An index in memory of weighted fields: what a question is called counts more than what its answer says. A question
//! fits by two measures: how much of the query it speaks of (BM25, as a share of what is possible), and how near the
//! query comes to one of its names, which are its id, its aliases and its prompt.

mod difficulty;
mod folding;
mod index;
mod language;
mod query;
mod reading;
mod shape;
mod strings;
mod sums;
mod synonyms;
mod vocabulary;
mod words;

pub use index::{Index, Match};

#[cfg(test)]
mod tests;
