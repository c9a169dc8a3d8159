//! What the admin of a schedule is to be told, each thing once: an outbox like that of dailies.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::sql::{millis, unreadable};
use super::{Store, StoreError};
use crate::model::{NoticeKind, UnsentNotice};

impl Store {
    /// The notices that nobody was told yet, oldest first.
    pub async fn unsent_notices(&self) -> Result<Vec<UnsentNotice>, StoreError> {
        self.read(|sql| {
            sql.prepare_cached(
                "SELECT notices.id, kind, space, name, set_by FROM notices
                 JOIN schedules ON schedules.id = schedule
                 WHERE sent_at IS NULL ORDER BY notices.id",
            )?
            .query_map([], |row| {
                let id = row.get("id")?;
                let read = || {
                    Ok(UnsentNotice {
                        id,
                        kind: row.get("kind")?,
                        space: row.get("space")?,
                        schedule: row.get("name")?,
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

    /// Whether a notice is there that nobody was told yet.
    pub fn is_notice_unsent(&self, id: i64) -> Result<bool, StoreError> {
        self.read_by_key(|sql| {
            sql.prepare_cached("SELECT 1 FROM notices WHERE id = ?1 AND sent_at IS NULL")?
                .exists([id])
        })
    }

    /// Has the admin of a schedule told that its row can't be read, once until it is set anew.
    pub async fn schedule_damaged(
        &self,
        schedule: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |sql| notice(sql, schedule, NoticeKind::Damaged, now))
            .await
    }

    /// Records that the admin was told.
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

/// Has the admin told, unless they were since this last stopped being so.
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

/// It is not so any more: the next time the admin is told again.
pub(super) fn withdraw_notice(
    sql: &Connection,
    schedule: i64,
    kind: NoticeKind,
) -> rusqlite::Result<()> {
    sql.prepare_cached("DELETE FROM notices WHERE schedule = ?1 AND kind = ?2")?
        .execute(params![schedule, kind])?;
    Ok(())
}
