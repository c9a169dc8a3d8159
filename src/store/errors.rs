//! Why the database can't be opened, read, written or copied. The words are in `app/wording/storage.rs`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a read or write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused: the disk is full, the file is damaged, …
    Sqlite(#[from] rusqlite::Error),
    /// The group of writes that this one was in could not be committed.
    Commit(Arc<rusqlite::Error>),
    /// The writer has ended, as when the store is closing.
    Ended,
    /// The code that reads or writes panicked, as the log says in detail. Nothing was written.
    Broken,
}

/// Why a database is refused.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is missing or the file cannot be reached.
    Unreachable {
        /// The database file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Another instance has it.
    InUse(PathBuf),
    /// A running program has it by another name.
    OtherName(PathBuf),
    /// A running program of an older version has it.
    Older(PathBuf),
    /// There is none.
    Missing(PathBuf),
    /// It is gone, but a file that belongs beside it is there.
    LogAlone {
        /// The database file.
        path: PathBuf,
        /// The file beside it.
        log: PathBuf,
    },
    /// It isn't one of our SQLite files.
    Foreign(PathBuf),
    /// Written by a newer program.
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its version.
        found: i32,
        /// The newest version known here.
        known: i32,
    },
    /// Written before the first release, in a layout that no version reads any more.
    Unreleased(PathBuf),
    /// It is damaged.
    Damaged {
        /// The database file.
        path: PathBuf,
        /// The sign of it.
        why: DatabaseDamage,
    },
    /// It may not be written.
    ReadOnly {
        /// The database file.
        path: PathBuf,
        /// What SQLite or the system says; `None` if the file is marked read-only.
        why: Option<String>,
    },
    /// There is no space to write it.
    Full(PathBuf),
    /// The operating system starts no more threads.
    NoThread(io::Error),
    /// Anything else that SQLite says.
    Sqlite {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: rusqlite::Error,
    },
}

impl OpenError {
    /// The database file, where it is about one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Unreachable { path, .. }
            | Self::LogAlone { path, .. }
            | Self::Newer { path, .. }
            | Self::Damaged { path, .. }
            | Self::ReadOnly { path, .. }
            | Self::Sqlite { path, .. }
            | Self::InUse(path)
            | Self::OtherName(path)
            | Self::Older(path)
            | Self::Missing(path)
            | Self::Foreign(path)
            | Self::Unreleased(path)
            | Self::Full(path) => Some(path),
            Self::NoThread(_) => None,
        }
    }
}

/// The sign that a database is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseDamage {
    /// The file is empty, but its write-ahead log isn't.
    Emptied,
    /// The file ends within its header.
    CutOff,
    /// SQLite found it, and says this.
    Found(String),
}

/// Why a path can't be used for a database, though the system would allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A folder, a pipe, … is there.
    NoFile,
    /// Its links lead in a circle.
    Circle,
}

impl From<Unusable> for io::Error {
    fn from(why: Unusable) -> Self {
        Self::other(why)
    }
}

/// Sorts SQLite's errors by what an operator can do about them.
pub(super) fn classify(path: &Path, why: rusqlite::Error) -> OpenError {
    use rusqlite::ErrorCode as Code;
    let path = path.to_owned();
    match why.sqlite_error_code() {
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => OpenError::Damaged {
            path,
            why: DatabaseDamage::Found(why.to_string()),
        },
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => OpenError::ReadOnly {
            path,
            why: Some(why.to_string()),
        },
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => OpenError::InUse(path),
        Some(Code::DiskFull) => OpenError::Full(path),
        _ => OpenError::Sqlite { path, why },
    }
}

/// Why a backup was not made, or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file to be copied is refused, or the database is in use.
    Refused(#[from] OpenError),
    /// There is no database to back up.
    NoDatabase(PathBuf),
    /// There is no backup to restore.
    Missing(PathBuf),
    /// The file that would be replaced isn't a backup.
    InTheWay(PathBuf),
    /// The file that would be replaced or copied is the database itself, or another one in use.
    InUse(PathBuf),
    /// The file that would be replaced is one that SQLite keeps beside a database.
    Belongs {
        /// What was to be the backup.
        path: PathBuf,
        /// Whose file it is.
        database: PathBuf,
    },
    /// A link leads to where no file can be.
    Dangling {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// There is no space for the copy.
    Full(PathBuf),
    /// SQLite cannot make the copy.
    NotCopied {
        /// Where it should be.
        path: PathBuf,
        /// What SQLite says.
        why: rusqlite::Error,
    },
    /// The system cannot.
    Unwritable {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The old database cannot be kept.
    NotKept {
        /// The database.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The database is closing.
    Store(#[from] StoreError),
}

/// The error for what the system says when something can't be written there.
pub(super) fn unwritable(path: &Path, why: io::Error) -> BackupError {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    let path = path.to_owned();
    match why.kind() {
        StorageFull | QuotaExceeded => BackupError::Full(path),
        _ => BackupError::Unwritable { path, why },
    }
}
