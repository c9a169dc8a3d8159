//! Time zones as people write them.

use std::fmt;

use crate::time::Zone;

/// A text that names no time zone, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    /// What was written.
    pub written: String,
    /// The zones that may be meant: those it could name, or else the nearest one.
    pub near: Vec<Zone>,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.near.iter().map(|zone| zone.name()).collect();
        let alone = if names.len() > 1 { " by itself" } else { "" };
        write!(f, "`{}`{alone} is no time zone; ", self.written)?;
        if names.is_empty() {
            f.write_str("name one like Europe/Berlin")
        } else {
            write!(f, "did you mean {}?", names.join(" or "))
        }
    }
}

impl std::error::Error for UnknownZone {}

/// Reads the name of an IANA time zone, whatever its case, with spaces or underscores, or its last part alone if no other
/// zone shares it: "Europe/Berlin", "europe/berlin", "america/new york", "Berlin".
///
/// # Errors
/// With the zones that may be meant.
pub fn parse_zone(text: &str) -> Result<Zone, UnknownZone> {
    let typed = fold(text);
    let named = |name: fn(&'static str) -> &'static str| -> Vec<Zone> {
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
pub fn suggest(typed: &str, limit: usize) -> Vec<Zone> {
    let typed = fold(typed);
    let mut found: Vec<(bool, Zone)> = zones()
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

fn zones() -> impl Iterator<Item = Zone> {
    Zone::all()
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn nearest(typed: &str) -> Option<Zone> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    #[test]
    fn a_zone_is_read_as_people_write_it() {
        assert_eq!(parse_zone("Europe/Berlin"), Ok(zone("Europe/Berlin")));
        assert_eq!(
            parse_zone(" america/new york "),
            Ok(zone("America/New_York"))
        );
        assert_eq!(parse_zone("berlin"), Ok(zone("Europe/Berlin")));
        assert_eq!(parse_zone("Los Angeles"), Ok(zone("America/Los_Angeles")));
        assert_eq!(parse_zone("utc"), Ok(Zone::utc()));
    }

    #[test]
    fn every_zone_is_read_by_its_name() {
        for zone in Zone::all() {
            assert_eq!(parse_zone(zone.name()), Ok(zone));
        }
    }

    #[test]
    fn a_misspelt_zone_is_put_right() {
        let error = |text| parse_zone(text).unwrap_err().to_string();
        assert_eq!(
            error("Europe/Berln"),
            "`Europe/Berln` is no time zone; did you mean Europe/Berlin?"
        );
        assert_eq!(
            error("Tokio"),
            "`Tokio` is no time zone; did you mean Asia/Tokyo?"
        );
        assert_eq!(
            error("Mars/Olympus_Mons"),
            "`Mars/Olympus_Mons` is no time zone; name one like Europe/Berlin"
        );
        assert_eq!(error(""), "`` is no time zone; name one like Europe/Berlin");
    }

    #[test]
    fn a_last_part_of_several_zones_needs_the_rest() {
        assert_eq!(
            parse_zone("Eastern").unwrap_err().to_string(),
            "`Eastern` by itself is no time zone; did you mean Canada/Eastern or US/Eastern?"
        );
    }

    #[test]
    fn zones_are_offered_from_their_start_first() {
        assert_eq!(suggest("new y", 5), [zone("America/New_York")]);
        assert_eq!(suggest("ber", 2)[0], zone("Atlantic/Bermuda"));
        assert!(suggest("ber", 5).contains(&zone("Europe/Berlin")));
        assert_eq!(suggest("", 25).len(), 25);
        assert!(suggest("nowhere", 25).is_empty());
    }
}
