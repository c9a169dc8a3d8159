//! Time zones as people write them: names of the IANA database, places, abbreviations, distances
//! from UTC. A text that can mean one zone is that zone; one that can mean several is asked about.

mod clocks;
mod known;
mod offsets;
mod suggestions;

pub use suggestions::{Suggestion, suggest};

use clocks::{distinct, same_clocks};
use known::{KNOWN, fold, last_part};

use crate::time::Zone;

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

/// An offset from UTC as people write it, of so many minutes: "UTC+5:30".
pub fn offset(minutes: i32) -> String {
    offsets::written(minutes)
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

#[cfg(test)]
mod tests;
