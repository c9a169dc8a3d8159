//! Who answered an open daily and then deleted everything: a keyed hash of daily and user, kept until the daily closes.
//! So nobody can delete an answer, having read the right one, and give it again.

use hmac::{Hmac, Mac};
use rusqlite::{Connection, params};
use sha2::Sha256;

use super::{Store, StoreError};
use crate::model::{Member, UserId};

impl Store {
    /// Whether a person answered this open daily, and deleted the answer.
    pub async fn answered_before_deletion(
        &self,
        daily: i64,
        user: UserId,
    ) -> Result<bool, StoreError> {
        self.read_by_key(|sql| is_marked(sql, daily, &user))
    }
}

/// Whether a person answered this open daily, and deleted the answer.
pub(super) fn is_marked(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<bool> {
    sql.prepare_cached("SELECT 1 FROM marks WHERE daily = ?1 AND mark = ?2")?
        .exists(params![daily, mark(sql, daily, user)?])
}

/// Marks the open dailies that a member has answered, for when the answers are deleted.
pub(super) fn mark_answered(sql: &Connection, member: &Member) -> rusqlite::Result<()> {
    let answered: Vec<i64> = sql
        .prepare_cached(
            "SELECT dailies.id FROM dailies JOIN answers ON daily = dailies.id AND user = ?2
             WHERE dailies.space = ?1 AND state <> 'closed'",
        )?
        .query_map(params![member.space, member.user], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut add =
        sql.prepare_cached("INSERT OR IGNORE INTO marks (daily, mark) VALUES (?1, ?2)")?;
    for daily in answered {
        add.execute(params![daily, mark(sql, daily, &member.user)?])?;
    }
    Ok(())
}

/// The open dailies of a space that a member is marked in.
pub(super) fn marked(sql: &Connection, member: &Member) -> rusqlite::Result<Vec<i64>> {
    let open: Vec<i64> = sql
        .prepare_cached("SELECT id FROM dailies WHERE space = ?1 AND state <> 'closed'")?
        .query_map([&member.space], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut marked = Vec::new();
    for daily in open {
        if is_marked(sql, daily, &member.user)? {
            marked.push(daily);
        }
    }
    Ok(marked)
}

fn mark(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<Vec<u8>> {
    let key: Vec<u8> = sql
        .prepare_cached("SELECT key FROM keys WHERE name = 'marks'")?
        .query_row([], |row| row.get(0))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
    mac.update(&daily.to_be_bytes());
    mac.update(user.to_string().as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
