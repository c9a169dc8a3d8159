//! Takes saved question files over while the bot runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use greenroom::app::App;

/// How often the files are looked at. Works on every file system, unlike notifications.
const LOOK: Duration = Duration::from_secs(1);

/// Reloads the bank whenever a question file was saved, added or removed. Never ends.
pub async fn when_saved(app: App, folder: PathBuf) {
    let mut known = state(&folder);
    loop {
        tokio::time::sleep(LOOK).await;
        let now = state(&folder);
        if now == known {
            continue;
        }
        known = now;
        match app.reload(&folder) {
            Ok(()) => tracing::info!("took over the saved question files"),
            Err(error) => {
                tracing::error!(
                    "the question files are broken, so the bank in force stays:\n{error}"
                );
            }
        }
    }
}

/// What tells whether a file was saved: its time and size.
fn state(folder: &Path) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let file = entry.metadata().ok()?;
            Some((entry.path(), file.modified().ok(), file.len()))
        })
        .collect();
    files.sort();
    files
}
