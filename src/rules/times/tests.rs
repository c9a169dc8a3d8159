//! Times of day that people write, and texts that are none.

use proptest::prelude::*;

use super::*;

#[test]
fn a_time_before_noon_may_be_one_after_unless_it_says_which() {
    for text in [
        "9",
        "9:30",
        "half past nine",
        "nine",
        "9 o'clock",
        "quarter to one",
        "at 10.15",
        "1030",
    ] {
        assert!(may_be_after_noon(text), "{text}");
    }
    for text in [
        "09:30",
        "0930",
        "9h30",
        "9h",
        "9 Uhr",
        "9 am",
        "9:30 p.m.",
        "nine in the morning",
        "noon",
        "midnight",
        "quarter to noon",
        "21:30",
        "half past twelve",
        "zero",
        "someday",
    ] {
        assert!(!may_be_after_noon(text), "{text}");
    }
    assert!(
        is_spoken("half past 9")
            && is_spoken("9 o'clock")
            && !is_spoken("9h")
            && !is_spoken("9:30")
    );
    for name in ["evening", "the night owls", "evning", "pm"] {
        assert!(is_of_after_noon(name), "{name}");
    }
    for name in ["daily", "morning", "second", "algos"] {
        assert!(!is_of_after_noon(name), "{name}");
    }
}

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
