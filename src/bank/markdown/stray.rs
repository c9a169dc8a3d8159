//! Signs that don't format what they seem to.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use super::{OPTIONS, line_source, lines, pieces};

/// What is wrong with a text of one line whose signs don't format what they seem to: one that opens
/// and is not closed, or formats a name or a sum.
pub fn stray(text: &str) -> Option<String> {
    pieces(text)
        .into_iter()
        .filter(|(_, code)| !code)
        .find_map(|(range, _)| lines(&text[range]).find_map(stray_in_line))
}

fn stray_in_line(line: &str) -> Option<String> {
    let arena = Arena::new();
    let source = line_source(line);
    let root = parse_document(&arena, &source, &OPTIONS);
    root.descendants().find_map(|node| {
        let data = node.data.borrow();
        let escaped = node.parent().is_some_and(|parent| matches!(parent.data.borrow().value, NodeValue::Escaped));
        match &data.value {
            NodeValue::Text(text) if !escaped && text.contains('`') => Some(
                "a backtick is never closed; put code between two of them, and write \\` where the sign is meant"
                    .to_owned(),
            ),
            NodeValue::Text(text) if !escaped && text.contains("**") => Some(
                "`**` opens or closes nothing; put code such as `**kwargs` between backticks, or write \\*\\*".to_owned(),
            ),
            NodeValue::Strong | NodeValue::Emph => {
                let place = data.sourcepos;
                let (from, to) = (place.start.column.checked_sub(1)?, place.end.column);
                let inside = source.get(from..to)?;
                let alone = |sign: Option<char>| !sign.is_some_and(char::is_alphanumeric);
                let name = inside.starts_with("__") && inside.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let apart = alone(source[..from].chars().next_back()) && alone(source[to..].chars().next());
                (name || !apart).then(|| {
                    format!(
                        "“{inside}” is read as emphasis, without its signs; put code between backticks, or write \\{} \
                         where the sign is meant",
                        &inside[..1]
                    )
                })
            }
            _ => None,
        }
    })
}
