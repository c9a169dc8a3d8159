//! Restoring: a backup replaces the database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::backup::target;
use super::beside::{BESIDE, beside};
use super::copying::{self, Copy, sync_folder};
use super::errors::{BackupError, OpenError, classify, unwritable};
use super::lock::{self, Lock};
use super::open;

/// The files kept of a database. The database file comes last, so that if it is there, all are.
const PARTS: [&str; 3] = ["-wal", "-journal", ""];

/// Replaces `database`, which nobody may have open, with a copy of `backup`. If there was one, it is kept under the name
/// that is returned.
///
/// It may be killed at any instant: the database is then either the old or the new one, complete, and the kept file, if
/// there is one, is the old one.
///
/// # Errors
/// When the database is in use, or gone but for its log; when the backup is damaged, newer than this program or not ours;
/// or when the copies cannot be written. Everything is then as it was.
pub fn restore(
    database: &Path,
    backup: &Path,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, BackupError> {
    if lock::same(database, backup) {
        return Err(BackupError::InUse(backup.to_owned()));
    }
    // Before locking, which would leave a lock file beside a missing database.
    let source = copying::open_to_read(backup)?;
    let (_lock, database) = match database.exists() {
        true => Lock::take(database)?,
        false => {
            let leads = target(database)?;
            let lock = Lock::of_name(&leads)?;
            open::refuse_log_alone(&leads)?;
            (lock, leads)
        }
    };
    copying::remove_unfinished(&database).map_err(|why| unwritable(&database, why))?;
    let copy = Copy::of(source, backup, &database)?;
    let whole = gathered(&database)?;
    let kept = kept_name(&database, now);
    let existed = keep(&database, &kept)?;
    if !whole {
        clear(&database).map_err(|why| unwritable(&database, why))?;
    }
    if database.exists() {
        copy.put(&database)?;
    } else {
        copy.put_new(&database)?;
    }
    Ok(existed.then_some(kept))
}

/// Brings a database into its one file, so that nothing beside it can mix with the new one. Returns whether that worked:
/// it doesn't for a damaged one, and a file that isn't a database is left alone.
fn gathered(database: &Path) -> Result<bool, BackupError> {
    match open::refuse_by_header(database) {
        Ok(true) | Err(OpenError::Newer { .. } | OpenError::Unreleased(_)) => {}
        _ => return Ok(false),
    }
    let gather = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(database, flags)?;
        connection.busy_timeout(open::BUSY)?;
        connection.pragma_update(None, "journal_mode", "DELETE")
    };
    match gather() {
        Ok(()) => Ok(BESIDE.iter().all(|part| !beside(database, part).exists())),
        Err(why) => match why.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Ok(false),
            _ => Err(classify(database, why).into()),
        },
    }
}

/// Copies what is at `database`, and beside it, to `kept`. Returns whether there was anything. A second name for the same
/// file would not do: if the database isn't replaced after all, it would change with it.
fn keep(database: &Path, kept: &Path) -> Result<bool, BackupError> {
    let mut existed = false;
    for part in PARTS {
        let (from, to) = (beside(database, part), beside(kept, part));
        if from.exists() {
            let copy = Copy::of_bytes(&from, database).map_err(|why| BackupError::NotKept {
                path: database.to_owned(),
                why,
            })?;
            copy.put_new(&to)?;
            existed = true;
        }
    }
    Ok(existed)
}

/// Removes what is beside a damaged database, a copy of which is kept with it.
fn clear(database: &Path) -> io::Result<()> {
    for part in BESIDE {
        match fs::remove_file(beside(database, part)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_folder(database)
}

/// The first unused name, since there may be two restores within a second.
fn kept_name(database: &Path, now: DateTime<Utc>) -> PathBuf {
    let at = format!(".replaced-{}", now.format("%Y%m%d-%H%M%S"));
    let mut name = beside(database, &at);
    let mut next = 2u64;
    // A killed restore may have left the files that are copied before the database itself.
    while PARTS.iter().any(|part| beside(&name, part).exists()) {
        name = beside(database, &format!("{at}-{next}"));
        next += 1;
    }
    name
}
