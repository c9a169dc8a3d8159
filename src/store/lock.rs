//! The lock that keeps a second program off a database. It is on the file itself, by whatever name that is opened: SQLite
//! keeps its log beside a name, so two programs that open one file by two names would miss each other's log, and destroy
//! the database.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::beside::beside;
use super::errors::OpenError;

/// How often to try again when a file is replaced between being opened and locked.
const TRIES: usize = 10;

/// How the name of the lock file ends.
pub(super) const BESIDE: &str = ".lock";

/// Held while a database is open. To be dropped after every connection to it, since closing a file ends SQLite's own
/// locks on it.
/// <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>
#[derive(Debug)]
pub(super) struct Lock {
    /// An empty file beside the database: the only lock where the database file itself can't be locked.
    beside: File,
    itself: Option<File>,
}

/// Closing the files is enough only if nothing else has them open: a forked child that hasn't started its own program yet
/// has them too, and so holds the locks.
impl Drop for Lock {
    fn drop(&mut self) {
        // In reverse order, so that whoever gets the first lock gets the other too. Locks that can't be released end with
        // the files.
        if let Some(itself) = &self.itself {
            let _ = give_up(itself);
        }
        let _ = self.beside.unlock();
    }
}

impl Lock {
    /// Locks the database at `path`, creating an empty file if there is none. Returns its real path, beside which SQLite
    /// keeps its log.
    ///
    /// # Errors
    /// When another program holds it, or it cannot be opened to write.
    pub(super) fn take(path: &Path) -> Result<(Self, PathBuf), OpenError> {
        let refused = |why| refused(path, why);
        for _ in 0..TRIES {
            let itself = private().open(path).map_err(refused)?;
            let real = path.canonicalize().map_err(refused)?;
            let mut lock = Self::beside(&real, path)?;
            if !claim(&itself).map_err(refused)? {
                return Err(OpenError::InUse(path.to_owned()));
            }
            let is_there = is(&itself, &real).map_err(refused);
            lock.itself = Some(itself);
            if is_there? {
                return Ok((lock, real));
            }
        }
        Err(OpenError::InUse(path.to_owned()))
    }

    /// Locks the name of a database that doesn't exist yet.
    ///
    /// # Errors
    /// When another program holds it, or the folder cannot be written.
    pub(super) fn of_name(path: &Path) -> Result<Self, OpenError> {
        Self::beside(path, path)
    }

    /// The lock file beside `path`, which was given as `named`.
    fn beside(path: &Path, named: &Path) -> Result<Self, OpenError> {
        let refused = |why| refused(named, why);
        let beside = private().open(beside(path, BESIDE)).map_err(refused)?;
        if !try_lock(&beside).map_err(refused)? {
            return Err(OpenError::InUse(named.to_owned()));
        }
        Ok(Self {
            beside,
            itself: None,
        })
    }
}

/// Opens to read and write; creates the file, for its owner only, if there is none.
pub(super) fn private() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Whether a running program holds the database at `path`.
pub(super) fn is_held(path: &Path) -> io::Result<bool> {
    match path.metadata() {
        Ok(file) if file.is_file() => {}
        // Opening a pipe would block.
        Ok(_) => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    }
    #[cfg(target_os = "linux")]
    if let Some(held) = held(&File::open(path)?)? {
        return Ok(held);
    }
    match File::open(beside(&path.canonicalize()?, BESIDE)) {
        Ok(beside) => Ok(!try_lock(&beside)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether two paths lead to one file. Opens neither.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => {
            let both = one.metadata().ok().zip(other.metadata().ok());
            one == other || both.is_some_and(|(one, other)| are_one(&one, &other))
        }
        _ => false,
    }
}

/// Whether an open file is the one at `path`.
fn is(file: &File, path: &Path) -> io::Result<bool> {
    Ok(cfg!(not(unix)) || are_one(&file.metadata()?, &path.metadata()?))
}

#[cfg(unix)]
fn are_one(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn are_one(_: &Metadata, _: &Metadata) -> bool {
    false
}

fn try_lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(why)) => Err(why),
    }
}

/// A byte after those that SQLite locks (<https://www.sqlite.org/src/file/src/os.h>, `PENDING_BYTE`), so that the locks
/// don't conflict, on network file systems either.
#[cfg(target_os = "linux")]
fn byte(kind: i32) -> nix::libc::flock {
    nix::libc::flock {
        l_type: kind as i16,
        l_whence: nix::libc::SEEK_SET as i16,
        l_start: 0x4000_0000 + 4096,
        l_len: 1,
        l_pid: 0,
    }
}

/// Locks the file itself. Returns whether it was free. The lock belongs to the open file, not to the process, so closing
/// the file elsewhere doesn't end it (`F_OFD_SETLK` in fcntl(2)).
#[cfg(target_os = "linux")]
fn claim(file: &File) -> io::Result<bool> {
    use nix::errno::Errno;
    use nix::fcntl::{FcntlArg, fcntl};
    match fcntl(file, FcntlArg::F_OFD_SETLK(&byte(nix::libc::F_WRLCK))) {
        Ok(_) => Ok(true),
        Err(Errno::EAGAIN | Errno::EACCES) => Ok(false),
        // A file system without such locks: the lock file beside it has to do.
        Err(why) if has_none(why) => Ok(true),
        Err(why) => Err(why.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn claim(_: &File) -> io::Result<bool> {
    Ok(true)
}

#[cfg(target_os = "linux")]
fn give_up(file: &File) -> io::Result<()> {
    use nix::fcntl::{FcntlArg, fcntl};
    fcntl(file, FcntlArg::F_OFD_SETLK(&byte(nix::libc::F_UNLCK)))?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn give_up(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether the file itself is locked; never on a file system without such locks.
#[cfg(target_os = "linux")]
fn held(file: &File) -> io::Result<Option<bool>> {
    use nix::fcntl::{FcntlArg, fcntl};
    let mut found = byte(nix::libc::F_WRLCK);
    match fcntl(file, FcntlArg::F_OFD_GETLK(&mut found)) {
        Ok(_) => Ok(Some(i32::from(found.l_type) != nix::libc::F_UNLCK)),
        Err(why) if has_none(why) => Ok(None),
        Err(why) => Err(why.into()),
    }
}

/// Whether this error means that the file system doesn't support such locks.
#[cfg(target_os = "linux")]
fn has_none(why: nix::errno::Errno) -> bool {
    use nix::errno::Errno;
    matches!(
        why,
        Errno::EINVAL | Errno::ENOLCK | Errno::ENOSYS | Errno::EOPNOTSUPP
    )
}

fn refused(path: &Path, why: io::Error) -> OpenError {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
    let path = path.to_owned();
    match why.kind() {
        StorageFull => OpenError::Full(path),
        PermissionDenied | ReadOnlyFilesystem if path.exists() => OpenError::ReadOnly {
            path,
            why: Some(why.to_string()),
        },
        _ => OpenError::Unreachable { path, why },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Barrier;
    use std::thread;

    use tempfile::TempDir;

    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn of_many_that_want_a_new_database_by_several_names_one_gets_it() {
        for _ in 0..20 {
            let folder = TempDir::new().expect("a folder");
            let path = |name: &str| folder.path().join(name);
            fs::create_dir(path("home")).expect("made");
            std::os::unix::fs::symlink(path("home"), path("linked")).expect("linked");
            std::os::unix::fs::symlink(path("home/new.db"), path("new.db")).expect("linked");
            let names = [
                "home/new.db",
                "linked/new.db",
                "home/../home/new.db",
                "new.db",
            ];
            let all = Barrier::new(names.len());
            let taken: Vec<_> = thread::scope(|scope| {
                let take = |name: PathBuf| {
                    let all = &all;
                    scope.spawn(move || {
                        all.wait();
                        Lock::take(&name)
                    })
                };
                let takes = names.map(|name| take(path(name)));
                takes.map(|take| take.join().expect("no panic")).into()
            });
            assert_eq!(
                taken.iter().filter(|taken| taken.is_ok()).count(),
                1,
                "{taken:?}"
            );
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_lock_is_the_files_and_outlives_others_that_open_and_close_it() {
        let folder = TempDir::new().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let (database, other) = (path("greenroom.db"), path("other.db"));
        let (lock, _) = Lock::take(&database).expect("free");
        fs::hard_link(&database, &other).expect("linked");
        drop(File::open(&database).expect("opened"));
        fs::remove_file(path("greenroom.db.lock")).expect("removed");
        for name in [&database, &other] {
            assert!(is_held(name).expect("known"));
            assert!(matches!(Lock::take(name), Err(OpenError::InUse(_))));
        }
        drop(lock);
        assert!(!is_held(&other).expect("known"));
        Lock::take(&other).expect("free again");
    }

    #[test]
    fn it_ends_when_it_is_given_up_whoever_still_has_its_files_open() {
        let folder = TempDir::new().expect("a folder");
        let database = folder.path().join("greenroom.db");
        let (lock, _) = Lock::take(&database).expect("free");
        // As a child has them between its fork and its own program.
        let itself = lock.itself.as_ref().expect("locked").try_clone();
        let _inherited = (itself, lock.beside.try_clone());
        assert!(matches!(Lock::take(&database), Err(OpenError::InUse(_))));
        drop(lock);
        let (lock, _) = Lock::take(&database).expect("free again");
        drop(lock);
        Lock::of_name(&database).expect("free again");
    }

    #[test]
    #[cfg(unix)]
    fn what_is_made_is_its_owners_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().expect("a folder");
        let opened = super::super::open::open(&folder.path().join("greenroom.db"));
        let _open = opened.expect("a new one");
        for part in ["", "-wal", "-shm", ".lock"] {
            let path = folder.path().join(format!("greenroom.db{part}"));
            let mode = fs::metadata(&path).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
    }
}
