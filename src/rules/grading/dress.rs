//! What is around a reply's text: mentions, quotes, lists, spoilers and other Markdown, smileys.

use super::vocabulary::VOCABULARY;

/// The reply without mentions of members, roles and channels, and without a server's own emoji.
pub fn without_mentions(reply: &str) -> String {
    let mut out = String::with_capacity(reply.len());
    let mut rest = reply;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        match mention(from) {
            Some(length) => {
                out.push(' ');
                rest = &from[length..];
            }
            None => {
                out.push('<');
                rest = &from[1..];
            }
        }
    }
    out + rest
}

/// The length of the mention that a text starts with: `<@1>`, `<@!1>`, `<@&1>`, `<#1>`, `<:name:1>`, `<a:name:1>`.
fn mention(text: &str) -> Option<usize> {
    let end = text.bytes().take(100).position(|byte| byte == b'>')?;
    let inner = &text[1..end];
    let id = ["@!", "@&", "@", "#"]
        .iter()
        .find_map(|mark| inner.strip_prefix(mark));
    let emoji = || {
        let (name, id) = inner
            .strip_prefix('a')
            .unwrap_or(inner)
            .strip_prefix(':')?
            .split_once(':')?;
        let named = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        named.then_some(id)
    };
    let id = id.or_else(emoji)?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(end + 1)
}

/// A text without the marks of code. What they enclose stands as it is.
pub fn without_code_marks(text: &str) -> String {
    match text
        .trim()
        .strip_prefix("```")
        .and_then(|code| code.split_once('\n'))
    {
        // The word after the opening fence names the language.
        Some((language, code)) if !language.trim().contains([' ', '`']) => code.replace('`', " "),
        _ => text.replace("```", " ").replace('`', ""),
    }
}

/// A text as it is shown: without the marks of quotes, lists, headings, spoilers and emphasis, and without smileys.
/// What is struck out stays so, since it is not meant.
pub fn undressed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(without_line_mark).collect();
    let mut text = lines.join(" ");
    for mark in ["||", "***", "**", "__", "*", "_"] {
        text = without_emphasis(&text, mark);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !is_face(word))
        .collect();
    if kept.is_empty() {
        text
    } else {
        kept.join(" ")
    }
}

/// What stands on both sides of what is struck out.
pub const STRIKE: &str = "~~";

/// What is left of a text of which something is struck out, and that: "B" and "A" of "~~A~~ B". None where nothing is
/// left, or nothing is struck out.
pub fn struck_out(text: &str) -> Option<(String, String)> {
    let pieces: Vec<&str> = text.split(STRIKE).collect();
    // Without a pair of marks, and where one is left over, nothing is shown as struck out for sure.
    if pieces.len() < 3 || pieces.len().is_multiple_of(2) || text.contains('`') {
        return None;
    }
    let (mut kept, mut struck) = (String::from(pieces[0]), String::new());
    for pair in pieces[1..].chunks(2) {
        struck = format!("{struck} {}", pair[0]);
        let after = pair[1].trim_start();
        let parts = |c: char| c.is_alphanumeric() || c.is_whitespace();
        let space = kept.ends_with(parts) && !kept.ends_with(' ') && !after.is_empty();
        kept = kept + if space { " " } else { "" } + after;
    }
    kept.contains(char::is_alphanumeric)
        .then_some((kept, struck))
}

/// A text of several words without the quotation marks around all of it. A single word in quotation marks may be code,
/// and then they matter.
pub fn unquoted(text: &str) -> &str {
    let inner = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let whole = |inner: &&str| inner.contains(' ') && !inner.contains(['"', '“', '”', '«', '»']);
    inner.filter(whole).unwrap_or(text)
}

/// A text without smileys, but with those that are to be kept. Some of them are smileys at the end only, since they may
/// also be a label: "D:" before more.
pub fn without_faces(text: &str, keeps: impl Fn(&str) -> bool) -> String {
    let is_label_face = |word: &str| {
        let face = word.trim_matches(['!', '?', '*', '|']);
        VOCABULARY.faces_at_the_end.contains(face)
    };
    let mut words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    words.retain(|word| !is_face(word.trim()) || keeps(word.trim()));
    let speaks = |word: &&str| !is_label_face(word.trim()) && word.contains(char::is_alphanumeric);
    let end = words.iter().rposition(speaks).map_or(0, |last| last + 1);
    let mut at = 0..;
    words.retain(|word| {
        let after = at.next().is_some_and(|at| at >= end);
        !after || !is_label_face(word.trim()) || keeps(word.trim())
    });
    words.concat()
}

/// A text without the percentage that says how sure someone is: "A, 100%", "90% sure it's C". One that few would bet on
/// ("10%") says something else, and so may one that is kept.
pub fn without_confidence(text: &str, keeps: impl Fn(&str) -> bool) -> String {
    const SURE: std::ops::RangeInclusive<u32> = 51..=100;
    let Some((before, after)) = text.split_once('%') else {
        return text.to_owned();
    };
    let said = before.trim_end();
    let start = said.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, digits) = said.split_at(start);
    let alone = !before.ends_with(|c: char| !c.is_whitespace() && !"(,".contains(c))
        && !after.starts_with(char::is_alphanumeric);
    let sure = digits
        .parse()
        .is_ok_and(|percent: u32| SURE.contains(&percent));
    let rest = format!("{before} {after}");
    if alone && sure && !keeps(digits) && rest.contains(char::is_alphanumeric) {
        rest
    } else {
        text.to_owned()
    }
}

/// Whether a word is a smiley: one of those known, or eyes, perhaps a nose, and mouths.
fn is_face(word: &str) -> bool {
    const LONGEST: usize = 6;
    let below = word.strip_prefix([':', ';', '=']).unwrap_or_default();
    let mouth = below.trim_start_matches(['-', '^', '\'']);
    let drawn = word.len() <= LONGEST && !mouth.is_empty();
    drawn && mouth.chars().all(|c| ")(DPpOo/|*".contains(c)) || VOCABULARY.emoticons.contains(word)
}

/// A line without the mark that makes a quote, an item or a heading of it. Before a number it may be a sign.
fn without_line_mark(line: &str) -> &str {
    let line = line.trim();
    let rest = [">>> ", "> ", "- ", "* ", "+ ", "-# ", "# ", "## ", "### "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    match rest.map(str::trim_start) {
        Some(rest) if !rest.starts_with(|c: char| c.is_numeric() || ".+-".contains(c)) => rest,
        _ => line,
    }
}

/// A text without the pairs of a mark that stand around something.
fn without_emphasis(text: &str, mark: &str) -> String {
    let pieces: Vec<&str> = text.split(mark).collect();
    let is_part = |c: char| c.is_alphanumeric();
    // "*/*" is a media type.
    let opens = |nth: usize| {
        let inner = pieces[nth + 1].chars().next();
        !pieces[nth].ends_with(is_part)
            && inner.is_some_and(|c| !c.is_whitespace() && (mark, c) != ("*", '/'))
    };
    let closes = |nth: usize| {
        pieces[nth].ends_with(|c: char| !c.is_whitespace()) && !pieces[nth + 1].starts_with(is_part)
    };
    let mut out = String::from(pieces[0]);
    let mut nth = 0;
    while nth + 1 < pieces.len() {
        if nth + 2 < pieces.len() && opens(nth) && closes(nth + 1) {
            out.push_str(pieces[nth + 1]);
            out.push_str(pieces[nth + 2]);
            nth += 2;
        } else {
            out.push_str(mark);
            out.push_str(pieces[nth + 1]);
            nth += 1;
        }
    }
    out
}
