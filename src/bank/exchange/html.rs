//! HTML as text.

use std::borrow::Cow;

/// What has a counterpart in CommonMark, or ends a line.
const KEPT: [(&str, &str); 17] = [
    ("<br>", "\n"),
    ("<br/>", "\n"),
    ("<br />", "\n"),
    ("<div>", "\n"),
    ("</div>", ""),
    ("<p>", "\n\n"),
    ("</p>", ""),
    ("<li>", "\n- "),
    ("</li>", ""),
    ("<b>", "**"),
    ("</b>", "**"),
    ("<strong>", "**"),
    ("</strong>", "**"),
    ("<code>", "`"),
    ("</code>", "`"),
    ("<i>", "*"),
    ("</i>", "*"),
];

/// The text of some HTML, and whether anything but text was in it that is lost.
pub fn text(html: &str) -> (String, bool) {
    let mut html = Cow::Borrowed(html);
    for (tag, mark) in KEPT {
        if html.contains(tag) {
            html = Cow::Owned(html.replace(tag, mark));
        }
    }
    let lost = html.contains('<');
    let bare = ammonia::Builder::empty().clean(&html).to_string();
    (unescape(&bare).trim().to_owned(), lost)
}

/// Text in which characters are written as HTML's entities.
pub fn unescape(text: &str) -> String {
    html_escape::decode_html_entities(text).replace('\u{a0}', " ")
}
