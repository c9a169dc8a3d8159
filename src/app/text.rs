//! Text that members read, before a platform renders it.

use std::fmt;

use chrono::{DateTime, Utc};

pub use crate::bank::markdown::plain;
use crate::model::{ChannelId, UserId};

/// Text as a sequence of spans. What platforms write differently is a typed value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text(pub Vec<Span>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// CommonMark of our own, which may be a piece of a paragraph.
    Markdown(String),
    /// CommonMark of question files: whole paragraphs, lists, code.
    Blocks(String),
    /// CommonMark of question files in one line: nothing in it begins a block or reaches beyond it.
    Line(String),
    /// The same, in bold, whatever is in it.
    Strong(String),
    /// Shown as it stands, whatever is in it: what members typed, names, errors.
    Plain(String),
    /// A member, named without a ping.
    Member(UserId),
    /// A channel.
    Channel(ChannelId),
    /// An instant in the reader's zone.
    Instant(DateTime<Utc>, InstantStyle),
}

/// How an instant is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstantStyle {
    /// Weekday, date and time.
    Full,
    /// "in 3 hours".
    Relative,
}

impl Text {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends CommonMark of our own.
    pub fn md(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Markdown(text.into()));
        self
    }

    /// Appends whole paragraphs of a question file.
    pub fn blocks(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Blocks(text.into()));
        self
    }

    /// Appends a text of a question file that stands in a line.
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Line(text.into()));
        self
    }

    /// Appends a text of a question file that stands in a line, in bold.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Strong(text.into()));
        self
    }

    /// Appends text that is shown as it stands.
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Plain(text.into()));
        self
    }

    /// Appends a member.
    pub fn member(mut self, user: &UserId) -> Self {
        self.0.push(Span::Member(user.clone()));
        self
    }

    /// Appends a channel.
    pub fn channel(mut self, channel: &ChannelId) -> Self {
        self.0.push(Span::Channel(channel.clone()));
        self
    }

    /// Appends an instant.
    pub fn instant(mut self, at: DateTime<Utc>, style: InstantStyle) -> Self {
        self.0.push(Span::Instant(at, style));
        self
    }

    /// Appends another text.
    pub fn then(mut self, more: Text) -> Self {
        self.0.extend(more.0);
        self
    }
}

impl fmt::Display for Text {
    /// For logs and terminals: ids as they are, Markdown unrendered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| match span {
            Span::Markdown(text)
            | Span::Blocks(text)
            | Span::Line(text)
            | Span::Strong(text)
            | Span::Plain(text) => f.write_str(text),
            Span::Member(user) => write!(f, "member {}", user.id()),
            Span::Channel(channel) => write!(f, "channel {channel}"),
            Span::Instant(at, _) => write!(f, "{at}"),
        })
    }
}

impl From<&str> for Text {
    /// CommonMark.
    fn from(text: &str) -> Self {
        Self::new().md(text)
    }
}

impl From<String> for Text {
    /// CommonMark.
    fn from(text: String) -> Self {
        Self::new().md(text)
    }
}

/// CommonMark of our own, of which every line break that is left shows: CommonMark reads a single one inside a paragraph
/// as a space, chats read it as a break. Joins such lines, and leaves code, lists, quotes, hard breaks and blank lines
/// as they are.
pub fn reflow(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut in_code = false;
    let mut joinable = false;
    for line in markdown.split_inclusive('\n') {
        let text = line.trim_start();
        let fence = text.starts_with("```");
        let blank = text.is_empty();
        if joinable && !in_code && !fence && !blank && !begins_block(text) {
            out.truncate(out.trim_end().len());
            out.push(' ');
            out.push_str(text);
        } else {
            out.push_str(line);
        }
        in_code ^= fence;
        joinable = !in_code && !fence && !blank && !line.ends_with("  \n");
    }
    out
}

/// Whether a line begins a list item or a quote.
fn begins_block(line: &str) -> bool {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after_digits.len() < line.len()
        && (after_digits.starts_with(". ") || after_digits.starts_with(") "));
    numbered
        || ["- ", "* ", "+ ", "> "]
            .iter()
            .any(|marker| line.starts_with(marker))
}

/// Whether a character turns the direction of writing around for all that follows in its line.
pub fn turns_around(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{plain, reflow};

    #[test]
    fn our_own_paragraphs_are_joined_and_blocks_kept() {
        let markdown = "One line\nof a paragraph.  \nBroken.\n\n- an item\n  goes on\n- another\n\n```sql\nSELECT 1\nFROM t\n```\nAfter.";
        let expected = "One line of a paragraph.  \nBroken.\n\n- an item goes on\n- another\n\n```sql\nSELECT 1\nFROM t\n```\nAfter.";
        assert_eq!(reflow(markdown), expected);
    }

    #[test]
    fn plain_text_has_no_formatting_and_keeps_what_looks_like_it() {
        assert_eq!(
            plain("What does `SELECT *` cost,\nand is it *ever* **right**?"),
            "What does SELECT * cost, and is it ever right?"
        );
        assert_eq!(plain("Is `a < b` [so](https://x.test)?"), "Is a < b so?");
        assert_eq!(
            plain("`__init__` and snake_case_name"),
            "__init__ and snake_case_name"
        );
        assert_eq!(plain("Look:\n\n```sql\nSELECT 1\n```"), "Look: SELECT 1");
        assert_eq!(plain(""), "");
    }
}
