//! Plain text as Discord shows it as it stands.

use crate::app::text::turns_around;
use crate::bank::markdown::{Run, escape_signs};

/// Escapes whatever Discord would read as formatting, a mention or a link, each such sign. `<` and `&` stay: they
/// mean something only before signs that are escaped.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_ascii_punctuation()
            && !matches!(character, ',' | ';' | '\'' | '"' | '<' | '&')
        {
            escaped.push('\\');
        }
        if !turns_around(character) {
            escaped.push(character);
        }
    }
    escaped
}

/// Escapes the signs of a text of ours that would format it, and no others: prose is full of harmless
/// ones. `begins` says whether a line begins with it.
pub fn escape_text(text: &str, begins: bool) -> String {
    let text: String = text.chars().filter(|c| !turns_around(*c)).collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        escape_signs(line, begins || index > 0, &mut out, formats);
    }
    out
}

fn formats(run: &Run<'_>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match run.sign {
        '`' | '*' | '~' => true,
        '\\' => run.length > 1 || !word(run.after),
        '_' => run.length > 1 || !(word(run.before) && word(run.after)),
        // Others of the kind may follow.
        '|' => run.length > 1 || run.before == Some('|') || run.after.is_none(),
        // Mentions, commands, timestamps and emoji.
        '@' | '#' | '/' | ':' => ["<", "<t", "<a", "<id"]
            .iter()
            .any(|open| run.written.ends_with(open)),
        '(' => run.before == Some(']'),
        _ => false,
    }
}
