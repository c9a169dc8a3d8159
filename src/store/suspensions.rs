//! Schedules that wait for their channel, or for an admin to say whether the last daily is there.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::dailies::one;
use super::notices::{notice, withdraw_notice};
use super::sql::millis;
use super::{Store, StoreError};
use crate::model::{ChannelId, Daily, NoticeKind, SpaceId};
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
        withdraw_notice(sql, schedule, NoticeKind::InDoubt)?;
    }
    Ok(())
}

/// Ends the wait of a schedule whose daily was in doubt, and no longer is.
pub(super) fn end_doubt(sql: &Connection, schedule: i64) -> rusqlite::Result<()> {
    let in_doubt = sql
        .prepare_cached("SELECT 1 FROM notices WHERE schedule = ?1 AND kind = ?2")?
        .exists(params![schedule, NoticeKind::InDoubt])?;
    if in_doubt {
        resume(sql, schedule)?;
    }
    Ok(())
}

impl Store {
    /// Makes a schedule wait because its channel cannot be posted to, or its daily is in doubt: longer each time in a row.
    /// Returns how many times in a row that is; `None` when it posts to another channel by now, which the refusal doesn't
    /// concern.
    pub async fn suspend_schedule(
        &self,
        schedule: i64,
        channel: ChannelId,
        (kind, why): (NoticeKind, String),
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
            notice(sql, schedule, kind, now)?;
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

    /// The daily of a schedule that is in doubt: it was tried, and whether it is in its channel can't be seen.
    pub async fn daily_in_doubt(&self, schedule: i64) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| {
            let which = "WHERE dailies.schedule = ?1 AND dailies.state = 'claimed' AND given_up = 0
                AND tried_at <> claimed_at
                AND EXISTS (SELECT 1 FROM notices WHERE notices.schedule = ?1 AND kind = 'in-doubt')
                ORDER BY turn DESC LIMIT 1";
            one(sql, which, [schedule])
        })
        .await
    }

    /// Takes back that a daily was tried at that instant, so that it is posted without looking for it; its schedule stops
    /// waiting. False when it isn't in doubt any more, or it was tried anew.
    pub async fn forget_try(&self, daily: &Daily) -> Result<bool, StoreError> {
        let (id, schedule, tried_at) = (daily.id, daily.schedule, daily.tried_at);
        self.write(move |sql| {
            let forgotten = sql.execute(
                "UPDATE dailies SET tried_at = claimed_at
                 WHERE id = ?1 AND state = 'claimed' AND given_up = 0 AND tried_at = ?2
                    AND tried_at <> claimed_at",
                params![id, millis(tried_at)],
            )?;
            if forgotten > 0 {
                resume(sql, schedule)?;
            }
            Ok(forgotten > 0)
        })
        .await
    }
}
