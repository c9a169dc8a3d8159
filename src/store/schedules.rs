//! Where and when dailies post.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::delivery::close;
use super::sql::{instant, instant_if_any, json, millis, parsed, unreadable};
use super::{Store, StoreError};
use crate::model::{
    Damage, Schedule, ScheduleSettings, ScheduleState, SpaceId, Suspension, Timetable, Weekdays,
};
use crate::rules::timetable::parse_time;
use crate::time::Zone;

const SELECT: &str = "SELECT *,
    (SELECT json_group_array(local_date) FROM skipped_dates WHERE schedule = schedules.id) AS skipped,
    (SELECT json_group_array(local_date) FROM dailies WHERE schedule = schedules.id AND ahead = 1
        AND given_up = 0) AS taken,
    (SELECT max(local_date) FROM dailies WHERE schedule = schedules.id AND given_up = 0 AND ahead = 0)
        AS newest,
    (SELECT max(local_date) FROM dailies WHERE schedule = schedules.id AND posted_at IS NOT NULL
        AND ahead = 0) AS newest_posted
    FROM schedules ";

/// Active, and neither waiting for a channel nor without the bot; at ?1 there may be something to do.
const DUE: &str = "WHERE state = 'active' AND next_due <= ?1 AND ifnull(suspended_until, 0) <= ?1
    AND space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)";

/// How many schedules are reckoned in one transaction, so that others' writes get in between.
const AT_ONCE: usize = 200;

impl Store {
    /// Sets the state of a schedule. `None` when there is none of that name (or it was removed). One that is
    /// removed closes its daily, and forgets which dates it was to skip and what was queued, so that none of it
    /// comes back when it is set again.
    pub async fn set_schedule_state(
        &self,
        space: SpaceId,
        name: String,
        state: ScheduleState,
        now: DateTime<Utc>,
    ) -> Result<Option<Schedule>, StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE schedules SET state = ?3, since = ?4
                 WHERE space = ?1 AND name = ?2 AND state NOT IN ('removed', ?3)",
                params![space, name, state, millis(now)],
            )?;
            // What is on its way is not sent any more: it is due no longer.
            sql.execute(
                "UPDATE dailies SET due_at = 0 WHERE state = 'claimed' AND schedule =
                    (SELECT id FROM schedules WHERE space = ?1 AND name = ?2 AND state <> 'active')",
                params![space, name],
            )?;
            let set = one(sql, &space, &name)?.filter(|schedule| schedule.state == state);
            if let Some(Schedule { id, .. }) = set
                && state == ScheduleState::Removed
            {
                // `daily_posted` does so too: one that was still on its way is recorded after the removal.
                close(sql, "schedule = ?1", id, now)?;
                sql.execute("DELETE FROM skipped_dates WHERE schedule = ?1", [id])?;
                sql.execute("DELETE FROM queue WHERE schedule = ?1", [id])?;
            }
            Ok(set)
        })
        .await
    }

    /// Has a schedule post nothing on local dates. Returns how many of them were not skipped before.
    pub async fn skip_dates(
        &self,
        schedule: i64,
        dates: RangeInclusive<NaiveDate>,
    ) -> Result<usize, StoreError> {
        self.write(move |sql| {
            let mut skip =
                sql.prepare_cached("INSERT OR IGNORE INTO skipped_dates VALUES (?1, ?2)")?;
            let mut skipped = 0;
            for date in dates
                .start()
                .iter_days()
                .take_while(|date| date <= dates.end())
            {
                skipped += skip.execute(params![schedule, date])?;
            }
            Ok(skipped)
        })
        .await
    }

    /// Has a schedule post on local dates that it was to skip. Returns how many those were. What
    /// would have been due on them at or before `passed` is not made up for.
    pub async fn unskip_dates(
        &self,
        schedule: i64,
        dates: RangeInclusive<NaiveDate>,
        passed: Option<DateTime<Utc>>,
    ) -> Result<usize, StoreError> {
        self.write(move |sql| {
            let unskipped = sql.execute(
                "DELETE FROM skipped_dates
                 WHERE schedule = ?1 AND local_date BETWEEN ?2 AND ?3",
                params![schedule, dates.start(), dates.end()],
            )?;
            sql.execute(
                "UPDATE schedules SET next_due = 0 WHERE id = ?1",
                [schedule],
            )?;
            if let Some(passed) = passed {
                sql.execute(
                    "UPDATE schedules SET since = max(since, ?2) WHERE id = ?1 AND ?3 > 0",
                    params![schedule, millis(passed), unskipped],
                )?;
            }
            Ok(unskipped)
        })
        .await
    }

    /// A schedule by its row, whatever its state.
    pub async fn schedule(&self, id: i64) -> Result<Option<Schedule>, StoreError> {
        self.read_by_key(|sql| by_id(sql, id))
    }

    /// The schedules of a space that are not removed, by name.
    pub async fn schedules(&self, space: SpaceId) -> Result<Vec<Schedule>, StoreError> {
        self.read(move |sql| {
            all(
                sql,
                "WHERE space = ?1 AND state <> 'removed' ORDER BY name",
                [space],
            )
        })
        .await
    }

    /// Those of [`Store::active_schedules`] of which something may be due.
    pub async fn due_schedules(&self, now: DateTime<Utc>) -> Result<Vec<Schedule>, StoreError> {
        self.read(move |sql| all(sql, DUE, [millis(now)])).await
    }

    /// Of schedules of which nothing is due `now`, reckons when to look at them again. That is reckoned from the rows
    /// as they are when it is written, so that no change gets lost. It is lost itself without harm.
    pub async fn reckon_next_due(
        &self,
        schedules: Vec<i64>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for some in schedules.chunks(AT_ONCE) {
            let some = some.to_vec();
            self.note(move |sql| some.iter().try_for_each(|id| next_due(sql, *id, now)))
                .await?;
        }
        Ok(())
    }

    /// Has every schedule be looked at again, as after a start or a clock that was set back.
    pub async fn forget_next_due(&self) -> Result<(), StoreError> {
        self.note(|sql| {
            sql.execute("UPDATE schedules SET next_due = 0 WHERE next_due > 0", [])
                .map(drop)
        })
        .await
    }

    /// Every schedule that posts at this time: those that wait for their channel do not, nor
    /// those of spaces that removed the bot. One whose row is damaged is among them, to be told.
    pub async fn active_schedules(&self, now: DateTime<Utc>) -> Result<Vec<Schedule>, StoreError> {
        self.read(move |sql| {
            all(
                sql,
                "WHERE state = 'active' AND ifnull(suspended_until, 0) <= ?1
                    AND space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)",
                [millis(now)],
            )
        })
        .await
    }
}

pub(super) fn one(
    sql: &Connection,
    space: &SpaceId,
    name: &str,
) -> rusqlite::Result<Option<Schedule>> {
    sql.prepare_cached(&format!("{SELECT} WHERE space = ?1 AND name = ?2"))?
        .query_row(params![space, name], schedule)
        .optional()
}

pub(super) fn by_id(sql: &Connection, id: i64) -> rusqlite::Result<Option<Schedule>> {
    sql.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], schedule)
        .optional()
}

fn next_due(sql: &Connection, id: i64, now: DateTime<Utc>) -> rusqlite::Result<()> {
    let row = by_id(sql, id)?;
    let Some(row) = row.filter(|row| row.damage.is_none()) else {
        return Ok(());
    };
    let timetable = &row.settings.timetable;
    if timetable.due(now, row.newest, row.since).is_some() {
        return Ok(());
    }
    if let Some(next) = timetable.next_look(now) {
        sql.prepare_cached("UPDATE schedules SET next_due = ?2 WHERE id = ?1")?
            .execute(params![id, millis(next)])?;
    }
    Ok(())
}

/// Reads a row. What of its settings can't be read gets a stand-in, so that it can be told, listed, removed and set anew.
fn schedule(row: &Row<'_>) -> rusqlite::Result<Schedule> {
    let time: String = row.get("time")?;
    let weekdays = Weekdays::from_bits(row.get("weekdays")?);
    let mut settings = Settings { row, damage: None };
    let timetable = Timetable {
        zone: settings.or("zone", parsed(row, "zone"), Zone::utc),
        time: settings.or("time", parse_time(&time), Default::default),
        weekdays: settings.or("weekdays", weekdays.ok_or(()), || Weekdays::EVERY_DAY),
        skipped: settings.or("skipped", json(row, "skipped"), Default::default),
        taken: settings.or("taken", json(row, "taken"), Default::default),
    };
    let topics = settings.or("topics", json(row, "topics"), Default::default);
    let until = instant_if_any(row, "suspended_until")?;
    let why: Option<String> = row.get("suspended_for")?;
    Ok(Schedule {
        id: row.get("id")?,
        space: row.get("space")?,
        name: row.get("name")?,
        settings: ScheduleSettings {
            channel: row.get("channel")?,
            timetable,
            topics,
            reveal: settings.or("reveal", parsed(row, "reveal"), Default::default),
            discuss: row.get("discuss")?,
        },
        state: row.get("state")?,
        since: settings.or("since", instant(row, "since"), || DateTime::UNIX_EPOCH),
        newest: settings.or("newest", row.get("newest"), || None),
        newest_posted: settings.or("newest_posted", row.get("newest_posted"), || None),
        suspension: until.zip(why).map(|(until, why)| Suspension { until, why }),
        damage: settings.damage,
    })
}

/// The settings of a row, and the first of them that can't be read.
struct Settings<'a, 'r> {
    row: &'a Row<'r>,
    damage: Option<Damage>,
}

impl Settings<'_, '_> {
    /// What was read of a column; otherwise a stand-in.
    fn or<T, E>(
        &mut self,
        column: &'static str,
        read: Result<T, E>,
        stand_in: impl FnOnce() -> T,
    ) -> T {
        read.unwrap_or_else(|_| {
            let value = self.row.get_ref(column).map(text).unwrap_or_default();
            self.damage.get_or_insert(Damage { column, value });
            stand_in()
        })
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into_owned(),
    }
}

/// Those that can be read at all: one that can't holds up no other.
fn all(sql: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Vec<Schedule>> {
    let mut query = sql.prepare_cached(&format!("{SELECT} {which}"))?;
    let mut rows = query.query(values)?;
    let mut schedules = Vec::new();
    while let Some(row) = rows.next()? {
        match schedule(row) {
            Ok(schedule) => schedules.push(schedule),
            Err(error) => unreadable("schedule", row.get("id")?, &error),
        }
    }
    Ok(schedules)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    /// A store with schedules of these names, and the instant at which they were set.
    async fn with(names: &[&str]) -> (tempfile::TempDir, Store, DateTime<Utc>) {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let now = DateTime::UNIX_EPOCH;
        for name in names {
            let time = Default::default();
            let timetable = Timetable::new(Zone::utc(), time, Weekdays::EVERY_DAY);
            let settings = ScheduleSettings::new("7".into(), timetable);
            let set =
                store.set_schedule(SpaceId::discord("1"), (*name).into(), settings, None, now);
            set.await.expect("set");
        }
        (folder, store, now)
    }

    /// Changes after which a schedule is to be looked at again.
    const CHANGES: [&str; 4] = [
        "UPDATE schedules SET zone = 'Etc/UTC'",
        "UPDATE schedules SET time = '00:00'",
        "UPDATE schedules SET since = since + 1",
        "UPDATE schedules SET suspended_until = 0",
    ];

    #[tokio::test]
    async fn what_is_not_due_is_not_looked_at_until_it_is_or_changes() {
        let (_folder, store, now) = with(&["daily"]).await;
        let due = async |now| store.due_schedules(now).await.expect("read").len();
        let rows = store.write(|sql| {
            sql.execute_batch(
                "INSERT INTO dailies (id, schedule, space, channel, local_date, question, topic, difficulty, quiz,
                    reveal, state, claimed_at, due_at, turn, tried_at, tried_in)
                 VALUES (2, 1, 'discord:1', '7', '1969-12-31', '', '', '', '', 'at-once', 'claimed', 0, 0, 1, 0, '7')",
            )
        });
        rows.await.expect("written");
        let quiet = async |before: &str| {
            assert_eq!(due(now).await, 1, "before {before}");
            store.reckon_next_due(vec![1], now).await.expect("reckoned");
            assert_eq!(due(now).await, 0, "before {before}");
            assert_eq!(due(now + TimeDelta::days(1)).await, 1, "before {before}");
        };
        for change in CHANGES {
            quiet(change).await;
            let changed = store.write(move |sql| sql.execute(change, []));
            assert_eq!(changed.await.expect("written"), 1, "{change}");
        }
        quiet("a date is posted on after all").await;
        let date = NaiveDate::default();
        store.skip_dates(1, date..=date).await.expect("skipped");
        let unskipped = store.unskip_dates(1, date..=date, None).await;
        assert_eq!(unskipped.expect("written"), 1);
        quiet("a daily is given up").await;
        store.give_up_daily(2).await.expect("written");
        quiet("the clock is set back").await;
        store.forget_next_due().await.expect("forgotten");
        assert_eq!(due(now).await, 1);
        // What is due stays so.
        let tomorrow = now + TimeDelta::days(1);
        let reckoned = store.reckon_next_due(vec![1], tomorrow);
        reckoned.await.expect("reckoned");
        assert_eq!(due(tomorrow).await, 1);
    }

    #[tokio::test]
    async fn a_look_at_what_is_due_costs_what_is_due() {
        let (_folder, store, _) = with(&["daily"]).await;
        let plan = store.read(|sql| {
            sql.prepare(&format!("EXPLAIN QUERY PLAN {SELECT} {DUE}"))?
                .query_map([0], |row| row.get("detail"))?
                .collect::<rusqlite::Result<Vec<String>>>()
        });
        let plan = plan.await.expect("a plan");
        let found = "SEARCH schedules USING INDEX schedules_by_due (next_due<?)";
        assert!(plan.iter().any(|step| step == found), "{plan:#?}");
        assert!(
            !plan.iter().any(|step| step.starts_with("SCAN schedules")),
            "{plan:#?}"
        );
    }

    #[tokio::test]
    async fn a_row_that_cannot_be_read_at_all_holds_up_no_other() {
        let (_folder, store, now) = with(&["odd", "sound"]).await;
        let spoil = store.write(|sql| {
            sql.execute_batch(
                "PRAGMA ignore_check_constraints = ON;
                 UPDATE schedules SET weekdays = 300 WHERE name = 'odd'",
            )
        });
        spoil.await.expect("written");
        let names = |schedules: Vec<Schedule>| -> Vec<String> {
            schedules
                .into_iter()
                .map(|schedule| schedule.name)
                .collect()
        };
        let active = store.active_schedules(now).await.expect("read");
        assert_eq!(names(active), ["sound"]);
        let all = store.schedules(SpaceId::discord("1")).await.expect("read");
        assert_eq!(names(all), ["sound"]);
    }
}
