//! The layout of the database: from the first release on, each change to it is a migration.

use std::fs;
use std::path::Path;

use rusqlite::ffi::{self, SQLITE_CONSTRAINT_FOREIGNKEY};
use rusqlite::{Connection, Error};

use super::beside::beside;
use super::errors::{OpenError, classify};
use super::lock;

/// Changes the layout by one version, along with the existing rows. It runs in a transaction in which foreign keys are
/// not enforced, so that tables can be rebuilt; at its end they must hold.
pub(super) type Migration = fn(&Connection) -> rusqlite::Result<()>;

/// Append only, once released: a database records the last one applied to it.
pub(super) const MIGRATIONS: &[Migration] = &[|sql| sql.execute_batch(include_str!("schema.sql"))];

/// The last layout from before the first release; the first migration makes the next one.
/// `schema.sql` says when to raise it.
pub(super) const UNRELEASED: i32 = 11;

/// The layout that all of `migrations` lead to.
pub(super) const fn newest(migrations: &[Migration]) -> i32 {
    UNRELEASED + migrations.len() as i32
}

/// Brings a database of layout `from`, 0 if it is new, to the newest one. An existing one is first copied beside itself.
///
/// # Errors
/// When there is no space for the copy, or a migration fails; the database is then as it was.
pub(super) fn update(
    connection: &Connection,
    path: &Path,
    from: i32,
    migrations: &[Migration],
) -> Result<(), OpenError> {
    if from == newest(migrations) {
        return Ok(());
    }
    if from > 0 {
        copy_aside(connection, path, from)?;
    }
    let done = usize::try_from(from - UNRELEASED).unwrap_or_default();
    migrate(connection, &migrations[done..], newest(migrations)).map_err(|why| classify(path, why))
}

/// Copies the database beside itself before it is migrated.
fn copy_aside(connection: &Connection, path: &Path, version: i32) -> Result<(), OpenError> {
    let copy = beside(path, &format!(".v{version}"));
    // A copy left by an unfinished attempt is of the same version, and is replaced.
    let made = match fs::remove_file(&copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => lock::private().open(&copy),
    };
    made.map_err(|error| OpenError::ReadOnly {
        path: copy.clone(),
        why: Some(error.to_string()),
    })?;
    connection
        .execute("VACUUM INTO ?1", [copy.to_string_lossy()])
        .map_err(|why| classify(&copy, why))?;
    Ok(())
}

fn migrate(connection: &Connection, migrations: &[Migration], to: i32) -> rusqlite::Result<()> {
    // It has no effect within a transaction: <https://www.sqlite.org/lang_altertable.html#otheralter>.
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let migrated = migrations
        .iter()
        .try_for_each(|migration| migration(connection))
        .and_then(|()| refuse_dangling(connection))
        .and_then(|()| connection.pragma_update(None, "user_version", to));
    let ended = match migrated {
        Ok(()) => connection.execute_batch("COMMIT"),
        Err(error) => connection.execute_batch("ROLLBACK").and(Err(error)),
    };
    ended.and(connection.pragma_update(None, "foreign_keys", true))
}

fn refuse_dangling(connection: &Connection) -> rusqlite::Result<()> {
    if !connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Ok(());
    }
    let why = "a row refers to one that the new layout doesn't have".to_owned();
    let error = ffi::Error::new(SQLITE_CONSTRAINT_FOREIGNKEY);
    Err(Error::SqliteFailure(error, Some(why)))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A schedule and a question queued for it.
    const ROWS: &str = "INSERT INTO spaces (space) VALUES ('discord:1');
        INSERT INTO schedules
            (id, space, name, channel, zone, time, weekdays, topics, reveal, discuss, state, since)
            VALUES (1, 'discord:1', 'daily', '7', 'UTC', '09:00', 127, '[]', 'at-once', 0, 'active', 0);
        INSERT INTO queue (schedule, question) VALUES (1, 'q1'), (1, 'q2');";

    /// Makes a table anew, which others refer to, and changes what its rows hold.
    fn by_statements(sql: &Connection) -> rusqlite::Result<()> {
        sql.execute_batch(
            "CREATE TABLE remade (id INTEGER PRIMARY KEY, space TEXT NOT NULL, name TEXT NOT NULL) STRICT;
             INSERT INTO remade SELECT id, space, upper(name) FROM schedules;
             DROP TABLE schedules;
             ALTER TABLE remade RENAME TO schedules;",
        )
    }

    /// Reckons, from what a row holds, what SQL could not.
    fn by_code(sql: &Connection) -> rusqlite::Result<()> {
        let questions: Vec<(i64, String)> = sql
            .prepare("SELECT id, question FROM queue")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, question) in questions {
            let reversed: String = question.chars().rev().collect();
            let set = "UPDATE queue SET question = ?2 WHERE id = ?1";
            sql.execute(set, (id, reversed))?;
        }
        Ok(())
    }

    fn leave_rows_that_refer_to_none(sql: &Connection) -> rusqlite::Result<()> {
        sql.execute_batch("DELETE FROM schedules")
    }

    fn texts(sql: &Connection, query: &str) -> Vec<String> {
        let mut query = sql.prepare(query).expect("a query");
        let rows = query.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<rusqlite::Result<_>>().expect("read")
    }

    fn version(sql: &Connection) -> i32 {
        sql.pragma_query_value(None, "user_version", |row| row.get(0))
            .expect("read")
    }

    /// A database of the first layout with rows in it.
    fn used(path: &Path) -> Connection {
        let connection = Connection::open(path).expect("opened");
        update(&connection, path, 0, &MIGRATIONS[..1]).expect("laid out");
        connection.execute_batch(ROWS).expect("filled");
        connection
    }

    #[test]
    fn each_release_goes_on_from_where_the_one_before_was_and_takes_the_rows_along() {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("greenroom.db");
        let database = used(&path);
        let first = version(&database);
        assert_eq!(first, UNRELEASED + 1);

        let second = &[MIGRATIONS[0], by_statements];
        update(&database, &path, first, second).expect("migrated");
        let third = &[MIGRATIONS[0], by_statements, by_code];
        update(&database, &path, first + 1, third).expect("migrated");
        update(&database, &path, first + 2, third).expect("nothing to do");

        assert_eq!(version(&database), first + 2);
        assert_eq!(texts(&database, "SELECT name FROM schedules"), ["DAILY"]);
        let queue = "SELECT question FROM queue ORDER BY id";
        assert_eq!(texts(&database, queue), ["1q", "2q"]);
        let dangling =
            database.execute("INSERT INTO queue (schedule, question) VALUES (9, 'q')", []);
        assert!(dangling.is_err(), "foreign keys are enforced again");
        let before = |version: i32| {
            let copy = beside(&path, &format!(".v{version}"));
            Connection::open(copy).expect("a copy")
        };
        assert_eq!(
            texts(&before(first), "SELECT name FROM schedules"),
            ["daily"]
        );
        assert_eq!(texts(&before(first + 1), queue), ["q1", "q2"]);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_database_as_it_was() {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("greenroom.db");
        let database = used(&path);
        let first = version(&database);
        let failing: [&[Migration]; 2] = [
            &[MIGRATIONS[0], by_code, |sql| sql.execute_batch("gibberish")],
            &[MIGRATIONS[0], by_code, leave_rows_that_refer_to_none],
        ];
        for migrations in failing {
            update(&database, &path, first, migrations).expect_err("it fails");
            assert_eq!(version(&database), first);
            let queue = "SELECT question FROM queue ORDER BY id";
            assert_eq!(texts(&database, queue), ["q1", "q2"]);
            assert_eq!(texts(&database, "SELECT name FROM schedules"), ["daily"]);
        }
    }
}
