//! GIFT's signs, and how they are escaped.

/// What is before and after the first occurrence of a sign that is not escaped.
pub fn part<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if !escaped && text[at..].starts_with(sign) {
            return Some((&text[..at], &text[at + sign.len()..]));
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

/// The pieces that begin with an unescaped `=` or `~`, each with that sign, behind what stands before them.
pub fn marked(answers: &str) -> (&str, Vec<(char, &str)>) {
    let mut starts: Vec<(usize, char)> = Vec::new();
    let mut escaped = false;
    // Attributes of tags have equals signs of their own.
    let mut in_tag = false;
    for (at, sign) in answers.char_indices() {
        if !escaped {
            match sign {
                '<' => in_tag = answers[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()),
                '>' | '\n' => in_tag = false,
                '~' => starts.push((at, sign)),
                '=' if !in_tag => starts.push((at, sign)),
                _ => {}
            }
        }
        escaped = sign == '\\' && !escaped;
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([answers.len()]);
    let pieces = starts.iter().zip(ends);
    let pieces = pieces.map(|((at, sign), end)| (*sign, answers[at + 1..end].trim()));
    let before = starts.first().map_or(answers, |(at, _)| &answers[..*at]);
    (before.trim(), pieces.collect())
}

/// `\n` is a line break; a backslash takes the meaning from the sign behind it.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => plain.push('\n'),
            Some(sign) if "~=#{}:\\".contains(sign) => plain.push(sign),
            Some(sign) => plain.extend(['\\', sign]),
            None => plain.push('\\'),
        }
    }
    plain.trim().to_owned()
}

/// A text in which nothing is one of GIFT's signs.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => out.extend(['\\', sign]),
            _ => out.push(sign),
        }
    }
    out
}
