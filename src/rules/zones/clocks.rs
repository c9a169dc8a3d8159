//! The clocks of zones, compared.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::time::{InstantSums, Zone, Zones};

/// The zones whose clocks differ; of those with the same clocks, the first.
pub(super) fn distinct(zones: Vec<Zone>) -> Vec<Zone> {
    let mut distinct: Vec<Zone> = Vec::new();
    for zone in zones {
        if !distinct.iter().any(|other| same_clocks(*other, zone)) {
            distinct.push(zone);
        }
    }
    distinct
}

pub(super) fn same_clocks(one: Zone, other: Zone) -> bool {
    samples().all(|at| one.local(at) == other.local(at))
}

/// The instants at which clocks are compared: every ten days for two years, from the year of the release in force on.
/// No change of clocks is undone within ten days, not even that of Ramadan.
pub(super) fn samples() -> impl Iterator<Item = DateTime<Utc>> {
    let year = Zones::in_force().release().year();
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let first = first.and_time(NaiveTime::MIN).and_utc();
    (0..73).map(move |number| first.plus(TimeDelta::days(10 * number)))
}
