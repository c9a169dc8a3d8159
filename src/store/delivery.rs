//! The steps of a daily, each a transaction: claimed, posted or given up, closed, shown. What is to be delivered is read
//! from the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::choosing::{Choose, ask, chosen};
use super::dailies::{many, one};
use super::spaces::zone;
use super::sql::{instant, millis};
use super::suspensions::{end_doubt, resume};
use super::{Store, StoreError};
use crate::model::{ChannelId, Daily, MessageId, SpaceId};
use crate::rules::choosing::Unchosen;
use crate::rules::timetable::LATENESS;
use crate::time::InstantSums;

/// The outcome of claiming a date.
#[derive(Clone, Debug)]
pub enum Claim {
    /// It has its daily now.
    Claimed(Box<Daily>),
    /// It had its daily before.
    Taken(Box<Daily>),
    /// There is nothing to ask.
    Unchosen(Unchosen),
}

/// Claimed, in a space that has the bot, and not given up.
const UNSENT: &str = "WHERE dailies.state = 'claimed' AND given_up = 0
    AND dailies.space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)";

/// A daily that was claimed later is posted. Turns decide that rather than dates: when a schedule moves west across the
/// date line, or a clock is set back, the next date is an earlier one.
const OVERTAKEN: &str = "EXISTS (SELECT 1 FROM dailies AS d WHERE d.schedule = dailies.schedule
    AND d.turn > dailies.turn AND d.state <> 'claimed')";

/// The turn of the next claim for schedule ?1.
const NEXT_TURN: &str = "(SELECT coalesce(max(turn), 0) + 1 FROM dailies WHERE schedule = ?1)";

/// Claimed, due at or after ?1, and not waiting for a channel at ?2.
fn in_time() -> String {
    format!(
        "{UNSENT} AND due_at >= ?1 AND ahead = 0 AND NOT {OVERTAKEN}
         AND ifnull(suspended_until, 0) <= ?2"
    )
}

/// Claimed, and no longer to be sent.
fn expired() -> String {
    format!("{UNSENT} AND (due_at < ?1 OR ahead = 1 OR {OVERTAKEN})")
}

/// With a message that is out of date, in a space that has the bot.
const OUTDATED: &str = "WHERE version <> shown AND dailies.space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)";

/// Closed, shown as closed, and waiting for a thread.
const TO_DISCUSS: &str = "WHERE to_discuss = 1 AND version = shown
    AND dailies.space NOT IN (SELECT space FROM spaces WHERE left_at IS NOT NULL)";

impl Store {
    /// Claims a local date of a schedule, whose daily is due at an instant. Its question is chosen in the same
    /// transaction.
    pub async fn claim_daily(
        &self,
        schedule: i64,
        (date, due_at): (NaiveDate, DateTime<Utc>),
        choose: Box<Choose<'static>>,
        now: DateTime<Utc>,
    ) -> Result<Claim, StoreError> {
        self.write(move |sql| {
            let taken = "WHERE dailies.schedule = ?1 AND local_date = ?2";
            if let Some(daily) = one(sql, taken, params![schedule, date])? {
                return Ok(Claim::Taken(Box::new(daily)));
            }
            let chosen = match chosen(sql, schedule, None, choose)? {
                Ok(chosen) => chosen,
                Err(why) => return Ok(Claim::Unchosen(why)),
            };
            sql.execute(
                &format!(
                    "INSERT INTO dailies
                        (schedule, space, channel, local_date, question, topic, difficulty, quiz, reveal,
                         state, claimed_at, due_at, tried_at, tried_in, turn)
                     SELECT id, space, channel, ?2, '', '', '', '', reveal, 'claimed', ?3, ?4, ?3, channel,
                         {NEXT_TURN} FROM schedules WHERE id = ?1"
                ),
                params![schedule, date, millis(now), millis(due_at)],
            )?;
            let id = sql.last_insert_rowid();
            ask(sql, (schedule, id), &chosen, now)?;
            let daily = one(sql, "WHERE dailies.id = ?1", [id])?;
            let daily = daily.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            Ok(Claim::Claimed(Box::new(daily)))
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
                &format!(
                    "UPDATE dailies SET state = 'posted', channel = ?2, message = ?3, posted_at = ?4,
                        given_up = 0, ordinal = (SELECT coalesce(max(ordinal), 0) + 1 FROM dailies AS d
                            WHERE d.schedule = dailies.schedule)
                     WHERE id = ?1 AND state = 'claimed' AND due_at >= ?5 AND NOT {OVERTAKEN}"
                ),
                params![id, channel, message, millis(at), millis(at.minus(LATENESS))],
            )?;
            if posted == 0 {
                let closed = sql.query_row(
                    "UPDATE dailies SET state = 'closed', channel = ?2, message = ?3, posted_at = ?4,
                        closed_at = ?5, given_up = 0, ordinal = 0, version = version + 1
                     WHERE id = ?1 AND state = 'claimed' RETURNING schedule",
                    params![id, channel, message, millis(at), millis(now)],
                    |row| row.get(0),
                );
                if let Some(schedule) = closed.optional()? {
                    end_doubt(sql, schedule)?;
                }
                return Ok(false);
            }
            let schedule = "SELECT schedule FROM dailies WHERE id = ?1";
            let schedule: i64 = sql.query_row(schedule, [id], |row| row.get(0))?;
            resume(sql, schedule)?;
            let others = "id <> ?1 AND schedule = (SELECT schedule FROM dailies WHERE id = ?1)";
            close(sql, others, id, now)?;
            // Removing a schedule closes what is posted; this one was still on its way.
            let removed = "id = ?1 AND schedule IN (SELECT id FROM schedules WHERE state = 'removed')";
            close(sql, removed, id, now)?;
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

    /// Gives up a claimed daily that has no message. A question that an admin had queued is next in the queue again.
    pub async fn give_up_daily(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |sql| {
            let gave_up = sql.execute(
                "UPDATE dailies SET given_up = 1 WHERE id = ?1 AND state = 'claimed'",
                [id],
            )?;
            if gave_up > 0 {
                let schedule = "SELECT schedule FROM dailies WHERE id = ?1";
                end_doubt(sql, sql.query_row(schedule, [id], |row| row.get(0))?)?;
                // This makes another daily the schedule's newest.
                sql.execute(
                    "UPDATE schedules SET next_due = 0
                     WHERE id = (SELECT schedule FROM dailies WHERE id = ?1)",
                    [id],
                )?;
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

    /// Makes a claimed daily, given up or not, due at an instant and gives it the next turn; its schedule stops waiting
    /// for its channel. If it was given up, what it would have asked may be open elsewhere by now, so its question is
    /// chosen anew. `Err` when none can be.
    pub async fn rearm_daily(
        &self,
        id: i64,
        choose: Box<Choose<'static>>,
        due_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Unchosen>, StoreError> {
        self.write(move |sql| {
            let (schedule, given_up): (i64, bool) = sql.query_row(
                "SELECT schedule, given_up AND state = 'claimed' FROM dailies WHERE id = ?1",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if given_up {
                match chosen(sql, schedule, None, choose)? {
                    Ok(chosen) => ask(sql, (schedule, id), &chosen, now)?,
                    Err(why) => return Ok(Err(why)),
                }
            }
            sql.execute(
                &format!(
                    "UPDATE dailies SET due_at = ?3, given_up = 0, turn = {NEXT_TURN}
                     WHERE id = ?2 AND state = 'claimed'"
                ),
                params![schedule, id, millis(due_at)],
            )?;
            resume(sql, schedule)?;
            Ok(Ok(()))
        })
        .await
    }

    /// A daily that is among [`Store::unsent_dailies`], or, with `true`, among [`Store::expired_dailies`].
    pub fn unsent_daily(
        &self,
        id: i64,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Option<(Daily, bool)>, StoreError> {
        self.read_by_key(|sql| {
            let unsent = format!("{} AND dailies.id = ?3", in_time());
            if let Some(daily) = one(sql, &unsent, params![millis(since), millis(now), id])? {
                return Ok(Some((daily, false)));
            }
            let expired = format!("{} AND dailies.id = ?2", expired());
            let daily = one(sql, &expired, params![millis(since), id])?;
            Ok(daily.map(|daily| (daily, true)))
        })
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
                &format!("{} ORDER BY dailies.id", in_time()),
                [millis(since), millis(now)],
            )
        })
        .await
    }

    /// Dailies whose message is not recorded and that are no longer to be sent: they were due before `since`, one
    /// claimed later is posted, or they were claimed while the clock was ahead.
    pub async fn expired_dailies(&self, since: DateTime<Utc>) -> Result<Vec<Daily>, StoreError> {
        self.read(move |sql| {
            many(
                sql,
                &format!("{} ORDER BY dailies.id", expired()),
                [millis(since)],
            )
        })
        .await
    }

    /// Dailies whose message is out of date, unless their space removed the bot.
    pub async fn outdated_dailies(&self) -> Result<Vec<Daily>, StoreError> {
        self.read(|sql| many(sql, &format!("{OUTDATED} ORDER BY dailies.id"), []))
            .await
    }

    /// A daily that is among [`Store::outdated_dailies`].
    pub fn outdated_daily(&self, id: i64) -> Result<Option<Daily>, StoreError> {
        let which = format!("{OUTDATED} AND dailies.id = ?1");
        self.read_by_key(|sql| one(sql, &which, [id]))
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
        let which = format!("{TO_DISCUSS} ORDER BY dailies.id");
        self.read(move |sql| many(sql, &which, [])).await
    }

    /// When a daily closed that is among [`Store::dailies_to_discuss`].
    pub fn daily_to_discuss(&self, id: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
        let which = format!("SELECT closed_at FROM dailies {TO_DISCUSS} AND id = ?1");
        self.read_by_key(|sql| {
            sql.prepare_cached(&which)?
                .query_row([id], |row| instant(row, "closed_at"))
                .optional()
        })
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

/// Closes the posted dailies that `which` selects by its ?1, `value`. Their messages will show the result, and get a
/// thread if one is wanted and anybody answered.
///
/// Answers that count only from now on, because they were typed or hidden, get this date, which is in the current week,
/// where their members see their points. Answers that counted before stay where they were shown.
pub(super) fn close(
    sql: &Connection,
    which: &str,
    value: i64,
    now: DateTime<Utc>,
) -> rusqlite::Result<usize> {
    let closed: Vec<(i64, SpaceId)> = sql
        .prepare_cached(&format!(
            "UPDATE dailies SET state = 'closed', closed_at = ?2, version = version + 1,
                to_discuss = (SELECT discuss FROM schedules WHERE id = dailies.schedule)
                    AND EXISTS (SELECT 1 FROM answers WHERE daily = dailies.id)
             WHERE state = 'posted' AND {which}
             RETURNING id, space"
        ))?
        .query_map([value, millis(now)], |row| {
            Ok((row.get("id")?, row.get("space")?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut date = sql.prepare_cached(
        "UPDATE answers SET local_date = ?2 WHERE daily = ?1 AND local_date <> ?2
            AND (typed = 1 OR (SELECT reveal FROM dailies WHERE id = ?1) = 'at-close')",
    )?;
    for (daily, space) in &closed {
        date.execute(params![daily, zone(sql, space)?.date(now)])?;
    }
    Ok(closed.len())
}
