//! Numbers as people write them: `1,5`, `1.000`, `1 000`, `1'000`, `.5`, `1/2`, `twenty-five`.

use super::characters::decimals;
use super::vocabulary::VOCABULARY;

/// Reads the number at the start of `text`, which starts with a digit, or with a point and a digit. Returns its length
/// in characters and each number that it may mean: `1,000` is a thousand or one.
///
/// Where `apart`, any separator but a point ends the number, since it may also stand between two.
pub fn number(text: &[char], apart: bool) -> (usize, Vec<String>) {
    let mut end = digits(text);
    let separators = if apart { "." } else { ".,'_ " };
    while let Some(separator) = text.get(end).filter(|c| separators.contains(**c)) {
        let next = digits(&text[end + 1..]);
        let thousands = matches!(separator, '.' | ',') || next == 3 && grouped(&text[..end]);
        if next == 0 || !thousands {
            break;
        }
        end += 1 + next;
    }
    let whole: String = text[..end].iter().collect();
    if let Some(fraction) = fraction(&whole, &text[end..]) {
        return (end + fraction.0, fraction.1);
    }
    let meant = meanings(&whole);
    if meant.is_empty() {
        // "1,2,3" is three numbers.
        let end = digits(text).max(1);
        return (end, vec![text[..end].iter().collect()]);
    }
    (end, meant)
}

fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Whether what came so far can go on with a thousand's group: one to three digits, then groups of three.
fn grouped(text: &[char]) -> bool {
    let mut groups = text.split(|c| !c.is_ascii_digit()).map(<[char]>::len);
    matches!(groups.next(), Some(1..=3)) && groups.all(|digits| digits == 3)
}

/// The fraction that goes on after a whole number: its further length, and what it may mean.
fn fraction(above: &str, rest: &[char]) -> Option<(usize, Vec<String>)> {
    let below: String = rest
        .strip_prefix(&['/'])?
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    let end = 1 + below.len();
    let ended = !rest
        .get(end)
        .is_some_and(|c| c.is_alphanumeric() || *c == '/');
    let decimals = decimals(above, &below).filter(|_| ended)?;
    Some((
        end,
        vec![format!("{above}/{below}"), format!("0.{decimals}")],
    ))
}

/// What digits with separators between them may mean, without separators of thousands and with a point for decimals.
fn meanings(whole: &str) -> Vec<String> {
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let thousands = |groups: &[&str]| {
        matches!(groups[0].len(), 1..=3)
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3)
    };
    let (last, before) = (groups.len() - 1, separators.len().saturating_sub(1));
    let alike = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let point = |c: char| matches!(c, '.' | ',');
    match separators[..] {
        [] => vec![whole.to_owned()],
        ['.' | ','] if groups[0].is_empty() => vec![format!("0.{}", groups[1])],
        [only] => {
            let decimal = point(only).then(|| format!("{}.{}", groups[0], groups[1]));
            let thousand = thousands(&groups).then(|| groups.concat());
            decimal.into_iter().chain(thousand).collect()
        }
        _ if alike && thousands(&groups) => vec![groups.concat()],
        // A version or an address.
        _ if alike && separators[0] == '.' => vec![whole.to_owned()],
        _ if alike => Vec::new(),
        [.., decimal]
            if point(decimal)
                && separators[..before]
                    .iter()
                    .all(|c| *c == separators[0] && *c != decimal)
                && thousands(&groups[..last]) =>
        {
            vec![format!("{}.{}", groups[..last].concat(), groups[last])]
        }
        _ => Vec::new(),
    }
}

/// A number of three decimals without the zeros at its end: `1.500` as whoever means one and a half would write it.
pub fn without_zeros(number: &str) -> Option<String> {
    let (_, decimals) = number.split_once('.')?;
    of_same_value(number).filter(|_| decimals.len() == 3)
}

/// A number without the zeros at the end of its decimals. Before them stands nothing but digits and a sign. None where
/// there are no such zeros.
pub fn of_same_value(number: &str) -> Option<String> {
    let (whole, decimals) = number.split_once('.')?;
    let kept = decimals.trim_end_matches('0');
    let is_plain = decimals.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || kept == decimals {
        return None;
    }
    Some(if kept.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{kept}")
    })
}

/// The numbers in a text that have points or commas in them, as they are written.
pub fn separated(text: &str) -> impl Iterator<Item = &str> {
    let is_separator = |c| matches!(c, '.' | ',');
    text.split(move |c: char| !c.is_ascii_digit() && !is_separator(c))
        .map(move |number| number.trim_matches(is_separator))
        .filter(move |number| number.contains(is_separator))
}

/// The digits of a number in one word.
pub fn spelled(word: &str) -> Option<String> {
    let nth = |list: &[String]| list.iter().position(|number| number == word);
    let number = nth(&VOCABULARY.numbers).map(|at| at + 1);
    let number = number.or_else(|| nth(&VOCABULARY.tens).map(|at| 10 * (at + 1)));
    let number = number.or((word == "zero").then_some(0));
    Some(number?.to_string())
}

/// What a word multiplies a number by that stands before it, with at most one slip, and none in its first letter:
/// "millon" is a million, and "billion" never.
pub fn multiple(word: &str) -> Option<u64> {
    let is = |multiple: &str| {
        multiple == word
            || multiple.chars().next() == word.chars().next()
                && !word.ends_with('s')
                && strsim::osa_distance(multiple, word) == 1
    };
    let mut multiples = VOCABULARY.multiples.iter();
    let found = multiples.find(|multiple| is(&multiple.word));
    found.map(|multiple| multiple.by)
}

/// How many words spell a large number, and its digits: "two hundred and five", "a thousand", "four oh four". Each comes
/// as a word, as digits, or empty where it is something else.
pub fn spelled_large(words: &[&str]) -> Option<(usize, String)> {
    const LONGEST: usize = 12;
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let small = |at: usize| -> Option<u64> {
        let digits = spelled(word(at)).unwrap_or_else(|| word(at).to_owned());
        digits
            .parse()
            .ok()
            .filter(|number| (1..1000).contains(number))
    };
    let digit = |at: usize| spelled(word(at)).filter(|digit| digit.len() == 1);
    if let (Some(first), "oh" | "zero", Some(last)) = (digit(0), word(1), digit(2)) {
        return Some((3, format!("{first}0{last}")));
    }
    let (mut total, mut current, mut at, mut end) = (0_u64, 0_u64, 0, 0);
    if ["a", "an"].contains(&word(0)) {
        (current, at) = (1, 1);
    }
    while at < words.len().min(LONGEST) {
        let multiple = multiple(word(at));
        match (multiple, small(at)) {
            (Some(100), _) if current >= 100 => return None,
            (Some(100), _) => current = 100 * current.max(1),
            (Some(multiple), _) => {
                total += multiple * current.max(1);
                current = 0;
            }
            (None, Some(more)) if current == 0 || current % 100 == 0 && more < 100 => {
                current += more
            }
            (None, None) if word(at) == "and" && end == at && small(at + 1).is_some() => {}
            _ => break,
        }
        at += 1;
        if multiple.is_some() || end > 0 {
            end = at;
        }
    }
    (end > 0).then(|| (end, (total + current).to_string()))
}

/// The digits of a number in two words: `twenty`, `five`.
pub fn spelled_in_two(ten: &str, one: &str) -> Option<String> {
    let ten = VOCABULARY.tens[1..].iter().position(|word| word == ten)?;
    let one = VOCABULARY.numbers[..9]
        .iter()
        .position(|word| word == one)?;
    Some((10 * (ten + 2) + one + 1).to_string())
}
