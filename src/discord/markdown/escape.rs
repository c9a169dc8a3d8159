//! Plain text as Discord shows it as it stands.

use crate::bank::markdown::{address, begins_block};

/// Escapes whatever Discord would read as formatting, a mention or a link, each such sign.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_ascii_punctuation() && !matches!(character, ',' | ';' | '\'' | '"') {
            escaped.push('\\');
        }
        // Text direction overrides would turn the rest of the line around.
        if !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            escaped.push(character);
        }
    }
    escaped
}

/// Escapes the signs of a text of ours that would format it, and no others: prose is full of harmless
/// ones. `begins` says whether a line begins with it.
pub fn escape_text(text: &str, begins: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let mut rest = line;
        if (begins || index > 0) && begins_block(line) {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            out.push_str(&line[..digits]);
            out.push('\\');
            out.push_str(&line[digits..=digits]);
            rest = &line[digits + 1..];
        }
        escape_signs(rest, &mut out);
    }
    out
}

fn escape_signs(text: &str, out: &mut String) {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut rest = text;
    let mut before = out.chars().next_back();
    while let Some(sign) = rest.chars().next() {
        let address = address(rest);
        if address > 0 && !word(before) {
            out.push_str(&rest[..address]);
            before = rest[..address].chars().next_back();
            rest = &rest[address..];
            continue;
        }
        let run = rest.len() - rest.trim_start_matches(sign).len();
        let after = rest[run..].chars().next();
        let formats = match sign {
            '`' | '*' | '~' => true,
            '\\' => run > 1 || !word(after),
            '_' => run > 1 || !(word(before) && word(after)),
            // Others of the kind may follow.
            '|' => run > 1 || before == Some(sign) || after.is_none(),
            // Mentions, commands, timestamps and emoji.
            '@' | '#' | '/' | ':' => ["<", "<t", "<a", "<id"]
                .iter()
                .any(|open| out.ends_with(open)),
            '(' => before == Some(']'),
            _ => false,
        };
        for character in rest[..run].chars() {
            if formats {
                out.push('\\');
            }
            if !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
                out.push(character);
            }
        }
        before = Some(sign);
        rest = &rest[run..];
    }
}
