//! Times of day as people write them.

use chrono::{NaiveTime, TimeDelta, Timelike};
use unicode_normalization::UnicodeNormalization;

use crate::bank::nearest;

/// A text that isn't a time of day, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTime(pub String);

/// The words for the half of the day, longest first.
const BEFORE_NOON: [&str; 6] = ["in the morning", "a.m.", "a.m", "a m", "am", "a"];
const AFTER_NOON: [&str; 7] = [
    "in the afternoon",
    "in the evening",
    "p.m.",
    "p.m",
    "p m",
    "pm",
    "p",
];
/// Words after the hour that say nothing.
const AFTER_HOUR: [&str; 7] = ["o'clock", "o’clock", "oclock", "uhr", "hours", "hrs", "h"];
/// Words at the end of a time that is of one half of the day, or of a clock with 24 hours.
const ALL_DAY: [&str; 7] = ["noon", "midday", "midnight", "uhr", "hours", "hrs", "h"];
/// Words for the hours after noon.
const LATE: [&str; 7] = [
    "evening",
    "evenings",
    "night",
    "nights",
    "tonight",
    "afternoon",
    "pm",
];
/// Between minutes and the hour that they are counted from, and whether they come after it.
const FROM: [(&str, bool); 7] = [
    (" past ", true),
    (" after ", true),
    (" to ", false),
    (" till ", false),
    (" til ", false),
    (" before ", false),
    (" of ", false),
];
const MINUTES: [&str; 4] = [" minutes", " minute", " mins", " min"];
const NUMBERS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [(&str, u32); 4] = [("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50)];

/// Reads a time of day in whole minutes: "09:00", "9", "9.30", "21h", "21h30", "0930", "9am",
/// "9:30 p.m.", "eight thirty", "half past 9", "20 to 8 in the evening", "noon".
///
/// # Errors
/// When it is written in another way or no clock shows it.
pub fn parse_time(text: &str) -> Result<NaiveTime, BadTime> {
    read_time(text).ok_or_else(|| BadTime(text.trim().to_owned()))
}

/// Whether a text that [`parse_time`] reads as a time before noon may mean the one twelve hours later: "half past nine",
/// "9 o'clock" and "9:30" may, and "09:30", "9h30", "9 am" and "midnight" don't.
pub fn may_be_after_noon(text: &str) -> bool {
    let time = read_time(text);
    let text = plain(text);
    let endings = [&BEFORE_NOON[..], &AFTER_NOON, &ALL_DAY];
    let of_one_half = endings.iter().any(|list| without(&text, list).is_some())
        || text.starts_with(['0', 'z'])
        || text.contains(|c: char| c.is_ascii_digit()) && text.contains('h') && !spells(&text);
    time.is_some_and(|time| time.hour() < 12) && !of_one_half
}

/// Whether a time is written in words, in part at least: "half past 9", "nine", "9 o'clock".
pub fn is_spoken(text: &str) -> bool {
    spells(&plain(text))
}

/// Whether a text has a word of more letters than stand between hours and minutes.
fn spells(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.any(|word| word.chars().count() > 1)
}

/// Whether a name speaks of the hours after noon: "evening", "night owls".
pub fn is_of_after_noon(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| nearest(word, LATE.map(|late| (late, ()))).is_some())
}

/// A text in lower case and with single spaces, without what is around a time.
fn plain(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = unhyphenated(&words.join(" "));
    let text = text.strip_prefix("at ").unwrap_or(&text);
    text.trim_end_matches(['.', '!']).to_owned()
}

fn read_time(text: &str) -> Option<NaiveTime> {
    let text = &plain(text);
    let Some((minutes, hour)) = from_the_hour(text) else {
        return on_the_clock(text);
    };
    let hour = on_the_clock(hour).filter(|hour| hour.minute() == 0)?;
    Some(hour.overflowing_add_signed(minutes).0)
}

/// "half-past nine" without its hyphens; those beside a digit are signs.
fn unhyphenated(text: &str) -> String {
    let mut parts = text.split(['-', '\u{2010}', '\u{2011}']).peekable();
    let mut joined = String::with_capacity(text.len());
    while let Some(part) = parts.next() {
        joined.push_str(part);
        if let Some(next) = parts.peek() {
            let letters =
                joined.ends_with(char::is_alphabetic) && next.starts_with(char::is_alphabetic);
            joined.push(if letters { ' ' } else { '-' });
        }
    }
    joined
}

/// Minutes, and the hour that they are counted from: "20 past 7 pm", "a quarter to noon". "9 to 5" is a range: before an
/// hour, what isn't said to be minutes is a multiple of five.
fn from_the_hour(text: &str) -> Option<(TimeDelta, &str)> {
    let mut froms = FROM.iter();
    let (minutes, hour, after) = froms.find_map(|(word, after)| {
        let (minutes, hour) = text.split_once(word)?;
        Some((minutes, hour, *after))
    })?;
    let said = without(minutes, &MINUTES);
    let minutes = match minutes.strip_prefix("a ").unwrap_or(minutes) {
        "quarter" => 15,
        "half" if after => 30,
        minutes => number(said.unwrap_or(minutes))
            .filter(|minutes| after || said.is_some() || minutes % 5 == 0)?,
    };
    let minutes = TimeDelta::minutes((1..60).contains(&minutes).then_some(minutes)?.into());
    Some((if after { minutes } else { -minutes }, hour))
}

fn on_the_clock(text: &str) -> Option<NaiveTime> {
    match text {
        "noon" | "midday" | "12 noon" | "twelve noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" | "12 midnight" | "twelve midnight" => return Some(NaiveTime::MIN),
        _ => {}
    }
    let (clock, noon) = match (without(text, &BEFORE_NOON), without(text, &AFTER_NOON)) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = hour_and_minute(without(clock, &AFTER_HOUR).unwrap_or(clock))?;
    let hour = match noon {
        Some(noon) if (1..=12).contains(&hour) => hour % 12 + noon,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// What precedes one of these endings, if one is there.
fn without<'a>(text: &'a str, endings: &[&str]) -> Option<&'a str> {
    let mut endings = endings.iter();
    endings.find_map(|ending| Some(text.strip_suffix(ending)?.trim_end()))
}

fn hour_and_minute(clock: &str) -> Option<(u32, u32)> {
    let clock = &numbers(clock);
    // Clocks that show seconds show none here.
    let clock = match clock.rsplit_once(":00") {
        Some((minutes, "")) if minutes.contains(':') => minutes,
        _ => clock,
    };
    if let Some((hour, minute)) = clock.split_once([':', '.', 'h', ' ']) {
        return (minute.len() == 2).then(|| Some((digits(hour)?, digits(minute)?)))?;
    }
    match clock.len() {
        1 | 2 => Some((digits(clock)?, 0)),
        3 | 4 => {
            let (hour, minute) = clock.split_at_checked(clock.len() - 2)?;
            Some((digits(hour)?, digits(minute)?))
        }
        _ => None,
    }
}

/// A time with the words for numbers as digits: "eight thirty" as "8 30". Hours are said up to twelve.
fn numbers(clock: &str) -> String {
    let digits = |text: &str, most: u32| match number(text) {
        Some(number) if number <= most && !text.starts_with(|c: char| c.is_ascii_digit()) => {
            number.to_string()
        }
        _ => text.to_owned(),
    };
    match clock.split_once(' ') {
        Some((hour, minute)) => {
            let minute = match minute.strip_prefix("oh ").map(|minute| digits(minute, 9)) {
                Some(minute) => format!("0{minute}"),
                None => digits(minute, 59),
            };
            format!("{} {minute}", digits(hour, 12))
        }
        None => digits(clock, 12),
    }
}

/// A number below 60, in digits or in words: "20", "twenty", "twenty five".
fn number(text: &str) -> Option<u32> {
    let word = |text: &str| {
        let at = NUMBERS.iter().position(|number| *number == text)?;
        u32::try_from(at).ok()
    };
    let tens = TENS.iter().find_map(|(tens, number)| {
        let rest = text.strip_prefix(tens)?;
        match rest.strip_prefix(' ') {
            Some(unit) => Some(number + word(unit).filter(|unit| (1..10).contains(unit))?),
            None => rest.is_empty().then_some(*number),
        }
    });
    digits(text).or_else(|| word(text)).or(tens)
}

/// One or two digits as a number; unlike `parse`, no sign.
fn digits(text: &str) -> Option<u32> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
