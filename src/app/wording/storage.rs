//! Why a database isn't opened, backed up or restored, as operators read it.

use std::fmt::{self, Display, Formatter};

use crate::store::{BackupError, DatabaseDamage, OpenError, StoreError, Unusable};
use crate::told::name;

impl Display for StoreError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(why) => write!(f, "the database: {why}"),
            Self::Commit(why) => write!(f, "the database could not commit: {why}"),
            Self::Ended => f.write_str("the database writer has ended"),
            Self::Broken => {
                f.write_str("a fault in the program kept it from reading or writing the database")
            }
        }
    }
}

impl Display for OpenError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.path() {
            write!(f, "{}: ", name(path))?;
        }
        match self {
            Self::Unreachable { why, .. } => write!(
                f,
                "cannot open the database: {why}. Name a file that this user may write, in a folder that exists \
                 (--database FILE)."
            ),
            Self::InUse(_) => f.write_str(
                "the database is in use by another greenroom. Stop that one first, or name another file \
                 (--database FILE).",
            ),
            Self::OtherName(_) => f.write_str(
                "the database is in use by another name of the file (a hard link or a mount), and its newest changes \
                 lie beside that one. Name it as the running greenroom does.",
            ),
            Self::Older(_) => f.write_str(
                "the database is in use by an older greenroom. Use the program that runs on it, or stop it first.",
            ),
            Self::Missing(_) => {
                f.write_str("there is no such database. Name it with --database FILE.")
            }
            Self::LogAlone { log, .. } => write!(
                f,
                "the database is gone, but {} of it is there: a greenroom that still runs may write to it, and its \
                 newest changes may be in no other file. Stop that greenroom and put the database back; if it is \
                 lost, move what is left of it away, then restore a backup.",
                name(log)
            ),
            Self::Foreign(_) => {
                f.write_str("this file is not a Greenroom database. Name another file.")
            }
            Self::Newer { found, known, .. } => write!(
                f,
                "the database is of version {found}, but this greenroom knows versions up to {known}. Run the newer \
                 greenroom, or restore a copy made before the upgrade."
            ),
            Self::Unreleased(_) => f.write_str(
                "the database was written by a greenroom from before the first release (0.1.0), in a layout that no \
                 later version reads. Move the file away to start anew, or name another one (--database FILE). To \
                 keep what is in it, run the greenroom that wrote it: there, members can still export what is about \
                 them with /privacy export.",
            ),
            Self::Damaged { why, .. } => write!(
                f,
                "the database is damaged ({why}). Keep the file aside and restore a backup."
            ),
            Self::ReadOnly { why, .. } => write!(
                f,
                "the database cannot be written ({}). Give this user write access to the file and its folder.",
                why.as_deref().unwrap_or("the file is read-only")
            ),
            Self::Full(_) => f.write_str(
                "the disk is full. Free some space and start again; nothing is lost.",
            ),
            Self::NoThread(why) => write!(
                f,
                "the database's thread cannot be started: {why}. Raise the limit on processes of this user \
                 (ulimit -u, or TasksMax of systemd)."
            ),
            Self::Sqlite { why, .. } => write!(
                f,
                "cannot open the database: {why}. Check the disk and this user's access to the file and its folder; \
                 if the file itself is at fault, keep it aside and restore a backup."
            ),
        }
    }
}

impl Display for DatabaseDamage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Emptied => "it is empty, but its write-ahead log beside it is not",
            Self::CutOff => "it ends within its header",
            Self::Found(why) => why,
        })
    }
}

impl Display for Unusable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFile => "it is not a regular file",
            Self::Circle => "its links lead in a circle",
        })
    }
}

impl Display for BackupError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "{why} Nothing was replaced."),
            Self::NoDatabase(path) => write!(
                f,
                "{}: there is no such database. `greenroom run` makes one; the sandbox keeps none unless it is started \
                 with --database FILE. Name the database with --database FILE.",
                name(path)
            ),
            Self::Missing(path) => write!(
                f,
                "{}: there is no such file. Name a backup that `greenroom backup` made.",
                name(path)
            ),
            Self::InTheWay(path) => write!(
                f,
                "{}: the file there is not a Greenroom database of this version. Name another file, or add --force \
                 to replace it.",
                name(path)
            ),
            Self::InUse(path) => write!(
                f,
                "{}: this is a database in use, not a backup. Name another file.",
                name(path)
            ),
            Self::Belongs { path, database } => write!(
                f,
                "{}: this file belongs to the database {}. Name another file.",
                name(path),
                name(database)
            ),
            Self::Dangling { path, to } => write!(
                f,
                "{}: this is a link to {}, and there is no such folder. Make the folder (or mount its disk), or name \
                 another file.",
                name(path),
                name(to)
            ),
            Self::Full(path) => write!(
                f,
                "{}: its disk is full. Free some space there and try again; nothing was replaced.",
                name(path)
            ),
            Self::NotCopied { path, why } => write!(
                f,
                "{}: the copy cannot be made: {why}. Is there enough space?",
                name(path)
            ),
            Self::Unwritable { path, why } => write!(
                f,
                "{}: cannot be written: {why}. Name a folder that this user may write to.",
                name(path)
            ),
            Self::NotKept { path, why } => write!(
                f,
                "{}: what is there cannot be kept: {why}. Is there space for a copy of it? If the disk cannot read it, \
                 move the file away yourself.",
                name(path)
            ),
            Self::Store(why) => why.fmt(f),
        }
    }
}
