//! Practice: quizzes that a member takes alone, stored item by item so that a restart loses nothing. What they ask is
//! stored once for all. Each member's newest quizzes are kept, and counts per question of everything answered, so nobody
//! can fill the disk.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::quiz_contents::{as_shown, kept_content};
use super::spaces::know;
use super::sql::millis;
use super::{Store, StoreError};
use crate::model::{Attempt, Member, Quiz, QuizItem, QuizSession};

/// How many quizzes are kept per member, answered or not. The messages that show earlier ones are gone by then, or far up
/// in the channel.
pub(super) const KEPT: usize = 50;

impl Store {
    /// Starts a quiz of `items`: (question id, topic, what is asked). The member's [`KEPT`] newest stay.
    pub async fn start_quiz(
        &self,
        member: Member,
        items: Vec<(String, String, Quiz)>,
        now: DateTime<Utc>,
    ) -> Result<QuizSession, StoreError> {
        self.write(move |sql| {
            know(sql, &member.space)?;
            sql.prepare_cached(
                "INSERT INTO quizzes (space, user, started_at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![member.space, member.user, millis(now)])?;
            let id = sql.last_insert_rowid();
            for (position, (question, topic, quiz)) in items.iter().enumerate() {
                let (content, shown) = kept_content(sql, quiz)?;
                sql.prepare_cached(
                    "INSERT INTO quiz_items (quiz, position, question, topic, content, shown)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![id, position, question, topic, content, shown])?;
            }
            sql.prepare_cached(
                "DELETE FROM quizzes WHERE space = ?1 AND user = ?2 AND id NOT IN
                    (SELECT id FROM quizzes WHERE space = ?1 AND user = ?2 ORDER BY id DESC LIMIT ?3)",
            )?
            .execute(params![member.space, member.user, KEPT])?;
            session(sql, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
        })
        .await
    }

    /// A quiz by its row.
    pub async fn quiz(&self, id: i64) -> Result<Option<QuizSession>, StoreError> {
        self.read(move |sql| session(sql, id)).await
    }

    /// The newest quiz of a member, begun at `since` or later, of which something is answered and something is not.
    pub async fn quiz_halfway(
        &self,
        member: Member,
        since: DateTime<Utc>,
    ) -> Result<Option<QuizSession>, StoreError> {
        self.read(move |sql| {
            let id = sql
                .prepare_cached(
                    "SELECT quizzes.id FROM quizzes JOIN quiz_items ON quiz = quizzes.id
                     WHERE space = ?1 AND user = ?2 AND started_at >= ?3
                     GROUP BY quizzes.id HAVING count(option) BETWEEN 1 AND count(*) - 1
                     ORDER BY quizzes.id DESC LIMIT 1",
                )?
                .query_row(params![member.space, member.user, millis(since)], |row| {
                    row.get(0)
                })
                .optional()?;
            id.map_or(Ok(None), |id| session(sql, id))
        })
        .await
    }

    /// Records the answer to an item, the first one only, and returns the quiz as it then is.
    pub async fn answer_quiz(
        &self,
        id: i64,
        position: usize,
        attempt: Attempt,
        now: DateTime<Utc>,
    ) -> Result<Option<QuizSession>, StoreError> {
        self.write(move |sql| {
            let answered = sql
                .prepare_cached(
                    "UPDATE quiz_items SET option = ?3, right = ?4, answered_at = ?5
                     WHERE quiz = ?1 AND position = ?2 AND option IS NULL",
                )?
                .execute(params![
                    id,
                    position,
                    attempt.option,
                    attempt.right,
                    millis(now)
                ])?;
            if answered > 0 {
                count(sql, id, position)?;
            }
            session(sql, id)
        })
        .await
    }

    /// When a member last answered each question, in dailies or practice, in milliseconds since 1970.
    pub async fn questions_answered(
        &self,
        member: Member,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        self.read(move |sql| {
            sql.prepare_cached(
                "SELECT question, max(answered_at) FROM (
                    SELECT question, answered_at FROM practice WHERE space = ?1 AND user = ?2
                    UNION ALL
                    SELECT question, answered_at FROM answers JOIN dailies ON dailies.id = daily
                    WHERE answers.space = ?1 AND user = ?2
                 ) GROUP BY question",
            )?
            .query_map(params![member.space, member.user], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect()
        })
        .await
    }
}

/// Counts an item that was just answered.
fn count(sql: &Connection, quiz: i64, position: usize) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT INTO practice (space, user, question, topic, answers, right, answered_at)
         SELECT space, user, question, topic, 1, right, answered_at
         FROM quiz_items JOIN quizzes ON quizzes.id = quiz WHERE quiz = ?1 AND position = ?2
         ON CONFLICT DO UPDATE SET topic = excluded.topic, answers = answers + 1,
            right = right + excluded.right, answered_at = excluded.answered_at",
    )?
    .execute(params![quiz, position])?;
    Ok(())
}

fn session(sql: &Connection, id: i64) -> rusqlite::Result<Option<QuizSession>> {
    let member = sql
        .prepare_cached("SELECT space, user FROM quizzes WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Member {
                space: row.get(0)?,
                user: row.get(1)?,
            })
        })
        .optional()?;
    let Some(member) = member else {
        return Ok(None);
    };
    let items = sql
        .prepare_cached(
            "SELECT quiz_items.*, quiz_contents.content AS asked
             FROM quiz_items JOIN quiz_contents ON quiz_contents.id = quiz_items.content
             WHERE quiz = ?1 ORDER BY position",
        )?
        .query_map([id], |row| {
            let option: Option<usize> = row.get("option")?;
            let right: Option<bool> = row.get("right")?;
            Ok(QuizItem {
                question: row.get("question")?,
                topic: row.get("topic")?,
                quiz: as_shown(row)?,
                attempt: option
                    .zip(right)
                    .map(|(option, right)| Attempt { option, right }),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(QuizSession { id, member, items }))
}

#[cfg(test)]
#[path = "quizzes_tests.rs"]
mod tests;
