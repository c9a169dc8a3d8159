//! When a daily that takes answers closes.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Schedule, ScheduleState};
use crate::time::InstantSums;

/// How long a daily takes answers at most, if none of its schedule follows.
pub const OPEN_FOR: TimeDelta = TimeDelta::days(7);

/// When a daily that takes answers closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// When the next one of its schedule is posted, which is due at this instant.
    WithNext(DateTime<Utc>),
    /// At this instant: none is due before.
    At(DateTime<Utc>),
}

impl Closing {
    /// As things stand `now`, for the newest daily of a schedule, which was posted at an instant. While the schedule is
    /// paused, that is when the next one would have been due, so that no pause keeps anybody waiting.
    pub fn of(schedule: &Schedule, posted_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let last = posted_at.plus(OPEN_FOR);
        let (timetable, newest) = (&schedule.settings.timetable, schedule.newest);
        if schedule.damage.is_some() {
            return Self::At(last);
        }
        let active = schedule.state == ScheduleState::Active;
        let (from, due) = match active {
            true => (now, timetable.due(now, newest, schedule.since)),
            false => (schedule.since, None),
        };
        let next = due.or_else(|| timetable.upcoming(from, newest).next());
        match next {
            Some((_, next)) if next <= last && active => Self::WithNext(next),
            Some((_, next)) if next <= last => Self::At(next),
            _ => Self::At(last),
        }
    }

    /// Whether the daily is to be closed, if it is still open.
    pub fn is_over(self, now: DateTime<Utc>) -> bool {
        matches!(self, Self::At(at) if at <= now)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;
    use crate::model::{Damage, ScheduleSettings, SpaceId, Timetable, Weekdays};
    use crate::time::Zone;

    fn march(day: u32, hour: u32) -> DateTime<Utc> {
        let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("a date");
        date.and_hms_opt(hour, 0, 0).expect("a time").and_utc()
    }

    /// Every day at 09:00; the newest daily is that of Wednesday 4 March.
    fn schedule(state: ScheduleState, since: DateTime<Utc>) -> Schedule {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
        let newest = Some(march(4, 9).date_naive());
        Schedule {
            id: 1,
            space: SpaceId::discord("1"),
            name: "daily".into(),
            settings: ScheduleSettings::new("7".into(), timetable),
            state,
            since,
            newest,
            newest_posted: newest,
            suspension: None,
            damage: None,
        }
    }

    #[test]
    fn it_closes_with_the_next_one_or_when_that_would_have_come() {
        let posted = march(4, 9);
        let active = schedule(ScheduleState::Active, march(1, 0));
        let paused = schedule(ScheduleState::Paused, march(4, 12));
        let of = |schedule: &Schedule, now| Closing::of(schedule, posted, now);
        assert_eq!(
            of(&active, march(4, 12)),
            Closing::WithNext(march(5, 9)),
            "tomorrow's"
        );
        assert_eq!(
            of(&active, march(5, 11)),
            Closing::WithNext(march(5, 9)),
            "today's is late"
        );
        for now in [march(4, 12), march(5, 11), march(9, 0)] {
            assert_eq!(of(&paused, now), Closing::At(march(5, 9)), "{now}");
        }
        assert!(!of(&paused, march(5, 8)).is_over(march(5, 8)));
        assert!(of(&paused, march(5, 9)).is_over(march(5, 9)));
        // Posted by hand, long after the pause.
        let before = schedule(ScheduleState::Paused, march(1, 0));
        assert_eq!(of(&before, march(4, 12)), Closing::At(march(5, 9)));
    }

    #[test]
    fn where_none_follows_within_a_week_it_closes_after_that() {
        let posted = march(4, 9);
        for state in [ScheduleState::Active, ScheduleState::Paused] {
            let mut far = schedule(state, march(4, 12));
            for day in 5..=11 {
                let of = Closing::of(&far, posted, march(4, 12));
                let next = match state {
                    ScheduleState::Active => Closing::WithNext(march(day, 9)),
                    _ => Closing::At(march(day, 9)),
                };
                assert_eq!(of, next, "{state:?}");
                let skipped = &mut far.settings.timetable.skipped;
                skipped.insert(march(day, 9).date_naive());
            }
            let of = Closing::of(&far, posted, march(4, 12));
            assert_eq!(of, Closing::At(march(11, 9)), "{state:?}");
            let mut damaged = schedule(state, march(4, 12));
            damaged.damage = Some(Damage {
                column: "time",
                value: "9 o'clock".into(),
            });
            let of = Closing::of(&damaged, posted, march(4, 12));
            assert_eq!(of, Closing::At(march(11, 9)), "{state:?}");
        }
    }
}
