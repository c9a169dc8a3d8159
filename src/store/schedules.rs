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
        AND ahead = 0) AS newest_posted,
    EXISTS (SELECT 1 FROM notices WHERE schedule = schedules.id AND kind = 'in-doubt') AS in_doubt
    FROM schedules ";

/// Active, not waiting for a channel, in a space that has the bot, and with something to do at ?1 at the earliest.
const DUE: &str = "WHERE state = 'active' AND next_due <= ?1 AND ifnull(suspended_until, 0) <= ?1
    AND space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)";

/// How many schedules are computed in one transaction, so that other writes get their turn.
const AT_ONCE: usize = 200;

impl Store {
    /// Sets the state of a schedule. `None` when there is none of that name (or it was removed). Removing one closes its
    /// daily and deletes its skipped dates and its queue, so that they don't come back when it is set again.
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
            // Nothing on its way is sent any more: it stops being due.
            sql.execute(
                "UPDATE dailies SET due_at = 0 WHERE state = 'claimed' AND schedule =
                    (SELECT id FROM schedules WHERE space = ?1 AND name = ?2 AND state <> 'active')",
                params![space, name],
            )?;
            let set = one(sql, &space, &name)?.filter(|schedule| schedule.state == state);
            if let Some(Schedule { id, .. }) = set
                && state == ScheduleState::Removed
            {
                // `daily_posted` does this too, for one that was still on its way and is recorded after the removal.
                close(sql, "schedule = ?1", id, now)?;
                sql.execute("DELETE FROM skipped_dates WHERE schedule = ?1", [id])?;
                sql.execute("DELETE FROM queue WHERE schedule = ?1", [id])?;
            }
            Ok(set)
        })
        .await
    }

    /// Skips local dates of a schedule. Returns how many of them were not skipped before.
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

    /// Stops skipping local dates of a schedule. Returns how many were skipped. What would have been due on them at or
    /// before `passed` isn't made up for.
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

    /// Those of [`Store::active_schedules`] that may have something due.
    pub async fn due_schedules(&self, now: DateTime<Utc>) -> Result<Vec<Schedule>, StoreError> {
        self.read(move |sql| all(sql, DUE, [millis(now)])).await
    }

    /// Computes when to look again at schedules with nothing due `now`: from the rows as they are in that transaction, so
    /// that no change is lost. Losing this write does no harm.
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

    /// Makes every schedule be looked at again, as after a start, or when a clock was set back.
    pub async fn forget_next_due(&self) -> Result<(), StoreError> {
        self.note(|sql| {
            sql.execute("UPDATE schedules SET next_due = 0 WHERE next_due > 0", [])
                .map(drop)
        })
        .await
    }

    /// Every schedule that posts at this time: not those that wait for their channel, nor those of spaces that removed the
    /// bot. Those with a damaged row are included, so that they get reported.
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

/// Reads a row. Settings that can't be read get stand-ins, so that the schedule can be reported, listed, removed and set
/// anew.
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
    let in_doubt = row.get("in_doubt")?;
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
        suspension: until.zip(why).map(|(until, why)| Suspension {
            until,
            why,
            in_doubt,
        }),
        damage: settings.damage,
    })
}

/// The settings of a row, and the first of them that can't be read.
struct Settings<'a, 'r> {
    row: &'a Row<'r>,
    damage: Option<Damage>,
}

impl Settings<'_, '_> {
    /// What was read from a column, or else a stand-in.
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

/// Those that can be read at all, so that one that can't doesn't hold up the others.
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
