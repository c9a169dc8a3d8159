//! Renders cards as Block Kit, cut to Slack's limits: <https://docs.slack.dev/reference/block-kit/blocks>.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::Serialize;
use serde_json::Value;
use slack_morphism::prelude::*;

use super::cutting::{characters, fitting};
use super::rich_text::Element;
use super::{controls, inline, rich_text};
use crate::app::card::{Audience, Card, Part, TITLE, Tone, cut};
use crate::app::text::{Span, Text};
use crate::app::wording;
use crate::model::UserId;

/// The most characters in the blocks of a message. Slack refuses more than some 13,000, and says so nowhere.
const MOST: usize = 9_000;
/// The most of them in menus.
const IN_MENUS: usize = 4_000;
/// The most blocks of a card's body, of Slack's 50.
const PARTS: usize = 38;
/// The longest name of a field.
const NAME: usize = 256;
/// The longest footer of ours; Slack's limit is higher.
const FOOTER: usize = 300;
/// Kept free for the note on parts that are left out.
const MORE: usize = 40;
/// The longest text beside the blocks. Slack takes 4,000 characters when a message is changed.
const TEXT: usize = 3_000;

/// A message as Slack takes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Message {
    /// What notifications and screen readers say of it.
    pub text: String,
    /// What it shows.
    pub blocks: Vec<SlackBlock>,
}

impl Message {
    /// Whether these blocks, as Slack tells of them, show this message: each content has ids of its own.
    pub(crate) fn is_shown_by(&self, blocks: &Value) -> bool {
        let ours = serde_json::to_value(&self.blocks).unwrap_or_default();
        blocks[0]["block_id"].is_string() && blocks[0]["block_id"] == ours[0]["block_id"]
    }
}

/// A card as a message, with these names of its members. There is rich text in each: Slack doesn't let it be replaced by
/// anything else.
pub(crate) fn message(card: &Card, names: &HashMap<UserId, String>) -> Message {
    let title = titled(card);
    let footer = card.footer.as_deref().map(|footer| cut(footer, FOOTER));
    let (rows, taken) = controls::rows(card, IN_MENUS);
    let of_footer = footer.as_deref().map_or(0, |footer| footer.chars().count());
    let mut left = MOST
        .saturating_sub(title.chars().count())
        .saturating_sub(of_footer + taken + MORE);
    let (mut body, mut more) = (Vec::new(), 0);
    for part in &card.body {
        let (elements, whole) = match part {
            Part::Text(text) => (rich_text::text(text, names), false),
            Part::Field { name, value } => (rich_text::field(&cut(name, NAME), value, names), true),
        };
        let length: usize = elements.iter().map(characters).sum();
        if body.len() == PARTS || left == 0 || (whole && length > left) {
            more += 1;
        } else if !elements.is_empty() {
            body.push(fitting(elements, left));
            left = left.saturating_sub(length);
        }
    }
    let note = (more > 0).then(|| wording::and_more(more));
    let footer: Vec<String> = footer.into_iter().chain(note).collect();
    let footer = footer.join(" · ");
    Message {
        text: read(&title, &body, &footer),
        blocks: named(blocks(card, &title, body, rows, &footer)),
    }
}

/// The members whose names a card shows, each once.
pub(crate) fn members(card: &Card) -> Vec<UserId> {
    let mut members: Vec<UserId> = Vec::new();
    for part in &card.body {
        let (Part::Text(Text(spans))
        | Part::Field {
            value: Text(spans), ..
        }) = part;
        for span in spans {
            if let Span::Member(user) = span
                && !members.contains(user)
            {
                members.push(user.clone());
            }
        }
    }
    members
}

/// The title, with the card's mood.
fn titled(card: &Card) -> String {
    let mood = match card.tone {
        Tone::Neutral => "",
        Tone::Good => "✅ ",
        Tone::Bad => "❌ ",
    };
    let mut title = String::new();
    let mut line = Vec::new();
    inline::push_text(
        &mut line,
        &card.title.replace('\n', " "),
        inline::Look::default(),
    );
    for piece in line {
        if let inline::Inline::Text(text) = piece {
            title.push_str(&text.text);
        }
    }
    cut(format!("{mood}{title}").trim(), TITLE)
}

fn blocks(
    card: &Card,
    title: &str,
    body: Vec<Vec<Element>>,
    rows: Vec<SlackBlock>,
    footer: &str,
) -> Vec<SlackBlock> {
    let mut blocks: Vec<SlackBlock> = Vec::new();
    // What one person sees for a while needs no headline.
    let headline = card.audience == Audience::Everyone && !body.is_empty() && !title.is_empty();
    match headline {
        true => blocks.push(SlackHeaderBlock::new(controls::plain(title)).into()),
        false if title.is_empty() && !body.is_empty() => {}
        false => {
            let title = if title.is_empty() { "…" } else { title };
            blocks.push(SlackRichTextBlock::new(vec![rich_text::bold(title)]).into());
        }
    }
    let texts = body.into_iter().map(SlackRichTextBlock::new);
    blocks.extend(texts.map(SlackBlock::from));
    blocks.extend(rows);
    if !footer.trim().is_empty() {
        let text = SlackBlockPlainText::new(footer.to_owned()).with_emoji(false);
        blocks.push(SlackContextBlock::new(vec![text.into()]).into());
    }
    blocks
}

/// Gives the blocks ids that are new whenever anything in them is: a message that is changed is to have others.
fn named(mut blocks: Vec<SlackBlock>) -> Vec<SlackBlock> {
    let content = digest(&blocks);
    for (place, block) in blocks.iter_mut().enumerate() {
        let id = Some(SlackBlockId(format!("{content}-{place}")));
        match block {
            SlackBlock::Header(block) => block.block_id = id,
            SlackBlock::RichText(block) => block.block_id = id,
            SlackBlock::Actions(block) => block.block_id = id,
            SlackBlock::Context(block) => block.block_id = id,
            _ => {}
        }
    }
    blocks
}

fn digest(content: &impl Serialize) -> String {
    let mut hasher = DefaultHasher::new();
    let json = serde_json::to_string(content).unwrap_or_default();
    json.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// All of it as one text, as far as there is room.
fn read(title: &str, body: &[Vec<Element>], footer: &str) -> String {
    let mut lines = vec![inline::escaped(title)];
    lines.extend(body.iter().map(|elements| rich_text::read(elements)));
    lines.push(inline::escaped(footer));
    lines.retain(|line| !line.trim().is_empty());
    let read = lines.join("\n");
    match read.trim() {
        "" => "…".to_owned(),
        read => cut(read, TEXT),
    }
}
