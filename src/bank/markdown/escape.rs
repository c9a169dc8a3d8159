//! Plain text as CommonMark that shows it unchanged.

/// CommonMark that shows a plain text unchanged, including its lines.
pub fn escape(text: &str) -> String {
    let lines: Vec<String> = text
        .trim()
        .split('\n')
        .map(|line| escape_line(line.trim_end()))
        .collect();
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out.push_str(line);
        // A break inside a paragraph would be a space.
        match lines.get(index + 1) {
            Some(next) if line.is_empty() || next.is_empty() => out.push('\n'),
            Some(_) => out.push_str("\\\n"),
            None => {}
        }
    }
    out
}

fn escape_line(line: &str) -> String {
    let body = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - body.len()];
    // Indentation would be dropped, or make code.
    let mut out = "\u{a0}".repeat(indent.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum());
    escape_part(body, true, &mut out);
    out
}

/// Appends a plain text of one line to CommonMark that is being written: `begins` says whether it begins the line.
pub fn escape_part(text: &str, begins: bool, out: &mut String) {
    escape_signs(text, begins, out, formats);
}

/// The same sign once or more in a row: they format, or don't, together.
pub struct Run<'a> {
    /// The sign.
    pub sign: char,
    /// How long it is, in bytes.
    pub length: usize,
    /// All that has been written before it.
    pub written: &'a str,
    /// The character before it.
    pub before: Option<char>,
    /// The character behind it.
    pub after: Option<char>,
}

/// Appends a text of one line with a backslash before what formats, by `formats` or as the beginning of a block, if it
/// `begins` the line. Web addresses stay as they are.
pub fn escape_signs(
    text: &str,
    begins: bool,
    out: &mut String,
    formats: impl Fn(&Run<'_>) -> bool,
) {
    let mut rest = text;
    if begins && begins_block(text) {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(&text[..digits]);
        out.push('\\');
        out.push_str(&text[digits..=digits]);
        rest = &text[digits + 1..];
    }
    while let Some(sign) = rest.chars().next() {
        let before = out.chars().next_back();
        let address = address(rest);
        if address > 0 && !before.is_some_and(char::is_alphanumeric) {
            out.push_str(&rest[..address]);
            rest = &rest[address..];
            continue;
        }
        let length = rest.len() - rest.trim_start_matches(sign).len();
        let (signs, after) = rest.split_at(length);
        let escaped = formats(&Run {
            sign,
            length,
            written: out,
            before,
            after: after.chars().next(),
        });
        for character in signs.chars() {
            if escaped {
                out.push('\\');
            }
            out.push(character);
        }
        rest = after;
    }
}

/// What formats within a line of CommonMark, and in no dialect should.
fn formats(run: &Run<'_>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (before, after) = (run.before, run.after);
    match run.sign {
        '\\' => run.length > 1 || after.is_none_or(|c| c.is_ascii_punctuation()),
        '`' => true,
        '*' => run.length > 1 || !(space(before) && space(after)),
        '_' => !(word(before) && word(after)),
        '~' | '|' => run.length > 1,
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?@#:".contains(c)),
        '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
        ']' => matches!(after, Some('(' | '[' | ':')),
        _ => false,
    }
}

/// Whether CommonMark or Discord would take the start of this line for a heading, an item, a quote,
/// a rule or a fence.
pub fn begins_block(line: &str) -> bool {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - after.len();
    let open = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    match after.as_bytes() {
        [b'.' | b')', ..] if digits > 0 => open(&after[1..]),
        _ if digits > 0 => false,
        [b'#', ..] => open(after.trim_start_matches('#')),
        [b'>', ..] => true,
        [b'-' | b'+' | b'=' | b'*' | b'_', rest @ ..] => {
            let sign = char::from(after.as_bytes()[0]);
            open(&after[1..])
                || rest.starts_with(b"#")
                || after.chars().all(|c| c == sign || c == ' ')
        }
        _ => false,
    }
}

/// How long the web address is that a text begins with, in bytes.
fn address(text: &str) -> usize {
    let scheme = ["https://", "http://"]
        .iter()
        .find(|scheme| text.starts_with(**scheme));
    let Some(scheme) = scheme else { return 0 };
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"`\\".contains(c))
        .unwrap_or(text.len());
    let host = text[scheme.len()..].starts_with(|c: char| c.is_alphanumeric());
    let long = text[..end].trim_end_matches([
        '.', ',', ':', ';', '!', '?', '*', '_', '~', '|', '\'', ')', ']',
    ]);
    if host { long.len() } else { 0 }
}
