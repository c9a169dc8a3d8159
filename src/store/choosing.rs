//! What decides which question a daily asks: what was asked before, what is open, and what admins queued. The choice is
//! made in the transaction that writes it, so that no question is open twice.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::notices::{notice, withdraw_notice};
use super::sql::{json, millis, parsed, to_json};
use super::{Store, StoreError};
use crate::model::NoticeKind;
use crate::rules::choosing::{Asked, Chosen, Known, Unchosen};
use crate::rules::picking::Past;

/// Chooses a question of a schedule's topics, from what is known.
pub type Choose<'a> = dyn FnOnce(&[String], &Known) -> Result<Chosen, Unchosen> + Send + 'a;

/// The outcome of giving a daily another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// It has another one.
    Done {
        /// How many answers to the previous question were taken back.
        answers: usize,
        /// Whether the new one was in the queue.
        queued: bool,
        /// How many questions stay in the queue that were there before it.
        passed: usize,
    },
    /// The daily changed meanwhile.
    Changed,
    /// There is no other question.
    Unchosen(Unchosen),
}

/// The outcome of queueing a question, and what tells when it is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Queued {
    /// Whether it is new in the queue.
    pub new: bool,
    /// What is known before the schedule's next daily asks a question.
    pub next: Known,
    /// What is known before its open daily, if there is one, asks another question.
    pub another: Option<Known>,
}

impl Store {
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
            let open: Option<i64> = sql
                .prepare_cached(
                    "SELECT id FROM dailies WHERE schedule = ?1 AND state = 'posted'
                     ORDER BY local_date DESC LIMIT 1",
                )?
                .query_row([schedule], |row| row.get(0))
                .optional()?;
            let another = open.map(|daily| known(sql, schedule, Some(daily)));
            Ok(Queued {
                new: added > 0,
                next: known(sql, schedule, None)?,
                another: another.transpose()?,
            })
        })
        .await
    }

    /// The questions queued for a schedule, the next one first.
    pub async fn queue(&self, schedule: i64) -> Result<Vec<String>, StoreError> {
        self.read(move |sql| queue(sql, schedule)).await
    }

    /// Gives a posted daily another question, if it still has the `version` that was read. Answers to the previous
    /// question are taken back with their points. Streaks stay: whoever answered it has answered this daily, and an
    /// answer to the new question adds nothing to their streak.
    pub async fn replace_question(
        &self,
        daily: i64,
        version: u32,
        choose: Box<Choose<'static>>,
        now: DateTime<Utc>,
    ) -> Result<Replaced, StoreError> {
        self.write(move |sql| {
            let schedule: Option<i64> = sql
                .prepare_cached(
                    "SELECT schedule FROM dailies WHERE id = ?1 AND version = ?2 AND state = 'posted'",
                )?
                .query_row(params![daily, version], |row| row.get(0))
                .optional()?;
            let Some(schedule) = schedule else {
                return Ok(Replaced::Changed);
            };
            let chosen = match chosen(sql, schedule, Some(daily), choose)? {
                Ok(chosen) => chosen,
                Err(why) => return Ok(Replaced::Unchosen(why)),
            };
            sql.execute(
                "INSERT INTO replaced (daily, question, replaced_at)
                 SELECT id, question, ?2 FROM dailies WHERE id = ?1
                 ON CONFLICT DO UPDATE SET replaced_at = excluded.replaced_at",
                params![daily, millis(now)],
            )?;
            let answers = sql.execute("DELETE FROM answers WHERE daily = ?1", [daily])?;
            // Whoever deleted an answer to the previous question doesn't know the answer to this one either.
            sql.execute("DELETE FROM marks WHERE daily = ?1", [daily])?;
            sql.execute("UPDATE dailies SET version = version + 1 WHERE id = ?1", [daily])?;
            ask(sql, (schedule, daily), &chosen, now)?;
            Ok(Replaced::Done {
                answers,
                queued: chosen.queued,
                passed: chosen.passed,
            })
        })
        .await
    }
}

/// Chooses a question for a daily of a schedule: a new daily, or one whose question is to be replaced (`instead_of`).
pub(super) fn chosen(
    sql: &Connection,
    schedule: i64,
    instead_of: Option<i64>,
    choose: Box<Choose<'_>>,
) -> rusqlite::Result<Result<Chosen, Unchosen>> {
    let topics: Vec<String> = sql
        .prepare_cached("SELECT topics FROM schedules WHERE id = ?1")?
        .query_row([schedule], |row| json(row, "topics"))?;
    Ok(choose(&topics, &known(sql, schedule, instead_of)?))
}

/// Gives a daily the chosen question. The question leaves the queue, and the admin is told when few others are left.
pub(super) fn ask(
    sql: &Connection,
    (schedule, daily): (i64, i64),
    chosen: &Chosen,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "UPDATE dailies SET question = ?2, topic = ?3, difficulty = ?4, quiz = ?5, queued = ?6
         WHERE id = ?1",
    )?
    .execute(params![
        daily,
        chosen.question,
        chosen.topic,
        chosen.difficulty.to_string(),
        to_json(&chosen.quiz)?,
        chosen.queued,
    ])?;
    let mut leave =
        sql.prepare_cached("DELETE FROM queue WHERE schedule = ?1 AND question = ?2")?;
    for question in chosen.not_askable.iter().chain([&chosen.question]) {
        leave.execute(params![schedule, question])?;
    }
    if chosen.running_out {
        notice(sql, schedule, NoticeKind::RunningOut, now)
    } else {
        withdraw_notice(sql, schedule, NoticeKind::RunningOut)
    }
}

/// What is known before a question is chosen for a daily, that daily itself left out.
fn known(sql: &Connection, schedule: i64, instead_of: Option<i64>) -> rusqlite::Result<Known> {
    let used = sql
        .prepare_cached(
            "WITH here AS (SELECT * FROM dailies
                WHERE space = (SELECT space FROM schedules WHERE id = ?1))
             SELECT question, max(at) FROM (
                SELECT question, claimed_at AS at FROM here WHERE given_up = 0
                UNION ALL
                SELECT replaced.question, replaced_at FROM here JOIN replaced ON here.id = daily
             ) GROUP BY question",
        )?
        .query_map([schedule], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let past = sql
        .prepare_cached(
            "SELECT topic, difficulty FROM dailies
             WHERE schedule = ?1 AND id IS NOT ?2 AND given_up = 0 ORDER BY local_date DESC",
        )?
        .query_map(params![schedule, instead_of], |row| {
            Ok(Past {
                topic: row.get("topic")?,
                difficulty: parsed(row, "difficulty")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // When one is replaced, the schedule's open question isn't free either.
    let mut known = Known {
        used,
        past,
        queue: queue(sql, schedule)?,
        ..Known::default()
    };
    let mut open = sql.prepare_cached(
        "SELECT question, quiz, schedule = ?1 AND ?2 IS NULL AS closing FROM dailies
         WHERE space = (SELECT space FROM schedules WHERE id = ?1)
            AND state <> 'closed' AND given_up = 0",
    )?;
    let mut rows = open.query(params![schedule, instead_of])?;
    while let Some(row) = rows.next()? {
        let asked = Asked {
            question: row.get("question")?,
            quiz: json(row, "quiz")?,
        };
        match row.get("closing")? {
            true => known.closing.push(asked),
            false => known.open.push(asked),
        }
    }
    if let Some(daily) = instead_of {
        known.had = sql
            .prepare_cached("SELECT question FROM replaced WHERE daily = ?1")?
            .query_map([daily], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    }
    Ok(known)
}

fn queue(sql: &Connection, schedule: i64) -> rusqlite::Result<Vec<String>> {
    sql.prepare_cached("SELECT question FROM queue WHERE schedule = ?1 ORDER BY id")?
        .query_map([schedule], |row| row.get(0))?
        .collect()
}
