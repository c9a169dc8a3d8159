//! Opening the database: refusals first, then the lock, the pragmas and the migrations.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::copying::BESIDE;
use super::lock::{self, Lock};
use super::quizzes;
use crate::told;

/// How long a connection waits for another's lock, such as that of an operator's own tools: within that,
/// members wait and are not refused.
pub(super) const BUSY: Duration = Duration::from_secs(10);
/// How many statements a connection keeps prepared: all that come often.
const STATEMENTS: usize = 64;

/// Marks the file as ours ("GRNR"): <https://www.sqlite.org/pragma.html#pragma_application_id>.
const APPLICATION_ID: i32 = 0x4752_4e52;

/// What an SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Numbered from 1, append only: the database's `user_version` counts those that were run.
const MIGRATIONS: [&str; 8] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_choosing.sql"),
    include_str!("migrations/0003_channels_gone.sql"),
    include_str!("migrations/0004_due.sql"),
    include_str!("migrations/0005_tries.sql"),
    include_str!("migrations/0006_by_member.sql"),
    include_str!("migrations/0007_totals.sql"),
    include_str!("migrations/0008_true_to_use.sql"),
];

/// Why a database is refused. Each message says what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is missing or the file cannot be reached.
    #[error(
        "{path}: cannot open the database: {why}. Name a file in a folder that exists and that this user may write to (--database FILE).",
        path = told::name(.path)
    )]
    Unreachable {
        /// The database file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// Another instance has it.
    #[error(
        "{}: the database is in use by another greenroom. Stop that one first, or name another file (--database FILE).",
        told::name(.0)
    )]
    InUse(PathBuf),
    /// A running program has it by another name.
    #[error(
        "{}: the database is in use by another name of the file (a hard link or a mount), and its newest changes lie beside that one. Name it as the running greenroom does.",
        told::name(.0)
    )]
    OtherName(PathBuf),
    /// A running program of an older version has it.
    #[error(
        "{}: the database is in use by an older greenroom. Use the program that runs on it, or stop it first.",
        told::name(.0)
    )]
    Older(PathBuf),
    /// There is none.
    #[error("{}: there is no such database. Name it with --database FILE.", told::name(.0))]
    Missing(PathBuf),
    /// It is gone, and what is kept beside it is not.
    #[error(
        "{path}: the database is gone, but {log} of it is there: a greenroom that still runs may write to it, and its newest changes may be in no other file. Stop that greenroom and put the database back; if it is lost, move what is left of it away, then restore a backup.",
        path = told::name(.path), log = told::name(.log)
    )]
    LogAlone {
        /// The database file.
        path: PathBuf,
        /// What is there.
        log: PathBuf,
    },
    /// Not an SQLite file of ours.
    #[error("{}: this file is not a Greenroom database. Name another file.", told::name(.0))]
    Foreign(PathBuf),
    /// Written by a newer program.
    #[error(
        "{path}: the database is of version {found}, this greenroom knows versions up to {known}. Run the newer greenroom, or restore a copy made before the upgrade.",
        path = told::name(.path)
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its version.
        found: i32,
        /// The newest version known here.
        known: i32,
    },
    /// SQLite finds it damaged.
    #[error(
        "{path}: the database is damaged ({why}). Keep the file aside and restore a backup.",
        path = told::name(.path)
    )]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// It may not be written.
    #[error(
        "{path}: the database cannot be written ({why}). Give this user write access to the file and its folder.",
        path = told::name(.path)
    )]
    ReadOnly {
        /// The database file.
        path: PathBuf,
        /// What SQLite or the system says.
        why: String,
    },
    /// There is no space to write it.
    #[error("{}: the disk is full. Free some space and start again; nothing is lost.", told::name(.0))]
    Full(PathBuf),
    /// The operating system starts no more threads.
    #[error(
        "the database's thread cannot be started: {0}. Raise the limit on processes of this user (ulimit -u, or TasksMax of systemd)."
    )]
    NoThread(std::io::Error),
    /// Anything else that SQLite says.
    #[error(
        "{path}: cannot open the database: {why}. Check the disk and this user's access to the file and its folder; if the file itself is at fault, keep it aside and restore a backup.",
        path = told::name(.path)
    )]
    Sqlite {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: rusqlite::Error,
    },
}

/// Refuses what cannot become or be a database of this program, as far as the file's first bytes say, and leaves it as
/// it is. Not for a program that has it open: that would end SQLite's locks.
///
/// # Errors
/// When the file is not ours, of a newer version, cut off, read-only or no file.
pub fn refuse_unusable(path: &Path) -> Result<(), OpenError> {
    if refuse_by_header(path)? {
        refuse_read_only(path)?;
    }
    Ok(())
}

/// Opens `path` for the writer. The lock is to be held for as long as the database is open. Returns the
/// real path as well, by which readers open it.
pub(super) fn open(path: &Path) -> Result<(Connection, Lock, PathBuf), OpenError> {
    refuse_unusable(path)?;
    let (lock, real) = Lock::take(path)?;
    close_to_others(&real);
    // Again: it may have been made or replaced meanwhile, which the lock rules out from now on.
    let existed = refuse_by_header(&real)?;
    let connection = Connection::open(&real).map_err(|why| sorted(path, why))?;
    configure(&connection, existed).map_err(|why| sorted(path, why))?;
    let version = refuse_newer(&connection, path)?;
    if existed {
        check(&connection, path, "quick_check")?;
    }
    if version < known() {
        if version > 0 {
            copy_aside(&connection, &real, version)?;
        }
        migrate(&connection, version).map_err(|why| sorted(path, why))?;
    }
    quizzes::forget_unused(&connection).map_err(|why| sorted(path, why))?;
    Ok((connection, lock, real))
}

/// Makes a database that every user of the machine can read or write its owner's alone: older versions
/// made such files. A mode that gives others nothing, such as 0640, is the operator's choice and stays.
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

/// Opens `path`, which must be there, for writes of an operator: beside a bot that runs, if there is one,
/// and then without a lock.
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
    let connection = Connection::open_with_flags(&real, flags).map_err(|why| sorted(path, why))?;
    configure(&connection, true).map_err(|why| sorted(path, why))?;
    if refuse_newer(&connection, path)? < known() {
        return Err(OpenError::Older(path.to_owned()));
    }
    Ok((connection, None, real))
}

/// Refuses a database that a running program has by another name: its newest changes are in a log
/// beside that name, of which SQLite would know nothing here.
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

/// Reads the first bytes of the file, so that a file that is not for us is not touched at all.
/// Returns whether there is a database. <https://www.sqlite.org/fileformat.html#the_database_header>
pub(super) fn refuse_by_header(path: &Path) -> Result<bool, OpenError> {
    let unreachable = |why| OpenError::Unreachable {
        path: path.to_owned(),
        why,
    };
    // A pipe would be waited for.
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return Err(unreachable(std::io::Error::other(
            "it is not a regular file",
        )));
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
        let why = "it is empty, but its write-ahead log beside it is not".to_owned();
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            why,
        });
    }
    if header.is_empty() {
        return Ok(false);
    }
    if !header.starts_with(MAGIC) {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if header.len() < 100 {
        let why = "it ends within its header".to_owned();
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            why,
        });
    }
    let number = |at: usize| i32::from_be_bytes(header[at..at + 4].try_into().expect("4 bytes"));
    let (version, application) = (number(60), number(68));
    if application != APPLICATION_ID {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    refuse_later_than_known(version, path)?;
    Ok(true)
}

/// The newest version of the layout known here.
fn known() -> i32 {
    MIGRATIONS.len() as i32
}

fn refuse_later_than_known(found: i32, path: &Path) -> Result<(), OpenError> {
    if found > known() {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found,
            known: known(),
        });
    }
    Ok(())
}

/// The version of the layout, as the database has it: the file's header may be older.
pub(super) fn refuse_newer(connection: &Connection, path: &Path) -> Result<i32, OpenError> {
    let version = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|why| sorted(path, why))?;
    refuse_later_than_known(version, path)?;
    Ok(version)
}

fn refuse_read_only(path: &Path) -> Result<(), OpenError> {
    if fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
        return Err(OpenError::ReadOnly {
            path: path.to_owned(),
            why: "the file is read-only".to_owned(),
        });
    }
    Ok(())
}

/// Opens a database to read only.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Whether there is a write-ahead log, which SQLite would delete if it took the database for a new one:
/// one that is not there, or empty.
fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Refuses a database that is gone when anything is left beside it, even a log that is still empty.
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

/// The path of a file beside the database.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(suffix);
    beside.into()
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
    // A row that is replaced is deleted: without this, totals would not hear of it.
    connection.pragma_update(None, "recursive_triggers", true)?;
    // What is deleted is overwritten, so that it is in no free page, nor in the backups of one.
    connection.pragma_update(None, "secure_delete", true)?;
    // Proves that the file can be written, before anyone is told that something was recorded.
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")
}

/// Has SQLite look for damage: `quick_check`, or `integrity_check`, which reads the indexes too.
pub(super) fn check(connection: &Connection, path: &Path, how: &str) -> Result<(), OpenError> {
    let found: Result<String, _> = connection.pragma_query_value(None, how, |row| row.get(0));
    match found {
        Ok(found) if found == "ok" => Ok(()),
        Ok(why) => Err(OpenError::Damaged {
            path: path.to_owned(),
            why,
        }),
        Err(why) => Err(sorted(path, why)),
    }
}

/// Copies the database beside itself before it is migrated.
fn copy_aside(connection: &Connection, path: &Path, version: i32) -> Result<(), OpenError> {
    let copy = beside(path, &format!(".v{version}"));
    // A copy left by an attempt that did not finish is of the same version: made anew.
    let made = match fs::remove_file(&copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => lock::private().open(&copy),
    };
    made.map_err(|error| OpenError::ReadOnly {
        path: copy.clone(),
        why: error.to_string(),
    })?;
    connection
        .execute("VACUUM INTO ?1", [copy.to_string_lossy()])
        .map_err(|why| sorted(&copy, why))?;
    Ok(())
}

fn migrate(connection: &Connection, from: i32) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let migrated = MIGRATIONS[from as usize..]
        .iter()
        .try_for_each(|sql| connection.execute_batch(sql))
        .and_then(|()| connection.pragma_update(None, "user_version", known()));
    match migrated {
        Ok(()) => connection.execute_batch("COMMIT"),
        Err(error) => connection.execute_batch("ROLLBACK").and(Err(error)),
    }
}

/// Sorts what SQLite says into what an operator can do about it.
pub(super) fn sorted(path: &Path, why: rusqlite::Error) -> OpenError {
    use rusqlite::ErrorCode as Code;
    let path = path.to_owned();
    match why.sqlite_error_code() {
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => OpenError::Damaged {
            path,
            why: why.to_string(),
        },
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => OpenError::ReadOnly {
            path,
            why: why.to_string(),
        },
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => OpenError::InUse(path),
        Some(Code::DiskFull) => OpenError::Full(path),
        _ => OpenError::Sqlite { path, why },
    }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
