//! The time zone database of the system: which release it names, and its zones. Whatever is in those files, reading them
//! ends soon and without a panic.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use jiff::tz::TimeZone;

use super::Release;

/// The sources of all zones in one file, with the release in the first line: today 110 KB.
const SOURCES: &str = "tzdata.zi";
/// The release alone, on systems without the sources.
const VERSION: &str = "+VERSION";
/// How much is read of the sources.
const LONGEST_SOURCES: u64 = 1 << 20;
/// How long the compiled rules of a zone may be: today less than 4 KB.
const LONGEST_RULES: u64 = 1 << 16;
/// How long a name may be: today 32.
const LONGEST_NAME: usize = 64;
/// How many names are read: today 600.
const MOST_NAMES: usize = 2000;

/// A file that should hold the rules of a zone, and doesn't.
pub(super) struct Damaged;

/// The release that a folder says it is of. One that says nothing isn't trusted.
pub(super) fn release(folder: &Path) -> Option<Release> {
    let first_line = |name| {
        let start = read(&folder.join(name), 80)?;
        let start = String::from_utf8_lossy(&start).into_owned();
        start.lines().next().map(|line| line.trim().to_owned())
    };
    let sources = first_line(SOURCES);
    let named = sources
        .as_deref()
        .and_then(|line| line.strip_prefix("# version "))
        .and_then(|name| name.parse().ok());
    named.or_else(|| first_line(VERSION)?.parse().ok())
}

/// The names of zones and links in a folder's sources.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let sources = read(&folder.join(SOURCES), LONGEST_SOURCES).unwrap_or_default();
    let sources = String::from_utf8_lossy(&sources);
    let names = sources.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        match words.next()? {
            "Z" | "Zone" => words.next(),
            "L" | "Link" => words.nth(1),
            _ => None,
        }
    });
    names
        .filter(|name| is_sound(name))
        .map(str::to_owned)
        .take(MOST_NAMES)
        .collect()
}

/// The compiled rules of a zone; none when the folder has no such zone.
pub(super) fn rules(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, Damaged> {
    let path = folder.join(name);
    if fs::symlink_metadata(&path).is_err() {
        return Ok(None);
    }
    let data = read(&path, LONGEST_RULES + 1).ok_or(Damaged)?;
    if data.len() as u64 > LONGEST_RULES || TimeZone::tzif(name, &data).is_err() {
        return Err(Damaged);
    }
    Ok(Some(data))
}

/// Whether a name stays within its folder.
fn is_sound(name: &str) -> bool {
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(usual)
}

/// The first bytes of a file, at most `most`. None when there is no such file, or it is a device or a pipe, which may
/// never end.
fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut start = Vec::new();
    File::open(path)
        .ok()?
        .take(most)
        .read_to_end(&mut start)
        .ok()?;
    Some(start)
}
