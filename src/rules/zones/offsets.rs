//! Offsets from UTC as people write them. "GMT+5" is five hours ahead, as everyone means it; only
//! the database's own Etc/GMT+5 runs the other way.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;

use super::clocks::{distinct, samples};
use super::known::KNOWN;
use crate::time::Zone;

/// The offsets that clocks have, in minutes.
const RANGE: std::ops::RangeInclusive<i32> = -12 * 60..=14 * 60;

/// Reads "UTC+5:30", "gmt-3", "GMT +0530", "+02:00", "UTC+5.5", "GMT5", with any kind of minus sign, as minutes
/// ahead of UTC.
pub(super) fn read(text: &str) -> Option<i32> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let text = text.trim().replace(' ', "");
    let after = ["utc", "gmt"]
        .iter()
        .find_map(|name| text.strip_prefix(name));
    let offset = after.unwrap_or(&text);
    let mut rest = offset.chars();
    let (sign, rest) = match rest.next()? {
        '+' | '±' => (1, rest.as_str()),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => (-1, rest.as_str()),
        '0'..='9' if after.is_some() => (1, offset),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once([':', '.']) {
        Some((hours, "5")) if rest.contains('.') => (hours, "30"),
        Some((hours, "25")) if rest.contains('.') => (hours, "15"),
        Some((hours, "75")) if rest.contains('.') => (hours, "45"),
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let digits = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok())?
    };
    let (hours, minutes) = (
        digits(hours)?,
        digits(minutes).filter(|minutes| *minutes < 60)?,
    );
    Some(sign * (hours * 60 + minutes))
}

/// The zone that keeps an offset all year.
///
/// # Errors
/// If there is none: the zones that keep it for a part of the year.
pub(super) fn zone(minutes: i32) -> Result<Zone, Vec<Zone>> {
    if minutes == 0 {
        return Ok(Zone::utc());
    }
    if minutes % 60 == 0 && RANGE.contains(&minutes) {
        // The database counts from there to UTC.
        let name = format!("Etc/GMT{:+}", -minutes / 60);
        if let Ok(zone) = name.parse() {
            return Ok(zone);
        }
    }
    let all_year = in_use().find(|zone| samples().all(|at| ahead(*zone, at) == minutes));
    all_year.ok_or_else(|| distinct(part_of_the_year(minutes).collect()))
}

/// The minutes ahead of UTC that a zone of this name keeps, if it is named for them.
pub(super) fn of_name(name: &str) -> Option<i32> {
    let hours: i32 = name.strip_prefix("Etc/GMT")?.parse().ok()?;
    hours.checked_mul(-60)
}

/// As people write it: "UTC+5:30".
pub(super) fn written(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// The zones that keep an offset for a part of the year at least.
pub(super) fn part_of_the_year(minutes: i32) -> impl Iterator<Item = Zone> {
    in_use().filter(move |zone| samples().any(|at| ahead(*zone, at) == minutes))
}

/// The zones of places, without those that are named for an offset.
fn in_use() -> impl Iterator<Item = Zone> {
    let mut zones: Vec<(usize, Zone)> = KNOWN
        .in_use
        .iter()
        .filter(|(name, _)| name.contains('/'))
        .filter_map(|(name, at)| Some((*at, name.parse().ok()?)))
        .collect();
    zones.sort_by_key(|(at, _)| *at);
    zones.into_iter().map(|(_, zone)| zone)
}

fn ahead(zone: Zone, at: DateTime<Utc>) -> i32 {
    let ahead = zone.local(at).signed_duration_since(at.naive_utc());
    i32::try_from(ahead.num_minutes()).unwrap_or_default()
}
