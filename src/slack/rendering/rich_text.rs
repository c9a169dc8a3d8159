//! Texts as rich text, in which every character is literal: nothing is escaped, and nothing pings.
//! <https://docs.slack.dev/reference/block-kit/blocks/rich-text-block>

use std::collections::HashMap;

use comrak::Arena;
use comrak::nodes::{ListType, NodeList, NodeValue};
use slack_morphism::prelude::*;

use super::inline::{self, Inline, Look, push_channel, push_instant, push_link, push_text};
use crate::app::text::{Span, Text, reflow};
use crate::app::wording;
use crate::bank::markdown::{Node, lines, parse, parse_line, pieces, words};
use crate::model::UserId;

pub(super) type Element = SlackRichTextElement;

/// The deepest list, from 0.
const DEEPEST: u64 = 8;

/// The first of the private characters that stand in our own CommonMark for spans of another kind, each by its place.
const FIRST: u32 = 0xF_0000;

/// A text as rich text.
pub(super) fn text(text: &Text, names: &HashMap<UserId, String>) -> Vec<Element> {
    let mut writer = Writer::new(&text.0, names);
    writer.write();
    writer.finish()
}

/// A heading with a text below it.
pub(super) fn field(name: &str, value: &Text, names: &HashMap<UserId, String>) -> Vec<Element> {
    let mut writer = Writer::new(&value.0, names);
    push_text(&mut writer.line, name, Look::BOLD);
    push_text(&mut writer.line, "\n", Look::default());
    writer.begun = false;
    writer.write();
    writer.finish()
}

/// A line in bold.
pub(super) fn bold(text: &str) -> Element {
    let mut line = Vec::new();
    push_text(&mut line, text, Look::BOLD);
    SlackRichTextSection::new(line).into()
}

/// What is read of it where nothing is formatted, escaped.
pub(super) fn read(elements: &[Element]) -> String {
    let mut out = String::new();
    for element in elements {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        match element {
            Element::Section(section) => inline::read(&section.elements, &mut out),
            Element::Preformatted(code) => inline::read(&code.elements, &mut out),
            Element::Quote(quote) => inline::read(&quote.elements, &mut out),
            Element::List(list) => {
                for SlackRichTextListElement::Section(item) in &list.elements {
                    out.push_str("• ");
                    inline::read(&item.elements, &mut out);
                    out.push('\n');
                }
            }
        }
    }
    out
}

struct Writer<'a> {
    /// What the private characters stand for; nothing within texts of question files.
    spans: &'a [Span],
    names: &'a HashMap<UserId, String>,
    /// What a single line break is.
    soft: &'static str,
    /// How deep its lists are.
    indent: u64,
    done: Vec<Element>,
    /// The line that is being written, with those before it in its section.
    line: Vec<Inline>,
    /// Whether a paragraph stands in it already.
    begun: bool,
}

impl<'a> Writer<'a> {
    fn new(spans: &'a [Span], names: &'a HashMap<UserId, String>) -> Self {
        Self {
            spans,
            names,
            // Breaks that don't show are gone by then.
            soft: "\n",
            indent: 0,
            done: Vec::new(),
            line: Vec::new(),
            begun: false,
        }
    }

    /// One for what stands within something, and is put together there.
    fn within(&self, indent: u64) -> Self {
        Self {
            soft: self.soft,
            indent,
            ..Self::new(self.spans, self.names)
        }
    }

    /// Writes the spans: those of our own CommonMark may hold each other's beginnings and ends.
    fn write(&mut self) {
        let mut source = String::new();
        for (place, span) in self.spans.iter().enumerate() {
            match span {
                Span::Markdown(markdown) => {
                    let shown = reflow(markdown);
                    source.extend(shown.chars().filter(|c| place_of(*c).is_none()));
                }
                _ => source.extend(sign_of(place)),
            }
        }
        let arena = Arena::new();
        self.blocks(parse(&arena, &source));
    }

    fn finish(mut self) -> Vec<Element> {
        self.end();
        self.done
    }

    fn blocks(&mut self, node: Node<'_>) {
        for child in node.children() {
            self.block(child);
        }
    }

    fn block(&mut self, node: Node<'_>) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::List(list) => {
                self.end();
                self.list(node, list);
            }
            NodeValue::BlockQuote => {
                self.end();
                let mut within = self.within(0);
                within.blocks(node);
                let quote = flat(within.finish());
                if !quote.is_empty() {
                    self.push(SlackRichTextQuote::new(quote).into());
                }
            }
            NodeValue::CodeBlock(block) => self.code(&self.filled(&block.literal)),
            value => {
                self.begin();
                match value {
                    NodeValue::Heading(_) => self.inlines(node, Look::BOLD),
                    NodeValue::HtmlBlock(html) => {
                        self.shown(html.literal.trim_end(), Look::default());
                    }
                    NodeValue::ThematicBreak => self.shown("———", Look::default()),
                    _ => self.inlines(node, Look::default()),
                }
            }
        }
    }

    /// A list, and what stands between its items: Slack's hold lines only.
    fn list(&mut self, node: Node<'_>, list: &NodeList) {
        let ordered = list.list_type == ListType::Ordered;
        let first = if ordered {
            list.start.saturating_sub(1)
        } else {
            0
        };
        let (mut items, mut before) = (Vec::new(), 0);
        for (place, item) in node.children().enumerate() {
            let mut within = self.within((self.indent + 1).min(DEEPEST));
            within.blocks(item);
            let mut elements = within.finish().into_iter().peekable();
            let line = elements.next_if(|element| matches!(element, Element::Section(_)));
            let line = line.map_or_else(Vec::new, |line| flat(vec![line]));
            items.push(SlackRichTextListElement::Section(
                SlackRichTextSection::new(trimmed(line)),
            ));
            if elements.peek().is_some() {
                self.items(std::mem::take(&mut items), ordered, first + before);
                before = place + 1;
                elements.for_each(|element| self.push(element));
            }
        }
        self.items(items, ordered, first + before);
    }

    fn items(&mut self, items: Vec<SlackRichTextListElement>, ordered: bool, before: usize) {
        if items.is_empty() {
            return;
        }
        let style = match ordered {
            true => SlackRichTextListStyle::Ordered,
            false => SlackRichTextListStyle::Bullet,
        };
        let offset = (ordered && before > 0).then_some(before as u64);
        let indent = (self.indent > 0).then_some(self.indent);
        let list = SlackRichTextList::new(style, items);
        self.push(list.opt_indent(indent).opt_offset(offset).into());
    }

    fn code(&mut self, code: &str) {
        self.end();
        let mut line = Vec::new();
        push_text(&mut line, code.trim_end_matches('\n'), Look::default());
        if !line.is_empty() {
            self.push(SlackRichTextPreformatted::new(line).into());
        }
    }

    /// Begins a paragraph.
    fn begin(&mut self) {
        if self.begun && !self.line.is_empty() {
            push_text(&mut self.line, "\n\n", Look::default());
        }
        self.begun = true;
    }

    /// Ends the section that is being written.
    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.begun = false;
        if !line.is_empty() {
            self.push(SlackRichTextSection::new(line).into());
        }
    }

    /// Appends an element. Paragraphs have a line between them, and whatever else comes begins on a new one.
    fn push(&mut self, element: Element) {
        match (self.done.last_mut(), element) {
            (Some(Element::Section(last)), Element::Section(next)) => {
                last.elements = trimmed(std::mem::take(&mut last.elements));
                push_text(&mut last.elements, "\n\n", Look::default());
                last.elements.extend(next.elements);
            }
            (Some(Element::Section(last)), next) => {
                last.elements = trimmed(std::mem::take(&mut last.elements));
                push_text(&mut last.elements, "\n", Look::default());
                self.done.push(next);
            }
            (_, next) => self.done.push(next),
        }
    }

    fn inlines(&mut self, node: Node<'_>, look: Look) {
        for child in node.children() {
            self.inline(child, look);
        }
    }

    fn inline(&mut self, node: Node<'_>, look: Look) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::Text(text) => self.shown(text, look),
            NodeValue::HtmlInline(html) => self.shown(html, look),
            NodeValue::SoftBreak => push_text(&mut self.line, self.soft, look),
            NodeValue::LineBreak => push_text(&mut self.line, "\n", look),
            NodeValue::Code(code) => {
                let code = self.filled(&code.literal);
                push_text(&mut self.line, &code, Look { code: true, ..look });
            }
            NodeValue::Strong => self.inlines(node, Look { bold: true, ..look }),
            NodeValue::Emph => self.inlines(
                node,
                Look {
                    italic: true,
                    ..look
                },
            ),
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let (address, text) = (self.filled(&link.url), self.filled(&words(node)));
                push_link(&mut self.line, &address, &text, look);
            }
            _ => self.inlines(node, look),
        }
    }

    /// Text in which private characters stand for spans.
    fn shown(&mut self, text: &str, look: Look) {
        let mut rest = text;
        while let Some((at, place)) = first_place(rest).filter(|_| !self.spans.is_empty()) {
            push_text(&mut self.line, &rest[..at], look);
            if let Some(span) = self.spans.get(place) {
                self.span(span, look);
            }
            rest = rest[at..].get(4..).unwrap_or_default();
        }
        push_text(&mut self.line, rest, look);
    }

    /// Where there is nothing but text, in code and addresses.
    fn filled(&self, text: &str) -> String {
        let read = |c: char| match place_of(c).and_then(|place| self.spans.get(place)) {
            Some(Span::Plain(text) | Span::Line(text) | Span::Strong(text)) => text.clone(),
            Some(_) => String::new(),
            None => c.to_string(),
        };
        text.chars().map(read).collect()
    }

    fn span(&mut self, span: &Span, look: Look) {
        match span {
            Span::Markdown(_) => {}
            Span::Blocks(markdown) => {
                self.end();
                let mut within = Self {
                    soft: " ",
                    ..Self::new(&[], self.names)
                };
                let arena = Arena::new();
                within.blocks(parse(&arena, markdown));
                let elements = within.finish();
                elements.into_iter().for_each(|element| self.push(element));
            }
            Span::Line(markdown) => self.lines(markdown, look),
            Span::Strong(markdown) => self.lines(markdown, Look { bold: true, ..look }),
            Span::Plain(text) => push_text(&mut self.line, text, look),
            Span::Member(user) => {
                let name = self.names.get(user);
                let name = name.map_or(wording::SOMEONE, String::as_str);
                push_text(&mut self.line, name, look);
            }
            Span::Channel(channel) => push_channel(&mut self.line, &channel.0, look),
            Span::Instant(at, style) => push_instant(&mut self.line, *at, *style, look),
        }
    }

    /// A text of a question file that stands in a line, or in some with code between them.
    fn lines(&mut self, markdown: &str, look: Look) {
        let spans = std::mem::take(&mut self.spans);
        let soft = std::mem::replace(&mut self.soft, " ");
        let arena = Arena::new();
        for (range, code) in pieces(markdown) {
            let text = &markdown[range];
            if code {
                self.blocks(parse(&arena, text));
                continue;
            }
            for (place, line) in lines(text).enumerate() {
                if place > 0 {
                    push_text(&mut self.line, "\n", look);
                }
                self.inlines(parse_line(&arena, line), look);
            }
        }
        (self.spans, self.soft) = (spans, soft);
    }
}

fn sign_of(place: usize) -> Option<char> {
    let place = u32::try_from(place).ok().filter(|place| *place < 0xFFFE);
    char::from_u32(FIRST + place?)
}

fn place_of(sign: char) -> Option<usize> {
    let place = u32::from(sign).checked_sub(FIRST)?;
    (place < 0xFFFE).then_some(place as usize)
}

/// Where the first private character of a text is, and which one. Each takes four bytes.
fn first_place(text: &str) -> Option<(usize, usize)> {
    let mut all = text.char_indices();
    all.find_map(|(at, sign)| Some((at, place_of(sign)?)))
}

/// Elements as lines, for where there can be nothing else.
fn flat(elements: Vec<Element>) -> Vec<Inline> {
    let mut line = Vec::new();
    for element in elements {
        if !line.is_empty() {
            line = trimmed(line);
            push_text(&mut line, "\n", Look::default());
        }
        match element {
            Element::Section(section) => line.extend(section.elements),
            Element::Quote(quote) => line.extend(quote.elements),
            Element::Preformatted(code) => {
                let code_look = Look {
                    code: true,
                    ..Look::default()
                };
                for piece in code.elements {
                    match piece {
                        Inline::Text(text) => push_text(&mut line, &text.text, code_look),
                        other => line.push(other),
                    }
                }
            }
            Element::List(list) => {
                for (place, item) in list.elements.into_iter().enumerate() {
                    let SlackRichTextListElement::Section(item) = item;
                    push_text(
                        &mut line,
                        if place > 0 { "\n• " } else { "• " },
                        Look::default(),
                    );
                    line.extend(item.elements);
                }
            }
        }
    }
    trimmed(line)
}

/// A line without the breaks at its end.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    while let Some(Inline::Text(last)) = line.last_mut() {
        last.text.truncate(last.text.trim_end_matches('\n').len());
        if !last.text.is_empty() {
            break;
        }
        line.pop();
    }
    line
}
