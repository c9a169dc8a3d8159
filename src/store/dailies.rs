//! The ledger of dailies: one per schedule and local date, ever. Their steps are in `delivery.rs`.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::marks::is_marked;
use super::sql::{instant, instant_if_any, json, millis, parsed, unreadable};
use super::{Store, StoreError};
use crate::model::{ChannelId, Daily, Member, MessageId, MessageRef, Reveal, SpaceId};
use crate::rules::choosing::Asked;
use crate::rules::withheld::Unsettled;

const SELECT: &str = "SELECT dailies.* FROM dailies
    JOIN schedules ON schedules.id = dailies.schedule ";

impl Store {
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
        self.read_by_key(|sql| one(sql, "WHERE dailies.id = ?1", [id]))
    }

    /// The daily that a message shows.
    pub async fn daily_of_message(&self, at: MessageRef) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| {
            one(
                sql,
                "WHERE dailies.space = ?1 AND dailies.channel = ?2 AND dailies.message = ?3",
                params![at.place.space, at.place.channel, at.message],
            )
        })
        .await
    }

    /// The daily whose message is of this id, whatever its channel.
    pub async fn daily_in_space(
        &self,
        space: SpaceId,
        message: MessageId,
    ) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| {
            one(
                sql,
                "WHERE dailies.space = ?1 AND dailies.message = ?2",
                params![space, message],
            )
        })
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

    /// The daily of a schedule that takes answers.
    pub async fn open_daily(&self, schedule: i64) -> Result<Option<Daily>, StoreError> {
        self.read(move |sql| {
            one(
                sql,
                "WHERE dailies.schedule = ?1 AND dailies.state = 'posted' ORDER BY ordinal DESC",
                [schedule],
            )
        })
        .await
    }

    /// The questions whose answers a person may not read yet: that of each daily that takes answers, or is about to (due
    /// at or after `since`), and on which the person has no verdict yet, in the space and in every other one where the
    /// person takes part in dailies. Whoever deleted an answer knows its verdict.
    pub async fn withheld(
        &self,
        member: Member,
        since: DateTime<Utc>,
    ) -> Result<Vec<Unsettled>, StoreError> {
        self.read_by_key(|sql| {
            let mut query = sql.prepare_cached(
                "WITH around (space) AS (
                    SELECT ?1 UNION
                    SELECT schedules.space FROM streaks
                    JOIN schedules ON schedules.id = streaks.schedule WHERE user = ?2)
                 SELECT id, question, quiz, reveal,
                    EXISTS (SELECT 1 FROM answers WHERE daily = dailies.id AND user = ?2) AS answered
                 FROM around CROSS JOIN dailies
                 WHERE dailies.space = around.space AND state <> 'closed'
                    AND (state = 'posted' OR given_up = 0 AND due_at >= ?3)
                    AND NOT EXISTS
                        (SELECT 1 FROM settled_answers WHERE daily = dailies.id AND user = ?2)",
            )?;
            let mut rows = query.query(params![member.space, member.user, millis(since)])?;
            let mut withheld = Vec::new();
            while let Some(row) = rows.next()? {
                let at_once = parsed::<Reveal>(row, "reveal")? == Reveal::AtOnce;
                let deleted = is_marked(sql, row.get("id")?, &member.user)?;
                if at_once && deleted {
                    continue;
                }
                let asked = Asked {
                    question: row.get("question")?,
                    quiz: json(row, "quiz")?,
                };
                let answered = deleted || row.get("answered")?;
                withheld.push(Unsettled { asked, answered });
            }
            Ok(withheld)
        })
    }

    /// The dailies that take answers in a channel, as their messages show them, and whether the member has answered
    /// each. Whoever deleted an answer can't give another, so has.
    pub async fn open_dailies(
        &self,
        member: Member,
        channel: ChannelId,
    ) -> Result<Vec<(Daily, bool)>, StoreError> {
        self.read(move |sql| {
            let open = many(
                sql,
                "WHERE dailies.space = ?1 AND dailies.channel = ?2 AND dailies.state = 'posted'
                    AND version = shown ORDER BY dailies.id",
                params![member.space, channel],
            )?;
            let mut answered =
                sql.prepare_cached("SELECT 1 FROM answers WHERE daily = ?1 AND user = ?2")?;
            open.into_iter()
                .map(|daily| {
                    let answered = answered.exists(params![daily.id, member.user])?
                        || is_marked(sql, daily.id, &member.user)?;
                    Ok((daily, answered))
                })
                .collect()
        })
        .await
    }
}

pub(super) fn one(
    sql: &Connection,
    which: &str,
    values: impl Params,
) -> rusqlite::Result<Option<Daily>> {
    sql.prepare_cached(&format!("{SELECT}{which}"))?
        .query_row(values, daily)
        .optional()
}

/// Those that can be read, so that one that can't doesn't hold up the others.
pub(super) fn many(
    sql: &Connection,
    which: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<Daily>> {
    let mut query = sql.prepare_cached(&format!("{SELECT}{which}"))?;
    let mut rows = query.query(values)?;
    let mut dailies = Vec::new();
    while let Some(row) = rows.next()? {
        match daily(row) {
            Ok(daily) => dailies.push(daily),
            Err(error) => unreadable("daily", row.get("id")?, &error),
        }
    }
    Ok(dailies)
}

fn daily(row: &Row<'_>) -> rusqlite::Result<Daily> {
    Ok(Daily {
        id: row.get("id")?,
        schedule: row.get("schedule")?,
        space: row.get("space")?,
        channel: row.get("channel")?,
        date: row.get("local_date")?,
        question: row.get("question")?,
        topic: row.get("topic")?,
        difficulty: parsed(row, "difficulty")?,
        quiz: json(row, "quiz")?,
        state: row.get("state")?,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Difficulty, Quiz, ScheduleSettings, SpaceId, Timetable, Weekdays};
    use crate::rules::choosing::Chosen;
    use crate::store::Claim;
    use crate::time::Zone;

    /// Posts a daily of a new schedule, as a message of that number.
    async fn posted(store: &Store, space: &SpaceId, channel: &str, message: &str) -> i64 {
        let now = DateTime::UNIX_EPOCH;
        let timetable = Timetable::new(Zone::utc(), Default::default(), Weekdays::EVERY_DAY);
        let settings = ScheduleSettings::new(channel.into(), timetable);
        let set = store.set_schedule(space.clone(), format!("in-{channel}"), settings, None, now);
        let schedule = set.await.expect("set").id;
        let chosen = Chosen {
            question: format!("q-{channel}"),
            topic: "caching".into(),
            difficulty: Difficulty::Easy,
            quiz: Quiz {
                prompt: "Is it so?".into(),
                options: Vec::new(),
            },
            queued: false,
            passed: 0,
            not_askable: Vec::new(),
            running_out: false,
        };
        let occurrence = (now.date_naive(), now);
        let claim = store.claim_daily(schedule, occurrence, Box::new(|_, _| Ok(chosen)), now);
        let Claim::Claimed(daily) = claim.await.expect("claimed") else {
            panic!("the date is free");
        };
        let at = (channel.into(), message.into());
        let recorded = store.daily_posted(daily.id, at, now, now);
        assert!(recorded.await.expect("recorded"));
        daily.id
    }

    #[tokio::test]
    async fn a_message_is_known_by_its_channel_and_its_space_too() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let [one, other] = ["1", "2"].map(SpaceId::discord);
        let places = [(&one, "7"), (&one, "8"), (&other, "7")];
        let mut dailies = Vec::new();
        for (space, channel) in places {
            dailies.push(posted(&store, space, channel, "1512085950.000216").await);
        }
        let of = async |space: &SpaceId, channel: &str, message: &str| {
            let at = MessageRef::new(space.clone(), channel, message);
            let daily = store.daily_of_message(at).await.expect("read");
            daily.map(|daily| daily.id)
        };
        for ((space, channel), daily) in places.into_iter().zip(dailies) {
            assert_eq!(of(space, channel, "1512085950.000216").await, Some(daily));
        }
        assert_eq!(of(&other, "8", "1512085950.000216").await, None);
        assert_eq!(of(&one, "7", "1512085950.000217").await, None);
    }
}
