//! Texts as a typist may vary them.

use unicode_normalization::UnicodeNormalization;

/// Lowercase NFKC with single spaces, letters for letter emoji, and nothing invisible.
pub fn normal(text: &str) -> String {
    let visible: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_invisible(*c))
        .flat_map(|c| match emoji_letter(c) {
            Some(letter) => [' ', letter, ' '],
            None => ['\0', c, '\0'],
        })
        .filter(|c| *c != '\0')
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Joiners, direction marks and what makes an emoji of a digit (2️⃣ is 2, U+FE0F, U+20E3).
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// The letter of a regional indicator (🇧) or a letter on a dark circle or square (🅱), which NFKC leaves alone.
fn emoji_letter(c: char) -> Option<char> {
    let first = match c {
        '🇦'..='🇿' => '🇦',
        '🅐'..='🅩' => '🅐',
        '🅰'..='🆉' => '🅰',
        _ => return None,
    };
    let letter = u32::from(c) - u32::from(first) + u32::from('a');
    char::from_u32(letter)
}

/// The text without the Markdown, brackets, quotes and punctuation around it. What is struck out (`~~`) stays so: it is
/// not meant.
pub fn bare(text: &str) -> &str {
    let around = |c: char| c.is_whitespace() || "*_`|\"'“”‘’«»()[]{}".contains(c);
    let text = text.trim_start_matches("> ").trim_start_matches("- ");
    text.trim_start_matches(|c| around(c) || c == '#')
        .trim_end_matches(|c| around(c) || ".,:;!?…".contains(c))
}

/// Letters, digits and the symbols that change a text's meaning, without spaces: "Write-through" and "write through" are
/// alike, "C++" and "C#", "1.5" and "15", "-1" and "1" are not.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let kept = match c {
            '+' | '#' | '=' | '<' | '>' | '%' | '&' | '$' | '@' | '~' => true,
            '!' => after == '=',
            '-' => !before.is_alphanumeric() && after.is_ascii_digit(),
            '.' => before.is_ascii_digit() && after.is_ascii_digit(),
            _ => c.is_alphanumeric(),
        };
        if kept {
            folded.push(c);
        }
        before = c;
    }
    folded
}

/// The positions of the options nearest to a text, if it may be them with a few typos. A digit, a symbol or a negation is
/// no typo.
pub fn near(text: &str, options: &[String]) -> Vec<usize> {
    let typed = folded(text);
    let distances: Vec<Option<usize>> = options
        .iter()
        .map(|option| {
            let meant = folded(option);
            let agree = symbols(&meant).eq(symbols(&typed)) && negations(option) == negations(text);
            let typos = agree.then(|| distance(&meant, &typed))?;
            (typos <= forgiven(meant.chars().count())).then_some(typos)
        })
        .collect();
    let nearest = distances.iter().flatten().min();
    (0..options.len())
        .filter(|position| nearest.is_some() && distances[*position].as_ref() == nearest)
        .collect()
}

/// The typos forgiven in an option of this many characters.
fn forgiven(length: usize) -> usize {
    match length {
        0..5 => 0,
        5..10 => 1,
        10..20 => 2,
        _ => length / 10,
    }
}

/// The edits between two texts, a swap of neighbours being one. Texts of very different length are not compared.
fn distance(option: &str, typed: &str) -> usize {
    let apart = option.chars().count().abs_diff(typed.chars().count());
    if apart > forgiven(option.chars().count()) {
        return apart;
    }
    strsim::osa_distance(option, typed)
}

fn symbols(folded: &str) -> impl Iterator<Item = char> {
    folded.chars().filter(|c| !c.is_alphabetic())
}

fn negations(text: &str) -> usize {
    const NEGATIONS: [&str; 7] = ["no", "not", "none", "never", "nor", "without", "cannot"];
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| NEGATIONS.contains(word) || word.ends_with("n't") || word.ends_with("n’t"))
        .count()
}
