//! Rewrites Discord's Markdown as CommonMark that means the same, line by line.
//!
//! Discord's dialect has no HTML, entities, reference links, rules, setext headings, indented code,
//! nested quotes or lazy continuation lines; its code blocks may begin and end anywhere in a line.
//! CommonMark has all of the former and not the latter, so each is escaped or set apart here.

/// Stands for `<` while CommonMark is parsed, so that nothing is taken for an HTML tag.
pub(super) const LESS_THAN: char = '\u{E000}';
/// Stands for `&` while CommonMark is parsed, so that nothing is taken for an entity.
pub(super) const AMPERSAND: char = '\u{E001}';

/// Stands for `\<` while CommonMark is parsed: a `<` with which no mention begins.
const ESCAPED: char = '\u{E002}';
/// Stands before a sign of a mention that was written with a backslash, so that it is none.
const MARK: char = '\u{E003}';

/// The signs that tell what stands between `<` and `>`, and the latter.
const SIGNS: &str = "@#:/!>";

const FENCE: &str = "```";

/// CommonMark for a whole message or embed description. `<` and `&` come out as [`LESS_THAN`] and
/// [`AMPERSAND`] (except in `<https://…>`): see [`restore`].
pub(super) fn blocks(source: &str) -> String {
    let mut lines = Lines::default();
    lines.segments(&stand_ins(source));
    lines.out
}

/// CommonMark for one line of text that knows emphasis, code and links but no blocks: an embed's title
/// or a field's name.
pub(super) fn line(source: &str) -> String {
    let source = stand_ins(source);
    let words = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let open_fence = words.starts_with(FENCE) && !words[FENCE.len()..].contains(FENCE);
    if open_fence || words.starts_with(['#', '>', '+', '-']) {
        return format!("\\{words}");
    }
    escape_item(&words)
}

/// Puts `<` and `&` back into a piece of parsed text, but for what is not to begin a mention: see [`finish`].
pub(super) fn restore(text: &str) -> String {
    let sign = |c| match c {
        LESS_THAN => '<',
        AMPERSAND => '&',
        other => other,
    };
    text.chars().map(sign).collect()
}

/// Puts everything back.
pub(super) fn finish(text: &str) -> String {
    restore(text).replace(ESCAPED, "<").replace(MARK, "")
}

/// Puts everything back into code, where a backslash is one.
pub(super) fn finish_code(code: &str) -> String {
    restore(code).replace(ESCAPED, "\\<").replace(MARK, "")
}

fn stand_ins(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut escaped = false;
    for (at, c) in source.char_indices() {
        match c {
            '<' if escaped => {
                out.pop();
                out.push(ESCAPED);
            }
            '<' if is_web_link(&source[at + 1..]) => out.push('<'),
            '<' => out.push(LESS_THAN),
            '&' => out.push(AMPERSAND),
            // Overrides can make text read as something it is not; plain right-to-left text needs none.
            '\u{202D}' | '\u{202E}' | LESS_THAN | AMPERSAND | ESCAPED | MARK | '\r' | '\0' => {}
            sign if escaped && SIGNS.contains(sign) => {
                out.pop();
                out.extend([MARK, '\\', sign]);
            }
            other => out.push(other),
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

fn is_web_link(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Blank,
    Plain,
    List,
    Quote,
    Heading,
}

#[derive(Default)]
struct Lines {
    out: String,
    last: Kind,
}

impl Lines {
    /// Splits off the code blocks, which must reach CommonMark untouched.
    fn segments(&mut self, mut rest: &str) {
        while let Some(open) = rest.find(FENCE) {
            let (prose, code) = (&rest[..open], &rest[open + FENCE.len()..]);
            if let Some(at) = open_quote(prose) {
                return self.quote_rest(rest, at);
            }
            let Some(end) = code
                .find(FENCE)
                .filter(|end| !code[..*end].trim().is_empty())
            else {
                return self.prose(&rest.replace(FENCE, "\\`\\`\\`"));
            };
            let after = &code[end + FENCE.len()..];
            if stands_alone(prose, &code[..end], after) {
                self.prose(prose);
                self.out
                    .push_str(&rest[open..open + FENCE.len() + end + FENCE.len()]);
            } else {
                self.prose(prose);
                self.fenced(&code[..end]);
            }
            self.last = Kind::Blank;
            rest = after;
        }
        match open_quote(rest) {
            Some(at) => self.quote_rest(rest, at),
            None => self.prose(rest),
        }
    }

    /// `>>> ` quotes everything that follows it.
    fn quote_rest(&mut self, source: &str, at: usize) {
        self.prose(&source[..at]);
        self.gap();
        let mut inner = Self::default();
        inner.segments(source[at + 4..].trim_start_matches('>'));
        for line in inner.out.lines() {
            self.out.push_str("> ");
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    fn fenced(&mut self, code: &str) {
        let (language, code) = match code.split_once('\n') {
            Some((first, rest)) if is_language(first) => (first, rest),
            _ => ("", code),
        };
        self.out.push_str("\n\n```");
        self.out.push_str(language);
        self.out.push('\n');
        self.out.push_str(code.trim_matches('\n'));
        self.out.push_str("\n```\n\n");
    }

    fn prose(&mut self, text: &str) {
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.line(line);
            if lines.peek().is_some() {
                self.out.push('\n');
            }
        }
    }

    fn line(&mut self, line: &str) {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        if body.is_empty() {
            self.last = Kind::Blank;
        } else if let Some(quoted) = body.strip_prefix("> ") {
            self.enter(Kind::Quote);
            self.out.push_str("> ");
            self.out.push_str(&escape_block(quoted.trim_start()));
        } else if let Some(marker) = list_marker(body) {
            self.enter(Kind::List);
            self.out.push_str(&" ".repeat(indent.min(20)));
            self.out.push_str(&body[..marker]);
            self.out.push_str(&escape_item(body[marker..].trim_start()));
        } else if is_heading(body) {
            self.enter(Kind::Heading);
            self.out.push_str(body);
        } else if indent >= 2 && self.last == Kind::List {
            self.out.push_str(&" ".repeat(indent.min(20)));
            self.out.push_str(&escape_block(body));
        } else {
            self.enter(Kind::Plain);
            self.out.push_str(&escape_block(body));
        }
    }

    /// CommonMark lets a paragraph run on into a quote or an item above it, and keeps most lists from
    /// interrupting a paragraph. A blank line settles both.
    fn enter(&mut self, kind: Kind) {
        if kind != self.last && self.last != Kind::Blank {
            self.gap();
        }
        self.last = kind;
    }

    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}

/// Where a line starts with `>>> `.
fn open_quote(prose: &str) -> Option<usize> {
    if prose.starts_with(">>> ") {
        return Some(0);
    }
    prose.find("\n>>> ").map(|at| at + 1)
}

/// Whether a code block's fences are where CommonMark wants them: each first in its line.
fn stands_alone(before: &str, code: &str, after: &str) -> bool {
    let last_line = |text: &str| text.rsplit('\n').next().unwrap_or_default().to_owned();
    let leads = |line: &str| line.trim_matches(['>', ' ']).is_empty();
    let info = code.split('\n').next().unwrap_or_default();
    code.contains('\n')
        && is_language(info)
        && leads(&last_line(before))
        && leads(&last_line(code))
        && after
            .split('\n')
            .next()
            .unwrap_or_default()
            .trim()
            .is_empty()
}

fn is_language(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-_.#".contains(c))
}

fn is_heading(body: &str) -> bool {
    let hashes = body.bytes().take_while(|b| *b == b'#').count();
    let subtext = body.strip_prefix("-# ");
    let heading = (1..=3)
        .contains(&hashes)
        .then(|| &body[hashes..])
        .and_then(|rest| rest.strip_prefix(' '));
    subtext
        .or(heading)
        .is_some_and(|text| !text.trim().is_empty())
}

/// The length of a list marker and the space after it: `-`, `*` or `1.`, and then something.
fn list_marker(body: &str) -> Option<usize> {
    if is_rule(body) {
        return None;
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match body.as_bytes().get(digits)? {
        b'-' | b'*' if digits == 0 => 1,
        b'.' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = body[marker..].strip_prefix(' ')?;
    (!rest.trim().is_empty()).then_some(marker + 1)
}

fn is_rule(body: &str) -> bool {
    let marks: String = body.chars().filter(|c| *c != ' ').collect();
    let first = marks.chars().next().unwrap_or_default();
    marks.len() >= 3 && "-*_=".contains(first) && marks.chars().all(|c| c == first)
}

/// An item holds no further block, so that markers in a row cannot nest without end.
fn escape_item(text: &str) -> String {
    match list_marker(text) {
        Some(_) if text.starts_with(|c: char| c.is_ascii_digit()) => escape_number(text),
        Some(_) => format!("\\{text}"),
        None => escape_block(text),
    }
}

/// Keeps CommonMark from seeing a block where Discord sees text.
fn escape_block(text: &str) -> String {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let plain_hashes = hashes > 0 && !is_heading(text);
    let definition = text.starts_with('[') && text.contains("]:");
    let bare_marker = matches!(text.trim_end(), "-" | "*" | "+");
    if plain_hashes
        || definition
        || bare_marker
        || is_rule(text)
        || text.starts_with('>')
        || text.starts_with("+ ")
        || text.starts_with("~~~")
    {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = &text[digits..];
    if digits > 0 && (marker.starts_with(')') || marker.trim_end() == ".") {
        return escape_number(text);
    }
    text.to_owned()
}

/// `1. x` becomes `1\. x`.
fn escape_number(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('.' | ')') => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}
