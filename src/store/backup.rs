//! Backups: a checked copy of the database while it is in use, and the way back.

use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::beside::{BESIDE, beside};
use super::copying::{self, Copy};
use super::errors::{BackupError, StoreError, Unusable, unwritable};
use super::{Store, lock, open};

/// Copies `database`, which may be in use, to `to`, or to where that link leads. The copy is of a single instant, and
/// checked and on disk before it gets that name. With `force` it replaces any file.
///
/// # Errors
/// When the database is damaged, `to` isn't a backup, or the copy cannot be written. What was at `to` is then still
/// there.
pub fn back_up(database: &Path, to: &Path, force: bool) -> Result<(), BackupError> {
    let to = &target(to)?;
    refuse_used(database, to)?;
    match open::refuse_by_header(to) {
        Err(_) if !force => return Err(BackupError::InTheWay(to.to_owned())),
        _ => {}
    }
    let source = copying::open_to_read(database).map_err(|error| match error {
        BackupError::Missing(database) => BackupError::NoDatabase(database),
        other => other,
    })?;
    Copy::of(source, database, to)?.put(to)
}

impl Store {
    /// Makes the backup of a date in `folder`, then removes all but the newest `keep`. `None` when that backup is there
    /// already.
    ///
    /// # Errors
    /// When the database is damaged, or the folder cannot be written.
    pub async fn back_up_daily(
        &self,
        folder: PathBuf,
        date: NaiveDate,
        keep: NonZeroUsize,
    ) -> Result<Option<PathBuf>, BackupError> {
        let inner = self.0.clone();
        let made = move || {
            fs::create_dir_all(&folder).map_err(|why| unwritable(&folder, why))?;
            let to = target(&folder.join(daily_name(date)))?;
            if to.exists() {
                return Ok(None);
            }
            // The file itself must not be opened and closed here: that would end SQLite's locks.
            // <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>
            let source = inner.new_reader().map_err(StoreError::from)?;
            Copy::of(source, &inner.path, &to)?.put(&to)?;
            prune(&folder, date, keep).map_err(|why| unwritable(&folder, why))?;
            Ok(Some(to))
        };
        tokio::task::spawn_blocking(made)
            .await
            .map_err(|_| StoreError::Broken)?
    }
}

/// Where to put the copy for `to`: a link stays, and the file that it leads to is replaced or created.
pub(super) fn target(to: &Path) -> Result<PathBuf, BackupError> {
    let leads = copying::led_to(to).map_err(|why| unwritable(to, why))?;
    // This would destroy a device or pipe.
    if fs::metadata(&leads).is_ok_and(|it| !it.is_file()) {
        return Err(unwritable(&leads, Unusable::NoFile.into()));
    }
    if leads != to && !copying::folder(&leads).is_dir() {
        return Err(BackupError::Dangling {
            path: to.to_owned(),
            to: leads,
        });
    }
    Ok(leads)
}

/// Never replace what SQLite is working on, or keeps beside it: its log would be taken for that of the copy.
fn refuse_used(database: &Path, to: &Path) -> Result<(), BackupError> {
    if let Some(database) = owner(to) {
        let path = to.to_owned();
        return Err(BackupError::Belongs { path, database });
    }
    let used = |to: &Path| {
        let beside = |part| beside(to, part).exists();
        BESIDE.into_iter().any(beside) || lock::is_held(to).unwrap_or(true)
    };
    if lock::same(database, to) || used(to) {
        return Err(BackupError::InUse(to.to_owned()));
    }
    Ok(())
}

/// The database beside which SQLite keeps a file of this name, whether or not it exists now. File systems may not
/// tell capitals from small letters.
fn owner(to: &Path) -> Option<PathBuf> {
    let name = to.file_name()?.to_str()?;
    let mut parts = BESIDE.into_iter().chain([lock::BESIDE]);
    let owner = parts.find_map(|part| {
        let (owner, end) = name.split_at_checked(name.len().checked_sub(part.len())?)?;
        end.eq_ignore_ascii_case(part).then_some(owner)
    })?;
    let owner = to.with_file_name(owner);
    owner.is_file().then_some(owner)
}

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

/// Removes all daily backups but the newest ones up to `today`, and nothing else. Later ones come from a clock that was
/// ahead, and don't count until their date comes.
fn prune(folder: &Path, today: NaiveDate, keep: NonZeroUsize) -> io::Result<()> {
    let mut dates = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Left by a daily backup that was killed.
        if copying::unfinished(&name).is_some_and(|of| date_of(of).is_some()) {
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

#[cfg(test)]
#[path = "daily_backup_tests.rs"]
mod daily_tests;
