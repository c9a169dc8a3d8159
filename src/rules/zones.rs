//! Time zones as people write them.

use std::fmt;

use chrono_tz::{TZ_VARIANTS, Tz};

/// A text that names no time zone, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    /// What was written.
    pub written: String,
    /// The zones that may be meant: those it could name, or else the nearest one.
    pub near: Vec<Tz>,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no time zone", self.written)?;
        match self.near.as_slice() {
            [] => f.write_str("; name one like Europe/Berlin"),
            [zone] => write!(f, "; did you mean {}?", zone.name()),
            zones => {
                let names: Vec<&str> = zones.iter().map(|zone| zone.name()).collect();
                write!(f, " by itself; did you mean {}?", names.join(" or "))
            }
        }
    }
}

impl std::error::Error for UnknownZone {}

/// Reads the name of an IANA time zone, whatever its case, with spaces or underscores, or its last part alone if no other
/// zone shares it: "Europe/Berlin", "europe/berlin", "america/new york", "Berlin".
///
/// # Errors
/// With the zones that may be meant.
pub fn parse_zone(text: &str) -> Result<Tz, UnknownZone> {
    let typed = fold(text);
    let named = |name: fn(&'static str) -> &'static str| -> Vec<Tz> {
        zones()
            .filter(|zone| fold(name(zone.name())) == typed)
            .collect()
    };
    if let [zone] = named(|name| name)[..] {
        return Ok(zone);
    }
    match named(last_part)[..] {
        [zone] => Ok(zone),
        [] => Err(UnknownZone {
            written: text.trim().to_owned(),
            near: nearest(&typed).into_iter().collect(),
        }),
        ref several => Err(UnknownZone {
            written: text.trim().to_owned(),
            near: several.to_vec(),
        }),
    }
}

/// The zones to offer to somebody who has typed this much: those whose name or last part starts with it, then those that
/// contain it.
pub fn suggest(typed: &str, limit: usize) -> Vec<Tz> {
    let typed = fold(typed);
    let mut found: Vec<(bool, Tz)> = zones()
        .map(|zone| (fold(zone.name()), zone))
        .filter(|(name, _)| name.contains(&typed))
        .map(|(name, zone)| {
            let starts =
                name.starts_with(&typed) || fold(last_part(zone.name())).starts_with(&typed);
            (!starts, zone)
        })
        .collect();
    found.sort_by_key(|(inside, _)| *inside);
    found
        .into_iter()
        .map(|(_, zone)| zone)
        .take(limit)
        .collect()
}

fn zones() -> impl Iterator<Item = Tz> {
    TZ_VARIANTS.iter().copied()
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn nearest(typed: &str) -> Option<Tz> {
    zones()
        .flat_map(|zone| [zone.name(), last_part(zone.name())].map(|name| (fold(name), zone)))
        .map(|(name, zone)| (strsim::osa_distance(&name, typed), name.len(), zone))
        .filter(|(distance, length, _)| *distance <= length / 3)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., zone)| zone)
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace(' ', "_")
}
