//! What an element becomes once it has ended.

use super::{Kind, Lost, Writer};

impl Writer {
    /// Ends the innermost element.
    pub(super) fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let text = frame.text;
        match frame.kind {
            Kind::Hidden => {}
            Kind::Root | Kind::Block => {
                self.top().text.push_str(&text);
                self.apart();
            }
            Kind::Emphasis(mark) => {
                let heading = frame.element.starts_with('h') && frame.element.len() == 2;
                let within = self
                    .frames
                    .iter()
                    .any(|frame| frame.kind == Kind::Emphasis(mark));
                let text = if self.emphasis && !within {
                    marked(&text, mark)
                } else {
                    text
                };
                self.append(&text);
                if heading {
                    self.apart();
                }
            }
            Kind::Code => {
                let code = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !code.is_empty() {
                    let fence = "`".repeat(longest_run(&code) + 1);
                    let pad = if code.starts_with('`') || code.ends_with('`') {
                        " "
                    } else {
                        ""
                    };
                    self.append(&format!("{fence}{pad}{code}{pad}{fence}"));
                }
            }
            Kind::Pre(language) => self.fenced(&language, &text),
            Kind::List(_) | Kind::Quote if text.trim().is_empty() => {}
            Kind::List(_) => {
                self.top().text.push_str(text.trim_end());
                self.apart();
            }
            Kind::Item => self.item(&text),
            Kind::Quote => {
                let lines = text
                    .trim()
                    .split('\n')
                    .map(|line| format!("> {line}").trim_end().to_owned());
                let quote = lines.collect::<Vec<_>>().join("\n");
                self.top().text.push_str(&quote);
                self.apart();
            }
            Kind::Raised(sign) => self.raised(sign, text.trim()),
            Kind::Link(address) => self.link(address, &text),
        }
    }

    /// Appends what is in the line.
    fn append(&mut self, text: &str) {
        let spaced =
            text.starts_with(' ') && (self.begins_line() || self.top().text.ends_with(' '));
        let text = if spaced {
            text.trim_start_matches(' ')
        } else {
            text
        };
        self.top().text.push_str(text);
    }

    fn fenced(&mut self, language: &str, code: &str) {
        if code.trim().is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        let code = code.trim_start_matches('\n').trim_end();
        self.top()
            .text
            .push_str(&format!("{fence}{language}\n{code}\n{fence}"));
        self.apart();
    }

    fn item(&mut self, text: &str) {
        let number = match &mut self.top().kind {
            Kind::List(Some(number)) => {
                let this = *number;
                *number = number.saturating_add(1).min(999_999_999);
                Some(this.min(999_999_999))
            }
            _ => None,
        };
        let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        let indent = format!("\n{}", " ".repeat(marker.len()));
        let text = text.trim().replace('\n', &indent);
        let blank = format!("{indent}\n");
        let text = text.replace(&blank, "\n\n");
        let own = &mut self.top().text;
        own.truncate(own.trim_end().len());
        if !own.is_empty() {
            own.push('\n');
        }
        own.push_str(&marker);
        own.push_str(&text);
        own.push('\n');
    }

    /// A power or an index: `2^10`, `x^(n+1)`, `H_2O`.
    fn raised(&mut self, sign: char, text: &str) {
        if text.is_empty() {
            return;
        }
        let one = text.chars().all(char::is_alphanumeric);
        let word = self.top().text.ends_with(char::is_alphanumeric);
        let escape = if sign == '_' && !(one && word) {
            "\\"
        } else {
            ""
        };
        let (open, close) = if one { ("", "") } else { ("(", ")") };
        self.append(&format!("{escape}{sign}{open}{text}{close}"));
        // Where they stand among the signs is not worth following: the text is read again without.
        let at = self.said.len() - self.said.len().min(text.len());
        if one && self.said.is_char_boundary(at) {
            self.said.insert(at, sign);
        }
    }

    fn link(&mut self, address: Option<String>, text: &str) {
        let web = address
            .filter(|address| address.starts_with("https://") || address.starts_with("http://"));
        match web {
            None => {
                self.append(text);
                self.lose(Lost::Address);
            }
            Some(address) => {
                let encode = |c: char| match c {
                    '(' => "%28".to_owned(),
                    ')' => "%29".to_owned(),
                    '<' => "%3C".to_owned(),
                    '>' => "%3E".to_owned(),
                    '\\' => "%5C".to_owned(),
                    c if c.is_whitespace() => "%20".to_owned(),
                    c => c.to_string(),
                };
                let encoded: String = address.chars().map(encode).collect();
                let text = text.trim();
                if text.is_empty() || text == address {
                    self.append(text);
                } else if text.contains(['[', ']', '\n']) {
                    self.append(text);
                    self.lose(Lost::Link(address));
                } else {
                    self.append(&format!("[{text}]({encoded})"));
                }
            }
        }
    }
}

/// The text with a mark on both sides of each of its lines, and spaces outside of them.
fn marked(text: &str, mark: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let (line, broken) = match line.strip_suffix('\\') {
            Some(rest) if !rest.ends_with('\\') => (rest, "\\"),
            _ => (line, ""),
        };
        let words = line.trim();
        if words.is_empty() {
            return format!("{line}{broken}");
        }
        let start = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        format!(
            "{}{mark}{words}{mark}{}{broken}",
            &line[..start],
            &line[end..]
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How many backticks stand together at most.
fn longest_run(code: &str) -> usize {
    let runs = code.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}
