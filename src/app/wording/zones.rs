//! What is said of time zones, to admins and to the operator.

use std::fmt::{self, Display, Formatter};

use crate::rules::zones::{self, BETWEEN, Suggestion, UnknownZone};
use crate::time::{Origin, Zone, Zones, ZonesWarning};
use crate::told;

impl Display for UnknownZone {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Several { written, zones } => write!(
                f,
                "“{written}” could mean several time zones; name the one you mean: {}",
                alternatives(zones)
            ),
            Self::None { written, near } if near.is_empty() => write!(
                f,
                "“{written}” isn't a time zone that I know; name a city like Berlin or New York, a country, or an \
                 offset like UTC+2"
            ),
            Self::None { written, near } => write!(
                f,
                "“{written}” isn't a time zone; did you mean {}?",
                alternatives(near)
            ),
        }
    }
}

/// "Europe/Madrid or Atlantic/Canary".
fn alternatives(zones: &[Zone]) -> String {
    let names: Vec<String> = zones.iter().copied().map(zones::shown).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        names => names.concat(),
    }
}

/// A zone as it is offered, with the reason after it. It is read as the zone alone is.
pub(in crate::app) fn suggested_zone(suggestion: Suggestion) -> String {
    let value = suggestion.value();
    match suggestion {
        Suggestion::Named(_) => value,
        Suggestion::Of(_, place) => format!("{value}{BETWEEN}{place}"),
        Suggestion::AllYear(_, minutes) => match zones::offset(minutes) {
            offset if offset == value => format!("{value}{BETWEEN}all year"),
            offset => format!("{value}{BETWEEN}{offset} all year"),
        },
    }
}

/// Which rules for time zones are in force, for the operator.
pub fn zones_in_force(zones: &Zones) -> String {
    let from = match zones.origin() {
        Origin::BuiltIn => "built in".to_owned(),
        Origin::System(folder) => format!("of {}", told::name(folder)),
    };
    format!("time zones: release {}, {from}", zones.release())
}

impl Display for ZonesWarning<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old(release) => write!(
                f,
                "the time zones are of release {release}, which is over a year old, so dailies may come at the wrong \
                 hour: update the system's tzdata, or greenroom, and restart it"
            ),
            Self::Damaged {
                folder,
                zones,
                first,
            } => write!(
                f,
                "{zones} time zones in {} can't be read and keep the older rules built in, {first} first: reinstall \
                 the system's tzdata and restart greenroom",
                told::name(folder)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::zones::{parse_zone, suggest};

    #[test]
    fn what_names_no_single_zone_is_answered_with_those_that_may_be_meant() {
        let told = ["Spain", "cst", "Tokio", "Spian", "QST"].map(|typed| {
            let unknown = parse_zone(typed).expect_err("no single zone");
            unknown.to_string()
        });
        insta::assert_snapshot!(told.join("\n"), @r"
        “Spain” could mean several time zones; name the one you mean: Europe/Madrid or Atlantic/Canary
        “cst” could mean several time zones; name the one you mean: America/Chicago, Asia/Shanghai or America/Havana
        “Tokio” isn't a time zone; did you mean Asia/Tokyo?
        “Spian” isn't a time zone; did you mean Europe/Madrid or Atlantic/Canary?
        “QST” isn't a time zone that I know; name a city like Berlin or New York, a country, or an offset like UTC+2
        ");
    }

    #[test]
    fn a_zone_is_offered_with_the_reason() {
        let first = |typed| suggested_zone(suggest(typed, 1)[0]);
        assert_eq!(first("berl"), "Europe/Berlin");
        assert_eq!(first("indi"), "Asia/Kolkata · India");
        assert_eq!(first("GMT+1"), "UTC+1 · all year");
        assert_eq!(first("utc+5:30"), "Asia/Kolkata · UTC+5:30 all year");
    }

    #[test]
    fn whatever_is_offered_is_read() {
        let letters = ('a'..='z').map(String::from);
        let signs = ["", "GMT", "GMT+5", "UTC-3:30", "us", "st", "new "].map(str::to_owned);
        for typed in letters.chain(signs) {
            for suggestion in suggest(&typed, 25) {
                let (label, value) = (suggested_zone(suggestion), suggestion.value());
                let read = parse_zone(&value);
                assert!(read.is_ok(), "{value}: {read:?}");
                assert_eq!(parse_zone(&label), read, "{label}");
                assert!(label.chars().count() <= 100);
            }
        }
    }

    #[test]
    fn an_operator_is_told_what_to_do_about_old_or_damaged_rules() {
        let release = "2025b".parse().expect("a release");
        let damaged = ZonesWarning::Damaged {
            folder: "/usr/share/zoneinfo".as_ref(),
            zones: 7,
            first: "Europe/Berlin",
        };
        let told = [ZonesWarning::Old(&release), damaged].map(|warning| warning.to_string());
        insta::assert_snapshot!(told.join("\n"), @r"
        the time zones are of release 2025b, which is over a year old, so dailies may come at the wrong hour: update the system's tzdata, or greenroom, and restart it
        7 time zones in /usr/share/zoneinfo can't be read and keep the older rules built in, Europe/Berlin first: reinstall the system's tzdata and restart greenroom
        ");
    }
}
