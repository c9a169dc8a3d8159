//! A backup of the database each day.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::App;
use crate::{metrics, told};

/// How often the date is checked, and how soon a failed backup is tried again.
const LOOK: Duration = Duration::from_secs(600);

impl App {
    /// Backs up the database into `folder` on each date in UTC, and keeps the newest `keep` backups. Runs until the
    /// task is dropped.
    pub async fn back_up_daily(self, folder: PathBuf, keep: NonZeroUsize) {
        let mut moves = self.clock.moves();
        loop {
            let today = self.clock.now().date_naive();
            let made = self.store.back_up_daily(folder.clone(), today, keep).await;
            match &made {
                Ok(_) => metrics::backed_up(today),
                Err(_) => metrics::backup_failed(),
            }
            match made {
                Ok(Some(file)) => {
                    tracing::info!(file = %told::name(&file), "backed up the database")
                }
                Ok(None) => {}
                Err(error) => tracing::error!(
                    %error,
                    "could not back up the database; trying again in {} min",
                    LOOK.as_secs() / 60
                ),
            }
            tokio::select! {
                _ = moves.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}
