//! The ledger of dailies: claimed, posted, closed; one a schedule and local date, ever.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::notices::{NoticeKind, notice, withdraw_notice};
use super::sql::{instant, instant_if_any, json, millis, parsed, to_json};
use super::suspensions::resume;
use super::{ChannelId, Member, MessageId, Reveal, SpaceId, Store, StoreError};
use crate::bank::{Difficulty, Quiz};
use crate::rules::timetable::LATENESS;

/// One quiz of one schedule on one local date.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    /// The row.
    pub id: i64,
    /// The schedule it is of.
    pub schedule: i64,
    /// The space.
    pub space: SpaceId,
    /// Where it posts.
    pub channel: ChannelId,
    /// The schedule's zone.
    pub zone: Tz,
    /// The local date that it is the daily of.
    pub date: NaiveDate,
    /// The question's id.
    pub question: String,
    /// The question's topic.
    pub topic: String,
    /// The question's difficulty.
    pub difficulty: Difficulty,
    /// The quiz as posted, options in the order shown.
    pub quiz: Quiz,
    /// How far it is.
    pub state: DailyState,
    /// When it should be posted.
    pub due_at: DateTime<Utc>,
    /// When it was claimed.
    pub claimed_at: DateTime<Utc>,
    /// When its message was tried to be sent last, or about to be.
    pub tried_at: DateTime<Utc>,
    /// The channel of that try.
    pub tried_in: ChannelId,
    /// Whether it was claimed and then given up, because it could not be sent in time.
    pub given_up: bool,
    /// The message, once posted.
    pub message: Option<MessageId>,
    /// When it was posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// When members see their verdicts: what its schedule said when it was claimed.
    pub reveal: Reveal,
    /// Counts what changed its message since it was posted. While the daily takes answers that is
    /// how often it was given another question.
    pub version: u32,
}

impl Daily {
    /// Whether its members may not see their verdicts yet.
    pub fn hides_verdicts(&self) -> bool {
        self.reveal == Reveal::AtClose && self.state != DailyState::Closed
    }
}

/// How far a daily is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailyState {
    /// Its date is taken; the message is about to be sent.
    Claimed,
    /// It takes answers.
    Posted,
    /// It takes no more answers.
    Closed,
}

impl std::str::FromStr for DailyState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "claimed" => Ok(Self::Claimed),
            "posted" => Ok(Self::Posted),
            "closed" => Ok(Self::Closed),
            other => Err(format!("no state is called {other:?}")),
        }
    }
}

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

const SELECT: &str = "SELECT dailies.*, schedules.zone FROM dailies
    JOIN schedules ON schedules.id = dailies.schedule ";

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

    /// The dailies of a schedule that were posted for local dates from `from` on, by date.
    pub async fn posted_dailies(
        &self,
        schedule: i64,
        from: NaiveDate,
    ) -> Result<Vec<Daily>, StoreError> {
        self.read(move |sql| {
            many(
                sql,
                "WHERE dailies.schedule = ?1 AND local_date >= ?2 AND posted_at IS NOT NULL
                 ORDER BY local_date",
                params![schedule, from],
            )
        })
        .await
    }

    /// A daily by its row.
    pub async fn daily(&self, id: i64) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| one(sql, "WHERE dailies.id = ?1", [id]))
            .await
    }

    /// The daily that a message shows.
    pub async fn daily_of_message(&self, message: MessageId) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| one(sql, "WHERE dailies.message = ?1", [message]))
            .await
    }

    /// The daily of a schedule on a local date.
    pub async fn daily_on(
        &self,
        schedule: i64,
        date: NaiveDate,
    ) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| {
            one(
                sql,
                "WHERE dailies.schedule = ?1 AND dailies.local_date = ?2",
                params![schedule, date],
            )
        })
        .await
    }

    /// The questions whose answers a member must not read yet: those of dailies that take
    /// answers, or are about to (due at or after `since`), and on which the member has no
    /// verdict yet.
    pub async fn withheld_questions(
        &self,
        member: Member,
        since: DateTime<Utc>,
    ) -> Result<Vec<String>, StoreError> {
        self.read(move |sql| {
            sql.prepare_cached(
                "SELECT question FROM dailies WHERE space = ?1 AND state <> 'closed'
                    AND (state = 'posted' OR state = 'claimed' AND due_at >= ?3)
                    AND NOT EXISTS
                        (SELECT 1 FROM settled_answers WHERE daily = dailies.id AND user = ?2)",
            )?
            .query_map(params![member.space, member.user, millis(since)], |row| {
                row.get(0)
            })?
            .collect()
        })
        .await
    }
}

/// Closes those of the posted dailies that `which` selects by its ?1, `value`: their message is to
/// show the result, and a thread is started if asked for. An answer whose verdict was hidden makes
/// its points now, so it belongs to this date, not to one of a week that may be over.
fn close(sql: &Connection, which: &str, value: i64, now: DateTime<Utc>) -> rusqlite::Result<usize> {
    let closed: Vec<(i64, Reveal, Tz)> = sql
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
            date.execute(params![daily, now.with_timezone(zone).date_naive()])?;
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

fn one(sql: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Option<Daily>> {
    sql.prepare_cached(&format!("{SELECT}{which}"))?
        .query_row(values, daily)
        .optional()
}

fn many(sql: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Vec<Daily>> {
    sql.prepare_cached(&format!("{SELECT}{which}"))?
        .query_map(values, daily)?
        .collect()
}

fn daily(row: &Row<'_>) -> rusqlite::Result<Daily> {
    Ok(Daily {
        id: row.get("id")?,
        schedule: row.get("schedule")?,
        space: row.get("space")?,
        channel: row.get("channel")?,
        zone: parsed(row, "zone")?,
        date: row.get("local_date")?,
        question: row.get("question")?,
        topic: row.get("topic")?,
        difficulty: parsed(row, "difficulty")?,
        quiz: json(row, "quiz")?,
        state: parsed(row, "state")?,
        due_at: instant(row, "due_at")?,
        claimed_at: instant(row, "claimed_at")?,
        tried_at: instant(row, "tried_at")?,
        tried_in: row.get("tried_in")?,
        given_up: row.get("given_up")?,
        message: row.get("message")?,
        posted_at: instant_if_any(row, "posted_at")?,
        reveal: parsed(row, "reveal")?,
        version: row.get("version")?,
    })
}
