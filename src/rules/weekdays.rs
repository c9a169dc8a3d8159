//! The days of the week on which a schedule posts.

use std::{fmt, str::FromStr};

use chrono::Weekday;

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// At least one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Sunday.
    pub const EVERY_DAY: Weekdays = Weekdays(0b111_1111);
    /// Monday to Friday.
    pub const WORKDAYS: Weekdays = Weekdays(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKENDS: Weekdays = Weekdays(0b110_0000);

    /// Whether this day is one of them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// As bits, 1 for Monday to 64 for Sunday.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// From bits, 1 for Monday to 64 for Sunday; none for no day, or bits that are no day.
    pub fn from_bits(bits: u8) -> Option<Weekdays> {
        (1..=Weekdays::EVERY_DAY.0)
            .contains(&bits)
            .then_some(Weekdays(bits))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

impl fmt::Display for Weekdays {
    /// In the words that [`FromStr`] reads: "every day", "weekdays", "weekends" or "mon, wed, fri".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Weekdays::EVERY_DAY => f.write_str("every day"),
            Weekdays::WORKDAYS => f.write_str("weekdays"),
            Weekdays::WEEKENDS => f.write_str("weekends"),
            _ => {
                let days: Vec<String> = WEEK
                    .into_iter()
                    .filter(|day| self.contains(*day))
                    .map(|day| day.to_string().to_lowercase())
                    .collect();
                f.write_str(&days.join(", "))
            }
        }
    }
}

/// A text that names no weekdays.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("`{0}` is no weekday; write days like mon,wed,fri, or weekdays, weekends or daily")]
pub struct UnknownWeekdays(pub String);

impl FromStr for Weekdays {
    type Err = UnknownWeekdays;

    /// Reads "mon,wed,fri" (short or full names, commas or spaces between), "weekdays", "weekends", "daily" or "every day".
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_lowercase();
        match text.as_str() {
            "daily" | "every day" | "everyday" | "all" => return Ok(Weekdays::EVERY_DAY),
            "weekdays" => return Ok(Weekdays::WORKDAYS),
            "weekends" | "weekend" => return Ok(Weekdays::WEEKENDS),
            _ => {}
        }
        let days = text
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .try_fold(0, |bits, word| {
                let day: Weekday = word.parse().map_err(|_| UnknownWeekdays(word.to_owned()))?;
                Ok(bits | bit(day))
            })?;
        Weekdays::from_bits(days).ok_or(UnknownWeekdays(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let days = |text: &str| text.parse::<Weekdays>();
        assert_eq!(days("daily"), Ok(Weekdays::EVERY_DAY));
        assert_eq!(days(" Every Day "), Ok(Weekdays::EVERY_DAY));
        assert_eq!(days("weekdays"), days("mon,tue,wed,thu,fri"));
        assert_eq!(days("weekends"), days("Sunday Saturday"));
        assert_eq!(days("Fri, monday,wed"), Ok(Weekdays(0b1_0101)));
        assert!(days("mon,wed").unwrap().contains(Weekday::Wed));
        assert!(!days("mon,wed").unwrap().contains(Weekday::Tue));
    }

    #[test]
    fn what_is_no_day_is_named() {
        assert_eq!(
            "mon,fry".parse::<Weekdays>(),
            Err(UnknownWeekdays("fry".into()))
        );
        assert_eq!(" , ".parse::<Weekdays>(), Err(UnknownWeekdays(",".into())));
        assert_eq!("".parse::<Weekdays>(), Err(UnknownWeekdays(String::new())));
    }

    #[test]
    fn every_set_of_days_reads_what_it_writes() {
        assert_eq!(Weekdays::from_bits(0), None);
        assert_eq!(Weekdays::from_bits(128), None);
        for bits in 1..128 {
            let days = Weekdays::from_bits(bits).unwrap();
            assert_eq!(days.bits(), bits);
            assert_eq!(days.to_string().parse(), Ok(days));
        }
    }
}
