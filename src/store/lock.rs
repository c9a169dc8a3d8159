//! The lock that keeps a second program off a database. It belongs to the file itself, whatever name it
//! is reached by: SQLite keeps its log beside a name, so two programs that reach one file by two names
//! would not see each other's, and destroy it.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::beside::beside;
use super::errors::OpenError;

/// How often a file is opened again that was replaced between opening and locking it.
const TRIES: usize = 10;

/// How the name of the lock file ends.
pub(super) const BESIDE: &str = ".lock";

/// Held for as long as a database is open. Dropped after every connection to it: closing a file ends
/// SQLite's own locks on it.
/// <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>
#[derive(Debug)]
pub(super) struct Lock {
    /// An empty file beside the database: all there is where the file itself cannot be locked.
    beside: File,
    itself: Option<File>,
}

/// Closing the files would do only if nothing else had them open: a child that was forked but does not run
/// its own program yet has them too, and with them the locks.
impl Drop for Lock {
    fn drop(&mut self) {
        // In the opposite order of taking them: who gets the first one gets the other too. What can't be
        // given up ends with the files.
        if let Some(itself) = &self.itself {
            let _ = give_up(itself);
        }
        let _ = self.beside.unlock();
    }
}

impl Lock {
    /// Locks the database at `path`, which is made, empty, if it is not there. Returns its real path,
    /// the one beside which SQLite keeps its log.
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

    /// Locks the name of a database, where there is none yet.
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

/// Opens to read and write, made for its owner only if it is not there.
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

/// Whether a program that runs holds the database at `path`.
pub(super) fn is_held(path: &Path) -> io::Result<bool> {
    match path.metadata() {
        Ok(file) if file.is_file() => {}
        // A pipe would be waited for.
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

/// One byte behind those that SQLite locks (<https://www.sqlite.org/src/file/src/os.h>, `PENDING_BYTE`),
/// so that neither is in the other's way, on network file systems too.
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

/// Locks the file itself; whether it was free. The lock is of the open file, not of the process, so
/// that closing the file elsewhere does not end it (`F_OFD_SETLK` in fcntl(2)).
#[cfg(target_os = "linux")]
fn claim(file: &File) -> io::Result<bool> {
    use nix::errno::Errno;
    use nix::fcntl::{FcntlArg, fcntl};
    match fcntl(file, FcntlArg::F_OFD_SETLK(&byte(nix::libc::F_WRLCK))) {
        Ok(_) => Ok(true),
        Err(Errno::EAGAIN | Errno::EACCES) => Ok(false),
        // A file system without such locks: the one beside is all there is.
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

/// Whether the file itself is locked; none on a file system without such locks.
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

/// Whether a file system that has no such locks answers so.
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
