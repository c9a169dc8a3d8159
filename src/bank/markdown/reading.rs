//! CommonMark: parsed, and turned into plain text.

use std::ops::Range;
use std::sync::LazyLock;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::escape::begins_block;

/// A parsed text.
pub type Node<'a> = &'a AstNode<'a>;

pub(super) static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    // Bare addresses are links on every platform, whatever signs are in them.
    options.extension.autolink = true;
    // What was escaped is told from what stands there by itself.
    options.parse.escaped_char_spans = true;
    options
});

/// Stands at the start of a line, so that no block begins there; it counts as a space.
const START: char = '\u{2003}';

/// Parses a text of blocks: paragraphs, lists, code.
pub fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    parse_document(arena, text, &OPTIONS)
}

/// Parses a text of one line, in which nothing begins a block: emphasis, code and links only. It is
/// the paragraph.
pub fn parse_line<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let root = parse_document(arena, &line_source(text), &OPTIONS);
    let first = root
        .descendants()
        .find(|node| matches!(node.data.borrow().value, NodeValue::Text(_)));
    if let Some(node) = first
        && let NodeValue::Text(text) = &mut node.data.borrow_mut().value
        && let Some(rest) = text.strip_prefix(START).map(str::to_owned)
    {
        *text = rest.into();
    }
    root.first_child().unwrap_or(root)
}

/// What is parsed of a text of one line.
pub(super) fn line_source(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    format!("{START}{}", words.join(" "))
}

/// The pieces of a text of lines: what is in fenced code blocks, which keep their lines, and what is
/// not.
pub fn pieces(text: &str) -> Vec<(Range<usize>, bool)> {
    if !text.contains("```") && !text.contains("~~~") {
        return vec![(0..text.len(), false)];
    }
    let arena = Arena::new();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .chain([text.len()])
        .collect();
    let start_of = |line: usize| starts.get(line).copied().unwrap_or(text.len());
    let (mut pieces, mut at) = (Vec::new(), 0);
    for node in parse(&arena, text).children() {
        let data = node.data.borrow();
        let NodeValue::CodeBlock(block) = &data.value else {
            continue;
        };
        if block.fenced {
            let from = start_of(data.sourcepos.start.line.saturating_sub(1)).max(at);
            let to = start_of(data.sourcepos.end.line).max(from);
            pieces.push((at..from, false));
            pieces.push((from..to, true));
            at = to;
        }
    }
    pieces.push((at..text.len(), false));
    pieces.retain(|(range, _)| !text[range.clone()].trim().is_empty());
    pieces
}

/// What is read of a text of one line, without the signs that format it: for menus, suggestions and
/// names, which no platform formats, and to compare what members type.
pub fn plain(text: &str) -> String {
    let arena = Arena::new();
    let mut plain = Vec::new();
    for (range, code) in pieces(text) {
        match code {
            true => plain.push(words(parse(&arena, &text[range]))),
            false => plain.extend(lines(&text[range]).map(|line| words(parse_line(&arena, line)))),
        }
    }
    let plain = plain.join(" ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text that are shown as such: a single break is a space, a hard one or a blank line
/// is not, and neither is one before an item.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let breaks = text.match_indices('\n').filter(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + 1..]);
        let hard = before.ends_with("  ") || before.ends_with('\\') && !before.ends_with("\\\\");
        let blank = after.trim_start_matches([' ', '\t']).starts_with('\n')
            || before.trim_end_matches([' ', '\t']).ends_with('\n');
        hard || blank || begins_block(after.trim_start_matches([' ', '\t']))
    });
    let ends: Vec<usize> = breaks.map(|(at, _)| at).chain([text.len()]).collect();
    let starts = std::iter::once(0).chain(ends.clone().into_iter().map(|end| end + 1));
    let lines = starts.zip(ends).map(|(start, end)| {
        let line = text[start..end].trim_matches([' ', '\t', '\n']);
        match line.strip_suffix('\\') {
            Some(bare) if end < text.len() && !bare.ends_with('\\') => bare,
            _ => line,
        }
    });
    lines.filter(|line| !line.is_empty())
}

/// The words of all that is below a node; blocks and breaks part them.
pub fn words(root: Node<'_>) -> String {
    let mut text = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::HtmlBlock(html) => text.push_str(&html.literal),
            NodeValue::CodeBlock(block) => text.push_str(&block.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            value if value.block() && !text.is_empty() => text.push(' '),
            _ => {}
        }
    }
    text
}
