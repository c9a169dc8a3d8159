//! What the host of a schedule is to be told, each thing once: an outbox like that of dailies.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::sql::{millis, parsed, unreadable};
use super::{SpaceId, Store, StoreError, UserId};

/// What a host is told about a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Few questions are left that its space was not asked yet.
    RunningOut,
    /// Its channel cannot be posted to.
    ChannelClosed,
    /// Its row can't be read, so it posts nothing.
    Damaged,
}

impl NoticeKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::RunningOut => "running-out",
            Self::ChannelClosed => "channel-closed",
            Self::Damaged => "damaged",
        }
    }
}

impl std::str::FromStr for NoticeKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::RunningOut, Self::ChannelClosed, Self::Damaged]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("no notice is called {text:?}"))
    }
}

/// A notice that nobody was told yet.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsentNotice {
    /// The row.
    pub id: i64,
    /// What it tells.
    pub kind: NoticeKind,
    /// The space.
    pub space: SpaceId,
    /// The name of the schedule it is about.
    pub schedule: String,
    /// Who set that; `None` for one that the configuration declares.
    pub user: Option<UserId>,
}

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
                        kind: parsed(row, "kind")?,
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

    /// Has the admin of a schedule told that its row can't be read, once until it is set anew.
    pub async fn schedule_damaged(
        &self,
        schedule: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |sql| notice(sql, schedule, NoticeKind::Damaged, now))
            .await
    }

    /// Records that the host was told.
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

/// Has the host told, unless they were since this last stopped being so.
pub(super) fn notice(
    sql: &Connection,
    schedule: i64,
    kind: NoticeKind,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT OR IGNORE INTO notices (schedule, kind, made_at) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![schedule, kind.as_str(), millis(now)])?;
    Ok(())
}

/// It is not so any more: the next time the host is told again.
pub(super) fn withdraw_notice(
    sql: &Connection,
    schedule: i64,
    kind: NoticeKind,
) -> rusqlite::Result<()> {
    sql.prepare_cached("DELETE FROM notices WHERE schedule = ?1 AND kind = ?2")?
        .execute(params![schedule, kind.as_str()])?;
    Ok(())
}
