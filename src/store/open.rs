//! Opening the database: refusals first, then the lock, the pragmas and the layout.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::beside::{BESIDE, beside};
use super::errors::{DatabaseDamage, OpenError, Unusable, classify};
use super::lock::{self, Lock};
use super::migrations::{self, MIGRATIONS, UNRELEASED, newest};
use super::quiz_contents;
use crate::told;

/// How long a connection waits for another's lock, such as that of an operator's own tools. Up to then, members wait
/// rather than being refused.
pub(super) const BUSY: Duration = Duration::from_secs(10);
/// How many prepared statements a connection keeps: enough for all frequent ones.
const STATEMENTS: usize = 64;

/// Marks the file as ours ("GRNR"): <https://www.sqlite.org/pragma.html#pragma_application_id>.
const APPLICATION_ID: i32 = 0x4752_4e52;

/// What an SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Refuses a file that can't be or become a database of this program, judging by its first bytes, and leaves it
/// untouched. Not to be called while this program has it open, since that would end SQLite's locks.
///
/// # Errors
/// When the file isn't ours, is of a newer or an unreleased version, is cut off, read-only, or not a regular file.
pub fn refuse_unusable(path: &Path) -> Result<(), OpenError> {
    if refuse_by_header(path)? {
        refuse_read_only(path)?;
    }
    Ok(())
}

/// Opens `path` for the writer. The lock must be held while the database is open. Returns the real path as well, by which
/// readers open it.
pub(super) fn open(path: &Path) -> Result<(Connection, Lock, PathBuf), OpenError> {
    refuse_unusable(path)?;
    let (lock, real) = Lock::take(path)?;
    // Again, since it may have been created or replaced meanwhile; from now on the lock rules that out.
    let existed = refuse_by_header(&real)?;
    let connection = Connection::open(&real).map_err(|why| classify(path, why))?;
    let version = untouched(&connection, || refuse_other_layout(&connection, path))?;
    close_to_others(&real);
    configure(&connection, existed).map_err(|why| classify(path, why))?;
    if existed {
        check(&connection, path, "quick_check")?;
    }
    migrations::update(&connection, &real, version, MIGRATIONS)?;
    quiz_contents::forget_unused(&connection).map_err(|why| classify(path, why))?;
    Ok((connection, lock, real))
}

/// Takes access away from everyone but the owner if every user of the machine can read or write the database, since older
/// versions made such files. A mode that gives others nothing, such as 0640, is the operator's choice and stays.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for part in ["", "-wal", "-journal", "-shm"] {
        let path = beside(path, part);
        let Ok(file) = fs::metadata(&path) else {
            continue;
        };
        if file.permissions().mode() & 0o007 == 0 {
            continue;
        }
        if let Err(error) = fs::set_permissions(&path, fs::Permissions::from_mode(0o600)) {
            let path = told::name(&path);
            tracing::warn!(%error, "{path}: every user of this machine can read it; run chmod o-rwx on it");
        }
    }
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) {}

/// Opens `path`, which must exist, for an operator's writes: beside a running bot if there is one, and then without a
/// lock.
pub(super) fn open_beside(path: &Path) -> Result<(Connection, Option<Lock>, PathBuf), OpenError> {
    if !refuse_by_header(path)? {
        return Err(OpenError::Missing(path.to_owned()));
    }
    match open(path) {
        Err(OpenError::InUse(_)) => {}
        opened => return opened.map(|(connection, lock, real)| (connection, Some(lock), real)),
    }
    refuse_other_name(path)?;
    let real = path.canonicalize().map_err(|why| OpenError::Unreachable {
        path: path.to_owned(),
        why,
    })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(&real, flags).map_err(|why| classify(path, why))?;
    configure(&connection, true).map_err(|why| classify(path, why))?;
    if refuse_other_layout(&connection, path)? < newest(MIGRATIONS) {
        return Err(OpenError::Older(path.to_owned()));
    }
    Ok((connection, None, real))
}

/// Refuses a database that a running program has open by another name: its newest changes are in a log beside that name,
/// which SQLite wouldn't see from here.
pub(super) fn refuse_other_name(path: &Path) -> Result<(), OpenError> {
    let unreachable = |why| OpenError::Unreachable {
        path: path.to_owned(),
        why,
    };
    let real = path.canonicalize().map_err(unreachable)?;
    let held = lock::is_held(&real).map_err(unreachable)?;
    if held && !beside(&real, "-shm").exists() {
        return Err(OpenError::OtherName(path.to_owned()));
    }
    Ok(())
}

/// Reads the first bytes of the file, so that a file that isn't ours is never touched. Returns whether there is a
/// database. <https://www.sqlite.org/fileformat.html#the_database_header>
pub(super) fn refuse_by_header(path: &Path) -> Result<bool, OpenError> {
    let unreachable = |why| OpenError::Unreachable {
        path: path.to_owned(),
        why,
    };
    // Opening a pipe would block.
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return Err(unreachable(Unusable::NoFile.into()));
    }
    let mut header = Vec::with_capacity(100);
    match File::open(path) {
        Ok(file) => file
            .take(100)
            .read_to_end(&mut header)
            .map_err(unreachable)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return match has_log(path) {
                true => Err(log_alone(path, "-wal")),
                false => Ok(false),
            };
        }
        Err(error) => return Err(unreachable(error)),
    };
    if header.is_empty() && has_log(path) {
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            why: DatabaseDamage::Emptied,
        });
    }
    if header.is_empty() {
        return Ok(false);
    }
    if !header.starts_with(MAGIC) {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if header.len() < 100 {
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            why: DatabaseDamage::CutOff,
        });
    }
    let number = |at: usize| i32::from_be_bytes(header[at..at + 4].try_into().expect("4 bytes"));
    let (version, application) = (number(60), number(68));
    if application != APPLICATION_ID {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    refuse_layout(version, path)?;
    Ok(true)
}

/// Refuses an unknown layout; 0 is that of a database without one.
fn refuse_layout(found: i32, path: &Path) -> Result<(), OpenError> {
    let known = newest(MIGRATIONS);
    let path = path.to_owned();
    match found {
        _ if found > known => Err(OpenError::Newer { path, found, known }),
        1..=UNRELEASED => Err(OpenError::Unreleased(path)),
        _ => Ok(()),
    }
}

/// Reads from a connection that has just been opened, so that a refused file and its write-ahead log stay as they are:
/// otherwise SQLite would write the log back on closing.
fn untouched<T>(
    connection: &Connection,
    read: impl FnOnce() -> Result<T, OpenError>,
) -> Result<T, OpenError> {
    let keeps_its_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    // Can't fail for an option that SQLite knows.
    let _ = connection.set_db_config(keeps_its_log, true);
    let read = read()?;
    let _ = connection.set_db_config(keeps_its_log, false);
    Ok(read)
}

/// The version of the layout, by the database itself: the file's header may be older.
pub(super) fn refuse_other_layout(connection: &Connection, path: &Path) -> Result<i32, OpenError> {
    let version = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|why| classify(path, why))?;
    refuse_layout(version, path)?;
    Ok(version)
}

fn refuse_read_only(path: &Path) -> Result<(), OpenError> {
    if fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
        return Err(OpenError::ReadOnly {
            path: path.to_owned(),
            why: None,
        });
    }
    Ok(())
}

/// Opens a database read-only.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Whether there is a write-ahead log. SQLite would delete it if it took the database, missing or empty, for a new one.
fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Refuses a missing database if anything is left beside it, even an empty log.
pub(super) fn refuse_log_alone(path: &Path) -> Result<(), OpenError> {
    let left = |part: &&str| fs::symlink_metadata(beside(path, part)).is_ok();
    match BESIDE.into_iter().find(left) {
        Some(part) => Err(log_alone(path, part)),
        None => Ok(()),
    }
}

fn log_alone(path: &Path, part: &str) -> OpenError {
    OpenError::LogAlone {
        path: path.to_owned(),
        log: beside(path, part),
    }
}

fn configure(connection: &Connection, existed: bool) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    if !existed {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Replacing a row deletes it: without this, the triggers of totals would not fire.
    connection.pragma_update(None, "recursive_triggers", true)?;
    // Deleted data is overwritten, so that it isn't left in free pages, or in backups of them.
    connection.pragma_update(None, "secure_delete", true)?;
    // Proves that the file can be written before anyone is told that something was recorded.
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")
}

/// Has SQLite look for damage: `quick_check`, or `integrity_check`, which reads the indexes too.
pub(super) fn check(connection: &Connection, path: &Path, how: &str) -> Result<(), OpenError> {
    let found: Result<String, _> = connection.pragma_query_value(None, how, |row| row.get(0));
    match found {
        Ok(found) if found == "ok" => Ok(()),
        Ok(why) => Err(OpenError::Damaged {
            path: path.to_owned(),
            why: DatabaseDamage::Found(why),
        }),
        Err(why) => Err(classify(path, why)),
    }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
