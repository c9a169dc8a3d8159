//! The ways to take a text apart.

use super::characters::readable;
use super::tokens::{Token, tokens};

/// A text taken apart: as written and as shown.
pub struct Variants {
    /// With whole numbers: "1,5" is one and a half.
    pub whole: Vec<Vec<Token>>,
    /// With numbers apart: "1,5" is one and five. None where there are no digits.
    pub apart: Vec<Vec<Token>>,
}

impl Variants {
    /// Takes a text apart.
    pub fn new(written: &str, shown: &str) -> Variants {
        let written = readable(written);
        let shown = Some(readable(shown)).filter(|shown| *shown != written);
        let taken = |apart| {
            let texts = std::iter::once(&written).chain(&shown);
            texts.map(|text| tokens(text, apart)).collect()
        };
        let has_numbers = written.contains(|c: char| c.is_ascii_digit());
        Variants {
            whole: taken(false),
            apart: if has_numbers { taken(true) } else { Vec::new() },
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Vec<Token>> {
        self.whole.iter().chain(&self.apart)
    }
}
