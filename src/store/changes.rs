//! Setting schedules: what is named is changed and the rest stays, in one transaction, so that two admins who set one at
//! once undo nothing of each other's.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::notices::withdraw_notice;
use super::schedules::one;
use super::spaces::know;
use super::sql::{millis, to_json};
use super::suspensions::resume;
use super::{Store, StoreError};
use crate::model::{
    NoticeKind, Schedule, ScheduleChange, ScheduleSettings, ScheduleState, SpaceId, UserId,
};

/// The outcome of setting a schedule.
#[derive(Clone, Debug, PartialEq)]
pub enum ScheduleSet {
    /// It is set.
    Set {
        /// As it was; `None` when it is new, or had been removed.
        before: Option<Box<Schedule>>,
        /// As it is now.
        after: Box<Schedule>,
    },
    /// The space has as many schedules as it may have.
    TooMany,
    /// It is new or can't be read, and its channel, zone or time was not named.
    Incomplete,
}

impl Store {
    /// Sets what `change` names of the schedule `name` of a space, which has at most `most` schedules,
    /// and who did. A removed one comes back as a new one with its streaks; a paused one stays paused.
    pub async fn change_schedule(
        &self,
        space: SpaceId,
        name: String,
        change: ScheduleChange,
        most: usize,
        set_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<ScheduleSet, StoreError> {
        self.write(move |sql| {
            let there = one(sql, &space, &name)?;
            let before = there.filter(|schedule| schedule.state != ScheduleState::Removed);
            if before.is_none() && count(sql, &space)? >= most {
                return Ok(ScheduleSet::TooMany);
            }
            let Some(settings) = change.settings(before.as_ref()) else {
                return Ok(ScheduleSet::Incomplete);
            };
            let after = set(sql, (&space, &name), &settings, Some(&set_by), now)?;
            Ok(ScheduleSet::Set {
                before: before.map(Box::new),
                after: Box::new(after),
            })
        })
        .await
    }

    /// Sets the schedule `name` of a space, new or changed, and who did; `None` for the
    /// configuration. A removed one comes back with its streaks; a paused one stays paused.
    pub async fn set_schedule(
        &self,
        space: SpaceId,
        name: String,
        settings: ScheduleSettings,
        set_by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Result<Schedule, StoreError> {
        self.write(move |sql| set(sql, (&space, &name), &settings, set_by.as_ref(), now))
            .await
    }
}

/// How many schedules a space has.
fn count(sql: &Connection, space: &SpaceId) -> rusqlite::Result<usize> {
    sql.prepare_cached("SELECT count(*) FROM schedules WHERE space = ?1 AND state <> 'removed'")?
        .query_row([space], |row| row.get(0))
}

/// Writes a schedule, with what follows from setting it.
fn set(
    sql: &Connection,
    (space, name): (&SpaceId, &str),
    settings: &ScheduleSettings,
    set_by: Option<&UserId>,
    now: DateTime<Utc>,
) -> rusqlite::Result<Schedule> {
    know(sql, space)?;
    sql.execute(
        "INSERT INTO schedules (space, name, channel, zone, time, weekdays, topics,
            reveal, discuss, state, since, set_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?10, ?11, 'active', ?8, ?9)
         ON CONFLICT (space, name) DO UPDATE SET
            channel = excluded.channel, zone = excluded.zone, time = excluded.time,
            weekdays = excluded.weekdays, topics = excluded.topics,
            reveal = excluded.reveal, discuss = excluded.discuss,
            since = iif(state = 'removed' OR (zone, time, weekdays)
                <> (excluded.zone, excluded.time, excluded.weekdays), excluded.since, since),
            state = iif(state = 'removed', 'active', state),
            set_by = excluded.set_by
         WHERE state = 'removed' OR (channel, zone, time, weekdays, topics, reveal, discuss)
            <> (excluded.channel, excluded.zone, excluded.time, excluded.weekdays,
                excluded.topics, excluded.reveal, excluded.discuss)",
        params![
            space,
            name,
            settings.channel,
            settings.timetable.zone.name(),
            settings.timetable.time.format("%H:%M").to_string(),
            settings.timetable.weekdays.bits(),
            to_json(&settings.topics)?,
            millis(now),
            set_by,
            settings.reveal,
            settings.discuss,
        ],
    )?;
    let schedule = "SELECT id FROM schedules WHERE space = ?1 AND name = ?2";
    let schedule = sql.query_row(schedule, params![space, name], |row| row.get(0))?;
    // An admin who sets it implies that its channel works now.
    resume(sql, schedule)?;
    withdraw_notice(sql, schedule, NoticeKind::Damaged)?;
    // A daily that could not be sent follows the schedule to its new channel.
    sql.execute(
        "UPDATE dailies SET channel = ?2 WHERE state = 'claimed' AND schedule = ?1",
        params![schedule, settings.channel],
    )?;
    // Even if nothing else has changed.
    sql.execute(
        "UPDATE schedules SET set_by = coalesce(?3, set_by) WHERE space = ?1 AND name = ?2",
        params![space, name, set_by],
    )?;
    one(sql, space, name)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
}
