//! An option's text in another order: "R = 2, W = 1", of "W = 1, R = 2"; "12 or 11", of "11 or 12".

use super::reader::Reader;
use super::texts::{Closeness, Form};
use super::tokens::{Kind, Token};
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The options that say the same things with numbers or signs as a reply, in another order. It may matter, so they
    /// are asked about.
    pub(super) fn reordered(&self, part: &[Token]) -> Vec<usize> {
        let typed = Things::of(part);
        let tells = |token: &Token| matches!(token.kind, Kind::Number(_) | Kind::Sign(_));
        if !part.iter().any(tells) {
            return Vec::new();
        }
        let kinds = |text: &[Token]| -> Vec<Kind> {
            let said = text.iter().filter(|token| !token.is_pause());
            said.map(|token| token.kind.clone()).collect()
        };
        // In the same order it differs by its brackets: "[1, 2]" is no "{1, 2}".
        let same = |option: &Form| {
            Things::of(&option.tokens) == typed && kinds(&option.tokens) != kinds(part)
        };
        self.0.matching(Closeness::Plain, same)
    }
}

/// What a text says, in no order.
#[derive(PartialEq)]
struct Things {
    /// Each thing said, in words and signs.
    said: Vec<Vec<String>>,
    /// The words that join them, but for "and", which a comma stands for.
    joined: Vec<String>,
}

impl Things {
    fn of(text: &[Token]) -> Things {
        let (mut said, mut joined) = (vec![Vec::new()], Vec::new());
        let mut after_number = false;
        for token in text {
            let connects = VOCABULARY.connectors.contains(token.word());
            if connects && token.word() != "and" {
                joined.push(token.word().to_owned());
            }
            let word = matches!(token.kind, Kind::Word(_));
            let number = matches!(token.kind, Kind::Number(_));
            // "R=2 W=1": a word after a number begins the next.
            if token.is_pause() || connects || after_number && word && !is_only(token) {
                said.push(Vec::new());
            }
            if !token.is_pause() && !connects {
                let last = said.last_mut().expect("begins with one");
                last.push(format!("{:?}", token.kind));
            }
            after_number = number;
        }
        for thing in &mut said {
            // "only 12", "12 only": where a sign joins them the order tells.
            if !thing.iter().any(|word| word.starts_with("Sign")) {
                thing.sort();
            }
        }
        said.retain(|thing| !thing.is_empty());
        said.sort();
        joined.sort();
        Things { said, joined }
    }
}

fn is_only(token: &Token) -> bool {
    matches!(token.word(), "only" | "alone" | "always")
}
