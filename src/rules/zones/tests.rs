use std::collections::HashSet;

use chrono::{DateTime, TimeDelta};

use super::known::{NOWHERE, PLACES, place};
use super::*;

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

/// The zones that may be meant by what names no single one.
fn candidates(text: &str) -> Vec<Zone> {
    match parse_zone(text).unwrap_err() {
        UnknownZone::Several { zones, .. } => zones,
        UnknownZone::None { near, .. } => near,
    }
}

fn shown_all(zones: &[Zone]) -> String {
    let names: Vec<String> = zones.iter().copied().map(shown).collect();
    names.join(", ")
}

#[test]
fn a_zone_is_read_as_people_write_it() {
    for (typed, expected) in [
        ("Europe/Berlin", "Europe/Berlin"),
        (" america/new york ", "America/New_York"),
        ("berlin", "Europe/Berlin"),
        ("Los Angeles", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("India", "Asia/Kolkata"),
        ("new york", "America/New_York"),
        ("New-York", "America/New_York"),
        ("New York, USA", "America/New_York"),
        ("Kolkata", "Asia/Kolkata"),
        ("Calcutta", "Asia/Calcutta"),
        ("Mumbai, India", "Asia/Kolkata"),
        ("Bengaluru (India)", "Asia/Kolkata"),
        ("Austin, Texas", "America/Chicago"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("Hyderabad, Pakistan", "Asia/Karachi"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("Łódź", "Europe/Warsaw"),
        ("U.K.", "Europe/London"),
        ("Türkiye", "Europe/Istanbul"),
        ("istanbul", "Europe/Istanbul"),
        ("Eastern Time", "America/New_York"),
        ("Pacific Daylight Time", "America/Los_Angeles"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Berlin time zone", "Europe/Berlin"),
        ("EDT", "America/New_York"),
        ("cest", "CET"),
        ("JST", "Asia/Tokyo"),
        ("Asia/Kolkata · India", "Asia/Kolkata"),
        ("europe berlin", "Europe/Berlin"),
        ("Europe Berlin", "Europe/Berlin"),
        ("america new york", "America/New_York"),
        ("America Argentina Cordoba", "America/Argentina/Cordoba"),
        ("berlin germany", "Europe/Berlin"),
        ("Berlin (Germany)", "Europe/Berlin"),
        ("New York USA", "America/New_York"),
        ("san jose costa rica", "America/Costa_Rica"),
        ("san jose california", "America/Los_Angeles"),
        ("hyderabad pakistan", "Asia/Karachi"),
        ("cordoba spain", "Europe/Madrid"),
        ("Córdoba, Argentina", "America/Argentina/Cordoba"),
        ("santiago chile", "America/Santiago"),
        ("Granada, Spain", "Europe/Madrid"),
        ("Grenada", "America/Grenada"),
        ("newcastle uk", "Europe/London"),
        ("DC", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
    ] {
        assert_eq!(parse_zone(typed), Ok(zone(expected)), "{typed}");
    }
}

#[test]
fn a_distance_is_what_people_mean_by_it() {
    for (typed, expected) in [
        ("GMT+5", "UTC+5"),
        ("gmt + 5", "UTC+5"),
        ("UTC+05:00", "UTC+5"),
        ("utc-3", "UTC-3"),
        ("UTC−3", "UTC-3"),
        ("UTC–3", "UTC-3"),
        ("GMT-0300", "UTC-3"),
        ("+14", "UTC+14"),
        ("-12:00", "UTC-12"),
        ("UTC+0", "UTC"),
        ("GMT±0", "UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("gmt+5.5", "Asia/Kolkata"),
        ("+0545", "Asia/Kathmandu"),
        ("UTC+3:30", "Asia/Tehran"),
        ("UTC-9:30", "Pacific/Marquesas"),
        // What was written out in full means what the database says.
        ("Etc/GMT+5", "UTC-5"),
        ("etc/gmt-5", "UTC+5"),
        ("UTC+5 · all year", "UTC+5"),
        ("GMT5", "UTC+5"),
        ("gmt 5", "UTC+5"),
        ("utc1", "UTC+1"),
        ("UTC0", "UTC"),
        ("UTC05:30", "Asia/Kolkata"),
        ("utc0530", "Asia/Kolkata"),
        ("ＧＭＴ＋５", "UTC+5"),
    ] {
        let read = parse_zone(typed).unwrap_or_else(|error| panic!("{typed}: {error:?}"));
        assert_eq!(shown(read), expected, "{typed}");
    }
    let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
    let ahead = |text: &str| parse_zone(text).unwrap().local(at) - at.naive_utc();
    assert_eq!(ahead("GMT+5"), TimeDelta::hours(5));
    assert_eq!(ahead("UTC-3"), TimeDelta::hours(-3));
    assert_eq!(ahead("UTC+5:30"), TimeDelta::minutes(330));
}

#[test]
fn what_may_mean_several_zones_is_asked_about() {
    for (typed, expected) in [
        ("IST", "Asia/Kolkata, Europe/Dublin, Asia/Jerusalem"),
        ("cst", "America/Chicago, Asia/Shanghai, America/Havana"),
        ("PST", "America/Los Angeles, Asia/Manila, Pacific/Pitcairn"),
        (
            "EST",
            "America/New York, America/Panama, Australia/Brisbane",
        ),
        ("BST", "Europe/London, Asia/Dhaka, Pacific/Bougainville"),
        ("spain", "Europe/Madrid, Atlantic/Canary"),
        ("Georgia", "Asia/Tbilisi, America/New York"),
        (
            "Cordoba",
            "America/Argentina/Cordoba, Europe/Madrid, America/Mexico City",
        ),
        (
            "Santiago",
            "America/Santiago, America/Santo Domingo, Europe/Madrid",
        ),
        ("Granada", "Europe/Madrid, America/Managua"),
        (
            "san juan",
            "America/Puerto Rico, America/Argentina/San Juan",
        ),
        ("Newcastle", "Europe/London, Australia/Sydney"),
        ("central america", "America/Guatemala, America/Panama"),
        (
            "paris texas",
            "Europe/Paris, America/Chicago, America/Denver",
        ),
        (
            "Paris, Texas",
            "Europe/Paris, America/Chicago, America/Denver",
        ),
    ] {
        assert_eq!(shown_all(&candidates(typed)), expected, "{typed}");
    }
    let usa = candidates("USA");
    assert!(usa.contains(&zone("America/Denver")), "{usa:?}");
    // Nobody keeps it all year.
    assert_eq!(candidates("UTC-3:30"), [zone("America/St_Johns")]);
}

#[test]
fn a_text_that_is_not_an_offset_is_refused() {
    for typed in [
        "UTC+15",
        "UTC-13",
        "UTC+5:60",
        "UTC+",
        "+",
        "GMT+5:3",
        "UTC+005:00",
        "+1+1",
        "GMT15",
        "utc5:",
        "5",
        "05:30",
    ] {
        assert!(parse_zone(typed).is_err(), "{typed}");
    }
}

#[test]
fn every_name_of_the_database_is_read_or_asked_about() {
    for zone in Zone::all().filter(|zone| zone.name() != NOWHERE) {
        let read = match parse_zone(zone.name()) {
            Ok(read) => vec![read],
            Err(_) => candidates(zone.name()),
        };
        let same = read.iter().any(|read| same_clocks(*read, zone));
        assert!(same, "{zone} is read as {read:?}");
        if zone.name().contains('/') {
            assert_eq!(read, [zone]);
        }
    }
}

#[test]
fn every_place_names_zones_and_is_read_once() {
    let mut seen = HashSet::new();
    for line in PLACES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (name, zones) = line.split_once('\t').expect("a tab");
        for name in zones.split(' ') {
            assert!(name.parse::<Zone>().is_ok(), "{line}");
        }
        assert!(seen.insert(fold(name)), "twice: {name}");
        let zones = place(line).expect("a place").zones;
        match parse_zone(name) {
            Ok(zone) => assert_eq!(zone, zones[0], "{name}"),
            Err(_) => assert_eq!(
                candidates(name),
                zones,
                "{name}: zones with the same clocks"
            ),
        }
    }
}

#[test]
fn a_misspelt_zone_is_put_right() {
    let near = |text| match parse_zone(text).unwrap_err() {
        UnknownZone::None { near, .. } => shown_all(&near),
        // What is only like a name that can mean several can't mean several itself.
        several => panic!("{several:?}"),
    };
    for (text, zones) in [
        ("Europe/Berln", "Europe/Berlin"),
        ("Tokio", "Asia/Tokyo"),
        ("Inda", "Asia/Kolkata"),
        ("Atlantis", "America/Halifax, America/Puerto Rico"),
        ("Spian", "Europe/Madrid, Atlantic/Canary"),
        ("Georgiya", "Asia/Tbilisi, America/New York"),
    ] {
        assert_eq!(near(text), zones, "{text}");
    }
    for text in ["Mars/Olympus_Mons", "", "QST", "Factory", "factory time"] {
        assert_eq!(near(text), "", "{text}");
    }
}

#[test]
fn zones_are_offered_common_ones_first() {
    let offered = |typed: &str| suggest(typed, 25);
    let values = |typed: &str| -> Vec<String> {
        offered(typed).into_iter().map(Suggestion::value).collect()
    };
    assert_eq!(values("").len(), 25);
    assert_eq!(values("new y")[0], "America/New_York");
    assert_eq!(values("ber")[0], "Europe/Berlin");
    assert_eq!(values("lon")[0], "Europe/London");
    let kolkata = zone("Asia/Kolkata");
    assert_eq!(offered("indi")[0], Suggestion::Of(kolkata, "India"));
    assert_eq!(values("mumb"), ["Asia/Kolkata"]);
    assert_eq!(values("united st").len(), 7);
    assert_eq!(
        values("ist")[..3],
        ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"].map(str::to_owned)
    );
    assert!(offered("nowhere").is_empty());
    for typed in [
        "", "g", "GMT", "gmt", "utc", "GMT+1", "utc-5", "etc", "e", "+5:30", "1",
    ] {
        for value in values(typed) {
            assert!(!value.starts_with("Etc/"), "{typed}: {value}");
        }
    }
    let all_year = Suggestion::AllYear(zone("Etc/GMT-1"), 60);
    assert_eq!(offered("GMT+1")[0], all_year);
    assert_eq!(all_year.value(), "UTC+1");
    assert!(values("GMT+1").contains(&"Europe/Berlin".to_owned()));
    assert_eq!(offered("utc+5:30")[0], Suggestion::AllYear(kolkata, 330));
}
