//! Answers that are too short to learn from or too long to say.

use std::ops::RangeInclusive;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

use super::Warning;
use super::source_file::{SourceFile, Step::Key};
use crate::bank::Fault;
use crate::model::Depth;

/// Words of an answer: half a minute to two minutes of talking.
const WORDS: RangeInclusive<usize> = 80..=250;

/// Finds answers that don't have [`WORDS`] words; in trivia they may be short.
pub fn lint(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    if file.depth == Depth::Trivia {
        return;
    }
    for (index, question) in file.questions.iter().enumerate() {
        let words = words(&question.answer);
        if !WORDS.contains(&words) {
            let warning = Warning::AnswerLength {
                words,
                least: *WORDS.start(),
                most: *WORDS.end(),
            };
            found.push(file.warning(index, &[Key("answer")], warning));
        }
    }
}

/// The words of CommonMark, code blocks left out. Code in the line is read out, so it counts.
fn words(markdown: &str) -> usize {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &Options::default());
    // Blocks stand apart; what is within one reads on, as in `**re**start`.
    let mut text = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            value if value.block() => text.push(' '),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    let words = text.split_whitespace();
    words
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_counted_as_they_are_read_out() {
        for (markdown, count) in [
            ("One, **two**; three.", 3),
            ("- one\n- `two three`\n\n> four\nfive", 5),
            (
                "One\n\n```sql\nSELECT two\n```\n\n    indented three\n\nfour",
                2,
            ),
            ("**re**start [a link](https://example.com/not/read)", 3),
            ("Cause → effect – done", 3),
        ] {
            assert_eq!(words(markdown), count, "{markdown}");
        }
    }
}
