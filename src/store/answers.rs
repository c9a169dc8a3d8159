//! Answers to dailies, with the points and streaks that they earned, and a member's record.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::marks::is_marked;
use super::sql::{instant, json, millis, parsed};
use super::{Store, StoreError};
use crate::model::{Answer, Answered, Given, Member, TopicRecord, Totals, UserId, Vote};
use crate::rules::answering::{Asked, Before, Decision, decide};
use crate::rules::streaks::Streak;

/// Who is reading a member's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The member: sees every verdict that they may know, and practice.
    Themselves,
    /// Anyone else.
    Another,
}

const OWN_TOTALS: &str = "SELECT coalesce(sum(points), 0), count(*), coalesce(sum(right), 0)
    FROM settled_answers WHERE space = ?1 AND user = ?2";

const TOTALS: &str = "SELECT coalesce(sum(points), 0), count(*), coalesce(sum(right), 0)
    FROM public_answers WHERE space = ?1 AND user = ?2";

const OWN_RECORDS: &str = "SELECT topic, sum(answers), sum(right) FROM (
        SELECT topic, 1 AS answers, right FROM settled_answers WHERE space = ?1 AND user = ?2
        UNION ALL
        SELECT topic, answers, right FROM practice WHERE space = ?1 AND user = ?2
    ) GROUP BY topic ORDER BY topic";

const RECORDS: &str = "SELECT topic, count(*), sum(right) FROM public_answers
    WHERE space = ?1 AND user = ?2 GROUP BY topic ORDER BY topic";

impl Store {
    /// Records a member's answer to a daily as [`decide`] says: verdict, points and streak in one transaction. `version`
    /// is that of the daily as the member saw it, and `today` the date in the zone of the space.
    pub async fn answer_daily(
        &self,
        (daily, version): (i64, u32),
        user: UserId,
        given: Given,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Answered, StoreError> {
        self.write(move |sql| {
            let before = before(sql, daily, &user)?;
            let had_answered = before.answer.is_some();
            let asked = asked(sql, daily)?;
            Ok(
                match decide(asked.as_ref(), before, (version, given), now) {
                    Decision::Counts(answer, streak) => {
                        record(sql, (daily, &user), &answer, given.typed, today)?;
                        set_streak(sql, daily, &user, streak)?;
                        match had_answered {
                            false => Answered::Recorded(answer),
                            true => Answered::Changed(answer),
                        }
                    }
                    Decision::Stands {
                        answer,
                        said_openly,
                    } => {
                        if said_openly {
                            note_said_openly(sql, daily, &user)?;
                        }
                        Answered::Already(answer)
                    }
                    Decision::BeforeDeletion => Answered::BeforeDeletion,
                    Decision::Closed => Answered::Closed,
                    Decision::Replaced => Answered::Replaced,
                },
            )
        })
        .await
    }

    /// A member's answer to a daily.
    pub async fn answer_of(&self, daily: i64, user: UserId) -> Result<Option<Answer>, StoreError> {
        self.read(move |sql| answer(sql, daily, &user)).await
    }

    /// The votes for each of the `options` of a daily.
    pub async fn votes(&self, daily: i64, options: usize) -> Result<Vec<Vote>, StoreError> {
        self.read(move |sql| {
            let mut votes = vec![Vote::default(); options];
            // With one min() or max(), SQLite takes the bare column from that row:
            // https://www.sqlite.org/lang_select.html#bareagg
            let mut query = sql.prepare_cached(
                "SELECT option, count(*), user, min(answered_at) FROM answers
                 WHERE daily = ?1 GROUP BY option",
            )?;
            let mut rows = query.query([daily])?;
            while let Some(row) = rows.next()? {
                if let Some(vote) = votes.get_mut(row.get::<_, usize>(0)?) {
                    *vote = Vote {
                        count: row.get(1)?,
                        first: row.get(2)?,
                    };
                }
            }
            Ok(votes)
        })
        .await
    }

    /// A member's totals over all time, without answers whose verdict is hidden from the reader.
    pub async fn totals(&self, member: Member, reader: Reader) -> Result<Totals, StoreError> {
        self.read(move |sql| {
            let query = match reader {
                Reader::Themselves => OWN_TOTALS,
                Reader::Another => TOTALS,
            };
            let mut totals = sql.prepare_cached(query)?.query_row(
                params![member.space, member.user],
                |row| {
                    Ok(Totals {
                        points: row.get(0)?,
                        answers: row.get(1)?,
                        right: row.get(2)?,
                        ..Totals::default()
                    })
                },
            )?;
            (totals.streak, totals.longest) = streaks(sql, &member)?;
            totals.waiting = waiting(sql, &member, reader, None)?;
            Ok(totals)
        })
        .await
    }

    /// A member's answers by topic, by topic name: dailies, and practice for themselves; without
    /// answers whose verdict is hidden from the reader.
    pub async fn records(
        &self,
        member: Member,
        reader: Reader,
    ) -> Result<Vec<TopicRecord>, StoreError> {
        self.read(move |sql| {
            let query = match reader {
                Reader::Themselves => OWN_RECORDS,
                Reader::Another => RECORDS,
            };
            sql.prepare_cached(query)?
                .query_map(params![member.space, member.user], |row| {
                    Ok(TopicRecord {
                        topic: row.get(0)?,
                        answers: row.get(1)?,
                        right: row.get(2)?,
                    })
                })?
                .collect()
        })
        .await
    }
}

/// A daily that takes answers.
fn asked(sql: &Connection, daily: i64) -> rusqlite::Result<Option<Asked>> {
    sql.prepare_cached("SELECT * FROM dailies WHERE id = ?1 AND state = 'posted'")?
        .query_row([daily], |row| {
            Ok(Asked {
                version: row.get("version")?,
                reveal: parsed(row, "reveal")?,
                ordinal: row.get("ordinal")?,
                difficulty: parsed(row, "difficulty")?,
                quiz: json(row, "quiz")?,
            })
        })
        .optional()
}

/// What is known about a member before they answer a daily.
fn before(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<Before> {
    let answer = answer(sql, daily, user)?;
    Ok(Before {
        deleted: answer.is_none() && is_marked(sql, daily, user)?,
        streak: streak(sql, daily, user)?,
        answer,
    })
}

fn answer(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<Option<Answer>> {
    sql.prepare_cached("SELECT * FROM answers WHERE daily = ?1 AND user = ?2")?
        .query_row(params![daily, user], |row| {
            Ok(Answer {
                option: row.get("option")?,
                right: row.get("right")?,
                points: row.get("points")?,
                streak: row.get("streak")?,
                at: instant(row, "answered_at")?,
            })
        })
        .optional()
}

/// Writes an answer, replacing an earlier one.
fn record(
    sql: &Connection,
    (daily, user): (i64, &UserId),
    answer: &Answer,
    typed: bool,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT INTO answers
            (daily, user, space, topic, option, right, points, streak, local_date, answered_at, typed)
         SELECT id, ?2, space, topic, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM dailies WHERE id = ?1
         ON CONFLICT DO UPDATE SET option = excluded.option, right = excluded.right,
            points = excluded.points, streak = excluded.streak, local_date = excluded.local_date,
            answered_at = excluded.answered_at, typed = excluded.typed",
    )?
    .execute(params![
        daily,
        user,
        answer.option,
        answer.right,
        answer.points,
        answer.streak,
        today,
        millis(answer.at),
        typed
    ])?;
    Ok(())
}

/// Records that a member who had already answered typed an answer, for everyone to read. The earlier one may have been
/// on boards, so its date stays.
fn note_said_openly(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "UPDATE answers SET typed = 2 WHERE daily = ?1 AND user = ?2 AND NOT typed",
    )?
    .execute(params![daily, user])?;
    Ok(())
}

/// A member's streak in the schedule of a daily.
fn streak(sql: &Connection, daily: i64, user: &UserId) -> rusqlite::Result<Streak> {
    let found = sql
        .prepare_cached(
            "SELECT current, longest, last FROM streaks
             WHERE schedule = (SELECT schedule FROM dailies WHERE id = ?1) AND user = ?2",
        )?
        .query_row(params![daily, user], |row| {
            Ok(Streak {
                current: row.get(0)?,
                longest: row.get(1)?,
                last: row.get(2)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

fn set_streak(sql: &Connection, daily: i64, user: &UserId, streak: Streak) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT OR REPLACE INTO streaks (schedule, user, current, longest, last)
         SELECT schedule, ?2, ?3, ?4, ?5 FROM dailies WHERE id = ?1",
    )?
    .execute(params![
        daily,
        user,
        streak.current,
        streak.longest,
        streak.last
    ])?;
    Ok(())
}

/// How many of a member's answers, on one topic or all, the reader may know only once their daily closes, right or not.
pub(super) fn waiting(
    sql: &Connection,
    member: &Member,
    reader: Reader,
    topic: Option<&str>,
) -> rusqlite::Result<u32> {
    let known = match reader {
        Reader::Themselves => "settled_answers",
        Reader::Another => "public_answers",
    };
    // `CROSS JOIN` has SQLite begin with the dailies, of which few are open: beginning with the answers, it would go
    // through all that the member ever gave.
    let query = format!(
        "SELECT count(*) FROM dailies CROSS JOIN answers
            ON answers.daily = dailies.id AND answers.user = ?2
        WHERE dailies.space = ?1 AND state <> 'closed' AND (?3 IS NULL OR dailies.topic = ?3)
            AND NOT EXISTS (SELECT 1 FROM {known} AS known
                WHERE known.daily = answers.daily AND known.user = answers.user)"
    );
    sql.prepare_cached(&query)?
        .query_row(params![member.space, member.user, topic], |row| row.get(0))
}

/// A member's best running streak and their longest ever, over the space's schedules. Streaks of a removed schedule
/// don't run until it is set again.
pub(super) fn streaks(sql: &Connection, member: &Member) -> rusqlite::Result<(u32, u32)> {
    let mut query = sql.prepare_cached(
        "SELECT iif(state = 'removed', 0, current), longest, last,
            (SELECT max(ordinal) FROM dailies WHERE dailies.schedule = schedules.id)
         FROM streaks JOIN schedules ON schedules.id = schedule WHERE space = ?1 AND user = ?2",
    )?;
    let mut rows = query.query(params![member.space, member.user])?;
    let mut best = (0, 0);
    while let Some(row) = rows.next()? {
        let streak = Streak {
            current: row.get(0)?,
            longest: row.get(1)?,
            last: row.get(2)?,
        };
        let newest: Option<u32> = row.get(3)?;
        best.0 = best.0.max(streak.running(newest.unwrap_or_default()));
        best.1 = best.1.max(streak.longest);
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_record_is_read_without_the_answers_of_others() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = Store::open(folder.path().join("greenroom.db")).expect("it opens");
        for query in [OWN_TOTALS, TOTALS, OWN_RECORDS, RECORDS] {
            let values = ["space", "ben"];
            let plan = store.read(move |sql| {
                sql.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?
                    .query_map(rusqlite::params_from_iter(values), |row| row.get("detail"))?
                    .collect::<rusqlite::Result<Vec<String>>>()
            });
            let plan = plan.await.expect("a plan").join("\n");
            assert!(
                plan.contains("COVERING INDEX answers_by_member (space=? AND user=?)"),
                "{plan}"
            );
        }
    }
}
