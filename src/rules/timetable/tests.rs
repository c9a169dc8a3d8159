//! Timetables against the clocks of every zone.

use std::thread;

use chrono::DurationRound;
use proptest::prelude::*;

use super::*;
use crate::model::Weekdays;
use crate::time::Zone;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn timetable(zone: Zone, time: &str, weekdays: &str) -> Timetable {
    Timetable::new(zone, parse_time(time).unwrap(), weekdays.parse().unwrap())
}

fn instant(zone: Zone, time: &str, date: &str) -> Option<DateTime<Utc>> {
    timetable(zone, time, "daily").instant(day(date))
}

/// By its definition: the first minute of this date, from this time on, that the zone's clocks show.
fn first_valid_minute(zone: Zone, date: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let exists = |local: NaiveDateTime| zone.earliest(local);
    let minutes = |from: NaiveDateTime| (0..).map(move |minute| from + TimeDelta::minutes(minute));
    minutes(date.and_time(NaiveTime::MIN))
        .take_while(|local| local.date() == date)
        .find_map(exists)?;
    minutes(date.and_time(time)).find_map(exists)
}

#[test]
fn a_time_in_a_gap_is_the_first_minute_after_it() {
    assert_eq!(
        instant(zone("Europe/Berlin"), "2:30", "2026-03-29"),
        Some(utc("2026-03-29T01:00:00Z"))
    );
    assert_eq!(
        instant(zone("Australia/Lord_Howe"), "2:15", "2026-10-04"),
        Some(utc("2026-10-03T15:30:00Z"))
    );
    // Nuuk's clocks go from 22:59 on Saturday to midnight.
    assert_eq!(
        instant(zone("America/Nuuk"), "23:30", "2024-03-30"),
        Some(utc("2024-03-31T01:00:00Z"))
    );
    // Monrovia's gap ended at 00:44:30.
    assert_eq!(
        instant(zone("Africa/Monrovia"), "0:10", "1972-01-07"),
        Some(utc("1972-01-07T00:45:00Z"))
    );
}

#[test]
fn a_time_that_comes_twice_is_the_earlier() {
    assert_eq!(
        instant(zone("Europe/Berlin"), "2:30", "2026-10-25"),
        Some(utc("2026-10-25T00:30:00Z"))
    );
    assert_eq!(
        instant(zone("America/New_York"), "1:00", "2026-11-01"),
        Some(utc("2026-11-01T05:00:00Z"))
    );
}

#[test]
fn a_date_that_the_zone_skipped_has_no_instant() {
    for time in ["0:00", "9:00", "23:59"] {
        assert_eq!(instant(zone("Pacific/Apia"), time, "2011-12-30"), None);
    }
    let skipping: Vec<NaiveDate> = timetable(zone("Pacific/Apia"), "9:00", "daily")
        .upcoming(utc("2011-12-29T00:00:00Z"), None)
        .map(|(date, _)| date)
        .take(3)
        .collect();
    assert_eq!(
        skipping,
        [day("2011-12-29"), day("2011-12-31"), day("2012-01-01")]
    );
}

#[test]
fn upcoming_dates_are_of_the_weekdays_and_after_both_bounds() {
    let timetable = timetable(zone("Asia/Tokyo"), "9:00", "weekdays");
    let dates = |after: &str, last: Option<&str>| -> Vec<NaiveDate> {
        timetable
            .upcoming(utc(after), last.map(day))
            .map(|(date, _)| date)
            .take(2)
            .collect()
    };
    // 9:00 in Tokyo is midnight in UTC; 2026-06-05 is a Friday.
    assert_eq!(
        dates("2026-06-04T23:59:59Z", None),
        [day("2026-06-05"), day("2026-06-08")]
    );
    assert_eq!(
        dates("2026-06-05T00:00:00Z", None),
        [day("2026-06-08"), day("2026-06-09")]
    );
    assert_eq!(
        dates("2026-06-04T23:00:00Z", Some("2026-06-08")),
        [day("2026-06-09"), day("2026-06-10")]
    );
}

#[test]
fn a_daily_is_due_for_six_hours_once() {
    let timetable = timetable(Zone::utc(), "9:00", "daily");
    let since = utc("2026-06-01T10:00:00Z");
    let due = |now: &str, last: Option<&str>| {
        timetable
            .due(utc(now), last.map(day), since)
            .map(|(date, _)| date)
    };
    assert_eq!(
        due("2026-06-01T11:00:00Z", None),
        None,
        "the schedule is younger"
    );
    assert_eq!(due("2026-06-02T08:59:59Z", None), None, "too early");
    assert_eq!(due("2026-06-02T09:00:00Z", None), Some(day("2026-06-02")));
    assert_eq!(due("2026-06-02T15:00:00Z", None), Some(day("2026-06-02")));
    assert_eq!(due("2026-06-02T15:00:01Z", None), None, "too late");
    assert_eq!(
        due("2026-06-02T09:00:00Z", Some("2026-06-01")),
        Some(day("2026-06-02"))
    );
    assert_eq!(
        due("2026-06-02T10:00:00Z", Some("2026-06-02")),
        None,
        "it has one"
    );
    assert_eq!(
        due("2026-06-03T09:00:00Z", Some("2026-06-04")),
        None,
        "clocks went back"
    );
}

#[test]
fn skipped_dates_neither_come_up_nor_fall_due_nor_are_missed() {
    let mut timetable = timetable(Zone::utc(), "9:00", "daily");
    timetable.skipped.insert(day("2026-06-02"));
    let since = utc("2026-06-01T10:00:00Z");
    let (next, _) = timetable.upcoming(since, None).next().unwrap();
    assert_eq!(next, day("2026-06-03"));
    assert_eq!(
        timetable.due(utc("2026-06-02T09:00:00Z"), None, since),
        None
    );
    let passed: Vec<_> = timetable
        .passed(since, utc("2026-06-04T15:00:01Z"))
        .map(|(date, _)| date)
        .collect();
    assert_eq!(passed, [day("2026-06-03"), day("2026-06-04")]);
}

#[test]
fn lateness_reaches_over_midnight_but_not_over_a_free_day() {
    let late = timetable(zone("Europe/Berlin"), "23:30", "fri");
    let since = utc("2026-06-01T00:00:00Z");
    let due = |now: &str| late.due(utc(now), None, since).map(|(date, _)| date);
    assert_eq!(due("2026-06-06T02:00:00Z"), Some(day("2026-06-05")));
    assert_eq!(due("2026-06-06T22:00:00Z"), None);
}

/// Ten years with the odd ones: whole dates skipped in 2011, half hours won and lost in Caracas and Pyongyang.
fn walk(zone: Zone, time: &str) {
    let timetable = timetable(zone, time, "daily");
    let mut before = None;
    for date in day("2010-01-01").iter_days().take(3653) {
        let instant = timetable.instant(date);
        let local = instant.map(|instant| zone.local(instant));
        if local != Some(date.and_time(timetable.time)) {
            assert_eq!(
                instant,
                first_valid_minute(zone, date, timetable.time),
                "{zone} {date} {time}"
            );
        }
        if instant.is_some() {
            assert!(before < instant, "{zone} {date} {time}");
            before = instant;
        }
    }
}

#[test]
fn every_zone_has_one_instant_a_date_in_order() {
    thread::scope(|scope| {
        for first in 0..4 {
            scope.spawn(move || {
                for zone in Zone::all().skip(first).step_by(4) {
                    for time in ["0:00", "2:30", "9:00", "23:59"] {
                        walk(zone, time);
                    }
                }
            });
        }
    });
}

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(Zone::all().collect::<Vec<_>>())
}

fn any_timetable() -> impl Strategy<Value = Timetable> {
    let skipped = prop::collection::btree_set(20_000i32..20_040, 0..8);
    (any_zone(), 0u32..1440, 1u8..128, skipped).prop_map(|(zone, minute, bits, skipped)| {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let mut timetable = Timetable::new(zone, time, Weekdays::from_bits(bits).unwrap());
        timetable.skipped = skipped
            .into_iter()
            .map(|days| NaiveDate::from_epoch_days(days).unwrap())
            .collect();
        timetable
    })
}

/// Any at all, the first and the last too.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let all = (first.timestamp()..=last.timestamp())
        .prop_map(|at| DateTime::from_timestamp(at, 0).unwrap_or_default());
    prop_oneof![3 => all, 1 => Just(first), 1 => Just(last)]
}

/// What happens to a schedule: some minutes go by (or the clock is set back), then an admin may
/// change its times.
fn any_moment() -> impl Strategy<Value = (i64, Option<Timetable>)> {
    let minutes = prop_oneof![5 => 1i64..360, 2 => 360i64..4000, 1 => -2000i64..0];
    (minutes, prop::option::weighted(0.2, any_timetable()))
}

proptest! {
    #[test]
    fn edits_and_clock_jumps_never_double_a_date_nor_lose_one(
        first in any_timetable(),
        moments in prop::collection::vec(any_moment(), 1..120),
    ) {
        let mut timetable = first;
        let mut now = utc("2024-10-04T00:00:00Z"); // forty days with changes of clocks
        let (mut since, mut last) = (now, None);
        for (minutes, edited) in moments {
            let before = now;
            now += TimeDelta::minutes(minutes);
            let mut came: Vec<_> = timetable
                .upcoming(before.max(since), last)
                .take_while(|(_, instant)| *instant <= now)
                .collect();
            let due = timetable.due(now, last, since);
            if let Some((date, instant)) = due {
                prop_assert!(last < Some(date), "{date} after {last:?}");
                prop_assert!(since < instant && instant <= now && now - instant <= LATENESS);
                prop_assert_eq!(timetable.instant(date), Some(instant));
                prop_assert!(timetable.weekdays.contains(date.weekday()));
                prop_assert!(!timetable.skipped.contains(&date));
                last = Some(date);
            }
            // Looked at every six hours, nothing is lost.
            if (0..360).contains(&minutes) && let Some(newest) = came.pop() {
                prop_assert_eq!(due, Some(newest));
            }
            if let Some(edited) = edited {
                (timetable, since) = (edited, now);
            }
        }
    }

    #[test]
    fn no_clock_or_date_is_too_far_for_it(
        timetable in any_timetable(), now in any_instant(), since in any_instant(), last in prop::option::of(any_instant()),
    ) {
        let last = last.map(|last| last.date_naive());
        for (date, instant) in timetable.upcoming(now, last).take(3) {
            prop_assert!(instant > now && last.is_none_or(|last| date > last));
        }
        if let Some((date, instant)) = timetable.due(now, last, since) {
            prop_assert!(instant <= now && instant > since && last.is_none_or(|last| date > last));
        }
        prop_assert!(timetable.passed(since, now).take(3).all(|(_, instant)| instant < now));
        timetable.instant(timetable.local_date(now));
    }

    #[test]
    fn an_instant_is_the_first_valid_minute(
        zone in any_zone(), days in 0i32..29_000, minute in 0u32..1440,
    ) {
        let date = NaiveDate::from_epoch_days(days).unwrap();
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let timetable = Timetable::new(zone, time, Weekdays::EVERY_DAY);
        let expected = first_valid_minute(zone, date, time);
        prop_assert_eq!(timetable.instant(date), expected);
    }

    #[test]
    fn what_comes_up_falls_due_then_and_not_before(
        zone in any_zone(), minute in 0u32..1440, bits in 1u8..128, seconds in 0i64..2_000_000_000,
    ) {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let timetable = Timetable::new(zone, time, Weekdays::from_bits(bits).unwrap());
        let now = DateTime::from_timestamp(seconds, 0).unwrap().duration_trunc(TimeDelta::minutes(1)).unwrap();
        let mut last = None;
        for (date, instant) in timetable.upcoming(now, None).take(10) {
            prop_assert!(instant > now);
            prop_assert_eq!(timetable.due(instant, last, now), Some((date, instant)));
            prop_assert_eq!(timetable.due(instant + LATENESS, last, now), Some((date, instant)));
            prop_assert_eq!(timetable.due(instant, Some(date), now), None);
            let second = TimeDelta::seconds(1);
            prop_assert_eq!(timetable.due(instant - second, last, now), None);
            prop_assert_eq!(timetable.due(instant + LATENESS + second, last, now), None);
            prop_assert_eq!(timetable.due(instant, last, instant), None);
            last = Some(date);
        }
    }

    #[test]
    fn nothing_changes_before_the_next_look_and_something_does_then(
        zone in any_zone(), minute in 0u32..1440, bits in 1u8..128, seconds in 1_000_000i64..2_000_000_000,
    ) {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let timetable = Timetable::new(zone, time, Weekdays::from_bits(bits).unwrap());
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        let since = now - TimeDelta::days(3);
        let at = |instant| {
            let too_late: Vec<_> = timetable.passed(since, instant).collect();
            (timetable.due(instant, None, since), too_late)
        };
        let look = timetable.next_look(now).unwrap();
        prop_assert!(look > now);
        prop_assert_eq!(at(look - TimeDelta::milliseconds(1)), at(now));
        prop_assert_ne!(at(look), at(now));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String) {
        let _ = (parse_time(&text), parse_zone(&text), text.parse::<Weekdays>());
    }
}
