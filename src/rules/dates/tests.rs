use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::time::DateSums;

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
                "2026-12-25.",
                "２５.１２.２０２６",
                "2026–12–25",
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
    for (text, one, other) in [
        ("03/04/2026", "2026-03-04", "2026-04-03"),
        ("3/4/26", "2026-03-04", "2026-04-03"),
        ("5/6", "2026-05-06", "2026-06-05"),
        ("26-12-24", "2024-12-26", "2026-12-24"),
        ("wed", "2026-03-04", "2026-03-11"),
        ("next friday", "2026-03-06", "2026-03-13"),
    ] {
        let several = BadDate::Several {
            written: text.to_owned(),
            dates: vec![date(one), date(other)],
        };
        assert_eq!(read(text), Err(several));
    }
}

#[test]
fn a_date_that_no_calendar_has_is_refused_with_the_reason() {
    for (text, month, year, days) in [
        ("2026-02-30", 2, Some(2026), 28),
        ("30.2.2028", 2, Some(2028), 29),
        ("30 Feb", 2, None, 29),
        ("April 31", 4, None, 30),
        ("31/02/2026", 2, Some(2026), 28),
        ("2026-12-32", 12, Some(2026), 31),
    ] {
        let no_such_day = BadDate::NoSuchDay {
            written: text.to_owned(),
            month,
            year,
            days,
        };
        assert_eq!(read(text), Err(no_such_day));
    }
    let no_such_month = BadDate::NoSuchMonth("2026-13-01".to_owned());
    assert_eq!(read("2026-13-01"), Err(no_such_month));
    let other_weekday = BadDate::OtherWeekday {
        written: "Tue 30 November 2026".to_owned(),
        date: date("2026-11-30"),
    };
    assert_eq!(read("Tue 30 November 2026"), Err(other_weekday));
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
        "0000-00-00",
        "2026-00-10",
        "2026-12-00",
        "0 Dec",
        "Dec 24-26",
        "24-26 Dec",
    ] {
        let error = read(text).unwrap_err();
        assert!(matches!(error, BadDate::Unknown(_)), "{text}: {error:?}");
    }
}

#[test]
fn a_range_is_read_as_people_write_it() {
    let today = date("2026-11-30");
    let range = |text: &str| parse_range(text, None, today);
    for (first, last, texts) in [
        (
            "2026-12-24",
            "2026-12-26",
            &[
                "24 Dec to 26 Dec",
                "Thu 24 December 2026 to Sat 26 December 2026",
                "Dec 24-26",
                "Dec 24–26",
                "dec 24 - 26",
                "Dec 24th-26th",
                "December 24-26, 2026",
                "2026 Dec 24-26",
                "24-26 Dec",
                "24 – 26 December 2026",
                "24th to 26th of December",
                "24 Dec-26 Dec",
                "24 Dec-26",
                "24 Dec - 26",
                "Thu 24 - Sat 26 Dec",
                "from 24 to 26 Dec",
                "between 24 and 26 Dec",
                "24 DEC UNTIL 26 DEC",
                "24.-26.12.",
                "24.12.–26.12.2026",
                "12/24-26",
                "12/24 - 12/26",
                "2026-12-24 - 2026-12-26",
                "2026-12-24–26",
                "20261224-20261226",
            ][..],
        ),
        (
            "2026-12-28",
            "2027-01-03",
            &[
                "28 Dec – 3 Jan",
                "28 Dec to 3 Jan",
                "28.12.-3.1.",
                "28 Dec to 3 Jan 2027",
            ],
        ),
        (
            "2027-12-24",
            "2028-01-02",
            &["24 Dec to 2 Jan 2028", "24 Dec 2027 to 2 Jan"],
        ),
        (
            "2026-12-01",
            "2026-12-04",
            &["tomorrow to friday", "tomorrow - fri", "tue-fri"],
        ),
        (
            "2026-12-04",
            "2026-12-06",
            &["fri – sun", "4 Dec to sunday"],
        ),
        (
            "2026-12-24",
            "2026-12-24",
            &["24 Dec", "24 Dec 26", "24-Dec-26", "24 Dec to 24 Dec"],
        ),
        ("2027-01-10", "2027-07-01", &["10 Jan to 1 July"]),
        ("2027-06-01", "2028-05-31", &["1 June 2027 to 31 May 2028"]),
        ("2024-03-01", "2024-03-02", &["1 March 2024 to 2 March"]),
    ] {
        for text in texts {
            assert_eq!(range(text), Ok(date(first)..=date(last)), "{text}");
        }
    }
    let until = |first: &str, last| parse_range(first, Some(last), today);
    let christmas = date("2026-12-24")..=date("2026-12-26");
    assert_eq!(until("24 Dec", "26 Dec"), Ok(christmas.clone()));
    assert_eq!(until("24 Dec", "26"), Ok(christmas.clone()));
    assert_eq!(until("24", "26 Dec"), Ok(christmas));
}

#[test]
fn a_weekend_is_a_saturday_with_its_sunday() {
    let read = |text: &str, today: &str| parse_range(text, None, date(today));
    let (soon, later) = (date("2026-03-07"), date("2026-03-14"));
    let weekend = |saturday: NaiveDate| Ok(saturday..=saturday.plus_days(1));
    let (wednesday, saturday, sunday) = ("2026-03-04", "2026-03-07", "2026-03-08");
    for text in ["weekend", "the weekend", "This weekend"] {
        assert_eq!(read(text, wednesday), weekend(soon), "{text}");
        assert_eq!(read(text, saturday), weekend(soon), "{text}");
        assert_eq!(
            read(text, sunday),
            Ok(date(sunday)..=date(sunday)),
            "{text}"
        );
    }
    assert_eq!(read("coming weekend", wednesday), weekend(soon));
    assert_eq!(read("next weekend", saturday), weekend(later));
    assert_eq!(read("next weekend", sunday), weekend(later));
    let several = BadDate::Several {
        written: "next weekend".to_owned(),
        dates: vec![soon, later],
    };
    assert_eq!(read("next weekend", wednesday), Err(several));
    assert!(read("last weekend", wednesday).is_err());
    assert!(parse_range("weekend", Some("24 March"), date(wednesday)).is_err());
}

#[test]
fn a_range_without_a_year_is_of_half_a_year_at_most() {
    for today in [
        "2026-11-30",
        "2026-12-25",
        "2027-01-04",
        "2027-06-30",
        "2028-02-29",
    ] {
        for swapped in [
            "26 Dec to 24 Dec",
            "5 Jan to 2 Jan",
            "26.12.-24.12.",
            "Dec 26-24",
            "3 Jan - 28 Dec",
            "1 Feb to 20 Jan",
            "10 July to 8 July",
            "26 Dec to 24 Dec 2028",
            "26 Dec 2028 to 24 Dec",
        ] {
            let range = parse_range(swapped, None, date(today));
            assert_eq!(range, Err(BadDate::OutOfOrder), "{swapped} on {today}");
        }
    }
    // There is none near.
    let range = parse_range("1 March to 29 Feb", None, date("2027-02-01"));
    assert_eq!(range, Err(BadDate::OutOfOrder));
    let range = parse_range("20 Feb 2026 to 29 Feb", None, date("2026-02-01"));
    let no_such_day = BadDate::NoSuchDay {
        written: "29 Feb".to_owned(),
        month: 2,
        year: Some(2026),
        days: 28,
    };
    assert_eq!(range, Err(no_such_day));
}

#[test]
fn a_range_that_has_begun_is_not_that_of_next_year() {
    let range = parse_range("28 Nov to 3 Dec", None, date("2026-11-30"));
    assert_eq!(range, Ok(date("2026-11-28")..=date("2026-12-03")));
    let range = parse_range("28 Dec to 3 Jan", None, date("2027-01-01"));
    assert_eq!(range, Ok(date("2026-12-28")..=date("2027-01-03")));
    let over = parse_range("20 Nov to 25 Nov", None, date("2026-11-30"));
    assert_eq!(over, Ok(date("2027-11-20")..=date("2027-11-25")));
}

#[test]
fn a_text_that_is_not_a_range_is_refused() {
    let today = date("2026-11-30");
    for (text, named) in [
        ("24 to 26", "24 to 26"),
        ("24 to friday", "24"),
        ("friday to ", "friday to"),
        ("24, 26 Dec", "24, 26 Dec"),
        ("Dec 24, 26", "Dec 24, 26"),
        ("24 & 26 Dec", "24 & 26 Dec"),
        ("24 Dec to whenever", "whenever"),
        ("0-5 Dec", "0-5 Dec"),
        ("-", "-"),
    ] {
        let unknown = Err(BadDate::Unknown(named.to_owned()));
        assert_eq!(parse_range(text, None, today), unknown, "{text}");
    }
    let several = parse_range("5/6-8", None, today).unwrap_err();
    assert!(matches!(several, BadDate::Several { .. }), "{several:?}");
    let none = parse_range("28-30 Feb", None, today).unwrap_err();
    assert!(matches!(none, BadDate::NoSuchDay { .. }), "{none:?}");
}

proptest! {
    #[test]
    fn a_date_is_read_as_calendars_show_it(days in 0..40_000_u64) {
        let date = date("1990-01-01").plus_days(days);
        for format in ["%F", "%a %-d %B %Y", "%A, %-d %B %Y"] {
            prop_assert_eq!(read(&date.format(format).to_string()), Ok(date));
        }
    }

    #[test]
    fn whatever_is_written_nothing_panics(text in "\\PC{0,40}", parts in "[0-9./ -]{0,12}",
        range in "(from |)[0-9]{1,2}[ -]?(Dec|feb|)( to |-|–| )[0-9]{1,2} ?(Jan|dec|)( 20[0-9]{2}|)") {
        for text in [text, parts, range] {
            for from in [NaiveDate::MIN, date("2026-03-04"), NaiveDate::MAX] {
                let _ = parse_date(&text, from, from);
                let _ = parse_range(&text, None, from);
                let _ = parse_range(&text, Some("24 Dec"), from);
            }
        }
    }
}
