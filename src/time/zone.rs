//! A time zone: what its clocks show, and when they show it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::known::Known;
use super::zones::Zones;

/// A zone of the IANA database. One name is one zone, also where it is another's link. Beyond the years -9999 to 9999 its
/// clocks are those of that year's end.
#[derive(Clone, Copy)]
pub struct Zone(&'static Known);

/// A name that no zone has. Releases drop names seldom, and rename zones with a link from the old name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(pub String);

impl Zone {
    pub(super) fn of(known: &'static Known) -> Self {
        Self(known)
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self::of(Zones::in_force().utc())
    }

    /// Every zone, links too, by name.
    pub fn all() -> impl ExactSizeIterator<Item = Zone> + Clone {
        Zones::in_force().all().iter().map(Self::of)
    }

    /// Its name in the IANA database, such as Europe/Berlin.
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// What its clocks show at an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset = self.rules().to_offset(timestamp(at.timestamp()));
        let utc = at.naive_utc();
        utc.checked_add_signed(span(offset)).unwrap_or(utc)
    }

    /// The date on its calendars at an instant.
    pub fn date(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// When its clocks show `local`: the earlier instant, where they do so twice; none, where they never do.
    pub fn earliest(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        match self.offset(local) {
            AmbiguousOffset::Unambiguous { offset } => before(local, offset),
            AmbiguousOffset::Fold { before: offset, .. } => before(local, offset),
            AmbiguousOffset::Gap { .. } => None,
        }
    }

    /// When the gap ends in which `local` falls: the first instant after it. None when its clocks do show `local`.
    pub fn gap_end(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let AmbiguousOffset::Gap {
            before: old,
            after: new,
        } = self.offset(local)
        else {
            return None;
        };
        // The change is after the one and not after the other.
        let (from, to) = (before(local, new)?, before(local, old)?);
        let changes = self.rules().following(timestamp(from.timestamp()));
        let change = changes
            .take_while(|change| change.timestamp().as_second() <= to.timestamp())
            .find(|change| change.offset() == new);
        let change = change.map(|change| change.timestamp().as_second());
        Some(change.map_or(to, |at| DateTime::from_timestamp(at, 0).unwrap_or(to)))
    }

    fn offset(self, local: NaiveDateTime) -> AmbiguousOffset {
        match civil(local) {
            Some(local) => self.rules().to_ambiguous_timestamp(local).offset(),
            None => AmbiguousOffset::Unambiguous {
                offset: self
                    .rules()
                    .to_offset(timestamp(local.and_utc().timestamp())),
            },
        }
    }

    fn rules(self) -> &'static TimeZone {
        self.0.rules()
    }
}

/// The nearest instant that the library knows.
fn timestamp(seconds: i64) -> Timestamp {
    let (first, last) = (Timestamp::MIN, Timestamp::MAX);
    let seconds = seconds.clamp(first.as_second(), last.as_second());
    Timestamp::from_second(seconds).unwrap_or(last)
}

fn civil(local: NaiveDateTime) -> Option<civil::DateTime> {
    let year = i16::try_from(local.year()).ok()?;
    let [month, day, hour, minute, second] = [
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second(),
    ]
    .map(|part| i8::try_from(part).unwrap_or_default());
    civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

fn span(offset: Offset) -> TimeDelta {
    TimeDelta::seconds(offset.seconds().into())
}

fn before(local: NaiveDateTime, offset: Offset) -> Option<DateTime<Utc>> {
    local
        .checked_sub_signed(span(offset))
        .map(|utc| utc.and_utc())
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let known = Zones::in_force().get(name);
        known
            .map(Self::of)
            .ok_or_else(|| UnknownName(name.to_owned()))
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = |UnknownName(name)| {
            de::Error::invalid_value(de::Unexpected::Str(&name), &"the name of a time zone")
        };
        name.parse().map_err(unknown)
    }
}
