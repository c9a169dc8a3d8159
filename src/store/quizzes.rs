//! Practice: quizzes that a member takes alone, kept item by item so that a restart loses nothing.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::sql::{json, millis, to_json};
use super::{Member, Store, StoreError};
use crate::bank::Quiz;

/// A quiz that a member takes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizSession {
    /// The row.
    pub id: i64,
    /// Whose it is.
    pub member: Member,
    /// Its items in the order asked.
    pub items: Vec<QuizItem>,
}

/// One item of a quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizItem {
    /// The question's id.
    pub question: String,
    /// The question's topic.
    pub topic: String,
    /// What is asked, options in the order shown.
    pub quiz: Quiz,
    /// The member's answer.
    pub attempt: Option<Attempt>,
}

/// A member's answer to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Position of the chosen option, from 0.
    pub option: usize,
    /// Whether it is the right one.
    pub right: bool,
}

impl Store {
    /// Starts a quiz of `items`: (question id, topic, what is asked).
    pub async fn start_quiz(
        &self,
        member: Member,
        items: Vec<(String, String, Quiz)>,
        now: DateTime<Utc>,
    ) -> Result<QuizSession, StoreError> {
        self.write(move |sql| {
            sql.prepare_cached(
                "INSERT INTO quizzes (space, user, started_at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![member.space, member.user, millis(now)])?;
            let id = sql.last_insert_rowid();
            let mut add = sql.prepare_cached(
                "INSERT INTO quiz_items (quiz, position, question, topic, content)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (position, (question, topic, quiz)) in items.iter().enumerate() {
                add.execute(params![id, position, question, topic, to_json(quiz)?])?;
            }
            session(sql, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
        })
        .await
    }

    /// A quiz by its row.
    pub async fn quiz(&self, id: i64) -> Result<Option<QuizSession>, StoreError> {
        self.read(move |sql| session(sql, id)).await
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
            sql.prepare_cached(
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
                    SELECT question, answered_at FROM quiz_items JOIN quizzes ON quizzes.id = quiz
                    WHERE space = ?1 AND user = ?2 AND answered_at IS NOT NULL
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
        .prepare_cached("SELECT * FROM quiz_items WHERE quiz = ?1 ORDER BY position")?
        .query_map([id], |row| {
            let option: Option<usize> = row.get("option")?;
            let right: Option<bool> = row.get("right")?;
            Ok(QuizItem {
                question: row.get("question")?,
                topic: row.get("topic")?,
                quiz: json(row, "content")?,
                attempt: option
                    .zip(right)
                    .map(|(option, right)| Attempt { option, right }),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(QuizSession { id, member, items }))
}
