//! What decides which question a daily asks: what was asked before, and what hosts queued.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::outbox::asked_by;
use super::sql::{millis, parsed};
use super::{NewDaily, SpaceId, Store, StoreError};
use crate::rules::picking::Past;

/// What is known before a schedule's question is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choosing {
    /// When each question was last the daily of the space, in milliseconds since 1970.
    pub used: Vec<(String, i64)>,
    /// What the schedule asked before, newest first.
    pub past: Vec<Past>,
    /// The questions that hosts queued, the next one first.
    pub queue: Vec<String>,
}

/// What came of queueing a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It is queued, at this place from 1.
    At(usize),
    /// It was queued before, at this place from 1.
    Already(usize),
}

impl Store {
    /// What is known before a question of `schedule` is chosen, for a new daily or in place of that
    /// of `instead_of`, which then does not count as one before.
    pub async fn choosing(
        &self,
        space: SpaceId,
        schedule: i64,
        instead_of: Option<i64>,
    ) -> Result<Choosing, StoreError> {
        self.read(move |sql| {
            let used = sql
                .prepare_cached(
                    "SELECT question, max(at) FROM (
                        SELECT question, claimed_at AS at FROM dailies
                        WHERE space = ?1 AND given_up = 0
                        UNION ALL
                        SELECT replaced.question, replaced_at FROM replaced
                        JOIN dailies ON dailies.id = daily WHERE space = ?1
                     ) GROUP BY question",
                )?
                .query_map([space], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let past = sql
                .prepare_cached(
                    "SELECT topic, difficulty FROM dailies WHERE schedule = ?1 AND id IS NOT ?2 AND given_up = 0
                     ORDER BY local_date DESC",
                )?
                .query_map(params![schedule, instead_of], |row| {
                    Ok(Past {
                        topic: row.get("topic")?,
                        difficulty: parsed(row, "difficulty")?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Choosing {
                used,
                past,
                queue: queue(sql, schedule)?,
            })
        })
        .await
    }

    /// Puts a question at the end of a schedule's queue, once.
    pub async fn queue_question(
        &self,
        schedule: i64,
        question: String,
    ) -> Result<Queued, StoreError> {
        self.write(move |sql| {
            let added = sql.execute(
                "INSERT OR IGNORE INTO queue (schedule, question) VALUES (?1, ?2)",
                params![schedule, question],
            )?;
            let queue = queue(sql, schedule)?;
            let place = queue.iter().position(|queued| *queued == question);
            let place = place.map_or(queue.len(), |position| position + 1);
            Ok(match added {
                0 => Queued::Already(place),
                _ => Queued::At(place),
            })
        })
        .await
    }

    /// The questions queued for a schedule, the next one first.
    pub async fn queue(&self, schedule: i64) -> Result<Vec<String>, StoreError> {
        self.read(move |sql| queue(sql, schedule)).await
    }

    /// Gives a posted daily another question, if it still has the `version` that was read. The
    /// answers to the one before are taken back with their points. Streaks stay: whoever answered
    /// the one before has answered this daily, and their answer to the new one adds nothing to the
    /// streak. Returns how many answers these were; `None` when the daily changed meanwhile.
    pub async fn replace_question(
        &self,
        daily: i64,
        version: u32,
        new: NewDaily,
        now: DateTime<Utc>,
    ) -> Result<Option<usize>, StoreError> {
        self.write(move |sql| {
            let replaced = sql.execute(
                "INSERT INTO replaced (daily, question, replaced_at)
                 SELECT id, question, ?3 FROM dailies
                 WHERE id = ?1 AND version = ?2 AND state = 'posted'
                 ON CONFLICT DO UPDATE SET replaced_at = excluded.replaced_at",
                params![daily, version, millis(now)],
            )?;
            if replaced == 0 {
                return Ok(None);
            }
            let answers = sql.execute("DELETE FROM answers WHERE daily = ?1", [daily])?;
            sql.execute(
                "UPDATE dailies SET question = ?2, topic = ?3, difficulty = ?4, quiz = ?5,
                    version = version + 1
                 WHERE id = ?1",
                params![
                    daily,
                    new.question,
                    new.topic,
                    new.difficulty.to_string(),
                    super::sql::to_json(&new.quiz)?
                ],
            )?;
            asked_by(sql, &new, now)?;
            Ok(Some(answers))
        })
        .await
    }
}

fn queue(sql: &Connection, schedule: i64) -> rusqlite::Result<Vec<String>> {
    sql.prepare_cached("SELECT question FROM queue WHERE schedule = ?1 ORDER BY id")?
        .query_map([schedule], |row| row.get(0))?
        .collect()
}
