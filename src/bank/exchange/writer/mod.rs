//! Writes CommonMark piece by piece, as the tags of HTML open and close.

mod close;

use super::Lost;
use crate::bank::markdown::escape_part;

/// How deep elements are looked at inside each other; what is deeper is as if it weren't there.
const DEPTH: usize = 60;

/// CommonMark being written.
pub struct Writer {
    /// What has been written, once it is finished.
    pub text: String,
    /// All signs that are shown, in their order, whatever the spaces between them.
    pub said: String,
    /// What is lost, each once.
    pub lost: Vec<Lost>,
    emphasis: bool,
    /// What is open, the innermost last.
    frames: Vec<Frame>,
    /// Characters that have come since the last tag.
    pending: String,
}

struct Frame {
    element: String,
    kind: Kind,
    text: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Root,
    /// Shown as what is in it, apart from what is around it.
    Block,
    /// Marked by this on both sides.
    Emphasis(&'static str),
    Code,
    /// A block of code in this language.
    Pre(String),
    /// With the number of its next item, if they are numbered.
    List(Option<usize>),
    Item,
    Quote,
    Raised(char),
    Link(Option<String>),
    /// Not shown.
    Hidden,
}

impl Writer {
    pub fn new(emphasis: bool) -> Self {
        let root = Frame {
            element: String::new(),
            kind: Kind::Root,
            text: String::new(),
        };
        Self {
            text: String::new(),
            said: String::new(),
            lost: Vec::new(),
            emphasis,
            frames: vec![root],
            pending: String::new(),
        }
    }

    pub fn characters(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    /// An element begins.
    pub fn open(&mut self, element: &str, attribute: impl Fn(&str) -> Option<String>) {
        self.flush();
        let kind = match element {
            "b" | "strong" => Kind::Emphasis("**"),
            "i" | "em" | "cite" | "dfn" | "var" => Kind::Emphasis("*"),
            "code" | "kbd" | "samp" | "tt" => return self.open_code(element, attribute("class")),
            "pre" => Kind::Pre(String::new()),
            "ul" | "menu" | "dir" => Kind::List(None),
            "ol" => Kind::List(
                attribute("start").map_or(Some(1), |start| start.parse().ok().or(Some(1))),
            ),
            "li" => {
                self.close_within("li", &["ul", "ol", "menu", "dir"]);
                Kind::Item
            }
            "blockquote" => Kind::Quote,
            "sup" => Kind::Raised('^'),
            "sub" => Kind::Raised('_'),
            "a" => Kind::Link(attribute("href")),
            "script" | "style" | "title" | "template" => Kind::Hidden,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.apart();
                Kind::Emphasis("**")
            }
            "br" => return self.line_break(),
            "hr" => return self.apart(),
            "td" | "th" => return self.cell(),
            "tr" => return self.row(),
            "img" | "picture" | "svg" | "canvas" | "video" | "audio" | "iframe" | "embed"
            | "object" => {
                return self.lose_media(element, attribute("src").or_else(|| attribute("alt")));
            }
            "u" | "ins" => return self.lose(Lost::Underlining),
            "s" | "strike" | "del" => return self.lose(Lost::StruckOut),
            "input" | "select" | "button" | "textarea" | "math" => {
                return self.lose(Lost::Element(element.to_owned()));
            }
            "table" => {
                self.lose(Lost::TableLines);
                Kind::Block
            }
            "p" => {
                self.close_within("p", &["li", "blockquote", "td", "th", "div"]);
                Kind::Block
            }
            "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav"
            | "figure" | "figcaption" | "dl" | "dt" | "dd" | "center" | "address" | "form"
            | "fieldset" | "details" | "summary" => Kind::Block,
            _ => return,
        };
        self.push(element, kind);
    }

    /// An element ends.
    pub fn close(&mut self, element: &str) {
        self.flush();
        match element {
            "br" => self.line_break(),
            "p" if !self.is_open("p") => self.apart(),
            _ => {
                // What is open inside it ends with it.
                if let Some(at) = self
                    .frames
                    .iter()
                    .rposition(|frame| frame.element == element)
                {
                    while self.frames.len() > at.max(1) {
                        self.pop();
                    }
                }
            }
        }
    }

    /// Closes what is open.
    pub fn finish(&mut self) {
        self.flush();
        while self.frames.len() > 1 {
            self.pop();
        }
        let text = self.top().text.trim().to_owned();
        self.text = text.trim_end_matches("\\").trim_end().to_owned();
        if text.ends_with("\\\\") {
            self.text = text;
        }
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn is_open(&self, element: &str) -> bool {
        self.frames.iter().any(|frame| frame.element == element)
    }

    fn push(&mut self, element: &str, kind: Kind) {
        if self.frames.len() > DEPTH {
            return;
        }
        if matches!(
            kind,
            Kind::Block | Kind::Pre(_) | Kind::List(_) | Kind::Quote
        ) {
            self.apart();
        }
        self.frames.push(Frame {
            element: element.to_owned(),
            kind,
            text: String::new(),
        });
    }

    /// Closes an element that another of its kind ends, unless one of `bounds` is open inside it.
    fn close_within(&mut self, element: &str, bounds: &[&str]) {
        let inner = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.element == element || bounds.contains(&&*frame.element));
        if inner.is_some_and(|frame| frame.element == element) {
            self.close(element);
        }
    }

    fn open_code(&mut self, element: &str, class: Option<String>) {
        let language = class.and_then(|class| {
            let language = class
                .split_ascii_whitespace()
                .find_map(|class| class.strip_prefix("language-"))?;
            language
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
                .then(|| language.to_owned())
        });
        if let Kind::Pre(known) = &mut self.top().kind {
            *known = language.unwrap_or_default();
        } else if !self.in_code() {
            self.push(element, Kind::Code);
        }
    }

    fn in_code(&self) -> bool {
        self.frames
            .iter()
            .any(|frame| matches!(frame.kind, Kind::Code | Kind::Pre(_)))
    }

    fn is_hidden(&self) -> bool {
        self.frames.iter().any(|frame| frame.kind == Kind::Hidden)
    }

    /// Writes the characters that have come.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if self.is_hidden() || pending.is_empty() {
            return;
        }
        if self.in_code() {
            let code = pending.replace("\r\n", "\n").replace('\u{a0}', " ");
            self.said.push_str(&code);
            return self.top().text.push_str(&code);
        }
        let spaces = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
        let words: Vec<&str> = pending
            .split(spaces)
            .filter(|word| !word.is_empty())
            .collect();
        let words = words.join(" ");
        self.said.push_str(&words);
        let begins = self.begins_line();
        let (led, followed) = (pending.starts_with(spaces), pending.ends_with(spaces));
        let text = &mut self.top().text;
        if led && !begins && !text.ends_with(' ') {
            text.push(' ');
        }
        escape_part(&words, begins, text);
        if followed && !words.is_empty() {
            text.push(' ');
        }
    }

    /// Whether what is written next begins a line.
    fn begins_line(&self) -> bool {
        for frame in self.frames.iter().rev() {
            if !frame.text.is_empty() {
                return frame.text.ends_with('\n');
            }
            if matches!(
                frame.kind,
                Kind::Item | Kind::Quote | Kind::Block | Kind::Root
            ) && frame.text.is_empty()
            {
                return true;
            }
        }
        true
    }

    fn line_break(&mut self) {
        if self.is_hidden() {
            return;
        }
        let code = self.in_code();
        let text = &mut self.top().text;
        let kept = text.trim_end_matches(' ').len();
        if code {
            text.push('\n');
        } else if kept > 0 && !text.ends_with('\n') {
            text.truncate(kept);
            text.push_str("\\\n");
        }
    }

    /// What comes next is another paragraph.
    fn apart(&mut self) {
        if self.in_code() {
            if !self.top().text.is_empty() && !self.top().text.ends_with('\n') {
                self.top().text.push('\n');
            }
            return;
        }
        let text = &mut self.top().text;
        let kept = text.trim_end().len();
        text.truncate(kept);
        // A break before the end of a paragraph would show as its sign.
        if text.ends_with('\\') && !text.ends_with("\\\\") {
            text.pop();
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
    }

    fn cell(&mut self) {
        if !self.begins_line() {
            let text = &mut self.top().text;
            text.truncate(text.trim_end().len());
            text.push_str(" | ");
            self.said.push('|');
        }
    }

    fn row(&mut self) {
        self.line_break();
    }

    fn lose(&mut self, lost: Lost) {
        if !self.lost.contains(&lost) {
            self.lost.push(lost);
        }
    }

    fn lose_media(&mut self, element: &str, name: Option<String>) {
        let name = name.unwrap_or_default().chars().take(80).collect();
        self.lose(match element {
            "img" | "picture" | "svg" | "canvas" => Lost::Image(name),
            other => Lost::Medium(other.to_owned(), name),
        });
    }
}
