//! Which questions a member was shown by lookups.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::spaces::know;
use super::sql::millis;
use super::{Store, StoreError};
use crate::model::Member;

impl Store {
    /// Records that a question is shown to a member. Nobody is told that it was recorded, so it needn't be on disk.
    pub async fn question_seen(
        &self,
        member: Member,
        question: String,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.note(move |sql| {
            know(sql, &member.space)?;
            sql.prepare_cached(
                "INSERT OR REPLACE INTO seen (space, user, question, seen_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![member.space, member.user, question, millis(now)])?;
            Ok(())
        })
        .await
    }

    /// When each question was last shown to a member, in milliseconds since 1970.
    pub async fn questions_seen(&self, member: Member) -> Result<Vec<(String, i64)>, StoreError> {
        self.read_by_key(|sql| {
            sql.prepare_cached("SELECT question, seen_at FROM seen WHERE space = ?1 AND user = ?2")?
                .query_map(params![member.space, member.user], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect()
        })
    }
}
