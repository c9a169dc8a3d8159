//! The spaces about which anything is kept: joined, left, and deleted in slices, so that other writes don't wait long.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::sql::{instant_if_any, millis};
use super::suspensions::resume;
use super::{Store, StoreError};
use crate::model::{Space, SpaceId};
use crate::time::Zone;

/// The most rows that one transaction deletes: some milliseconds of work.
const SLICE: usize = 500;
/// The most slices of departed spaces that are deleted in one go; the next round continues from there.
const SLICES: usize = 20;

/// Everything kept about a space, tables that refer to others first. Each statement deletes at most ?2 rows. The totals of
/// boards follow from the answers.
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
    "DELETE FROM spaces WHERE space IN (SELECT space FROM spaces WHERE space = ?1 LIMIT ?2)",
];

impl Store {
    /// A space, if anything is kept about it.
    pub async fn space(&self, space: SpaceId) -> Result<Option<Space>, StoreError> {
        self.read_by_key(|sql| {
            sql.prepare_cached("SELECT * FROM spaces WHERE space = ?1")?
                .query_row([space], |row| {
                    let zone: Option<String> = row.get("zone")?;
                    Ok(Space {
                        id: row.get("space")?,
                        joined_at: instant_if_any(row, "joined_at")?,
                        left_at: instant_if_any(row, "left_at")?,
                        // One that is no longer known counts as unset.
                        zone: zone.and_then(|name| name.parse().ok()),
                        language: row.get("language")?,
                    })
                })
                .optional()
        })
    }

    /// The zone in whose days, weeks and months a space counts: its own, else that of its first schedule by name, else
    /// UTC. One that isn't known any more counts as none.
    pub async fn zone(&self, space: SpaceId) -> Result<Zone, StoreError> {
        self.read_by_key(|sql| zone(sql, &space))
    }

    /// Spaces that have not removed the bot, as far as is known.
    pub async fn spaces(&self) -> Result<Vec<SpaceId>, StoreError> {
        self.read(|sql| {
            sql.prepare_cached("SELECT space FROM spaces WHERE left_at IS NULL ORDER BY space")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Every space about which anything is kept, including those that removed the bot.
    pub async fn known_spaces(&self) -> Result<Vec<SpaceId>, StoreError> {
        self.read(|sql| {
            sql.prepare_cached("SELECT space FROM spaces ORDER BY space")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Sets the zone and the language of a space, for what doesn't belong to a schedule.
    pub async fn set_space_locale(
        &self,
        space: SpaceId,
        zone: Option<Zone>,
        language: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |sql| {
            know(sql, &space)?;
            sql.execute(
                "UPDATE spaces SET zone = ?2, language = ?3 WHERE space = ?1",
                params![space, zone.map(Zone::name), language],
            )?;
            Ok(())
        })
        .await
    }

    /// Records that a space removed the bot, if anything is kept about it.
    pub async fn space_left(&self, space: SpaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            sql.execute(
                "UPDATE spaces SET left_at = ?2 WHERE space = ?1 AND left_at IS NULL",
                params![space, millis(now)],
            )?;
            Ok(())
        })
        .await
    }

    /// Records that the bot is in a space (again). Dailies missed meanwhile are not due, and channels that it could not post
    /// to are tried again.
    pub async fn space_joined(&self, space: SpaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |sql| {
            let now = millis(now);
            let back = sql.execute(
                "UPDATE spaces SET joined_at = ?2, left_at = NULL
                 WHERE space = ?1 AND left_at IS NOT NULL",
                params![space, now],
            )?;
            if back == 0 {
                // Every start reports all spaces: for known ones, nothing is written.
                sql.prepare_cached(
                    "INSERT INTO spaces (space, joined_at) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET joined_at = excluded.joined_at WHERE joined_at IS NULL",
                )?
                .execute(params![space, now])?;
                return Ok(());
            }
            sql.execute(
                "UPDATE schedules SET since = ?2 WHERE space = ?1",
                params![space, now],
            )?;
            let schedules: Vec<i64> = sql
                .prepare_cached("SELECT id FROM schedules WHERE space = ?1")?
                .query_map(params![space], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            schedules.into_iter().try_for_each(|id| resume(sql, id))
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

    /// Deletes data of the spaces that removed the bot before `since`, as much as other writes can wait for. Returns the
    /// spaces of which nothing is left.
    pub async fn forget_departed(&self, since: DateTime<Utc>) -> Result<Vec<SpaceId>, StoreError> {
        let mut forgotten = Vec::new();
        for _ in 0..SLICES {
            let Some(space) = self.departed(since).await? else {
                break;
            };
            let gone = space.clone();
            let rows = self.write(move |sql| {
                // It may have added the bot again meanwhile.
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
    sql.prepare_cached(
        "SELECT space FROM spaces WHERE left_at < ?1 ORDER BY left_at, space LIMIT 1",
    )?
    .query_row([millis(since)], |row| row.get(0))
    .optional()
}

/// Deletes at most [`SLICE`] rows of a space, and returns how many. If they are fewer, nothing is left.
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

/// Records a space before anything is kept about it or its members; the schema enforces that this isn't forgotten.
pub(super) fn know(sql: &Connection, space: &SpaceId) -> rusqlite::Result<()> {
    sql.prepare_cached("INSERT OR IGNORE INTO spaces (space) VALUES (?1)")?
        .execute([space])?;
    Ok(())
}

pub(super) fn zone(sql: &Connection, space: &SpaceId) -> rusqlite::Result<Zone> {
    let mut zones = sql.prepare_cached(
        "SELECT zone, 0 AS of, '' AS name FROM spaces WHERE space = ?1 AND zone IS NOT NULL
         UNION ALL
         SELECT zone, 1 + (state = 'removed'), name FROM schedules WHERE space = ?1 ORDER BY of, name",
    )?;
    let mut zones = zones.query([space])?;
    while let Some(row) = zones.next()? {
        if let Ok(zone) = row.get::<_, String>(0)?.parse() {
            return Ok(zone);
        }
    }
    Ok(Zone::utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Member, PlatformId, UserId};

    /// Writes a space that removed the bot at 1.
    fn left(sql: &Connection, space: &str) -> rusqlite::Result<usize> {
        sql.execute(
            "INSERT INTO spaces (space, left_at) VALUES (?1, 1)",
            [space],
        )
    }

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(folder.path().join("greenroom.db")).expect("opens")
    }

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(millis).expect("an instant")
    }

    async fn seen(store: &Store, space: &SpaceId) {
        let member = Member {
            space: space.clone(),
            user: UserId::discord("ben"),
        };
        let seen = store.question_seen(member, "q".to_owned(), at(0));
        seen.await.expect("written");
    }

    #[tokio::test]
    async fn a_space_is_known_by_whatever_comes_first_and_joins_leaves_and_comes_back() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let [one, other] = ["1", "2"].map(SpaceId::discord);
        let team = SpaceId::new(PlatformId::Slack, "1");
        let read = async |id: &SpaceId| {
            let space = store.space(id.clone()).await.expect("read")?;
            Some((space.joined_at, space.left_at))
        };

        seen(&store, &one).await;
        assert_eq!(read(&one).await, Some((None, None)));
        for (id, millis) in [(&one, 1), (&team, 2), (&one, 3)] {
            store
                .space_joined(id.clone(), at(millis))
                .await
                .expect("written");
        }
        assert_eq!(read(&one).await, Some((Some(at(1)), None)));
        assert_eq!(read(&team).await, Some((Some(at(2)), None)));
        for (id, millis) in [(&one, 4), (&one, 5), (&other, 6)] {
            store
                .space_left(id.clone(), at(millis))
                .await
                .expect("written");
        }
        assert_eq!(read(&one).await, Some((Some(at(1)), Some(at(4)))));
        assert_eq!(read(&other).await, None, "nothing is kept of it");
        assert_eq!(
            store.spaces().await.expect("read"),
            std::slice::from_ref(&team)
        );
        let known = store.known_spaces().await.expect("read");
        assert_eq!(known, [one.clone(), team]);
        store
            .space_joined(one.clone(), at(7))
            .await
            .expect("written");
        assert_eq!(read(&one).await, Some((Some(at(7)), None)));
    }

    #[tokio::test]
    async fn what_is_no_schedules_is_the_spaces_own() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let space = SpaceId::discord("1");
        let zone: Zone = "Asia/Tokyo".parse().expect("a zone");
        let set = store.set_space_locale(space.clone(), Some(zone), Some("ja".to_owned()));
        set.await.expect("set");
        store
            .space_joined(space.clone(), at(1))
            .await
            .expect("written");
        let expected = Space {
            id: space.clone(),
            joined_at: Some(at(1)),
            left_at: None,
            zone: Some(zone),
            language: Some("ja".to_owned()),
        };
        assert_eq!(store.space(space).await.expect("read"), Some(expected));
    }

    #[tokio::test]
    async fn a_space_is_forgotten_in_slices_and_no_other_loses_anything() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * 2 + 10;
        let fill = move |sql: &Connection| {
            know(sql, &SpaceId::discord("other"))?;
            left(sql, "discord:gone")?;
            let row = "INSERT INTO seen VALUES (?1, 'ben', ?2, 0)";
            for number in 0..rows {
                sql.execute(row, params!["discord:gone", number.to_string()])?;
            }
            sql.execute(row, ["discord:other", "q"])
        };
        store.write(fill).await.expect("filled");
        let kept = |sql: &Connection| {
            sql.query_row("SELECT count(*) FROM seen", [], |row| {
                row.get::<_, usize>(0)
            })
        };

        let one = store
            .write(|sql| slice(sql, &SpaceId::discord("gone")))
            .await;
        assert_eq!(one.expect("deleted"), SLICE);
        assert_eq!(store.read(kept).await.expect("counted"), rows - SLICE + 1);
        let since = DateTime::from_timestamp_millis(2).expect("an instant");
        let forgotten = store.forget_departed(since).await.expect("forgotten");
        assert_eq!(forgotten, [SpaceId::discord("gone")]);
        assert_eq!(store.read(kept).await.expect("counted"), 1);
        assert_eq!(
            store.known_spaces().await.expect("read"),
            [SpaceId::discord("other")]
        );
    }

    #[tokio::test]
    async fn an_operator_forgets_all_of_a_space_at_once() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * 2 + 10;
        let fill = move |sql: &Connection| {
            know(sql, &SpaceId::discord("gone"))?;
            let mut row = sql.prepare("INSERT INTO seen VALUES ('discord:gone', 'ben', ?1, 0)")?;
            for number in 0..rows {
                row.execute([number.to_string()])?;
            }
            Ok(())
        };
        store.write(fill).await.expect("filled");
        let removed = store.forget_space(SpaceId::discord("gone")).await;
        assert_eq!(removed.expect("forgotten"), rows + 1, "with its own row");
        assert!(store.known_spaces().await.expect("read").is_empty());
    }

    #[tokio::test]
    async fn forgetting_a_huge_space_leaves_time_for_others() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = store(&folder);
        let rows = SLICE * SLICES + SLICE;
        let fill = move |sql: &Connection| {
            left(sql, "discord:gone")?;
            let mut row = sql.prepare("INSERT INTO seen VALUES ('discord:gone', 'ben', ?1, 0)")?;
            for number in 0..rows {
                row.execute([number.to_string()])?;
            }
            Ok(())
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
        assert_eq!(forgotten, [SpaceId::discord("gone")]);
        assert!(store.known_spaces().await.expect("read").is_empty());
    }
}
