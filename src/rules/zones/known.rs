//! The names of zones: those of the database, and what people call them.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::time::Zone;

/// What people call zones: (name, zones that it may mean, the likeliest first).
pub(super) const PLACES: &str = include_str!("../places.tsv");
/// Offered before anything is typed, and first among equals after that.
pub(super) const COMMON: [&str; 25] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
];
/// The regions whose zones are offered. The other zones are old names of these, or count backwards (Etc/GMT+5 is
/// UTC-5).
const REGIONS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];
/// In the database, but for computers whose place is not set.
pub(super) const NOWHERE: &str = "Factory";

pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) folded: String,
    pub(super) zones: Vec<Zone>,
}

/// Every name, folded, with what it may mean.
pub(super) struct Known {
    pub(super) places: Vec<Place>,
    pub(super) by_place: HashMap<String, Vec<Zone>>,
    pub(super) by_name: HashMap<String, Vec<Zone>>,
    pub(super) by_last_part: HashMap<String, Vec<Zone>>,
    /// The zones that are offered by their names.
    pub(super) offered: Vec<(String, Zone)>,
    /// The zones of places, in their order: the names in use.
    pub(super) in_use: HashMap<&'static str, usize>,
}

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

impl Known {
    fn new() -> Self {
        let places: Vec<Place> = PLACES.lines().filter_map(place).collect();
        let mut in_use = HashMap::new();
        for zone in places.iter().flat_map(|place| &place.zones) {
            let next = in_use.len();
            in_use.entry(zone.name()).or_insert(next);
        }
        let mut known = Self {
            by_place: places
                .iter()
                .map(|place| (place.folded.clone(), place.zones.clone()))
                .collect(),
            by_name: HashMap::new(),
            by_last_part: HashMap::new(),
            offered: Vec::new(),
            places,
            in_use,
        };
        for zone in Zone::all().filter(|zone| zone.name() != NOWHERE) {
            let name = fold(zone.name());
            if REGIONS.contains(&zone.name().split('/').next().unwrap_or_default()) {
                known.offered.push((name.clone(), zone));
            }
            if !name.starts_with("etc/") {
                let last = last_part(&name).to_owned();
                known.by_last_part.entry(last).or_default().push(zone);
            }
            let spaced = name.replace('/', " ");
            for name in BTreeSet::from([name, spaced]) {
                known.by_name.entry(name).or_default().push(zone);
            }
        }
        for zones in known.by_last_part.values_mut() {
            zones.sort_by_key(|zone| !known.in_use.contains_key(zone.name()));
        }
        known
    }

    /// Common zones first, then those in use, then old names.
    pub(super) fn rank(&self, zone: Zone) -> (usize, usize) {
        let common = COMMON.iter().position(|name| *name == zone.name());
        let in_use = usize::from(!self.in_use.contains_key(zone.name()));
        (common.unwrap_or(COMMON.len()), in_use)
    }
}

pub(super) fn place(line: &'static str) -> Option<Place> {
    let (name, zones) = line.split_once('\t').filter(|_| !line.starts_with('#'))?;
    // An older system may not know each.
    let zones = zones.split(' ').filter_map(|zone| zone.parse().ok());
    Some(Place {
        name,
        folded: fold(name),
        zones: zones.collect(),
    })
}

pub(super) fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A name without what people write differently: lowercase words of plain letters with single spaces between them. `/`
/// and `+` are kept, since Etc/GMT+5 and Etc/GMT-5 are different zones.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            '.' | '\'' | '’' | '\u{307}' => {}
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            '&' => folded.push_str(" and "),
            c if c.is_alphanumeric() || matches!(c, '/' | '+') => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
