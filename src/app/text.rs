//! Text that members read, before a platform renders it.

use std::fmt;

use chrono::{DateTime, Utc};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

use crate::store::{ChannelId, UserId};

/// Text as a sequence of spans. What platforms write differently is a typed value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text(pub Vec<Span>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// CommonMark, from question files and from ourselves.
    Markdown(String),
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

    /// Appends CommonMark.
    pub fn md(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Markdown(text.into()));
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

/// What CommonMark says without its formatting, in one line: for menus, suggestions and names, which
/// no platform formats.
pub fn plain(markdown: &str) -> String {
    let arena = Arena::new();
    let mut plain = String::with_capacity(markdown.len());
    for node in parse_document(&arena, markdown, &Options::default()).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => plain.push_str(text),
            NodeValue::Code(code) => plain.push_str(&code.literal),
            NodeValue::HtmlInline(html) => plain.push_str(html),
            NodeValue::CodeBlock(block) => {
                plain.push(' ');
                plain.push_str(&block.literal);
            }
            NodeValue::HtmlBlock(block) => {
                plain.push(' ');
                plain.push_str(&block.literal);
            }
            NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::SoftBreak
            | NodeValue::LineBreak => plain.push(' '),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Text {
    /// For logs and terminals: ids as they are, Markdown unrendered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| match span {
            Span::Markdown(text) | Span::Plain(text) => f.write_str(text),
            Span::Member(user) => write!(f, "member {user}"),
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

#[cfg(test)]
mod tests {
    use super::plain;

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
