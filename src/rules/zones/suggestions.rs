//! What is offered to somebody who types a zone.

use std::collections::HashSet;

use super::known::{COMMON, KNOWN, fold, last_part};
use super::offsets;
use crate::time::Zone;

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
    /// What it is taken by, as [`parse_zone`](super::parse_zone) reads it.
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

/// What to offer to somebody who has typed this much, at most `limit`. Common zones come first among those that fit
/// equally.
pub fn suggest(typed: &str, limit: usize) -> Vec<Suggestion> {
    if typed.trim().is_empty() {
        let common = COMMON.iter().filter_map(|name| name.parse().ok());
        return common.map(Suggestion::Named).take(limit).collect();
    }
    if let Some(minutes) = offsets::read(typed) {
        return of_offset(minutes, limit);
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

/// The zone that keeps an offset all year, then those that keep it for a part of the year at least.
fn of_offset(minutes: i32, limit: usize) -> Vec<Suggestion> {
    let all_year = offsets::zone(minutes).ok();
    let mut zones: Vec<Zone> = offsets::part_of_the_year(minutes).collect();
    zones.sort_by_key(|zone| KNOWN.rank(*zone));
    zones.retain(|zone| all_year != Some(*zone));
    let all_year = all_year.map(|zone| Suggestion::AllYear(zone, minutes));
    let others = zones.into_iter().map(Suggestion::Named);
    all_year.into_iter().chain(others).take(limit).collect()
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
