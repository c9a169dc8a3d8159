//! Times of day as people write them.

use chrono::{NaiveTime, TimeDelta, Timelike};
use unicode_normalization::UnicodeNormalization;

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

fn read_time(text: &str) -> Option<NaiveTime> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = unhyphenated(&words.join(" "));
    let text = text.strip_prefix("at ").unwrap_or(&text);
    let text = text.trim_end_matches(['.', '!']);
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (hour, minute, texts) in [
            (
                9,
                0,
                &[
                    "9",
                    "09",
                    "9:00",
                    "09:00",
                    " 9am ",
                    "9 AM",
                    "9 a.m.",
                    "9.00",
                    "9h",
                    "09h00",
                    "0900",
                    "900",
                    "9 o'clock",
                    "at 9",
                    "09:00:00",
                    "9 Uhr",
                    "9：00",
                    "９:00",
                    "９",
                    "9am.",
                    "9a",
                    "9 a m",
                    "9:00 AM.",
                    "nine",
                    "Nine o'clock",
                    "nine am",
                ][..],
            ),
            (
                21,
                0,
                &[
                    "21",
                    "21h",
                    "21:00",
                    "9pm",
                    "9 p.m.",
                    "2100",
                    "21 h",
                    "9pm.",
                    "9p",
                    "9 p m",
                    "nine pm",
                    "９ｐｍ",
                    "9 o'clock pm",
                ],
            ),
            (
                9,
                30,
                &[
                    "9.30",
                    "9:30",
                    "9:30am",
                    "930",
                    "0930",
                    "9h30",
                    "9.30 a.m.",
                    "half past 9",
                    "Half past nine",
                    "nine thirty",
                    "9 30",
                    "at half past 9",
                    "half-past nine",
                    "half past 9 in the morning",
                    "30 past 9",
                ],
            ),
            (
                8,
                45,
                &[
                    "8:45",
                    "eight forty-five",
                    "eight forty five",
                    "quarter to 9",
                    "A quarter to nine",
                    "quarter to nine o'clock",
                    "quarter-to-nine",
                    "quarter of nine",
                ],
            ),
            (
                8,
                50,
                &[
                    "ten to nine",
                    "10 to 9",
                    "ten till nine",
                    "10 minutes before 9 am",
                ],
            ),
            (8, 51, &["9 minutes to 9", "eight fifty-one"]),
            (
                7,
                20,
                &[
                    "20 past 7",
                    "twenty past seven",
                    "20 minutes past 7",
                    "20 after 7 a.m.",
                    "seven twenty",
                ],
            ),
            (
                7,
                35,
                &["twenty-five to eight", "25 to 8", "twenty five to 8"],
            ),
            (
                7,
                3,
                &["3 past 7", "three minutes past seven", "seven oh three"],
            ),
            (
                19,
                45,
                &[
                    "quarter to 8 pm",
                    "a quarter to eight in the evening",
                    "15 to 20",
                ],
            ),
            (
                12,
                45,
                &["quarter to 1 pm", "quarter to one in the afternoon"],
            ),
            (
                11,
                50,
                &[
                    "ten to noon",
                    "ten to 12 pm",
                    "10 to midday",
                    "ten to twelve",
                ],
            ),
            (23, 40, &["twenty to midnight", "20 to 12 am"]),
            (0, 15, &["quarter past midnight", "a quarter past 12 am"]),
            (20, 15, &["quarter past eight pm", "8:15p", "20 15"]),
            (1, 0, &["1", "one", "1 a m"]),
            (13, 0, &["1 p m", "1p", "13"]),
            (
                21,
                30,
                &[
                    "half past 9 pm",
                    "21:30",
                    "21h30",
                    "9:30 pm",
                    "9.30pm",
                    "2130",
                ],
            ),
            (0, 0, &["0", "00:00", "12am", "midnight", "0:00"]),
            (12, 0, &["noon", "12", "12pm", "12 pm", "midday"]),
        ] {
            for text in texts {
                let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
                assert_eq!(parse_time(text), Ok(time), "{text}");
            }
        }
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for text in [
            "",
            "24:00",
            "25",
            "9:60",
            "13pm",
            "0am",
            "9:5",
            "+9",
            "-9:00",
            "9:30:15",
            "9,30",
            "soon",
            "9 to 5",
            "half 9",
            "half past",
            "nine to five",
            "10 am to 5 pm",
            "10:00 to 11:00",
            "half to nine",
            "ten to",
            "past nine",
            "ten past half past nine",
            "0 past 9",
            "60 past 9",
            "quarter to 24",
            "quarter to 13 pm",
            "ten to soon",
            "nineteen",
            "nine-to-five",
            "9-10",
            "half past 9:30",
            "thirteen",
            "p",
            "a",
            "p m",
            "eight nine ten",
            "12345",
            "am",
            "h",
            "9:",
            ":30",
            "009:00",
            "0009.30",
            "009 pm",
        ] {
            assert_eq!(parse_time(text), Err(BadTime(text.into())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_time_of_day_reads_back(minutes in 0..1440_u32, format in proptest::sample::select(
            vec!["%H:%M", "%-H:%M", "%I:%M %p", "%-I:%M%P", "%H.%M", "%Hh%M", "%H%M", "%H:%M:%S"]))
        {
            let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
            prop_assert_eq!(parse_time(&time.format(format).to_string()), Ok(time));
        }

        #[test]
        fn whatever_is_written_nothing_panics(text in "\\PC{0,20}") {
            let _ = parse_time(&text);
        }
    }
}
