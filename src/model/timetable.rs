//! When a schedule posts, as it is set. What follows from it is reckoned in `rules/timetable.rs`; how people write it
//! is read in `rules/times.rs`, `zones.rs` and `weekdays.rs`.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::time::Zone;

/// The local time and dates of a schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Timetable {
    /// The IANA time zone.
    pub zone: Zone,
    /// The local time, in whole minutes.
    pub time: NaiveTime,
    /// The local weekdays.
    pub weekdays: Weekdays,
    /// Local dates that are left out.
    pub skipped: BTreeSet<NaiveDate>,
    /// Local dates to come that have had their daily already, by a clock that was ahead.
    pub taken: BTreeSet<NaiveDate>,
}

impl Timetable {
    /// A timetable that leaves no date out.
    pub fn new(zone: Zone, time: NaiveTime, weekdays: Weekdays) -> Self {
        Self {
            zone,
            time,
            weekdays,
            skipped: BTreeSet::new(),
            taken: BTreeSet::new(),
        }
    }
}

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
        self.0 & Self::bit(day) != 0
    }

    /// As bits, 1 for Monday to 64 for Sunday.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// From bits, 1 for Monday to 64 for Sunday; `None` without a day, or with a bit that doesn't stand for one.
    pub fn from_bits(bits: u8) -> Option<Weekdays> {
        (1..=Weekdays::EVERY_DAY.0)
            .contains(&bits)
            .then_some(Weekdays(bits))
    }

    /// The bit of a day.
    pub fn bit(day: Weekday) -> u8 {
        1 << day.num_days_from_monday()
    }
}
