use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Wednesday.
fn read(text: &str) -> Result<NaiveDate, BadDate> {
    let today = date("2026-03-04");
    parse_date(text, today, today)
}

#[test]
fn a_date_is_read_as_people_write_it() {
    for (expected, texts) in [
        (
            "2026-12-25",
            &[
                "2026-12-25",
                "2026/12/25",
                "2026.12.25",
                "20261225",
                "25.12.2026",
                "25.12.26",
                "25.12.",
                "25.12",
                "25/12/2026",
                "12/25/2026",
                "25-12-2026",
                "12-25",
                "25 Dec",
                "Dec 25",
                "dec 25th",
                "25th of December",
                "December 25, 2026",
                "25-Dec-2026",
                "25dec",
                "Fri 25 December 2026",
                "Friday, 25 December 2026",
                "FRI 25 dec 26",
                "the 25th of December",
                "2026 Dec 25",
                "12.25.2026",
                "Friday, 25 December 2026 at 09:00",
                "Friday, December 25, 2026 9:00 AM",
            ][..],
        ),
        (
            "2026-03-04",
            &["today", "TODAY", "4 March", "4.3.", "this wed"],
        ),
        (
            "2026-03-05",
            &[
                "tomorrow",
                " Tomorrow ",
                "thursday",
                "this thursday",
                "Thu",
                "in 1 day",
            ],
        ),
        (
            "2026-03-06",
            &[
                "day after tomorrow",
                "the day after tomorrow",
                "in 2 days",
                "fri",
            ],
        ),
        (
            "2026-03-09",
            &["next monday", "monday", "coming mon", "Mon 9 March"],
        ),
        (
            "2026-03-11",
            &["next wednesday", "in a week", "1 week", "coming wed"],
        ),
        ("2027-03-03", &["3 March", "3.3.", "Mar 3"]),
        ("2028-02-29", &["29 Feb", "29.2."]),
        ("2026-09-05", &["5 Sept", "sept 5", "5 Sept. 2026"]),
        ("2026-04-04", &["04/04/2026", "4-4-2026"]),
        (
            "2026-04-03",
            &["03.04.2026", "3.4.", "Fri 03/04/2026", "2026-04-03"],
        ),
        ("2026-03-03", &["yesterday"]),
        ("9999-12-31", &["9999-12-31"]),
    ] {
        for text in texts {
            assert_eq!(read(text), Ok(date(expected)), "{text}");
        }
    }
}

#[test]
fn a_day_that_few_years_have_is_the_next_there_is() {
    let today = date("2096-03-01");
    assert_eq!(parse_date("29 Feb", today, today), Ok(date("2104-02-29")));
}

#[test]
fn what_can_be_several_dates_is_asked_about() {
    let several = |text: &str, one: &str, other: &str| {
        let error = read(text).unwrap_err();
        let expected = format!("“{text}” can be {one} or {other}; write it like 2026-12-24");
        assert_eq!(error.to_string(), expected);
    };
    several("03/04/2026", "Wed 4 March 2026", "Fri 3 April 2026");
    several("3/4/26", "Wed 4 March 2026", "Fri 3 April 2026");
    several("5/6", "Wed 6 May 2026", "Fri 5 June 2026");
    several("26-12-24", "Thu 26 December 2024", "Thu 24 December 2026");
    several("wed", "Wed 4 March 2026", "Wed 11 March 2026");
    several("next friday", "Fri 6 March 2026", "Fri 13 March 2026");
}

#[test]
fn what_no_calendar_has_is_said_to_be_so() {
    for (text, told) in [
        ("2026-02-30", "“2026-02-30”: February 2026 has 28 days"),
        ("30.2.2028", "“30.2.2028”: February 2028 has 29 days"),
        ("30 Feb", "“30 Feb”: February has 29 days at most"),
        ("April 31", "“April 31”: April has 30 days at most"),
        ("31/02/2026", "“31/02/2026”: February 2026 has 28 days"),
        (
            "2026-13-01",
            "“2026-13-01”: a year has 12 months; write the date like 2026-12-24",
        ),
        ("2026-12-32", "“2026-12-32”: December 2026 has 31 days"),
        (
            "Tue 30 November 2026",
            "“Tue 30 November 2026”: 30 November 2026 is a Monday",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), told);
    }
    for text in [
        "",
        "soon",
        "someday",
        "2026",
        "Dec 2026",
        "5",
        "+262142-01-01",
        "1/2/3/4",
        "2026-1",
        "mon tue",
        "25 dec dec",
        "99999-01-01",
        "last monday",
        "next week",
        "25 Dec 2026 maybe",
    ] {
        let error = read(text).unwrap_err();
        assert!(matches!(error, BadDate::Unknown(_)), "{text}: {error:?}");
    }
}

#[test]
fn an_end_without_its_year_is_after_the_beginning() {
    let (today, first) = (date("2026-03-04"), date("2027-03-10"));
    assert_eq!(parse_date("20 March", today, first), Ok(date("2027-03-20")));
    assert_eq!(parse_date("friday", today, first), Ok(date("2027-03-12")));
    assert_eq!(parse_date("tomorrow", today, first), Ok(date("2026-03-05")));
}

#[test]
fn a_range_has_two_ends() {
    assert_eq!(ends("24 Dec to 2 Jan"), Some(("24 Dec", "2 Jan")));
    let shown = "Thu 5 March 2026 to Fri 6 March 2026";
    assert_eq!(ends(shown), Some(("Thu 5 March 2026", "Fri 6 March 2026")));
    assert_eq!(ends("today – friday"), Some(("today", "friday")));
    for one in ["2026-12-24", "tomorrow", "25-Dec-2026", "friday to "] {
        assert_eq!(ends(one), None, "{one}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_read(days in 0..40_000_u64) {
        let shown_on = date("1990-01-01").plus_days(days);
        prop_assert_eq!(read(&shown(shown_on)), Ok(shown_on));
        prop_assert_eq!(read(&shown_on.to_string()), Ok(shown_on));
        let long = shown_on.format("%A, %-d %B %Y").to_string();
        prop_assert_eq!(read(&long), Ok(shown_on));
    }

    #[test]
    fn whatever_is_written_nothing_panics(text in "\\PC{0,40}", parts in "[0-9./ -]{0,12}") {
        for text in [text, parts] {
            for from in [NaiveDate::MIN, date("2026-03-04"), NaiveDate::MAX] {
                let _ = parse_date(&text, from, from).map_err(|error| error.to_string());
            }
        }
    }
}
