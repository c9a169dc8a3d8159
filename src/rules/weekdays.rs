//! The days of the week on which a schedule posts, as people write them.

use std::str::FromStr;

use chrono::Weekday;

use crate::model::Weekdays;

/// The days of the week, from Monday on.
pub(super) const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// The day of a name, long or short, singular or plural: "monday", "Mon", "tues", "mondays".
pub(super) fn day_named(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let one = word.strip_suffix('s').filter(|one| one.len() >= 3);
    let known = |word: &str| {
        let fits = |(_, name): &&(Weekday, &str)| word.len() >= 2 && name.starts_with(word);
        WEEK.iter().find(fits).map(|(day, _)| *day)
    };
    known(&word).or_else(|| known(one?))
}

/// A text that names no days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownWeekdays {
    /// A word of it that isn't known, or all of it.
    Unknown(String),
    /// It says that there are to be none.
    None,
    /// It says how often, and not on which days: "twice a week", "every other day", "monthly".
    Rhythm(String),
}

/// Words of those who want no day at all.
const NONE: [&str; 11] = [
    "none", "never", "no", "not", "nothing", "off", "nil", "0", "stop", "pause", "paused",
];
/// Words that say how often.
const RHYTHMS: [&str; 33] = [
    "other",
    "second",
    "2nd",
    "third",
    "3rd",
    "alternate",
    "alternating",
    "alternately",
    "odd",
    "even",
    "random",
    "once",
    "twice",
    "thrice",
    "times",
    "time",
    "hourly",
    "hour",
    "hours",
    "weekly",
    "weeks",
    "biweekly",
    "fortnight",
    "fortnightly",
    "fortnights",
    "month",
    "monthly",
    "months",
    "quarterly",
    "year",
    "yearly",
    "annually",
    "sometimes",
];

/// Numbers as words, of those that say how often.
const NUMBERS: [&str; 5] = ["two", "three", "four", "five", "six"];

impl UnknownWeekdays {
    /// What a text is, one of whose words can't be read, or all of it.
    fn of(text: &str, unread: &str) -> Self {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let every = ["every", "each", "per", "a"]
            .iter()
            .any(|word| words.contains(word));
        // `every 2 days` and `3x`, but not `1-5`.
        let number = |word: &str| word.parse::<u32>().is_ok() || NUMBERS.contains(&word);
        let times = |word: &str| word.strip_suffix('x').is_some_and(number);
        let often = |word: &&str| RHYTHMS.contains(word) || times(word) || every && number(word);
        if NONE.contains(&unread) {
            Self::None
        } else if words.iter().any(often) {
            Self::Rhythm(text.to_owned())
        } else {
            Self::Unknown(unread.to_owned())
        }
    }
}

/// A word of a list of days.
enum Word {
    Days(u8),
    /// From the day before it to the day after.
    To,
    /// What follows is left out.
    Except,
    /// It adds nothing.
    Filler,
}

impl Word {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "daily" | "everyday" | "all" | "always" => Self::Days(Weekdays::EVERY_DAY.bits()),
            "weekdays" | "weekday" | "workdays" | "workday" => {
                Self::Days(Weekdays::WORKDAYS.bits())
            }
            "weekends" | "weekend" => Self::Days(Weekdays::WEEKENDS.bits()),
            "-" | "to" | "through" | "thru" | "till" | "until" => Self::To,
            "except" | "but" | "without" | "not" => Self::Except,
            "and" | "every" | "each" | "on" | "only" | "the" | "from" | "day" | "days" | "week"
            | "weekly" => Self::Filler,
            // Two days begin with each of the other letters.
            "m" => Self::Days(Weekdays::bit(Weekday::Mon)),
            "w" => Self::Days(Weekdays::bit(Weekday::Wed)),
            "f" => Self::Days(Weekdays::bit(Weekday::Fri)),
            word => match day_named(word) {
                Some(day) => Self::Days(Weekdays::bit(day)),
                None => Self::Days(initials(word)?),
            },
        })
    }
}

/// Days of the week by their initials, in order and without anything between them: "mwf", "tth", "mtuwthf". For a
/// letter that two days begin with, the other letters decide, if they can: in "mtwtf" the first T is Tuesday.
fn initials(word: &str) -> Option<u8> {
    let (mut rest, mut days) = (word, 0_u8);
    while let Some(letter) = rest.chars().next() {
        let long = ["tu", "th", "sa", "su"];
        let long = long.into_iter().find(|long| rest.starts_with(long));
        let day = match (long, letter) {
            (Some(long), _) => day_named(long)?,
            (None, 'm') => Weekday::Mon,
            (None, 'w') => Weekday::Wed,
            (None, 'f') => Weekday::Fri,
            (None, 't') if days <= Weekdays::bit(Weekday::Mon) => Weekday::Tue,
            (None, 't') if days & Weekdays::bit(Weekday::Tue) != 0 => Weekday::Thu,
            (None, 's') if rest == "ss" => Weekday::Sat,
            (None, 's') if days & Weekdays::bit(Weekday::Sat) != 0 => Weekday::Sun,
            _ => return None,
        };
        if days >= Weekdays::bit(day) {
            return None;
        }
        days |= Weekdays::bit(day);
        rest = rest.strip_prefix(long.unwrap_or(&rest[..letter.len_utf8()]))?;
    }
    (days.count_ones() > 1).then_some(days)
}

impl FromStr for Weekdays {
    type Err = UnknownWeekdays;

    /// Reads "mon,wed,fri", "Mon/Wed/Fri", "MWF", "mon-fri", "monday to friday", "weekdays and sunday", "every
    /// day except sun": names long or short, with any sign or word between that people use.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_lowercase();
        let unknown = |word: &str| UnknownWeekdays::of(&text, word);
        let spaced = spaced(&text);
        let (mut taken, mut left_out) = (0, 0);
        let (mut excepting, mut from, mut last) = (false, None, None);
        for word in spaced.split_whitespace() {
            match Word::of(word).ok_or_else(|| unknown(word))? {
                Word::Filler => {}
                Word::Except => (excepting, last) = (true, None),
                // A range begins and ends with a day.
                Word::To if last.is_none() => return Err(unknown(&text)),
                Word::To => (from, last) = (last, None),
                Word::Days(days) => {
                    let days = match from.take() {
                        Some(from) => range(from, days).ok_or_else(|| unknown(&text))?,
                        None => {
                            last = Some(days);
                            days
                        }
                    };
                    *(if excepting { &mut left_out } else { &mut taken }) |= days;
                }
            }
        }
        if from.is_some() {
            return Err(unknown(&text));
        }
        if excepting && taken == 0 && left_out != 0 {
            taken = Weekdays::EVERY_DAY.bits();
        }
        Weekdays::from_bits(taken & !left_out).ok_or_else(|| unknown(&text))
    }
}

/// Words with spaces between them, whatever signs were there.
fn spaced(text: &str) -> String {
    let phrases = [
        ("every day", "daily"),
        ("each day", "daily"),
        ("any day", "daily"),
        ("all days", "daily"),
        ("all week", "daily"),
        ("once a", "weekly"),
        ("once per", "weekly"),
        ("working days", "weekdays"),
        ("business days", "weekdays"),
        ("work days", "weekdays"),
        ("week days", "weekdays"),
        ("week ends", "weekends"),
    ];
    let text = phrases.iter().fold(text.to_owned(), |text, (long, short)| {
        text.replace(long, short)
    });
    text.chars()
        .fold(String::with_capacity(text.len()), |mut spaced, c| {
            match c {
                '-' | '\u{2010}'..='\u{2015}' | '~' | '→' => spaced.push_str(" - "),
                ',' | ';' | '/' | '&' | '+' | '|' | '.' => spaced.push(' '),
                c => spaced.push(c),
            }
            spaced
        })
}

/// The days from one to another, across the end of the week if necessary.
fn range(from: u8, to: u8) -> Option<u8> {
    if from.count_ones() != 1 || to.count_ones() != 1 {
        return None;
    }
    let (from, to) = (from.trailing_zeros(), to.trailing_zeros());
    let days = (to + 7 - from) % 7;
    Some((0..=days).fold(0, |days, ahead| days | 1 << ((from + ahead) % 7)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(text: &str) -> Result<Weekdays, UnknownWeekdays> {
        text.parse()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (expected, texts) in [
            (
                0b111_1111,
                &[
                    "daily",
                    " Every Day ",
                    "everyday",
                    "all",
                    "mon-sun",
                    "weekdays and weekends",
                    "all week",
                    "sat to fri",
                    "every day",
                ][..],
            ),
            (
                0b001_1111,
                &[
                    "weekdays",
                    "mon,tue,wed,thu,fri",
                    "mon-fri",
                    "Mon – Fri",
                    "monday to friday",
                    "Monday through Friday",
                    "M-F",
                    "mo-fr",
                    "from monday till friday",
                    "workdays",
                    "working days",
                    "every weekday",
                    "all except sat, sun",
                    "not weekends",
                    "Mondays to Fridays",
                ],
            ),
            (
                0b001_0101,
                &[
                    "mon,wed,fri",
                    "Mon/Wed/Fri",
                    "Fri, monday,wed",
                    "M W F",
                    "mon & wed & fri",
                    "mondays, wednesdays and fridays",
                    "Mo. We. Fr.",
                    "mon;wed;fri",
                    "mon+wed+fri",
                    "on mon, wed and fri only",
                ],
            ),
            (
                0b110_0000,
                &[
                    "weekends",
                    "Sunday Saturday",
                    "weekend",
                    "sat-sun",
                    "sat & sun",
                ],
            ),
            (0b111_0001, &["fri-mon", "friday to monday", "fri thru mon"]),
            (
                0b101_1111,
                &[
                    "weekdays, sun",
                    "mon-fri, sun",
                    "every day but sat",
                    "daily except saturdays",
                ],
            ),
            (
                0b000_1010,
                &["tues, thurs", "tue/thu", "tu th", "Tuesdays and Thursdays"],
            ),
            (0b011_0011, &["mon-tue, fri-sat"]),
            (0b001_0101, &["MWF", "m w f", "mwf", "mon wed fri"]),
            (0b000_1010, &["TTh", "TuTh", "tth", "tt"]),
            (0b001_1111, &["MTWTF", "MTWThF", "mtuwthf", "M-F"]),
            (0b111_1111, &["MTWTFSS", "mtuwthfsasu"]),
            (0b110_0000, &["SaSu", "ss"]),
            (0b101_0101, &["MWF, sun", "mwf su", "MWFSu"]),
            (0b000_0100, &["wed", "Wednesday", "every wed", "weds"]),
        ] {
            for text in texts {
                assert_eq!(days(text).map(Weekdays::bits), Ok(expected), "{text}");
            }
        }
        assert!(days("mon,wed").unwrap().contains(Weekday::Wed));
        assert!(!days("mon,wed").unwrap().contains(Weekday::Tue));
    }

    #[test]
    fn a_word_that_is_not_a_day_is_named() {
        for (text, named) in [
            ("mon,fry", "fry"),
            (" , ", ","),
            ("", ""),
            ("t", "t"),
            ("s", "s"),
            ("mon-", "mon-"),
            ("-fri", "-fri"),
            ("mon--fri", "mon--fri"),
            ("mon-wed-fri", "mon-wed-fri"),
            ("weekdays-sun", "weekdays-sun"),
            ("mon except mon", "mon except mon"),
            ("someday", "someday"),
            ("mt wtf", "wtf"),
            ("fs", "fs"),
            ("fmw", "fmw"),
            ("mm", "mm"),
            ("mwfx", "mwfx"),
            ("mwf-sun", "mwf-sun"),
            ("1-5", "1"),
        ] {
            let unknown = UnknownWeekdays::Unknown(named.into());
            assert_eq!(days(text), Err(unknown), "{text}");
        }
    }

    #[test]
    fn who_says_how_often_or_never_is_told_apart_from_who_names_an_unknown_day() {
        for text in [
            "every other day",
            "Every second day",
            "every 2 days",
            "every three days",
            "every other monday",
            "twice a week",
            "once a week",
            "weekly",
            "3x a week",
            "3 times per week",
            "monthly",
            "first monday of the month",
            "every two weeks",
            "once a month on monday",
            "fortnightly",
        ] {
            let rhythm = UnknownWeekdays::Rhythm(text.to_lowercase());
            assert_eq!(days(text), Err(rhythm), "{text}");
        }
        for text in ["never", "None", "no days", "not", "stop", "0"] {
            assert_eq!(days(text), Err(UnknownWeekdays::None), "{text}");
        }
        for text in [
            "weekly on monday",
            "once a week on mon",
            "every week on Mondays",
        ] {
            assert_eq!(days(text).map(Weekdays::bits), Ok(1), "{text}");
        }
    }

    #[test]
    fn bits_are_days_if_there_is_one() {
        assert_eq!(Weekdays::from_bits(0), None);
        assert_eq!(Weekdays::from_bits(128), None);
        for bits in 1..128 {
            assert_eq!(Weekdays::from_bits(bits).map(Weekdays::bits), Some(bits));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_nothing_panics(text in "\\PC{0,30}") {
            let _ = days(&text);
        }
    }
}
