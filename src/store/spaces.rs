//! Which spaces anything is kept of, and forgetting one: in slices, so that no other write waits long.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::sql::millis;
use super::{Store, StoreError};
use crate::model::SpaceId;

/// The most rows that one transaction deletes: some milliseconds of work.
const SLICE: usize = 500;
/// The most slices of departed spaces that are deleted in one go; the next look goes on from there.
const SLICES: usize = 20;

/// Everything that is kept of a space, those that refer to others first. Each deletes at most ?2 rows.
/// The totals of boards follow from the answers.
const OF_A_SPACE: [&str; 15] = [
    "DELETE FROM answers WHERE (daily, user) IN
        (SELECT daily, user FROM answers WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM streaks WHERE (schedule, user) IN
        (SELECT schedule, user FROM streaks
         WHERE schedule IN (SELECT id FROM schedules WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM replaced WHERE (daily, question) IN
        (SELECT daily, question FROM replaced
         WHERE daily IN (SELECT id FROM dailies WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM marks WHERE (daily, mark) IN
        (SELECT daily, mark FROM marks
         WHERE daily IN (SELECT id FROM dailies WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM dailies WHERE id IN (SELECT id FROM dailies WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM queue WHERE id IN (SELECT id FROM queue
         WHERE schedule IN (SELECT id FROM schedules WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM skipped_dates WHERE (schedule, local_date) IN
        (SELECT schedule, local_date FROM skipped_dates
         WHERE schedule IN (SELECT id FROM schedules WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM notices WHERE id IN (SELECT id FROM notices
         WHERE schedule IN (SELECT id FROM schedules WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM schedules WHERE id IN (SELECT id FROM schedules WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM quiz_items WHERE (quiz, position) IN
        (SELECT quiz, position FROM quiz_items
         WHERE quiz IN (SELECT id FROM quizzes WHERE space = ?1) LIMIT ?2)",
    "DELETE FROM quizzes WHERE id IN (SELECT id FROM quizzes WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM practice WHERE (space, user, question) IN
        (SELECT space, user, question FROM practice WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM seen WHERE (space, user, question) IN
        (SELECT space, user, question FROM seen WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM hints WHERE (space, user, about) IN
        (SELECT space, user, about FROM hints WHERE space = ?1 LIMIT ?2)",
    "DELETE FROM departures WHERE space IN
        (SELECT space FROM departures WHERE space = ?1 LIMIT ?2)",
];

/// The tables that together name every space that anything is kept of. The rest belong to a schedule.
pub(super) const WITH_SPACE: [&str; 5] = ["schedules", "quizzes", "practice", "seen", "hints"];

impl Store {
    /// Spaces that anything is kept of and that did not remove the bot, as far as is known.
    pub async fn spaces(&self) -> Result<Vec<SpaceId>, StoreError> {
        self.read(|sql| {
            sql.prepare(&format!(
                "{} EXCEPT SELECT space FROM departures",
                all_spaces()
            ))?
            .query_map([], |row| row.get(0))?
            .collect()
        })
        .await
    }

    /// Spaces that anything is kept of, those that removed the bot too.
    pub async fn known_spaces(&self) -> Result<Vec<SpaceId>, StoreError> {
        self.read(|sql| {
            sql.prepare(&all_spaces())?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Deletes everything of a space and its members. Returns how many rows there were.
    pub async fn forget_space(&self, space: SpaceId) -> Result<usize, StoreError> {
        let mut removed = 0;
        loop {
            let space = space.clone();
            let slice = self.write(move |sql| slice(sql, &space)).await?;
            removed += slice;
            if slice < SLICE {
                return Ok(removed);
            }
        }
    }

    /// Deletes of the spaces that removed the bot before `since` as much as others can wait for.
    /// Returns those of which nothing is left.
    pub async fn forget_departed(&self, since: DateTime<Utc>) -> Result<Vec<SpaceId>, StoreError> {
        let mut forgotten = Vec::new();
        for _ in 0..SLICES {
            let Some(space) = self.departed(since).await? else {
                break;
            };
            let gone = space.clone();
            let rows = self.write(move |sql| {
                // It may have taken the bot back meanwhile.
                match departed(sql, since)?.as_ref() == Some(&gone) {
                    true => slice(sql, &gone).map(Some),
                    false => Ok(None),
                }
            });
            if rows.await?.is_some_and(|rows| rows < SLICE) {
                forgotten.push(space);
            }
        }
        Ok(forgotten)
    }

    async fn departed(&self, since: DateTime<Utc>) -> Result<Option<SpaceId>, StoreError> {
        self.read(move |sql| departed(sql, since)).await
    }
}

/// A space that removed the bot before `since`, the same one until nothing is left of it.
fn departed(sql: &Connection, since: DateTime<Utc>) -> rusqlite::Result<Option<SpaceId>> {
    sql.prepare_cached("SELECT space FROM departures WHERE left_at < ?1 ORDER BY space LIMIT 1")?
        .query_row([millis(since)], |row| row.get(0))
        .optional()
}

/// Deletes at most [`SLICE`] rows of a space. With fewer, nothing is left of it.
fn slice(sql: &Connection, space: &SpaceId) -> rusqlite::Result<usize> {
    let mut left = SLICE;
    for delete in OF_A_SPACE {
        let deleted = sql.prepare_cached(delete)?.execute(params![space, left])?;
        left = left.saturating_sub(deleted);
        if left == 0 {
            break;
        }
    }
    Ok(SLICE - left)
}

/// Goes from each space to the next by an index, so that it costs what there are spaces, not rows.
fn all_spaces() -> String {
    let of = |table| {
        format!(
            "SELECT space FROM (WITH RECURSIVE each (space) AS (
                SELECT min(space) FROM {table} UNION ALL
                SELECT (SELECT min(space) FROM {table} WHERE space > each.space)
                FROM each WHERE each.space IS NOT NULL)
             SELECT space FROM each WHERE space IS NOT NULL)"
        )
    };
    WITH_SPACE.map(of).join(" UNION ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(folder.path().join("greenroom.db")).expect("opens")
    }

    #[tokio::test]
    async fn spaces_are_found_without_going_through_their_rows() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let fill = |sql: &Connection| {
            for space in ["b", "a", "c"] {
                for question in ["1", "2", "3"] {
                    let row = "INSERT INTO seen VALUES (?1, 'ben', ?2, 0)";
                    sql.execute(row, [space, question])?;
                }
            }
            sql.execute("INSERT INTO quizzes VALUES (1, 'd', 'ben', 0)", [])?;
            sql.execute("INSERT INTO departures VALUES ('b', 0)", [])
        };
        store.write(fill).await.expect("filled");
        let plan = |sql: &Connection| {
            sql.prepare(&format!("EXPLAIN QUERY PLAN {}", all_spaces()))?
                .query_map([], |row| row.get(3))?
                .collect::<rusqlite::Result<Vec<String>>>()
        };
        let plan = store.read(plan).await.expect("a plan");
        for table in WITH_SPACE {
            let searched = plan
                .iter()
                .any(|step| step.starts_with(&format!("SEARCH {table}")));
            let scanned = plan
                .iter()
                .any(|step| step.starts_with(&format!("SCAN {table}")));
            assert!(searched && !scanned, "{table}: {plan:#?}");
        }
        let spaces = store.spaces().await.expect("read");
        assert_eq!(spaces, ["a", "c", "d"].map(SpaceId::from));
        let known = store.known_spaces().await.expect("read");
        assert_eq!(known, ["a", "b", "c", "d"].map(SpaceId::from));
    }

    #[tokio::test]
    async fn a_space_is_forgotten_in_slices_and_no_other_loses_anything() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * 2 + 10;
        let fill = move |sql: &Connection| {
            let row = "INSERT INTO seen VALUES (?1, 'ben', ?2, 0)";
            for number in 0..rows {
                sql.execute(row, params!["gone", number.to_string()])?;
            }
            sql.execute(row, ["other", "q"])?;
            sql.execute("INSERT INTO departures VALUES ('gone', 1)", [])
        };
        store.write(fill).await.expect("filled");
        let left = |sql: &Connection| {
            sql.query_row("SELECT count(*) FROM seen", [], |row| {
                row.get::<_, usize>(0)
            })
        };

        let one = store.write(|sql| slice(sql, &"gone".into())).await;
        assert_eq!(one.expect("deleted"), SLICE);
        assert_eq!(store.read(left).await.expect("counted"), rows - SLICE + 1);
        let since = DateTime::from_timestamp_millis(2).expect("an instant");
        let forgotten = store.forget_departed(since).await.expect("forgotten");
        assert_eq!(forgotten, [SpaceId::from("gone")]);
        assert_eq!(store.read(left).await.expect("counted"), 1);
        assert_eq!(store.known_spaces().await.expect("read"), ["other".into()]);
    }

    #[tokio::test]
    async fn an_operator_forgets_all_of_a_space_at_once() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * 2 + 10;
        let fill = move |sql: &Connection| {
            let mut row = sql.prepare("INSERT INTO seen VALUES ('gone', 'ben', ?1, 0)")?;
            for number in 0..rows {
                row.execute([number.to_string()])?;
            }
            Ok(())
        };
        store.write(fill).await.expect("filled");
        let removed = store.forget_space("gone".into()).await;
        assert_eq!(removed.expect("forgotten"), rows);
        assert!(store.known_spaces().await.expect("read").is_empty());
    }

    #[tokio::test]
    async fn forgetting_a_huge_space_leaves_time_for_others() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * SLICES + SLICE;
        let fill = move |sql: &Connection| {
            let mut row = sql.prepare("INSERT INTO seen VALUES ('gone', 'ben', ?1, 0)")?;
            for number in 0..rows {
                row.execute([number.to_string()])?;
            }
            sql.execute("INSERT INTO departures VALUES ('gone', 1)", [])
        };
        store.write(fill).await.expect("filled");
        let since = DateTime::from_timestamp_millis(2).expect("an instant");
        assert!(
            store
                .forget_departed(since)
                .await
                .expect("begun")
                .is_empty()
        );
        let forgotten = store.forget_departed(since).await.expect("forgotten");
        assert_eq!(forgotten, [SpaceId::from("gone")]);
        assert!(store.known_spaces().await.expect("read").is_empty());
    }
}
