//! Writes our texts in Discord's Markdown: <https://docs.discord.com/developers/reference#message-formatting>.

mod commonmark;
mod escape;
#[cfg(test)]
mod tests;

pub(super) use self::escape::{escape, escape_text};
use crate::app::text::{InstantStyle, Span, Text, reflow};

/// A text as Discord reads it.
pub(super) fn text(text: &Text) -> String {
    text.0.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Markdown(markdown) => reflow(markdown),
        Span::Blocks(markdown) => commonmark::blocks(markdown),
        Span::Line(markdown) => commonmark::line(markdown, false),
        Span::Strong(markdown) => commonmark::line(markdown, true),
        Span::Plain(plain) => escape(plain),
        Span::Member(user) => format!("<@{}>", user.id()),
        Span::Channel(channel) => format!("<#{channel}>"),
        Span::Instant(at, InstantStyle::Full) => format!("<t:{}:F>", at.timestamp()),
        Span::Instant(at, InstantStyle::Relative) => format!("<t:{}:R>", at.timestamp()),
    }
}
