//! What the text of a question, an option or a feedback is written in: `[html]` and the like before it.

use super::super::{Lost, html};
use super::syntax::unescape;
use crate::bank::markdown;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Format {
    Html,
    /// HTML in which a line break is one.
    Moodle,
    Plain,
    Markdown,
}

impl Format {
    /// The format that is written in front of a text, or else `usual`, and the text.
    pub fn of(text: &str, usual: Format) -> (Format, &str) {
        let text = text.trim_start();
        let Some((name, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        else {
            return (usual, text);
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "html" => (Format::Html, rest),
            "moodle" => (Format::Moodle, rest),
            "plain" => (Format::Plain, rest),
            "markdown" => (Format::Markdown, rest),
            _ => (usual, text),
        }
    }

    /// An escaped text as CommonMark, and what is lost of it.
    pub fn read(self, text: &str) -> (String, Vec<Lost>) {
        let text = unescape(text);
        let converted = match self {
            Format::Markdown => return (text.clone(), images(&text)),
            Format::Plain => return (markdown::escape(&text), Vec::new()),
            Format::Moodle if !html::is_html(&text) => {
                return (markdown::escape(&text), Vec::new());
            }
            Format::Moodle if !text.contains("<pre") => html::markdown(&text.replace('\n', "<br>")),
            Format::Moodle | Format::Html => html::markdown(&text),
        };
        (converted.text, converted.lost)
    }
}

/// The images of a CommonMark text, which cards don't show.
fn images(text: &str) -> Vec<Lost> {
    let images = text.match_indices("![").filter_map(|(at, _)| {
        let (_, rest) = text[at..].split_once("](")?;
        let (address, _) = rest.split_once(')')?;
        Some(Lost::Image(address.to_owned()))
    });
    images.collect()
}
