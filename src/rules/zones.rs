//! Time zones as people write them: names of the IANA database, places, abbreviations, distances
//! from UTC. A text that can mean one zone is that zone; one that can mean several is asked about.

mod offsets;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::time::{InstantSums, Zone, Zones};

/// What people call zones: (name, zones that it may mean, the likeliest first).
const PLACES: &str = include_str!("places.tsv");
/// Offered before anything is typed, and first among equals after that.
const COMMON: [&str; 25] = [
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
const NOWHERE: &str = "Factory";
/// What follows the name of a zone in speech.
const AFTER: [&str; 6] = [
    " timezone",
    " zone",
    " time",
    " standard",
    " daylight",
    " summer",
];
/// After how many of the first words a region is looked for.
const LONGEST: usize = 8;
/// Stands between a zone and why it is offered; [`parse_zone`] reads what is before it.
pub const BETWEEN: &str = " · ";

/// A text that doesn't name one time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownZone {
    /// It names several: an abbreviation, place or country with more than one.
    Several {
        /// What was written.
        written: String,
        /// The zones that it can mean, the likeliest first; two at least.
        zones: Vec<Zone>,
    },
    /// It names none.
    None {
        /// What was written.
        written: String,
        /// The zones of the nearest name, which may be meant.
        near: Vec<Zone>,
    },
}

/// A zone as people read it: a fixed offset from UTC with its sign as they expect it.
pub fn shown(zone: Zone) -> String {
    match offsets::of_name(zone.name()) {
        Some(offset) => offsets::written(offset),
        None => zone.name().replace('_', " "),
    }
}

/// Reads a time zone, whatever its case, accents and punctuation: its name in the IANA database
/// ("europe/berlin"), the last part of one ("Berlin"), a country, a city ("Mumbai", "Austin, Texas",
/// "berlin germany"), an abbreviation ("JST"), a distance ("UTC+5:30"), or what [`suggest`] offers.
///
/// # Errors
/// With the zones that it can mean, or those of the nearest name.
pub fn parse_zone(text: &str) -> Result<Zone, UnknownZone> {
    let written = text.trim();
    let name = written.split(BETWEEN).next().unwrap_or_default();
    let unknown = |near| UnknownZone::None {
        written: written.to_owned(),
        near,
    };
    if let Some(minutes) = offsets::read(name) {
        return offsets::zone(minutes).map_err(unknown);
    }
    let place = |(place, region): (&str, &str)| within(&meant(place), &meant(region));
    let opened = name.replace(['(', ')'], ",");
    let zones = match opened.split_once(',').map(place) {
        Some(zones) if !zones.is_empty() => zones,
        _ => Some(meant(name))
            .filter(|zones| !zones.is_empty())
            .unwrap_or_else(|| beside(name)),
    };
    match distinct(zones)[..] {
        [zone] => Ok(zone),
        [] => Err(unknown(nearest(&fold(name)))),
        ref several => Err(UnknownZone::Several {
            written: written.to_owned(),
            zones: several.to_vec(),
        }),
    }
}

/// A zone that is offered while somebody types, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// For its own name.
    Named(Zone),
    /// For a place, or for what people call it.
    Of(Zone, &'static str),
    /// For an offset from UTC that it keeps all year, in minutes.
    AllYear(Zone, i32),
}

impl Suggestion {
    /// What it is taken by, as [`parse_zone`] reads it.
    pub fn value(self) -> String {
        match self {
            Self::Named(zone) | Self::Of(zone, _) => zone.name().to_owned(),
            Self::AllYear(zone, _) => match offsets::of_name(zone.name()) {
                Some(offset) => offsets::written(offset),
                None => zone.name().to_owned(),
            },
        }
    }
}

/// An offset from UTC as people write it, of so many minutes: "UTC+5:30".
pub fn offset(minutes: i32) -> String {
    offsets::written(minutes)
}

/// What to offer to somebody who has typed this much, at most `limit`. Common zones come first among those that fit
/// equally.
pub fn suggest(typed: &str, limit: usize) -> Vec<Suggestion> {
    if typed.trim().is_empty() {
        let common = COMMON.iter().filter_map(|name| name.parse().ok());
        return common.map(Suggestion::Named).take(limit).collect();
    }
    if let Some(minutes) = offsets::read(typed) {
        return offsets::suggest(minutes, limit);
    }
    let typed = fold(typed);
    let known = &*KNOWN;
    let places = known.places.iter().flat_map(|place| {
        let fits = fit(&place.folded, &typed);
        let zones = place.zones.iter();
        zones.filter_map(move |zone| Some((fits?, *zone, Some(place.name))))
    });
    let names = known.offered.iter().filter_map(|(name, zone)| {
        let spaced = name.replace('/', " ");
        let fits = [name, last_part(name), &spaced].map(|name| fit(name, &typed));
        Some((fits.into_iter().flatten().min()?, *zone, None))
    });
    let mut found: Vec<_> = names.chain(places).collect();
    found.sort_by_key(|(fit, zone, _)| (*fit, known.rank(*zone)));
    let mut seen = HashSet::new();
    found.retain(|(_, zone, _)| seen.insert(zone.name()));
    let suggestion = |(_, zone, place)| match place {
        Some(place) => Suggestion::Of(zone, place),
        None => Suggestion::Named(zone),
    };
    found.into_iter().take(limit).map(suggestion).collect()
}

/// How a name fits what is typed, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Start,
    WordStart,
    Inside,
}

fn fit(name: &str, typed: &str) -> Option<Fit> {
    let at = name.find(typed)?;
    Some(match at {
        0 if name.len() == typed.len() => Fit::Whole,
        0 => Fit::Start,
        _ if name.contains(&format!(" {typed}")) => Fit::WordStart,
        _ => Fit::Inside,
    })
}

struct Place {
    name: &'static str,
    folded: String,
    zones: Vec<Zone>,
}

/// Every name, folded, with what it may mean.
struct Known {
    places: Vec<Place>,
    by_place: HashMap<String, Vec<Zone>>,
    by_name: HashMap<String, Vec<Zone>>,
    by_last_part: HashMap<String, Vec<Zone>>,
    /// The zones that are offered by their names.
    offered: Vec<(String, Zone)>,
    /// The zones of places, in their order: the names in use.
    in_use: HashMap<&'static str, usize>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

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
    fn rank(&self, zone: Zone) -> (usize, usize) {
        let common = COMMON.iter().position(|name| *name == zone.name());
        let in_use = usize::from(!self.in_use.contains_key(zone.name()));
        (common.unwrap_or(COMMON.len()), in_use)
    }
}

fn place(line: &'static str) -> Option<Place> {
    let (name, zones) = line.split_once('\t').filter(|_| !line.starts_with('#'))?;
    // An older system may not know each.
    let zones = zones.split(' ').filter_map(|zone| zone.parse().ok());
    Some(Place {
        name,
        folded: fold(name),
        zones: zones.collect(),
    })
}

/// What a name may mean: as a place or abbreviation, a whole name, or the last part of one; with or
/// without "time" after it.
fn meant(name: &str) -> Vec<Zone> {
    let mut name = fold(name);
    loop {
        let known = [&KNOWN.by_place, &KNOWN.by_name, &KNOWN.by_last_part];
        if let Some(zones) = known.into_iter().find_map(|known| known.get(&name)) {
            return zones.clone();
        }
        match AFTER.iter().find_map(|after| name.strip_suffix(after)) {
            Some(shorter) => name = shorter.to_owned(),
            None => return Vec::new(),
        }
    }
}

/// A place and its region with only a space between them: "berlin germany".
fn beside(name: &str) -> Vec<Zone> {
    let name = fold(name);
    let spaces = name.match_indices(' ').take(LONGEST);
    let mut readings = spaces.filter_map(|(at, _)| {
        let (place, region) = (meant(&name[..at]), meant(&name[at + 1..]));
        (!place.is_empty() && !region.is_empty()).then(|| within(&place, &region))
    });
    readings.next().unwrap_or_default()
}

/// The zones of a place that are in its region too. If there are none, the two contradict each other, and either may be
/// meant.
fn within(places: &[Zone], regions: &[Zone]) -> Vec<Zone> {
    if places.is_empty() || regions.is_empty() {
        return places.to_vec();
    }
    let shared = places.iter().filter(|place| {
        let mut regions = regions.iter();
        regions.any(|region| place == &region || same_clocks(**place, *region))
    });
    let shared: Vec<Zone> = shared.copied().collect();
    if shared.is_empty() {
        return [places, regions].concat();
    }
    shared
}

/// The zones whose clocks differ; of those with the same clocks, the first.
fn distinct(zones: Vec<Zone>) -> Vec<Zone> {
    let mut distinct: Vec<Zone> = Vec::new();
    for zone in zones {
        if !distinct.iter().any(|other| same_clocks(*other, zone)) {
            distinct.push(zone);
        }
    }
    distinct
}

fn same_clocks(one: Zone, other: Zone) -> bool {
    samples().all(|at| one.local(at) == other.local(at))
}

/// The instants at which clocks are compared: every ten days for two years, from the year of the release in force on.
/// No change of clocks is undone within ten days, not even that of Ramadan.
fn samples() -> impl Iterator<Item = DateTime<Utc>> {
    let year = Zones::in_force().release().year();
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let first = first.and_time(NaiveTime::MIN).and_utc();
    (0..73).map(move |number| first.plus(TimeDelta::days(10 * number)))
}

/// The zones of the name nearest to a misspelt one.
fn nearest(typed: &str) -> Vec<Zone> {
    // Shorter ones are near to many.
    if typed.chars().count() < 4 {
        return Vec::new();
    }
    let known = &*KNOWN;
    let places = known.places.iter();
    let places = places.map(|place| (place.folded.clone(), place.zones.clone()));
    let names = known.offered.iter();
    let names = names.flat_map(|(name, zone)| {
        [last_part(name).to_owned(), name.clone()].map(|name| (name, vec![*zone]))
    });
    let near = places
        .chain(names)
        .map(|(name, zones)| (strsim::osa_distance(&name, typed), name.len(), zones))
        .filter(|(distance, length, _)| *distance <= length / 3)
        .min_by_key(|(distance, ..)| *distance);
    near.map(|(.., zones)| distinct(zones)).unwrap_or_default()
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A name without what people write differently: lowercase words of plain letters with single spaces between them. `/`
/// and `+` are kept, since Etc/GMT+5 and Etc/GMT-5 are different zones.
fn fold(name: &str) -> String {
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

#[cfg(test)]
mod tests;
