//! What members have been told once in public, and are not told again.

use rusqlite::params;

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

    /// Whether a member was told something.
    pub async fn was_told(&self, member: Member, about: String) -> Result<bool, StoreError> {
        self.read(move |sql| {
            let told = sql
                .prepare_cached(
                    "SELECT 1 FROM hints WHERE space = ?1 AND user = ?2 AND about = ?3",
                )?
                .exists(params![member.space, member.user, about])?;
            Ok(told)
        })
        .await
    }
}
