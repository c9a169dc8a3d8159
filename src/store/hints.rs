//! What members have been told in public: once, and not again, or last.

use rusqlite::{OptionalExtension, params};

use super::spaces::know;
use super::{Store, StoreError};
use crate::model::Member;

impl Store {
    /// Records that a member is told something. Returns whether it is for the first time.
    pub async fn told_first(&self, member: Member, about: String) -> Result<bool, StoreError> {
        self.note(move |sql| {
            know(sql, &member.space)?;
            let told = sql
                .prepare_cached(
                    "INSERT OR IGNORE INTO hints (space, user, about) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![member.space, member.user, about])?;
            Ok(told > 0)
        })
        .await
    }

    /// Records what a member was told last about something, in place of what they were told before.
    pub async fn tell_last(
        &self,
        member: Member,
        about: String,
        said: String,
    ) -> Result<(), StoreError> {
        self.note(move |sql| {
            know(sql, &member.space)?;
            sql.prepare_cached(
                "DELETE FROM hints WHERE space = ?1 AND user = ?2 AND about GLOB ?3 || ' *'",
            )?
            .execute(params![member.space, member.user, about])?;
            sql.prepare_cached("INSERT INTO hints (space, user, about) VALUES (?1, ?2, ?3)")?
                .execute(params![
                    member.space,
                    member.user,
                    format!("{about} {said}")
                ])?;
            Ok(())
        })
        .await
    }

    /// What a member was told last about something.
    pub async fn last_told(
        &self,
        member: Member,
        about: String,
    ) -> Result<Option<String>, StoreError> {
        self.read(move |sql| {
            let told: Option<String> = sql
                .prepare_cached(
                    "SELECT about FROM hints WHERE space = ?1 AND user = ?2 AND about GLOB ?3 || ' *'",
                )?
                .query_row(params![member.space, member.user, about], |row| row.get(0))
                .optional()?;
            let said = |told: String| told.strip_prefix(&about)?.strip_prefix(' ').map(str::to_owned);
            Ok(told.and_then(said))
        })
        .await
    }
}
