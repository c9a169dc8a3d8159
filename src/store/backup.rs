//! Backups: a checked copy of the database while it is in use, and the way back.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use tempfile::NamedTempFile;

use super::open::{self, OpenError};
use super::{Store, StoreError};

/// What SQLite keeps beside a database, and must never meet another one:
/// <https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use>.
const BESIDE: [&str; 3] = ["-wal", "-journal", "-shm"];

/// Why there is no backup, or nothing was restored. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file to be copied is refused, or the database is in use.
    #[error("{0} Nothing was replaced.")]
    Refused(#[from] OpenError),
    /// There is nothing to copy.
    #[error("{0}: there is no such database.")]
    Missing(PathBuf),
    /// What would be replaced is not a backup.
    #[error(
        "{0}: the file there is not a Greenroom database of this version. Name another file, or add --force to replace it."
    )]
    InTheWay(PathBuf),
    /// What would be replaced, or copied, is the database itself, or another one in use.
    #[error("{0}: this is a database in use, not a backup. Name another file.")]
    InUse(PathBuf),
    /// SQLite cannot make the copy.
    #[error("{path}: the copy cannot be made: {why}. Is there enough space?")]
    NotCopied {
        /// Where it should be.
        path: PathBuf,
        /// What SQLite says.
        why: rusqlite::Error,
    },
    /// The system cannot.
    #[error("{path}: cannot be written: {why}. Name a folder that this user may write to.")]
    Unwritable {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The database is closing.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies `database`, which may be in use, to `to`: as it is at one instant, checked and on disk
/// before it has that name. With `force` it replaces any file.
///
/// # Errors
/// When the database is not sound, `to` is no backup, or the copy cannot be written. What was at
/// `to` is still there then.
pub fn back_up(database: &Path, to: &Path, force: bool) -> Result<(), BackupError> {
    refuse_used(database, to)?;
    match open::refuse_by_header(to) {
        Err(_) if !force => return Err(BackupError::InTheWay(to.to_owned())),
        _ => {}
    }
    put(copy(&open_to_read(database)?, database, to)?, to)
}

/// Puts a copy of `backup` in the place of `database`, which nobody may have open. What was there
/// is kept under the name that is returned, if there was anything.
///
/// # Errors
/// When the database is in use, the backup is damaged, newer than this program or not ours, or
/// the copy cannot be written. The database is then as it was.
pub fn restore(
    database: &Path,
    backup: &Path,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, BackupError> {
    let _lock = open::lock(database)?;
    if same(database, backup) {
        return Err(BackupError::InUse(backup.to_owned()));
    }
    let copy = copy(&open_to_read(backup)?, backup, database)?;
    let kept = keep(database, now).map_err(|why| unwritable(database, why))?;
    put(copy, database)?;
    Ok(kept)
}

impl Store {
    /// Makes the backup of a date in `folder`, then removes all but the newest `keep` of them.
    /// `None` when it is there already.
    ///
    /// # Errors
    /// When the database is not sound, or the folder cannot be written.
    pub async fn back_up_daily(
        &self,
        folder: PathBuf,
        date: NaiveDate,
        keep: NonZeroUsize,
    ) -> Result<Option<PathBuf>, BackupError> {
        let inner = self.0.clone();
        let made = move || {
            fs::create_dir_all(&folder).map_err(|why| unwritable(&folder, why))?;
            let to = folder.join(daily_name(date));
            if to.exists() {
                return Ok(None);
            }
            // The file itself must not be opened and closed here: that would end SQLite's locks.
            // <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>
            let source = inner.new_reader().map_err(StoreError::from)?;
            put(copy(&source, &inner.path, &to)?, &to)?;
            prune(&folder, date, keep).map_err(|why| unwritable(&folder, why))?;
            Ok(Some(to))
        };
        tokio::task::spawn_blocking(made)
            .await
            .map_err(|_| StoreError::Ended)?
    }
}

/// Never replace what SQLite works on: what it keeps beside the file would be taken for the copy's.
fn refuse_used(database: &Path, to: &Path) -> Result<(), BackupError> {
    let in_use = same(database, to) || BESIDE.iter().any(|part| beside(to, part).exists());
    if in_use {
        return Err(BackupError::InUse(to.to_owned()));
    }
    Ok(())
}

fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

fn open_to_read(path: &Path) -> Result<Connection, BackupError> {
    if !open::refuse_by_header(path)? {
        return Err(BackupError::Missing(path.to_owned()));
    }
    open::reader(path).map_err(|why| open::sorted(path, why).into())
}

/// A copy of the database at `from`, beside `to`: one file, sound and on disk.
fn copy(source: &Connection, from: &Path, to: &Path) -> Result<NamedTempFile, BackupError> {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // Only its owner may read it.
    let file = tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(PARTIAL)
        .tempfile_in(folder)
        .map_err(|why| unwritable(to, why))?;
    let copied = copy_into(source, file.path());
    let copy = copied.map_err(|why| match open::sorted(from, why) {
        OpenError::Sqlite { why, .. } => BackupError::NotCopied {
            path: to.to_owned(),
            why,
        },
        damaged => BackupError::Refused(damaged),
    })?;
    open::check(&copy, from, "integrity_check")?;
    open::refuse_newer(&copy, from)?;
    drop(copy);
    let synced = file.as_file().sync_all();
    synced.map_err(|why| unwritable(to, why))?;
    Ok(file)
}

fn copy_into(source: &Connection, path: &Path) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open(path)?;
    // All pages in one step are one read transaction. With several, each write of another
    // process starts the copy over: <https://www.sqlite.org/backup.html>.
    let step = Backup::new(source, &mut copy)?.step(-1)?;
    if step != StepResult::Done {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None));
    }
    // A write-ahead log would be a second file.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(copy)
}

/// Gives a copy its name.
fn put(copy: NamedTempFile, to: &Path) -> Result<(), BackupError> {
    copy.persist(to)
        .map_err(|error| unwritable(to, error.error))?;
    sync_folder(to).map_err(|why| unwritable(to, why))
}

/// Keeps what is at `database` under another name, and clears the way for another database. At
/// each instant there is a database of that name, if there was one.
fn keep(database: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let kept = beside(
        database,
        &format!(".replaced-{}", now.format("%Y%m%d-%H%M%S")),
    );
    let existed = database.exists();
    for part in ["", "-wal", "-journal"] {
        let from = beside(database, part);
        if from.exists() {
            link_or_copy(&from, &beside(&kept, part))?;
        }
    }
    sync_folder(database)?;
    for part in BESIDE {
        let path = beside(database, part);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    sync_folder(database)?;
    Ok(existed.then_some(kept))
}

/// Not every file system has hard links.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            fs::copy(from, to)?;
            File::open(to)?.sync_all()
        }
        linked => linked,
    }
}

/// Has the names in the folder of `path` on disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn beside(path: &Path, part: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(part);
    name.into()
}

fn unwritable(path: &Path, why: io::Error) -> BackupError {
    BackupError::Unwritable {
        path: path.to_owned(),
        why,
    }
}

/// How the name of a copy ends that is not finished.
const PARTIAL: &str = ".partial";

fn daily_name(date: NaiveDate) -> String {
    format!("greenroom-{date}.db")
}

/// The date of a daily backup, by its name.
fn date_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix("greenroom-")?
        .strip_suffix(".db")?
        .parse()
        .ok()
}

/// Whether it is what a daily backup left that was killed.
fn is_left_over(name: &str) -> bool {
    let name = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(PARTIAL));
    let name = name.and_then(|name| name.rsplit_once('.'));
    name.is_some_and(|(name, _)| date_of(name).is_some())
}

/// Removes daily backups but for the newest up to `today`, and nothing else: later ones are of a clock that was ahead, and
/// take no place until their date comes.
fn prune(folder: &Path, today: NaiveDate, keep: NonZeroUsize) -> io::Result<()> {
    let mut dates = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_left_over(&name) {
            fs::remove_file(entry.path())?;
        }
        dates.extend(date_of(&name));
    }
    dates.retain(|date| *date <= today);
    dates.sort_unstable();
    let too_many = dates.len().saturating_sub(keep.get());
    for date in dates.into_iter().take(too_many) {
        fs::remove_file(folder.join(daily_name(date)))?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "backup_tests.rs"]
mod tests;
