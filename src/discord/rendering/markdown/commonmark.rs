//! Writes CommonMark in Discord's dialect. Discord looks for signs from left to right with patterns of its
//! own, so what CommonMark takes for plain signs is escaped, and what is bold or code can't be ended by
//! what is in it.

use comrak::Arena;
use comrak::nodes::{ListType, NodeValue};

use super::escape::escape_text;
use crate::bank::markdown::{Node, lines, parse, parse_line, pieces};

/// A text of blocks: paragraphs, lists, quotes, code.
pub fn blocks(markdown: &str) -> String {
    let arena = Arena::new();
    children(parse(&arena, markdown), "\n\n")
}

/// A text of one line, or of some with code between them. Nothing in it begins a block or reaches beyond it.
pub fn line(markdown: &str, strong: bool) -> String {
    let arena = Arena::new();
    let mut out: Vec<String> = Vec::new();
    for (range, code) in pieces(markdown) {
        let text = &markdown[range];
        if code {
            out.push(children(parse(&arena, text), "\n"));
        } else {
            let shown = lines(text).map(|line| {
                let root = parse_line(&arena, line);
                if strong {
                    bold(root)
                } else {
                    inlines(root, Around::default())
                }
            });
            out.extend(shown);
        }
    }
    out.join("\n")
}

/// What is around a piece of text.
#[derive(Clone, Copy, Default)]
struct Around {
    bold: bool,
    emphasis: bool,
    link: bool,
}

fn children(node: Node<'_>, between: &str) -> String {
    let blocks: Vec<String> = node.children().map(block).collect();
    blocks.join(between)
}

fn block(node: Node<'_>) -> String {
    let data = node.data.borrow();
    match &data.value {
        NodeValue::Paragraph => inlines(node, Around::default()),
        NodeValue::Heading(heading) if heading.level <= 3 => {
            let signs = "#".repeat(usize::from(heading.level));
            format!("{signs} {}", inlines(node, Around::default()))
        }
        NodeValue::Heading(_) => bold(node),
        NodeValue::BlockQuote => indented(&children(node, "\n\n"), "> ", "> "),
        NodeValue::List(list) => {
            let (mut number, ordered) = (list.start, list.list_type == ListType::Ordered);
            let items = node.children().map(|item| {
                let marker = if ordered {
                    format!("{number}. ")
                } else {
                    "- ".to_owned()
                };
                number = number.saturating_add(1);
                let between = if list.tight { "\n" } else { "\n\n" };
                indented(&children(item, between), &marker, &" ".repeat(marker.len()))
            });
            let items: Vec<String> = items.collect();
            items.join("\n")
        }
        NodeValue::CodeBlock(code) => {
            let language = code.info.split_whitespace().next().unwrap_or_default();
            let code = code.literal.trim_end_matches('\n');
            // Discord ends a block at the first three backticks.
            let code = code.replace("```", "`\u{200b}`\u{200b}`");
            format!("```{language}\n{code}\n```")
        }
        NodeValue::HtmlBlock(html) => escape_text(html.literal.trim_end(), true),
        NodeValue::ThematicBreak => "———".to_owned(),
        _ => inlines(node, Around::default()),
    }
}

/// A text whose first line has another start than the others.
fn indented(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let start = if index == 0 { first } else { others };
        out.push_str(if line.is_empty() {
            start.trim_end()
        } else {
            start
        });
        out.push_str(line);
    }
    out
}

/// What is in a paragraph or in an inline element.
fn inlines(node: Node<'_>, around: Around) -> String {
    let mut out = String::new();
    for child in node.children() {
        inline(child, around, &mut out);
    }
    out
}

fn inline(node: Node<'_>, around: Around, out: &mut String) {
    let data = node.data.borrow();
    match &data.value {
        NodeValue::Text(text) => push_text(text, out),
        NodeValue::HtmlInline(html) => push_text(html, out),
        NodeValue::SoftBreak => out.push(' '),
        NodeValue::LineBreak => out.push('\n'),
        NodeValue::Code(code) => {
            // Backticks side by side would be read as one sign.
            if out.ends_with('`') {
                out.push('\u{200b}');
            }
            out.push_str(&code_span(&code.literal));
        }
        NodeValue::Strong if around.bold => out.push_str(&inlines(node, around)),
        NodeValue::Strong => out.push_str(&bold_within(node, around)),
        NodeValue::Emph => {
            let inner = Around {
                emphasis: true,
                ..around
            };
            let text = inlines(node, inner);
            // Discord would take a sign inside code for the end; and one kind of sign inside itself, too.
            if around.emphasis || holds_code_with(node, "*") || !can_mark(out, &text, node) {
                out.push_str(&text);
            } else {
                out.push_str(&format!("*{text}*"));
            }
        }
        NodeValue::Link(link) => push_link(node, &link.url, around, out),
        NodeValue::Image(link) => push_link(node, &link.url, around, out),
        _ => out.push_str(&inlines(node, around)),
    }
}

/// Whether signs around a text would be read as such: beside other signs, they may not be.
fn can_mark(before: &str, text: &str, node: Node<'_>) -> bool {
    let after = node.next_sibling().map(crate::bank::markdown::words);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (text.chars().next(), text.chars().next_back());
    let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opens = word(first) || apart(before.chars().next_back());
    let closes = word(last) || apart(after.and_then(|after| after.chars().next()));
    let starred = before.ends_with('*') || text.starts_with(['*', '\\']) || text.ends_with('*');
    opens && closes && !starred && first.is_some()
}

/// Adds a plain text, whose start may be within a line.
fn push_text(text: &str, out: &mut String) {
    let begins = out.is_empty() || out.ends_with('\n');
    out.push_str(&escape_text(text, begins));
}

/// All of a node in bold.
fn bold(node: Node<'_>) -> String {
    bold_within(node, Around::default())
}

/// All of a node in bold, but for code with asterisks: Discord would take them for the end.
fn bold_within(node: Node<'_>, around: Around) -> String {
    let inner = Around {
        bold: true,
        ..around
    };
    let (mut out, mut run) = (String::new(), String::new());
    for child in node.children() {
        if holds_code_with(child, "*") || holds_address_with(child, "*") {
            push_bold(&mut run, false, &mut out);
            inline(child, inner, &mut out);
        } else {
            inline(child, inner, &mut run);
        }
    }
    push_bold(&mut run, true, &mut out);
    out
}

/// Adds a text in bold, with the spaces around it outside; `last` says whether nothing follows it. What signs
/// of its own would keep from being bold stays as it is.
fn push_bold(run: &mut String, last: bool, out: &mut String) {
    let run = std::mem::take(run);
    let text = run.trim_matches(' ');
    let opens = out.is_empty() || run.starts_with(' ') || text.starts_with(char::is_alphanumeric);
    let closes = last || run.ends_with(' ') || text.ends_with(char::is_alphanumeric);
    if text.is_empty() || !opens || !closes {
        out.push_str(&run);
        return;
    }
    let lead = run.len() - run.trim_start_matches(' ').len();
    out.push_str(&run[..lead]);
    // A break within would be read as a part of it, but not everywhere.
    let lines: Vec<String> = text.split('\n').map(|line| format!("**{line}**")).collect();
    out.push_str(&lines.join("\n"));
    out.push_str(&run[lead + text.len()..]);
}

fn holds_code_with(node: Node<'_>, sign: &str) -> bool {
    node.descendants()
        .any(|node| match &node.data.borrow().value {
            NodeValue::Code(code) => code.literal.contains(sign),
            _ => false,
        })
}

fn holds_address_with(node: Node<'_>, sign: &str) -> bool {
    node.descendants()
        .any(|node| match &node.data.borrow().value {
            NodeValue::Link(link) | NodeValue::Image(link) => link.url.contains(sign),
            _ => false,
        })
}

/// Code between one or two backticks: three begin a block on Discord wherever they stand, so those in the code are
/// parted by what isn't seen.
fn code_span(code: &str) -> String {
    let runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    let has = |run: usize| runs.contains(&run);
    let (code, fence) = match (has(1), has(2), runs.iter().any(|run| *run > 2)) {
        (false, _, false) => (code.to_owned(), "`"),
        (true, false, false) => (code.to_owned(), "``"),
        _ => (code.replace('`', "`\u{200b}"), "``"),
    };
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// A link of the web as one, another as its text and address.
fn push_link(node: Node<'_>, address: &str, around: Around, out: &mut String) {
    let text = crate::bank::markdown::words(node);
    let web = address.starts_with("https://") || address.starts_with("http://");
    if web && text == address {
        // A bare address is one on Discord too, as it stands, if nothing in or beside it formats.
        let next = node
            .next_sibling()
            .map(crate::bank::markdown::words)
            .unwrap_or_default();
        let beside = |c: char| c.is_alphanumeric() || "*_".contains(c);
        let apart =
            !out.ends_with(beside) && (next.is_empty() || next.starts_with([' ', '.', ',', ')']));
        let plain = !address.contains(['*', '_', '~', '|', '`', '\\']);
        out.push_str(&if apart && plain {
            address.to_owned()
        } else {
            format!("<{address}>")
        });
        return;
    }
    let shown = inlines(
        node,
        Around {
            link: true,
            ..around
        },
    );
    if around.link || !web {
        push_text(&text, out);
        // What CommonMark takes for an address by itself says so already.
        if !address.ends_with(&text) && !text.is_empty() {
            push_text(&format!(" ({address})"), out);
        }
    } else if text.is_empty() {
        out.push_str(address);
    } else {
        let address = address
            .replace('(', "%28")
            .replace(')', "%29")
            .replace(' ', "%20");
        out.push_str(&format!("[{shown}]({address})"));
    }
}
