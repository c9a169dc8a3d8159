//! Leaderboards: sums over answers whose verdicts are not hidden, ranked 1, 1, 3.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, named_params};

use super::answers::streaks;
use super::{Member, SpaceId, Store, StoreError, UserId};

/// Which answers count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Those of this local date and later; all when `None`.
    pub since: Option<NaiveDate>,
    /// Those of this topic; all when `None`.
    pub topic: Option<String>,
}

/// A member's row of a leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// From 1; members with equal points share a rank and the next ranks are skipped.
    pub rank: u32,
    /// Who.
    pub user: UserId,
    /// Points.
    pub points: i64,
    /// Dailies answered right.
    pub right: u32,
    /// Dailies answered.
    pub answers: u32,
    /// The streak that runs now.
    pub streak: u32,
}

/// A page of a leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardPage {
    /// Its rows, best first.
    pub standings: Vec<Standing>,
    /// Members on the whole board.
    pub members: u32,
    /// The reader's own row, wherever it is; `None` when the reader has no answer that counts.
    pub own: Option<Standing>,
}

const RANKED: &str = "WITH totals AS (
        SELECT user, sum(points) AS points, sum(right) AS right, count(*) AS answers
        FROM settled_answers
        WHERE space = :space AND local_date >= :since AND (:topic IS NULL OR topic = :topic)
        GROUP BY user
    ), ranked AS (
        SELECT *, rank() OVER (ORDER BY points DESC) AS rank, count(*) OVER () AS members
        FROM totals
    )
    SELECT * FROM ranked ";

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
            // Every date is later than the empty text.
            let since = filter.since.map(|day| day.to_string()).unwrap_or_default();
            let topic = filter.topic;
            let mut page = BoardPage { standings: Vec::new(), members: 0, own: None };
            let mut rows = sql.prepare_cached(&format!(
                "{RANKED} ORDER BY points DESC, right DESC, answers, user LIMIT :limit OFFSET :offset"
            ))?;
            let mut rows = rows.query(named_params! {
                ":space": space, ":since": since, ":topic": topic, ":limit": limit, ":offset": offset
            })?;
            while let Some(row) = rows.next()? {
                page.members = row.get("members")?;
                page.standings.push(standing(row)?);
            }
            page.own = sql
                .prepare_cached(&format!("{RANKED} WHERE user = :user"))?
                .query_row(
                    named_params! {
                        ":space": space, ":since": since, ":topic": topic, ":user": reader
                    },
                    standing,
                )
                .optional()?;
            for standing in page.standings.iter_mut().chain(&mut page.own) {
                let member = Member { space: space.clone(), user: standing.user.clone() };
                standing.streak = streaks(sql, &member)?.0;
            }
            Ok(page)
        })
        .await
    }
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        rank: row.get("rank")?,
        user: row.get("user")?,
        points: row.get("points")?,
        right: row.get("right")?,
        answers: row.get("answers")?,
        streak: 0,
    })
}
