//! Writes our texts in Discord's Markdown: <https://docs.discord.com/developers/reference#message-formatting>.

use crate::app::text::{InstantStyle, Span, Text};

/// A text as Discord reads it.
pub(super) fn text(text: &Text) -> String {
    text.0.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Markdown(markdown) => reflow(markdown),
        Span::Plain(plain) => escape(plain),
        Span::Member(user) => format!("<@{user}>"),
        Span::Channel(channel) => format!("<#{channel}>"),
        Span::Instant(at, InstantStyle::Full) => format!("<t:{}:F>", at.timestamp()),
        Span::Instant(at, InstantStyle::Relative) => format!("<t:{}:R>", at.timestamp()),
    }
}

/// Escapes whatever Discord would read as formatting, a mention or a link.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_ascii_punctuation() && !matches!(character, ',' | ';' | '\'' | '"') {
            escaped.push('\\');
        }
        // Text direction overrides would turn the rest of the line around.
        if !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            escaped.push(character);
        }
    }
    escaped
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_joined_and_blocks_kept() {
        let markdown = "One line\nof a paragraph.  \nBroken.\n\n- an item\n  goes on\n- another\n\n```sql\nSELECT 1\nFROM t\n```\nAfter.";
        let expected = "One line of a paragraph.  \nBroken.\n\n- an item goes on\n- another\n\n```sql\nSELECT 1\nFROM t\n```\nAfter.";
        assert_eq!(reflow(markdown), expected);
    }

    #[test]
    fn hostile_text_is_shown_as_it_stands() {
        let hostile = "<@1> @everyone [x](javascript:1) **b** `c` \u{202e}abc";
        let escaped = escape(hostile);
        assert!(!escaped.contains("<@1>") && !escaped.contains("**b**"));
        assert!(!escaped.contains('\u{202e}'));
        assert_eq!(
            escaped.replace('\\', ""),
            "<@1> @everyone [x](javascript:1) **b** `c` abc"
        );
    }
}
