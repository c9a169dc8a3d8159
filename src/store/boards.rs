//! Leaderboards: running totals, or sums over the answers of one topic, ranked 1, 1, 3. Hidden verdicts don't count.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::answers::{Reader, streaks, waiting};
use super::{Store, StoreError};
use crate::model::{BoardPage, Member, SpaceId, Standing, UserId};
use crate::rules::periods::Period;

/// Which answers count.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Those of this period.
    pub period: Period,
    /// A day of the period.
    pub today: NaiveDate,
    /// Those of this topic; all when `None`.
    pub topic: Option<String>,
}

impl Store {
    /// The rows from `offset` on, at most `limit`, and the reader's own.
    pub async fn board(
        &self,
        space: SpaceId,
        filter: Filter,
        offset: u32,
        limit: u32,
        reader: UserId,
    ) -> Result<BoardPage, StoreError> {
        self.read(move |sql| {
            let board = Board::new(sql, &space, filter);
            let mut page = BoardPage {
                standings: board.page(offset, limit)?,
                members: board.members()?,
                own: board.of(&reader)?,
            };
            for standing in page.standings.iter_mut().chain(&mut page.own) {
                let member = Member {
                    space: space.clone(),
                    user: standing.user.clone(),
                };
                standing.streak = streaks(sql, &member)?.0;
            }
            Ok(page)
        })
        .await
    }

    /// How many of a member's answers, on one topic or all, count on boards only once their daily closes.
    pub async fn waiting(&self, member: Member, topic: Option<String>) -> Result<u32, StoreError> {
        self.read(move |sql| waiting(sql, &member, Reader::Another, topic.as_deref()))
            .await
    }
}

/// What a board is read from. Both take a space, a part of it, a topic and a last day.
const TOTALS: &str = "SELECT user, points, right, answers FROM totals
    WHERE space = ?1 AND period = ?2 AND ?3 IS NULL AND ?4 IS NULL";
const SUMS: &str = "SELECT user, sum(points) AS points, sum(right) AS right, count(*) AS answers
    FROM public_answers WHERE space = ?1 AND local_date BETWEEN ?2 AND ?4 AND topic = ?3 GROUP BY user";

/// Sorts after every date, since dates are written with digits and dashes.
const AFTER_ALL: &str = ":";

struct Board<'a> {
    sql: &'a Connection,
    standings: &'static str,
    space: &'a SpaceId,
    part: String,
    topic: Option<String>,
    last: Option<String>,
}

impl<'a> Board<'a> {
    fn new(sql: &'a Connection, space: &'a SpaceId, filter: Filter) -> Self {
        let Filter {
            period,
            today,
            topic,
        } = filter;
        let (standings, part, last) = match (&topic, period.days(today)) {
            (Some(_), Some(days)) => (SUMS, days.start().to_string(), Some(days.end().to_string())),
            (Some(_), None) => (SUMS, String::new(), Some(AFTER_ALL.to_owned())),
            (None, Some(days)) => (TOTALS, format!("{period} {}", days.start()), None),
            (None, None) => (TOTALS, period.to_string(), None),
        };
        Self {
            sql,
            standings,
            space,
            part,
            topic,
            last,
        }
    }

    fn page(&self, offset: u32, limit: u32) -> rusqlite::Result<Vec<Standing>> {
        let query = format!(
            "{} ORDER BY points DESC, user LIMIT ?5 OFFSET ?6",
            self.standings
        );
        let mut standings: Vec<Standing> = self
            .sql
            .prepare_cached(&query)?
            .query_map(
                params![self.space, self.part, self.topic, self.last, limit, offset],
                standing,
            )?
            .collect::<rusqlite::Result<_>>()?;
        let mut above: Option<(i64, u32)> = None;
        for (standing, place) in standings.iter_mut().zip(offset + 1..) {
            standing.rank = match above {
                Some((points, rank)) if points == standing.points => rank,
                Some(_) => place,
                None => self.rank(standing.points)?,
            };
            above = Some((standing.points, standing.rank));
        }
        Ok(standings)
    }

    fn of(&self, user: &UserId) -> rusqlite::Result<Option<Standing>> {
        let query = format!("SELECT * FROM ({}) WHERE user = ?5", self.standings);
        let own = self
            .sql
            .prepare_cached(&query)?
            .query_row(
                params![self.space, self.part, self.topic, self.last, user],
                standing,
            )
            .optional()?;
        own.map(|own| {
            let rank = self.rank(own.points)?;
            Ok(Standing { rank, ..own })
        })
        .transpose()
    }

    fn rank(&self, points: i64) -> rusqlite::Result<u32> {
        let query = format!(
            "SELECT count(*) + 1 FROM ({}) WHERE points > ?5",
            self.standings
        );
        self.sql.prepare_cached(&query)?.query_row(
            params![self.space, self.part, self.topic, self.last, points],
            |row| row.get(0),
        )
    }

    fn members(&self) -> rusqlite::Result<u32> {
        let query = format!("SELECT count(*) FROM ({})", self.standings);
        self.sql.prepare_cached(&query)?.query_row(
            params![self.space, self.part, self.topic, self.last],
            |row| row.get(0),
        )
    }
}

/// A row without its rank and streak.
fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        rank: 0,
        user: row.get("user")?,
        points: row.get("points")?,
        right: row.get("right")?,
        answers: row.get("answers")?,
        streak: 0,
    })
}

#[cfg(test)]
#[path = "boards_tests.rs"]
mod tests;
