//! The pieces of a line of rich text.

use chrono::{DateTime, Utc};
use slack_morphism::prelude::*;

use crate::app::text::{InstantStyle, turns_around};

pub(super) type Inline = SlackRichTextInlineElement;

/// The longest address of a link, in characters.
const ADDRESS: usize = 3_000;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub code: bool,
}

impl Look {
    pub(super) const BOLD: Self = Self {
        bold: true,
        italic: false,
        code: false,
    };

    fn style(self) -> Option<SlackRichTextStyle> {
        let set = |on: bool| on.then_some(true);
        let style = SlackRichTextStyle {
            bold: set(self.bold),
            italic: set(self.italic),
            code: set(self.code),
            ..SlackRichTextStyle::new()
        };
        (self != Self::default()).then_some(style)
    }
}

/// Appends text, to the piece before if that looks the same.
pub(super) fn push_text(line: &mut Vec<Inline>, text: &str, look: Look) {
    let text: String = text.chars().filter(|c| is_shown(*c)).collect();
    if text.is_empty() {
        return;
    }
    let style = look.style();
    if let Some(Inline::Text(last)) = line.last_mut()
        && last.style == style
    {
        last.text.push_str(&text);
        return;
    }
    let piece = SlackRichTextText::new(text);
    line.push(Inline::Text(piece.opt_style(style)));
}

/// Not what turns the rest of a line around, and no control characters.
fn is_shown(character: char) -> bool {
    !turns_around(character) && (character == '\n' || !character.is_control())
}

/// Appends a link with its text. One that leads nowhere on the web is its text and address.
pub(super) fn push_link(line: &mut Vec<Inline>, address: &str, text: &str, look: Look) {
    let web = address.starts_with("https://") || address.starts_with("http://");
    let usual = address.chars().all(|c| is_shown(c) && !c.is_whitespace());
    if web && usual && address.chars().count() <= ADDRESS {
        let text: String = text.chars().filter(|c| is_shown(*c)).collect();
        let text = Some(text).filter(|text| !text.is_empty() && text != address);
        let link = SlackRichTextLink::new(SlackRelaxedUrl(address.to_owned()));
        line.push(Inline::Link(link.opt_text(text).opt_style(look.style())));
        return;
    }
    push_text(line, text, look);
    // What CommonMark takes for an address by itself says so already.
    if !address.ends_with(text) || text.is_empty() {
        push_text(line, &format!(" ({address})"), look);
    }
}

/// Appends a channel, which readers see by its name if they may know of it.
pub(super) fn push_channel(line: &mut Vec<Inline>, id: &str, look: Look) {
    let usual = id.starts_with(['C', 'D', 'G']) && id.chars().all(|c| c.is_ascii_alphanumeric());
    match usual {
        true => line.push(Inline::Channel(
            SlackRichTextChannel::new(SlackChannelId(id.to_owned())).opt_style(look.style()),
        )),
        false => push_text(line, id, look),
    }
}

/// Appends an instant, which each reader sees in their own zone.
pub(super) fn push_instant(
    line: &mut Vec<Inline>,
    at: DateTime<Utc>,
    style: InstantStyle,
    look: Look,
) {
    let fallback = at.format("%a, %-d %b %Y, %H:%M UTC").to_string();
    let format = match style {
        InstantStyle::Full => "{date_long} at {time}",
        // "{ago}" is for the past, and most of ours lie ahead.
        InstantStyle::Relative => "{date_short_pretty} at {time}",
    };
    let Ok(timestamp) = serde_json::from_value(at.timestamp().into()) else {
        return push_text(line, &fallback, look);
    };
    let date = SlackRichTextDate::new(timestamp, format.to_owned());
    line.push(Inline::Date(
        date.with_fallback(fallback).opt_style(look.style()),
    ));
}

/// How many characters of it count.
pub(super) fn length(piece: &Inline) -> usize {
    let characters = |text: &str| text.chars().count();
    match piece {
        Inline::Text(text) => characters(&text.text),
        Inline::Link(link) => {
            let text = link.text.as_ref().map_or(0, |text| characters(text));
            text + characters(&link.url.0)
        }
        Inline::Date(date) => {
            let fallback = date.fallback.as_ref().map_or(0, |text| characters(text));
            fallback + characters(&date.format)
        }
        Inline::Channel(channel) => characters(&channel.channel_id.0),
        _ => 0,
    }
}

/// What is read of pieces where nothing is formatted. Slack reads signs of its own there, so all others are escaped.
pub(super) fn read(line: &[Inline], out: &mut String) {
    for piece in line {
        match piece {
            Inline::Text(text) => out.push_str(&escaped(&text.text)),
            Inline::Link(link) => {
                out.push_str(&escaped(link.text.as_ref().unwrap_or(&link.url.0)));
            }
            Inline::Date(date) => out.push_str(date.fallback.as_deref().unwrap_or_default()),
            Inline::Channel(channel) => out.push_str(&format!("<#{}>", channel.channel_id.0)),
            _ => {}
        }
    }
}

/// Text as it stands, where Slack reads mentions and links:
/// <https://docs.slack.dev/messaging/formatting-message-text#escaping>.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
