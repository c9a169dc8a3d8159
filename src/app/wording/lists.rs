//! Several texts as one: below each other, or in a line.

use super::super::text::Text;

/// CommonMark's hard line break.
pub(in crate::app) const BREAK: &str = "  \n";

/// Stands for a member whose name cannot be had.
pub const SOMEONE: &str = "someone";

/// A bulleted list.
pub(in crate::app) fn list(items: impl IntoIterator<Item = Text>) -> Text {
    items
        .into_iter()
        .enumerate()
        .fold(Text::new(), |list, (index, item)| {
            list.md(if index == 0 { "- " } else { "\n- " }).then(item)
        })
}

/// A bulleted list of a question file's texts.
pub(in crate::app) fn list_of(lines: &[String]) -> Text {
    list(lines.iter().map(|line| Text::new().line(line)))
}

/// The parts that aren't empty, with dots between.
pub(in crate::app) fn in_a_line(parts: impl IntoIterator<Item = String>) -> String {
    let there = parts.into_iter().filter(|part| !part.trim().is_empty());
    there.collect::<Vec<_>>().join(" · ")
}

/// Stands for the parts that a card has no room for.
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}
