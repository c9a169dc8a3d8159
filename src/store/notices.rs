//! Notices for the admin of a schedule, each to be sent once: an outbox like that of dailies.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::sql::{millis, unreadable};
use super::{Store, StoreError};
use crate::model::{NoticeKind, UnsentNotice};

impl Store {
    /// The notices not sent yet, oldest first.
    pub async fn unsent_notices(&self) -> Result<Vec<UnsentNotice>, StoreError> {
        self.read(|sql| {
            sql.prepare_cached(
                "SELECT notices.id, kind, schedule, space, name, suspended_for, set_by FROM notices
                 JOIN schedules ON schedules.id = schedule
                 WHERE sent_at IS NULL ORDER BY notices.id",
            )?
            .query_map([], |row| {
                let id = row.get("id")?;
                let read = || {
                    Ok(UnsentNotice {
                        id,
                        kind: row.get("kind")?,
                        of: row.get("schedule")?,
                        space: row.get("space")?,
                        schedule: row.get("name")?,
                        waits_for: row.get("suspended_for")?,
                        user: row.get("set_by")?,
                    })
                };
                let notice = read();
                Ok(notice
                    .map_err(|error| unreadable("notice", id, &error))
                    .ok())
            })?
            .filter_map(Result::transpose)
            .collect()
        })
        .await
    }

    /// Whether this notice still waits to be sent.
    pub fn is_notice_unsent(&self, id: i64) -> Result<bool, StoreError> {
        self.read_by_key(|sql| {
            sql.prepare_cached("SELECT 1 FROM notices WHERE id = ?1 AND sent_at IS NULL")?
                .exists([id])
        })
    }

    /// Queues a notice that a schedule's row can't be read: one until it is set anew.
    pub async fn schedule_damaged(
        &self,
        schedule: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |sql| notice(sql, schedule, NoticeKind::Damaged, now))
            .await
    }

    /// Records that a notice was sent.
    pub async fn notice_sent(&self, id: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE notices SET sent_at = ?2 WHERE id = ?1",
                params![id, millis(now)],
            )?;
            Ok(())
        })
        .await
    }
}

/// Queues a notice, unless one was sent since the condition last cleared.
pub(super) fn notice(
    sql: &Connection,
    schedule: i64,
    kind: NoticeKind,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT OR IGNORE INTO notices (schedule, kind, made_at) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![schedule, kind, millis(now)])?;
    Ok(())
}

/// Records that the condition has cleared, so that the admin is told the next time.
pub(super) fn withdraw_notice(
    sql: &Connection,
    schedule: i64,
    kind: NoticeKind,
) -> rusqlite::Result<()> {
    sql.prepare_cached("DELETE FROM notices WHERE schedule = ?1 AND kind = ?2")?
        .execute(params![schedule, kind])?;
    Ok(())
}
