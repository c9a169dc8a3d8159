//! Writes our texts in Discord's Markdown: <https://docs.discord.com/developers/reference#message-formatting>.

mod commonmark;
mod escape;
#[cfg(test)]
mod tests;

pub(super) use self::escape::{escape, escape_text};
use crate::app::text::{InstantStyle, Span, Text};

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

/// CommonMark reads a single line break inside a paragraph as a space; Discord as a break. Joins
/// such lines, and leaves code, lists, quotes, hard breaks and blank lines as they are.
fn reflow(markdown: &str) -> String {
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
