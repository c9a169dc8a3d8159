//! Times of day as people write them.

use chrono::NaiveTime;

/// A text that isn't a time of day.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("“{0}” isn't a time of day; write it like 09:00, 21:30 or 9:30 pm")]
pub struct BadTime(pub String);

/// Reads a time of day in whole minutes: "09:00", "9", "9.30", "21h", "21h30", "0930", "9am",
/// "9:30 p.m.", "noon".
///
/// # Errors
/// When it is written in another way or no clock shows it.
pub fn parse_time(text: &str) -> Result<NaiveTime, BadTime> {
    read_time(text).ok_or_else(|| BadTime(text.trim().to_owned()))
}

fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace('：', ":");
    let text = text.strip_prefix("at ").unwrap_or(&text).trim();
    match text {
        "noon" | "midday" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return Some(NaiveTime::MIN),
        _ => {}
    }
    let half = |names: [&str; 3]| names.iter().find_map(|name| text.strip_suffix(name));
    let (clock, noon) = match (half(["am", "a.m.", "a.m"]), half(["pm", "p.m.", "p.m"])) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (text, None),
    };
    let clock = ["o'clock", "o’clock", "uhr", "hours", "hrs", "h"]
        .iter()
        .find_map(|after| clock.strip_suffix(after))
        .unwrap_or(clock)
        .trim();
    let (hour, minute) = hour_and_minute(clock)?;
    let hour = match noon {
        Some(noon) if (1..=12).contains(&hour) => hour % 12 + noon,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn hour_and_minute(clock: &str) -> Option<(u32, u32)> {
    // Clocks that show seconds show none here.
    let clock = match clock.rsplit_once(":00") {
        Some((minutes, "")) if minutes.contains(':') => minutes,
        _ => clock,
    };
    if let Some((hour, minute)) = clock.split_once([':', '.', 'h']) {
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
                ][..],
            ),
            (
                21,
                0,
                &["21", "21h", "21:00", "9pm", "9 p.m.", "2100", "21 h"],
            ),
            (
                9,
                30,
                &["9.30", "9:30", "9:30am", "930", "0930", "9h30", "9.30 a.m."],
            ),
            (21, 30, &["21:30", "21h30", "9:30 pm", "9.30pm", "2130"]),
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
            "", "24:00", "25", "9:60", "13pm", "0am", "9:5", "+9", "-9:00", "9:30:15", "9,30",
            "soon", "9 to 5", "９", "12345", "am", "h", "9:", ":30", "009:00", "0009.30", "009 pm",
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
