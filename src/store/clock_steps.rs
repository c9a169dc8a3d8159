//! What was recorded while the clock was ahead: set aside until its time comes, so that it delays nothing meanwhile.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, params};

use super::sql::millis;
use super::{Store, StoreError};
use crate::model::SpaceId;
use crate::rules::suspensions;
use crate::time::InstantSums;

/// How far ahead of the clock a record may be. Ordinary corrections of a clock are smaller, and are simply waited out.
const PLAUSIBLE: TimeDelta = TimeDelta::days(1);

/// A schedule with records from a clock that was ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockWasAhead {
    /// The space.
    pub space: SpaceId,
    /// The schedule's row.
    pub schedule: i64,
    /// Its name.
    pub name: String,
    /// The dates whose daily came too early. They don't get another.
    pub dates: Vec<NaiveDate>,
}

impl Store {
    /// Sets aside what was recorded for a time more than a day after `now`, which only a clock that was ahead does: such
    /// dailies don't count as a schedule's newest, such schedules count from `now` on, and waits end. What was set aside
    /// earlier counts again once its time has come. Returns each schedule about which there is something new to say.
    pub async fn set_aside_ahead(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Vec<ClockWasAhead>, StoreError> {
        let limit = millis(now.plus(PLAUSIBLE));
        let longest_wait = millis(now.plus(PLAUSIBLE).plus(suspensions::LONGEST));
        let anything = self
            .read(move |sql| {
                sql.prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM dailies WHERE claimed_at > ?1 AND ahead = 0)
                        OR EXISTS (SELECT 1 FROM dailies WHERE ahead = 1 AND claimed_at <= ?1)
                        OR EXISTS (SELECT 1 FROM schedules WHERE since > ?1 OR suspended_until > ?2)
                        OR EXISTS (SELECT 1 FROM spaces WHERE left_at > ?1)",
                )?
                .query_row([limit, longest_wait], |row| row.get::<_, bool>(0))
            })
            .await?;
        if !anything {
            return Ok(Vec::new());
        }
        self.write(move |sql| {
            sql.execute(
                "UPDATE dailies SET ahead = 0 WHERE ahead = 1 AND claimed_at <= ?1",
                [limit],
            )?;
            sql.execute(
                "UPDATE spaces SET left_at = ?2 WHERE left_at > ?1",
                params![limit, millis(now)],
            )?;
            sql.execute(
                "UPDATE schedules SET suspended_until = ?2 WHERE suspended_until > ?1",
                params![longest_wait, millis(now)],
            )?;
            let mut found: BTreeMap<i64, Vec<NaiveDate>> = BTreeMap::new();
            let schedules: Vec<i64> = sql
                .prepare_cached("UPDATE schedules SET since = ?2 WHERE since > ?1 RETURNING id")?
                .query_map(params![limit, millis(now)], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            found.extend(schedules.into_iter().map(|schedule| (schedule, Vec::new())));
            let mut dailies = sql.prepare_cached(
                "UPDATE dailies SET ahead = 1 WHERE claimed_at > ?1 AND ahead = 0
                 RETURNING schedule, local_date",
            )?;
            let mut rows = dailies.query([limit])?;
            while let Some(row) = rows.next()? {
                let dates = found.entry(row.get(0)?).or_default();
                dates.extend(row.get::<_, Option<NaiveDate>>(1).ok().flatten());
            }
            found
                .into_iter()
                .map(|(schedule, dates)| named(sql, schedule, dates))
                .collect()
        })
        .await
    }
}

fn named(
    sql: &Connection,
    schedule: i64,
    mut dates: Vec<NaiveDate>,
) -> rusqlite::Result<ClockWasAhead> {
    dates.sort_unstable();
    sql.prepare_cached("SELECT space, name FROM schedules WHERE id = ?1")?
        .query_row([schedule], |row| {
            Ok(ClockWasAhead {
                space: row.get(0)?,
                schedule,
                name: row.get(1)?,
                dates,
            })
        })
}
