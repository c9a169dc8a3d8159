//! So much of a rich text as there is room for: it ends at a paragraph, an item or a word, never inside code.

use slack_morphism::prelude::*;

use super::inline::{Inline, Look, length, push_text};
use super::rich_text::Element;
use crate::app::card::cut;

/// How many characters of it count.
pub(super) fn characters(element: &Element) -> usize {
    match element {
        Element::Section(section) => sum(&section.elements),
        Element::Preformatted(code) => sum(&code.elements),
        Element::Quote(quote) => sum(&quote.elements),
        Element::List(list) => list.elements.iter().map(of_item).sum(),
    }
}

fn sum(line: &[Inline]) -> usize {
    line.iter().map(length).sum()
}

fn of_item(SlackRichTextListElement::Section(item): &SlackRichTextListElement) -> usize {
    sum(&item.elements)
}

/// As much as fits into so many characters. An ellipsis says where the rest is missing.
pub(super) fn fitting(elements: Vec<Element>, most: usize) -> Vec<Element> {
    let whole: usize = elements.iter().map(characters).sum();
    if whole <= most {
        return elements;
    }
    let (mut kept, mut left) = (Vec::new(), most.saturating_sub(1));
    for element in elements {
        let length = characters(&element);
        if length <= left {
            left -= length;
            kept.push(element);
            continue;
        }
        match element {
            Element::Section(section) => {
                let line = shortened(section.elements, left);
                if !line.is_empty() {
                    kept.push(SlackRichTextSection::new(line).into());
                }
            }
            Element::List(mut list) => {
                list.elements = fitting_items(list.elements, left);
                if !list.elements.is_empty() {
                    kept.push(list.into());
                }
            }
            Element::Preformatted(_) | Element::Quote(_) => {}
        }
        break;
    }
    match kept.last_mut() {
        Some(Element::Section(last)) => push_text(&mut last.elements, "…", Look::default()),
        _ => {
            let mut line = Vec::new();
            push_text(&mut line, "…", Look::default());
            kept.push(SlackRichTextSection::new(line).into());
        }
    }
    kept
}

fn fitting_items(
    mut items: Vec<SlackRichTextListElement>,
    mut left: usize,
) -> Vec<SlackRichTextListElement> {
    let fitting = items.iter().map_while(|item| {
        left = left.checked_sub(of_item(item))?;
        Some(())
    });
    let count = fitting.count();
    items.truncate(count);
    items
}

/// The paragraphs of a line that fit, or else the words of the first one.
fn shortened(line: Vec<Inline>, most: usize) -> Vec<Inline> {
    let (mut kept, mut left) = (Vec::new(), most);
    for piece in line {
        let length = length(&piece);
        if length <= left {
            left -= length;
            kept.push(piece);
            continue;
        }
        if let Inline::Text(mut text) = piece
            && !is_code(&text)
        {
            text.text = cut(&text.text, left).trim_end_matches('…').to_owned();
            kept.push(Inline::Text(text));
        }
        break;
    }
    at_paragraph(kept)
}

fn is_code(text: &SlackRichTextText) -> bool {
    let style = text.style.as_ref();
    style.is_some_and(|style| style.code == Some(true))
}

/// Without the paragraph at its end that was begun only, if there are others.
fn at_paragraph(mut line: Vec<Inline>) -> Vec<Inline> {
    let ends = |piece: &Inline| match piece {
        Inline::Text(text) if !is_code(text) => text.text.rfind("\n\n"),
        _ => None,
    };
    let last = line.iter().rposition(|piece| ends(piece).is_some());
    if let Some(last) = last {
        line.truncate(last + 1);
        if let Some(Inline::Text(text)) = line.last_mut()
            && let Some(at) = text.text.rfind("\n\n")
        {
            text.text.truncate(at + "\n\n".len());
        }
    }
    line.retain(|piece| length(piece) > 0);
    line
}
