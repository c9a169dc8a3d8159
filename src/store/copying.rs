//! Copying a database: the copy is made beside its destination, checked and synced, and only then given its name.

use std::fs::{self, File};
use std::io::{
    self,
    ErrorKind::{InvalidInput, NotFound},
};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use tempfile::NamedTempFile;

use super::beside::{BESIDE, beside};
use super::errors::{BackupError, OpenError, Unusable, classify, unwritable};
use super::open;

/// How the name of an unfinished copy ends.
const PARTIAL: &str = ".partial";

/// How many links are followed, as on Linux.
const LINKS: usize = 40;

/// A finished copy that has no name yet. It is deleted when dropped.
pub(super) struct Copy {
    file: NamedTempFile,
    _beside: Beside,
}

/// Removes what SQLite made beside a failed copy.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        for part in BESIDE {
            let _ = fs::remove_file(beside(&self.0, part));
        }
    }
}

impl Copy {
    /// Copies the database that `source` has open, at `from`, beside `to`: one file, of a single instant, sound and on
    /// disk. The source is closed as soon as it has been read.
    pub(super) fn of(source: Connection, from: &Path, to: &Path) -> Result<Self, BackupError> {
        let made = Self::begun(to).map_err(|why| unwritable(to, why))?;
        let copied = copy_into(&source, made.file.path());
        drop(source);
        let copy = copied.map_err(|why| match classify(from, why) {
            // Reading needs no space.
            OpenError::Full(_) => BackupError::Full(to.to_owned()),
            OpenError::Sqlite { why, .. } => BackupError::NotCopied {
                path: to.to_owned(),
                why,
            },
            damaged => BackupError::Refused(damaged),
        })?;
        open::check(&copy, from, "integrity_check")?;
        open::refuse_other_layout(&copy, from)?;
        drop(copy);
        let synced = made.file.as_file().sync_all();
        synced.map_err(|why| unwritable(to, why))?;
        Ok(made)
    }

    /// Copies any file beside `database`, byte by byte.
    pub(super) fn of_bytes(from: &Path, database: &Path) -> io::Result<Self> {
        let made = Self::begun(database)?;
        io::copy(&mut File::open(from)?, &mut made.file.as_file())?;
        made.file.as_file().sync_all()?;
        Ok(made)
    }

    /// A file beside `to` that only its owner may read.
    fn begun(to: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix(&prefix(to))
            .suffix(PARTIAL)
            .tempfile_in(folder(to))?;
        let beside = Beside(file.path().to_owned());
        Ok(Self {
            file,
            _beside: beside,
        })
    }

    /// Gives the copy its name, replacing any file of that name.
    pub(super) fn put(self, to: &Path) -> Result<(), BackupError> {
        let put = self.file.persist(to).map_err(|error| error.error);
        put.and_then(|_| sync_folder(to))
            .map_err(|why| unwritable(to, why))
    }

    /// Gives the copy its name, unless there is a file of that name.
    pub(super) fn put_new(self, to: &Path) -> Result<(), BackupError> {
        let put = self.file.persist_noclobber(to).map_err(|error| error.error);
        put.and_then(|_| sync_folder(to))
            .map_err(|why| unwritable(to, why))
    }
}

pub(super) fn open_to_read(path: &Path) -> Result<Connection, BackupError> {
    if !open::refuse_by_header(path)? {
        return Err(BackupError::Missing(path.to_owned()));
    }
    open::refuse_other_name(path)?;
    open::reader(path).map_err(|why| classify(path, why).into())
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

/// The file whose unfinished copy has this name, or beside whose copy SQLite made a file of this name.
pub(super) fn unfinished(name: &str) -> Option<&str> {
    let mut parts = BESIDE.into_iter();
    let name = parts
        .find_map(|part| name.strip_suffix(part))
        .unwrap_or(name);
    let name = name.strip_prefix('.')?.strip_suffix(PARTIAL)?;
    name.rsplit_once('.').map(|(of, _)| of)
}

/// Removes unfinished copies meant for `to`.
pub(super) fn remove_unfinished(to: &Path) -> io::Result<()> {
    let wanted = name(to);
    for entry in fs::read_dir(folder(to))? {
        let entry = entry?;
        if unfinished(&entry.file_name().to_string_lossy()) == Some(&*wanted) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Syncs the folder of `path`, so that the names in it are on disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder(path))?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn prefix(to: &Path) -> String {
    format!(".{}.", name(to))
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// Where a path leads through symbolic links, whether or not anything is there.
pub(super) fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut leads = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&leads) {
            Ok(next) => leads = folder(&leads).join(next),
            // There is nothing, or not a link.
            Err(why) if matches!(why.kind(), NotFound | InvalidInput) => return Ok(leads),
            Err(why) => return Err(why),
        }
    }
    Err(Unusable::Circle.into())
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
