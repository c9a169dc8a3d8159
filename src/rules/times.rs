//! Times of day as people write them.

use chrono::NaiveTime;
use unicode_normalization::UnicodeNormalization;

/// A text that isn't a time of day.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("“{0}” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm")]
pub struct BadTime(pub String);

/// The words for the half of the day, longest first.
const BEFORE_NOON: [&str; 5] = ["a.m.", "a.m", "a m", "am", "a"];
const AFTER_NOON: [&str; 5] = ["p.m.", "p.m", "p m", "pm", "p"];
/// Words after the hour that say nothing.
const AFTER_HOUR: [&str; 7] = ["o'clock", "o’clock", "oclock", "uhr", "hours", "hrs", "h"];
const NUMBERS: [(&str, &str); 16] = [
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("thirty", "30"),
    ("forty-five", "45"),
    ("forty five", "45"),
];

/// Reads a time of day in whole minutes: "09:00", "9", "9.30", "21h", "21h30", "0930", "9am",
/// "9:30 p.m.", "eight thirty", "half past 9", "noon".
///
/// # Errors
/// When it is written in another way or no clock shows it.
pub fn parse_time(text: &str) -> Result<NaiveTime, BadTime> {
    read_time(text).ok_or_else(|| BadTime(text.trim().to_owned()))
}

fn read_time(text: &str) -> Option<NaiveTime> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = text.strip_prefix("at ").unwrap_or(&text);
    let text = text.trim_end_matches(['.', '!']);
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
    let past = [
        ("half past ", 30),
        ("quarter past ", 15),
        ("a quarter past ", 15),
    ];
    let past = past
        .iter()
        .find_map(|(words, minute)| Some((clock.strip_prefix(words)?, *minute)));
    if let Some((hour, minute)) = past {
        return Some((digits(&numbers(hour))?, minute));
    }
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

/// A time with the words for numbers as digits: "eight thirty" as "8 30".
fn numbers(clock: &str) -> String {
    let number = |word: &str| {
        let known = NUMBERS.iter().find(|(name, _)| *name == word);
        known.map_or_else(|| word.to_owned(), |(_, digits)| (*digits).to_owned())
    };
    match clock.split_once(' ') {
        Some((hour, minute)) => format!("{} {}", number(hour), number(minute)),
        None => number(clock),
    }
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
                ],
            ),
            (8, 45, &["8:45", "eight forty-five", "eight forty five"]),
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
            "ten to nine",
            "nineteen",
            "quarter to 9",
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
        assert_eq!(
            BadTime("25:00".into()).to_string(),
            "“25:00” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm"
        );
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
