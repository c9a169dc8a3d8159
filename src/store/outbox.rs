//! The steps of a daily, each a transaction: claimed, posted or given up, closed, shown. What the
//! outbox has to do is read from the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};

use super::dailies::{many, one};
use super::notices::{NoticeKind, notice, withdraw_notice};
use super::sql::{millis, parsed, to_json};
use super::suspensions::resume;
use super::{ChannelId, Daily, MessageId, Reveal, Store, StoreError};
use crate::bank::{Difficulty, Quiz};
use crate::rules::timetable::LATENESS;
use crate::time::Zone;

/// What is decided when a date is claimed.
#[derive(Clone, Debug)]
pub struct NewDaily {
    /// The schedule's row.
    pub schedule: i64,
    /// The local date.
    pub date: NaiveDate,
    /// When it should be posted.
    pub due_at: DateTime<Utc>,
    /// The question's id.
    pub question: String,
    /// Its topic.
    pub topic: String,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// The quiz, options in the order to show.
    pub quiz: Quiz,
    /// Queued questions that cannot be asked any more.
    pub not_askable: Vec<String>,
    /// Whether a host had queued the question.
    pub queued: bool,
    /// Whether few questions are left now that the space was not asked yet.
    pub running_out: bool,
}

/// Claimed, in a space that has the bot, and not given up.
const UNSENT: &str = "WHERE dailies.state = 'claimed' AND given_up = 0
    AND dailies.space NOT IN (SELECT space FROM departures)";

/// A later date of the schedule has its daily.
const OVERTAKEN: &str = "EXISTS (SELECT 1 FROM dailies AS d WHERE d.schedule = dailies.schedule
    AND d.local_date > dailies.local_date AND d.state <> 'claimed')";

impl Store {
    /// Takes a local date of a schedule. `None` when it was taken before.
    pub async fn claim_daily(
        &self,
        new: NewDaily,
        now: DateTime<Utc>,
    ) -> Result<Option<Daily>, StoreError> {
        self.write(move |sql| {
            let claimed = sql.execute(
                "INSERT OR IGNORE INTO dailies
                    (schedule, space, channel, local_date, question, topic, difficulty, quiz, reveal, state, claimed_at, due_at,
                     tried_at, tried_in, queued)
                 SELECT id, space, channel, ?2, ?3, ?4, ?5, ?6, reveal, 'claimed', ?7, ?8,
                     ?7, channel, ?9 FROM schedules WHERE id = ?1",
                params![
                    new.schedule,
                    new.date,
                    new.question,
                    new.topic,
                    new.difficulty.to_string(),
                    to_json(&new.quiz)?,
                    millis(now),
                    millis(new.due_at),
                    new.queued,
                ],
            )?;
            if claimed == 0 {
                return Ok(None);
            }
            let id = sql.last_insert_rowid();
            asked_by(sql, &new, now)?;
            one(sql, "WHERE dailies.id = ?1", [id])
        })
        .await
    }

    /// Records the message of a claimed daily, which came into a channel `at` an instant, and closes
    /// the schedule's earlier ones. A message that came too late, or after that of a later date, is
    /// closed at once and has no place in the order that streaks follow.
    /// Returns whether it is posted now, and was not before.
    pub async fn daily_posted(
        &self,
        id: i64,
        (channel, message): (ChannelId, MessageId),
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write(move |sql| {
            let posted = sql.execute(
                "UPDATE dailies SET state = 'posted', channel = ?2, message = ?3, posted_at = ?4,
                    given_up = 0, ordinal = (SELECT coalesce(max(ordinal), 0) + 1 FROM dailies AS d
                        WHERE d.schedule = dailies.schedule)
                 WHERE id = ?1 AND state = 'claimed' AND due_at >= ?5 AND NOT EXISTS (
                    SELECT 1 FROM dailies AS d WHERE d.schedule = dailies.schedule
                        AND d.local_date > dailies.local_date AND d.state <> 'claimed')",
                params![id, channel, message, millis(at), millis(at - LATENESS)],
            )?;
            if posted == 0 {
                sql.execute(
                    "UPDATE dailies SET state = 'closed', channel = ?2, message = ?3, posted_at = ?4,
                        closed_at = ?5, given_up = 0, ordinal = 0, version = version + 1
                     WHERE id = ?1 AND state = 'claimed'",
                    params![id, channel, message, millis(at), millis(now)],
                )?;
                return Ok(false);
            }
            let schedule = "SELECT schedule FROM dailies WHERE id = ?1";
            let schedule: i64 = sql.query_row(schedule, [id], |row| row.get(0))?;
            resume(sql, schedule)?;
            let others = "id <> ?1 AND schedule = (SELECT schedule FROM dailies WHERE id = ?1)";
            close(sql, others, id, now)?;
            Ok(true)
        })
        .await
    }

    /// Records that a daily's message is about to be sent to its channel, so that it can be found.
    pub async fn daily_tried(&self, id: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE dailies SET tried_at = ?2, tried_in = channel WHERE id = ?1",
                params![id, millis(now)],
            )?;
            Ok(())
        })
        .await
    }

    /// Gives up a claimed daily, of which no message is there. A question that a host had queued is
    /// the next one again.
    pub async fn give_up_daily(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |sql| {
            let gave_up = sql.execute(
                "UPDATE dailies SET given_up = 1 WHERE id = ?1 AND state = 'claimed'",
                [id],
            )?;
            if gave_up > 0 {
                sql.execute(
                    "INSERT OR IGNORE INTO queue (id, schedule, question)
                     SELECT (SELECT coalesce(min(id), 1) - 1 FROM queue), schedule, question
                     FROM dailies WHERE id = ?1 AND queued = 1",
                    [id],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// Has a claimed daily, given up or not, be due now, and its schedule not wait for its channel.
    pub async fn rearm_daily(&self, id: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE dailies SET due_at = ?2, given_up = 0 WHERE id = ?1 AND state = 'claimed'",
                params![id, millis(now)],
            )?;
            sql.execute(
                "DELETE FROM queue WHERE (schedule, question) IN
                    (SELECT schedule, question FROM dailies WHERE id = ?1)",
                [id],
            )?;
            let schedule = "SELECT schedule FROM dailies WHERE id = ?1";
            let schedule = sql.query_row(schedule, [id], |row| row.get(0))?;
            resume(sql, schedule)
        })
        .await
    }

    /// Closes the dailies posted before `since`, and those of removed schedules.
    pub async fn close_dailies(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        self.write(move |sql| {
            let over = "(posted_at < ?1
                OR schedule IN (SELECT id FROM schedules WHERE state = 'removed'))";
            close(sql, over, millis(since), now)
        })
        .await
    }

    /// Dailies due at or after `since` whose message is not recorded yet, unless their
    /// schedule waits for its channel or their space removed the bot.
    pub async fn unsent_dailies(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Daily>, StoreError> {
        self.read(move |sql| {
            many(
                sql,
                &format!(
                    "{UNSENT} AND due_at >= ?1 AND NOT {OVERTAKEN}
                    AND ifnull(suspended_until, 0) <= ?2 ORDER BY dailies.id"
                ),
                [millis(since), millis(now)],
            )
        })
        .await
    }

    /// Dailies whose message is not recorded and shall not be sent any more: they were due before
    /// `since`, or a later date has its daily.
    pub async fn expired_dailies(&self, since: DateTime<Utc>) -> Result<Vec<Daily>, StoreError> {
        self.read(move |sql| {
            many(
                sql,
                &format!("{UNSENT} AND (due_at < ?1 OR {OVERTAKEN}) ORDER BY dailies.id"),
                [millis(since)],
            )
        })
        .await
    }

    /// Dailies whose message does not show yet what they are, unless their space removed the bot.
    pub async fn outdated_dailies(&self) -> Result<Vec<Daily>, StoreError> {
        self.read(|sql| {
            many(
                sql,
                "WHERE version <> shown AND dailies.space NOT IN (SELECT space FROM departures)
                 ORDER BY dailies.id",
                [],
            )
        })
        .await
    }

    /// Records that the message shows the daily as it was at this version.
    pub async fn daily_shown(&self, id: i64, version: u32) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE dailies SET shown = ?2 WHERE id = ?1",
                params![id, version],
            )?;
            Ok(())
        })
        .await
    }

    /// Closed dailies that show their result and want a thread to talk it over.
    pub async fn dailies_to_discuss(&self) -> Result<Vec<Daily>, StoreError> {
        let which = "WHERE to_discuss = 1 AND version = shown
            AND dailies.space NOT IN (SELECT space FROM departures) ORDER BY dailies.id";
        self.read(move |sql| many(sql, which, [])).await
    }

    /// Records that a daily has its thread, or cannot have one.
    pub async fn daily_discussed(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute("UPDATE dailies SET to_discuss = 0 WHERE id = ?1", [id])?;
            Ok(())
        })
        .await
    }
}

/// Closes those of the posted dailies that `which` selects by its ?1, `value`: their message is to
/// show the result, and a thread is started if asked for. An answer whose verdict was hidden makes
/// its points now, so it belongs to this date, not to one of a week that may be over.
fn close(sql: &Connection, which: &str, value: i64, now: DateTime<Utc>) -> rusqlite::Result<usize> {
    let closed: Vec<(i64, Reveal, Zone)> = sql
        .prepare_cached(&format!(
            "UPDATE dailies SET state = 'closed', closed_at = ?2, version = version + 1,
                to_discuss = (SELECT discuss FROM schedules WHERE id = dailies.schedule)
             WHERE state = 'posted' AND {which}
             RETURNING id, reveal, (SELECT zone FROM schedules WHERE id = dailies.schedule) AS zone"
        ))?
        .query_map([value, millis(now)], |row| {
            Ok((row.get("id")?, parsed(row, "reveal")?, parsed(row, "zone")?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut date = sql.prepare_cached("UPDATE answers SET local_date = ?2 WHERE daily = ?1")?;
    for (daily, reveal, zone) in &closed {
        if *reveal == Reveal::AtClose {
            date.execute(params![daily, zone.date(now)])?;
        }
    }
    Ok(closed.len())
}

/// What follows from a daily asking a question: it leaves the queue, and the host is told when few
/// others are left.
pub(super) fn asked_by(
    sql: &Connection,
    new: &NewDaily,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let mut leave =
        sql.prepare_cached("DELETE FROM queue WHERE schedule = ?1 AND question = ?2")?;
    for question in new.not_askable.iter().chain([&new.question]) {
        leave.execute(params![new.schedule, question])?;
    }
    if new.running_out {
        notice(sql, new.schedule, NoticeKind::RunningOut, now)
    } else {
        withdraw_notice(sql, new.schedule, NoticeKind::RunningOut)
    }
}
