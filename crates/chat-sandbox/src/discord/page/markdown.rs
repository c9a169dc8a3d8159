//! Discord's Markdown as HTML that is safe to put into the page.
//!
//! comrak parses and renders, ammonia keeps only what the page needs; between the two, mentions and
//! timestamps are found in the text. See Discord's "Message formatting" reference.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::clean_text as escape;
use chrono::DateTime;
use comrak::nodes::{AstNode, NodeValue};
use comrak::options::Plugins;
use comrak::plugins::syntect::{SyntectAdapter, SyntectAdapterBuilder};
use comrak::{Arena, Options, format_html_with_plugins, parse_document};

use super::prose;

/// Looks up the names behind mentions. `None` leaves the mention as it was typed, as Discord does.
pub(super) trait Names {
    /// The display name of a user.
    fn user(&self, id: u64) -> Option<String>;
    /// The name of a channel, without `#`.
    fn channel(&self, id: u64) -> Option<String>;
    /// The name of a role.
    fn role(&self, id: u64) -> Option<String>;
}

/// More than Discord takes anywhere (4096 characters in a description), so that the cost of hostile
/// text is bounded: the parsers below are quadratic in places.
const MOST: usize = 10_000;

/// Sanitised HTML of a message's content, an embed's description or a field's value.
pub(super) fn render(source: &str, names: &dyn Names) -> String {
    to_html(&prose::blocks(start(source)), names)
}

/// Sanitised HTML of an embed's title or a field's name: one line, without block elements.
pub(super) fn render_line(source: &str, names: &dyn Names) -> String {
    let html = to_html(&prose::line(start(source)), names);
    html.replace("<p>", "")
        .replace("</p>", "")
        .trim()
        .to_owned()
}

/// The text of a message without its formatting, on one line: what a reply to it shows.
pub(super) fn plain(source: &str, names: &dyn Names) -> String {
    let html = render(source, names);
    let mut text = String::new();
    // How many `span` are open, from that of a spoiler on.
    let mut covered = 0;
    // Sanitised HTML has `<` only where a tag begins.
    for (at, part) in html.split('<').enumerate() {
        let (tag, after) = match part.split_once('>') {
            Some(parts) if at > 0 => parts,
            _ => ("", part),
        };
        if covered > 0 {
            covered += usize::from(tag.starts_with("span"));
            covered -= usize::from(tag == "/span");
        } else if tag.starts_with("span class=\"spoiler\"") {
            covered = 1;
            text.push_str("▒▒▒");
        }
        if covered == 0 {
            text.push_str(after);
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn start(source: &str) -> &str {
    source
        .char_indices()
        .nth(MOST)
        .map_or(source, |(at, _)| &source[..at])
}

/// What is read of a text in Discord's Markdown, as the page shows it: without its formatting, on one line. Nobody's
/// name is known.
pub fn shown(source: &str) -> String {
    struct Nobody;
    impl Names for Nobody {
        fn user(&self, _: u64) -> Option<String> {
            None
        }
        fn channel(&self, _: u64) -> Option<String> {
            None
        }
        fn role(&self, _: u64) -> Option<String> {
            None
        }
    }
    plain(source, &Nobody)
}

fn to_html(commonmark: &str, names: &dyn Names) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, commonmark, &OPTIONS);
    // Collected first: the tree changes along the way.
    for node in root.descendants().collect::<Vec<_>>() {
        visit(&arena, node, names);
    }
    let mut html = String::new();
    let mut plugins = Plugins::default();
    plugins.render.codefence_syntax_highlighter = Some(&*HIGHLIGHTER);
    format_html_with_plugins(root, &OPTIONS, &mut html, &plugins)
        .expect("writing to a String does not fail");
    SANITISER.clean(&html).to_string()
}

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.underline = true;
    options.extension.spoiler = true;
    options.extension.autolink = true;
    options.extension.subtext = true;
    // Only so that `~one~` can be told from `~~two~~`, which alone strikes through on Discord.
    options.extension.subscript = true;
    options.parse.ignore_setext = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
});

/// Marks the parts of code with the classes of [`CODE_PARTS`], among others.
static HIGHLIGHTER: LazyLock<SyntectAdapter> = LazyLock::new(|| {
    SyntectAdapterBuilder::new()
        .css_with_class_prefix("hl-")
        .build()
});

/// The parts of code that have a colour of their own.
const CODE_PARTS: [&str; 9] = [
    "hl-comment",
    "hl-string",
    "hl-constant",
    "hl-keyword",
    "hl-storage",
    "hl-entity",
    "hl-support",
    "hl-inserted",
    "hl-deleted",
];

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "strong",
            "em",
            "u",
            "del",
            "sub",
            "h1",
            "h2",
            "h3",
            "blockquote",
            "ul",
            "ol",
            "li",
            "code",
            "pre",
            "a",
            "span",
            "time",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("time", HashSet::from(["datetime", "data-style"])),
            ("code", HashSet::from(["class"])),
            (
                "span",
                HashSet::from([
                    "data-user",
                    "data-channel",
                    "data-role",
                    "tabindex",
                    "role",
                    "aria-label",
                ]),
            ),
        ]))
        .allowed_classes(HashMap::from([(
            "span",
            HashSet::from_iter(["mention", "spoiler"].into_iter().chain(CODE_PARTS)),
        )]))
        .url_schemes(HashSet::from(["http", "https"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("code", "class") => value.starts_with("language-").then(|| value.into()),
            _ => Some(value.into()),
        });
    builder
});

type Node<'a> = &'a AstNode<'a>;

fn visit<'a>(arena: &'a Arena<'a>, node: Node<'a>, names: &dyn Names) {
    let insert = |value: NodeValue| -> Node<'a> { arena.alloc(value.into()) };
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Text(text) => {
            let text = prose::restore(text);
            data.value = match specials(&text, names) {
                Some(html) => NodeValue::Raw(html),
                None => NodeValue::Text(prose::finish(&text).into()),
            };
        }
        NodeValue::Code(code) => code.literal = prose::finish_code(&code.literal),
        NodeValue::CodeBlock(block) => {
            block.literal = prose::finish_code(&block.literal);
            block.info = prose::finish_code(&block.info);
        }
        NodeValue::Link(link) => {
            link.url = prose::finish(&link.url);
            link.title.clear();
            let url = link.url.clone();
            drop(data);
            link_or_text(node, &url, &insert);
        }
        // Discord has no inline images: what is left is a link with a mark before it.
        NodeValue::Image(link) => {
            let url = prose::finish(&link.url);
            drop(data);
            node.insert_before(insert(NodeValue::Text("!".into())));
            unmask(node, &url, &insert);
        }
        NodeValue::Subscript => {
            drop(data);
            unwrap(
                node,
                NodeValue::Text("~".into()),
                NodeValue::Text("~".into()),
                &insert,
            );
        }
        NodeValue::SpoileredText => {
            drop(data);
            // The inner one is hidden, for eyes and screen readers alike, until it is opened.
            let open =
                r#"<span class="spoiler" tabindex="0" role="button" aria-label="Spoiler"><span>"#;
            unwrap(
                node,
                NodeValue::Raw(open.into()),
                NodeValue::Raw("</span></span>".into()),
                &insert,
            );
        }
        _ => {}
    }
}

/// Discord links `http` and `https` only, and neither bare `www.` names nor e-mail addresses.
fn link_or_text<'a>(node: Node<'a>, url: &str, insert: &dyn Fn(NodeValue) -> Node<'a>) {
    let label = prose::finish(&node.collect_text());
    let lower = url.to_ascii_lowercase();
    if url == format!("mailto:{label}")
        || (label.starts_with("www.") && url == format!("http://{label}"))
    {
        unwrap(
            node,
            NodeValue::Text("".into()),
            NodeValue::Text("".into()),
            insert,
        );
    } else if !(lower.starts_with("http://") || lower.starts_with("https://")) {
        unmask(node, url, insert);
    }
}

/// Shows a masked link as it was typed.
fn unmask<'a>(node: Node<'a>, url: &str, insert: &dyn Fn(NodeValue) -> Node<'a>) {
    let close = format!("]({url})");
    unwrap(
        node,
        NodeValue::Text("[".into()),
        NodeValue::Text(close.into()),
        insert,
    );
}

/// Replaces a node with its children between two others.
fn unwrap<'a>(
    node: Node<'a>,
    open: NodeValue,
    close: NodeValue,
    insert: &dyn Fn(NodeValue) -> Node<'a>,
) {
    node.insert_before(insert(open));
    while let Some(child) = node.first_child() {
        node.insert_before(child);
    }
    node.insert_before(insert(close));
    node.detach();
}

/// HTML for text that holds mentions or timestamps; `None` if it holds none.
fn specials(text: &str, names: &dyn Names) -> Option<String> {
    let plain = |text: &str| escape(&prose::finish(text));
    let mut html = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(open) = rest.find('<') {
        let (before, tail) = rest.split_at(open);
        html.push_str(&plain(before));
        let inner = tail
            .find('>')
            .filter(|end| *end <= 64)
            .map(|end| &tail[1..end]);
        if let Some((inner, special)) =
            inner.and_then(|inner| Some((inner, special(inner, names)?)))
        {
            html.push_str(&special);
            rest = &tail[inner.len() + 2..];
            found = true;
        } else {
            html.push_str("&lt;");
            rest = &tail[1..];
        }
    }
    html.push_str(&plain(rest));
    found.then_some(html)
}

/// HTML for what stands between `<` and `>`, if it is one of Discord's forms.
fn special(inner: &str, names: &dyn Names) -> Option<String> {
    let mention = |kind: &str, id: u64, sign: &str, name: Option<String>| {
        Some(format!(
            r#"<span class="mention" data-{kind}="{id}">{sign}{}</span>"#,
            escape(&name?)
        ))
    };
    if let Some(time) = inner.strip_prefix("t:") {
        return timestamp(time);
    }
    if let Some(command) = inner.strip_prefix('/') {
        let (name, id) = command.rsplit_once(':')?;
        id.parse::<u64>().ok()?;
        return Some(format!(r#"<span class="mention">/{}</span>"#, escape(name)));
    }
    if let Some(emoji) = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')) {
        let (name, id) = emoji.split_once(':')?;
        id.parse::<u64>().ok()?;
        return Some(format!(":{}:", escape(name)));
    }
    if let Some(id) = inner.strip_prefix("@&") {
        let id = id.parse().ok()?;
        return mention("role", id, "@", names.role(id));
    }
    if let Some(id) = inner.strip_prefix("@!").or_else(|| inner.strip_prefix('@')) {
        let id = id.parse().ok()?;
        return mention("user", id, "@", names.user(id));
    }
    let id = inner.strip_prefix('#')?.parse().ok()?;
    mention("channel", id, "#", names.channel(id))
}

/// `<t:unix>` or `<t:unix:style>`, the text in UTC: the page shows the reader's own zone.
fn timestamp(text: &str) -> Option<String> {
    let (seconds, style) = text.split_once(':').unwrap_or((text, "f"));
    let time = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let format = match style {
        "t" => "%H:%M",
        "T" => "%H:%M:%S",
        "d" => "%d/%m/%Y",
        "D" => "%-d %B %Y",
        "f" | "R" => "%-d %B %Y %H:%M",
        "F" => "%A, %-d %B %Y %H:%M",
        _ => return None,
    };
    Some(format!(
        r#"<time datetime="{}" data-style="{style}">{} UTC</time>"#,
        time.format("%Y-%m-%dT%H:%M:%SZ"),
        time.format(format)
    ))
}

#[cfg(test)]
mod tests;
