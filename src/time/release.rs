//! A release of the IANA Time Zone Database, by its name.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A release: the year and a letter in the order of the year's releases, such as 2026f. After z comes za.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    year: i32,
    letters: String,
}

/// A text that doesn't name a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRelease(String);

impl Release {
    /// The year that it came out in.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Whether more than a year has passed since it came out. Its name has no more than the year, so this says yes only
    /// once the whole year after that is over.
    pub fn is_over_a_year_old(&self, today: NaiveDate) -> bool {
        today.year() > self.year.saturating_add(1)
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{}", self.year, self.letters)
    }
}

impl FromStr for Release {
    type Err = UnknownRelease;

    /// Reads `2026f`, also where more follows that isn't part of it: `2026f-1`.
    fn from_str(text: &str) -> Result<Self, UnknownRelease> {
        let unknown = || UnknownRelease(text.chars().take(40).collect());
        let name: &str = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let (year, letters) = name.split_at_checked(4).ok_or_else(unknown)?;
        let sound = year.bytes().all(|byte| byte.is_ascii_digit())
            && (1..=2).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        let year = year.parse().map_err(|_| unknown())?;
        let letters = letters.to_owned();
        sound.then_some(Self { year, letters }).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(name: &str) -> Release {
        name.parse().unwrap()
    }

    #[test]
    fn releases_are_in_the_order_in_which_they_came_out() {
        let names = [
            "2025b", "2025c", "2026a", "2026f", "2026z", "2026za", "2027a",
        ];
        for pair in names.windows(2) {
            assert!(release(pair[0]) < release(pair[1]), "{pair:?}");
        }
        assert_eq!(release("2026f").to_string(), "2026f");
        assert_eq!(release("2026f-1+deb13u1\n"), release("2026f"));
    }

    #[test]
    fn what_names_no_release_is_refused() {
        for text in [
            "",
            "unknown",
            "2026",
            "202６f",
            "2026F",
            "2026abc",
            "20266",
            "f2026",
            "２０２６f",
            "+026f",
            "-2026f",
        ] {
            assert!(text.parse::<Release>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_release_is_old_when_the_year_after_its_own_is_over() {
        let day = |text: &str| text.parse().unwrap();
        assert!(!release("2026f").is_over_a_year_old(day("2027-12-31")));
        assert!(release("2026f").is_over_a_year_old(day("2028-01-01")));
    }
}
