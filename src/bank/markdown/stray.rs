//! Formatting characters that don't do what they seem to.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use super::reading::{OPTIONS, line_source, lines, pieces};

/// Formatting characters that don't do what they seem to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stray {
    /// A backtick is never closed.
    Backtick,
    /// Two stars open or close nothing.
    Stars,
    /// What looks like a name or a sum is read as emphasis: the text with its signs.
    Emphasis(String),
}

/// The first formatting character in a line that doesn't do what it seems to: it opens and is never closed, or formats a
/// name or a sum.
pub fn stray(text: &str) -> Option<Stray> {
    pieces(text)
        .into_iter()
        .filter(|(_, code)| !code)
        .find_map(|(range, _)| lines(&text[range]).find_map(stray_in_line))
}

fn stray_in_line(line: &str) -> Option<Stray> {
    let arena = Arena::new();
    let source = line_source(line);
    let root = parse_document(&arena, &source, &OPTIONS);
    root.descendants().find_map(|node| {
        let data = node.data.borrow();
        let parent = node.parent();
        let escaped = parent.is_some_and(|it| matches!(it.data.borrow().value, NodeValue::Escaped));
        match &data.value {
            NodeValue::Text(text) if !escaped && text.contains('`') => Some(Stray::Backtick),
            NodeValue::Text(text) if !escaped && text.contains("**") => Some(Stray::Stars),
            NodeValue::Strong | NodeValue::Emph => {
                let place = data.sourcepos;
                let (from, to) = (place.start.column.checked_sub(1)?, place.end.column);
                let inside = source.get(from..to)?;
                let alone = |sign: Option<char>| !sign.is_some_and(char::is_alphanumeric);
                let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let name = inside.starts_with("__") && inside.chars().all(letter);
                let apart =
                    alone(source[..from].chars().next_back()) && alone(source[to..].chars().next());
                (name || !apart).then(|| Stray::Emphasis(inside.to_owned()))
            }
            _ => None,
        }
    })
}
