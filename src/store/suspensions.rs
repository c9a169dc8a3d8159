//! Schedules that wait for their channel.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::notices::{notice, withdraw_notice};
use super::sql::millis;
use super::{Store, StoreError};
use crate::model::{ChannelId, NoticeKind, SpaceId};
use crate::rules::suspensions;
use crate::time::InstantSums;

/// Ends a schedule's wait for its channel; the next time that it has to wait, the admin is told.
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
    /// Makes a schedule wait because its channel cannot be posted to: longer each time in a row. Returns how many times in a
    /// row that is; `None` when it posts to another channel by now, which the refusal doesn't concern.
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

    /// Ends the wait of every schedule that posts to a channel. Returns whether there was one that waited.
    pub async fn resume_channel(
        &self,
        space: SpaceId,
        channel: ChannelId,
    ) -> Result<bool, StoreError> {
        self.write(move |sql| {
            let waiting: Vec<i64> = sql
                .prepare_cached(
                    "SELECT id FROM schedules WHERE space = ?1 AND channel = ?2 AND suspensions > 0",
                )?
                .query_map(params![space, channel], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for schedule in &waiting {
                resume(sql, *schedule)?;
            }
            Ok(!waiting.is_empty())
        })
        .await
    }
}
