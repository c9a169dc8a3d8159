//! What is over ends by itself: dailies that nothing follows, and the data of spaces that removed the bot.

use std::time::Duration;

use chrono::TimeDelta;

use super::App;
use super::outcome::Error;
use crate::time::InstantSums as _;

/// How often the clock is read.
const LOOK: Duration = Duration::from_secs(15);
/// How long the data of a space that removed the bot is kept.
const KEPT_FOR: TimeDelta = TimeDelta::days(30);

impl App {
    /// Ends what is over, as soon as it is. Goes on until the task is dropped.
    pub async fn keep_ending(self) {
        let mut moves = self.clock.moves();
        let mut failing = false;
        loop {
            let ended = self.end_what_is_over().await;
            match &ended {
                Err(error) if failing => {
                    tracing::debug!(%error, "still could not end what is over")
                }
                Err(error) => tracing::error!(%error, "could not end what is over; retrying"),
                Ok(()) if failing => tracing::info!("what is over is ended again"),
                Ok(()) => {}
            }
            failing = ended.is_err();
            tokio::select! {
                _ = moves.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Closes the dailies that are over, as [`Store::close_dailies`](crate::store::Store::close_dailies) says, and
    /// deletes what is kept of spaces that removed the bot a month ago.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_what_is_over(&self) -> Result<(), Error> {
        let now = self.clock.now();
        if self.store.close_dailies(now).await? > 0 {
            self.wakes.edits.call();
        }
        for space in self.store.forget_departed(now.minus(KEPT_FOR)).await? {
            tracing::info!(%space, "deleted the data of a space that removed the bot a month ago");
        }
        Ok(())
    }
}
