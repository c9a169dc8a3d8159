//! The CommonMark of question files: parsed, made from plain text, and turned into plain text.

mod escape;
mod reading;
mod stray;
#[cfg(test)]
mod tests;

pub use escape::{Run, escape, escape_part, escape_signs};
pub use reading::{Node, lines, parse, parse_line, pieces, plain, words};
pub use stray::{Stray, stray};
