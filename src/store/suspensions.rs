//! Schedules that wait for their channel, and spaces that removed the bot or took it back.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::notices::{notice, withdraw_notice};
use super::sql::millis;
use super::{Store, StoreError};
use crate::model::{ChannelId, NoticeKind, SpaceId};
use crate::rules::suspensions;
use crate::time::InstantSums;

/// Has a schedule wait for its channel no longer; the next time that it must, the admin is told.
pub(super) fn resume(sql: &Connection, schedule: i64) -> rusqlite::Result<()> {
    let resumed = sql.execute(
        "UPDATE schedules SET suspended_until = NULL, suspended_for = NULL, suspensions = 0
         WHERE suspensions > 0 AND id = ?1",
        [schedule],
    )?;
    if resumed > 0 {
        withdraw_notice(sql, schedule, NoticeKind::ChannelClosed)?;
    }
    Ok(())
}

impl Store {
    /// Has a schedule wait because its channel cannot be posted to; longer each time in a row.
    /// Returns how many times in a row it is; `None` when it posts to another channel by now, which the refusal is not
    /// about.
    pub async fn suspend_schedule(
        &self,
        schedule: i64,
        channel: ChannelId,
        why: String,
        now: DateTime<Utc>,
    ) -> Result<Option<u32>, StoreError> {
        self.write(move |sql| {
            let times: Option<u32> = sql
                .query_row(
                    "UPDATE schedules SET suspensions = suspensions + 1, suspended_for = ?3
                     WHERE id = ?1 AND channel = ?2 RETURNING suspensions",
                    params![schedule, channel, why],
                    |row| row.get(0),
                )
                .optional()?;
            let Some(times) = times else {
                return Ok(None);
            };
            if times == 1 {
                notice(sql, schedule, NoticeKind::ChannelClosed, now)?;
            }
            let until = now.plus(suspensions::wait(times));
            sql.execute(
                "UPDATE schedules SET suspended_until = ?2 WHERE id = ?1",
                params![schedule, millis(until)],
            )?;
            Ok(Some(times))
        })
        .await
    }

    /// Records that a space removed the bot.
    pub async fn space_left(&self, space: SpaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "INSERT OR IGNORE INTO departures (space, left_at) VALUES (?1, ?2)",
                params![space, millis(now)],
            )?;
            Ok(())
        })
        .await
    }

    /// Records that the bot is in a space (again). Dailies missed meanwhile are not due, and channels
    /// that it could not post to are tried anew.
    pub async fn space_joined(&self, space: SpaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            if sql.execute("DELETE FROM departures WHERE space = ?1", params![space])? > 0 {
                sql.execute(
                    "UPDATE schedules SET since = ?2 WHERE space = ?1",
                    params![space, millis(now)],
                )?;
                let schedules: Vec<i64> = sql
                    .prepare_cached("SELECT id FROM schedules WHERE space = ?1")?
                    .query_map(params![space], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for schedule in schedules {
                    resume(sql, schedule)?;
                }
            }
            Ok(())
        })
        .await
    }
}
