//! Characters as what they mean: every dash a `-`, `≥` as `>=`, `²` as `^2`, 🇧 as `B`, and nothing invisible.

use unicode_normalization::UnicodeNormalization;

/// A text in the characters of a keyboard as far as it has them, with single spaces. Nothing that carries meaning is
/// lost: what has no other way to be written stays as it is.
pub fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut raised = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        let was_raised = std::mem::replace(&mut raised, false);
        if c.is_ascii() {
            out.push(c);
        } else if matches!(c, '°' | 'º') && is_abbreviated(&out) {
            // "N°3" is "№3".
            out.pop();
            out.push('#');
        } else if let Some(letter) = emoji_letter(c) {
            out.extend([' ', letter, ' ']);
        } else if let Some(number) = circled_number(c) {
            out.push_str(&format!(" {number} "));
        } else if let Some(digit) = digit(c) {
            out.push(digit);
        } else if let Some(meaning) = meaning(c) {
            out.push_str(meaning);
        } else if let Some(plain) = superscript(c) {
            raised = true;
            out.extend((!was_raised).then_some('^'));
            out.push(plain);
        } else if ('₀'..='₉').contains(&c) {
            let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
            out.extend(after_digit.then_some('_'));
            out.extend(std::iter::once(c).nfkc());
        } else {
            compatible(c, &mut out);
        }
    }
    let composed = if out.is_ascii() {
        out
    } else {
        out.nfc().collect()
    };
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text ends with an "n" that stands alone.
fn is_abbreviated(text: &str) -> bool {
    let before = text.strip_suffix(['n', 'N']);
    before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Writes the character that differs only in its looks. A fraction (`½`) that follows a number is part of it.
fn compatible(c: char, out: &mut String) {
    let plain: String = std::iter::once(c)
        .nfkc()
        .filter(|c| !is_invisible(*c))
        .collect();
    let Some((above, below)) = plain.split_once('\u{2044}') else {
        out.push_str(&plain);
        return;
    };
    if !out.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        out.push_str(&format!("{above}/{below}"));
        return;
    }
    out.truncate(out.trim_end().len());
    match decimals(above, below) {
        Some(decimals) => out.push_str(&format!(".{decimals}")),
        None => out.push_str(&format!(" {above}/{below}")),
    }
}

/// The digits after the point of a fraction below one, where up to four of them are exact.
pub fn decimals(above: &str, below: &str) -> Option<String> {
    let (above, below): (u32, u32) = (above.parse().ok()?, below.parse().ok()?);
    let exact =
        above > 0 && above < below && below <= 100 && (above * 10_000).is_multiple_of(below);
    exact.then(|| {
        let digits = format!("{:04}", above * 10_000 / below);
        digits.trim_end_matches('0').to_owned()
    })
}

/// What is written without being seen: joiners, direction marks, variation selectors, fillers, tags, control characters.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// The letter of a regional indicator (🇧) or a letter on a dark circle or square (🅱), which have no other form.
fn emoji_letter(c: char) -> Option<char> {
    let first = match c {
        '🇦'..='🇿' => '🇦',
        '🅐'..='🅩' => '🅐',
        '🅰'..='🆉' => '🅰',
        _ => return None,
    };
    let letter = u32::from(c) - u32::from(first) + u32::from('A');
    char::from_u32(letter)
}

/// The number on a circle.
fn circled_number(c: char) -> Option<u32> {
    let (first, one) = match c {
        '①'..='⑳' => ('①', 1),
        '❶'..='❿' => ('❶', 1),
        '➀'..='➉' => ('➀', 1),
        '➊'..='➓' => ('➊', 1),
        '⓵'..='⓾' => ('⓵', 1),
        '⓫'..='⓴' => ('⓫', 11),
        '🔟' => ('🔟', 10),
        _ => return None,
    };
    Some(u32::from(c) - u32::from(first) + one)
}

/// The digits zero of other scripts; one to nine follow each.
const ZEROS: [u32; 58] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16b50, 0x1e140,
    0x1e2f0, 0x1e950,
];

/// The digit that a digit of another script stands for.
fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The plain form of a raised digit or sign.
fn superscript(c: char) -> Option<char> {
    if !matches!(c, '²' | '³' | '¹' | '⁰'..='ⁿ') {
        return None;
    }
    let plain = std::iter::once(c).nfkc().next()?;
    Some(if plain == '\u{2212}' { '-' } else { plain })
}

/// What a sign means, in the signs of a keyboard.
fn meaning(c: char) -> Option<&'static str> {
    Some(match c {
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' | '➖' | '⸺' | '⸻' => "-",
        '≥' | '≧' | '⩾' => ">=",
        '≤' | '≦' | '⩽' => "<=",
        '≠' => "!=",
        '→' | '⟶' | '➡' | '➔' | '➜' => "->",
        '←' | '⟵' | '⬅' => "<-",
        '⇒' | '⟹' => "=>",
        '×' | '✕' | '✖' | '∗' => "*",
        '÷' | '➗' | '∕' | '⁄' => "/",
        '➕' => "+",
        '♯' => "#",
        '≈' => "~",
        '№' => "#",
        '٪' => "%",
        '٫' => ".",
        '٬' => ",",
        '、' => ", ",
        '。' => ". ",
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '🆎' => " A B ",
        '\u{20e3}' => " ", // the key around a digit
        '™' | '℠' => "",
        _ => return None,
    })
}

/// Whether a character is a picture that adds nothing to what is said. A cross or a thumb down does.
pub fn is_picture(c: char) -> bool {
    let against = matches!(
        c,
        '✗' | '✘' | '❌' | '❎' | '🚫' | '⛔' | '👎' | '🙅' | '🛑' | '♭' | '♮'
    );
    let picture = matches!(u32::from(c), 0x2300..=0x23ff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff);
    picture && !against
}
