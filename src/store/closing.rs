//! Dailies that close although no other daily of their schedule follows.

use chrono::{DateTime, Utc};

use super::dailies::many;
use super::delivery::close;
use super::schedules::by_id;
use super::sql::{millis, unreadable};
use super::{Store, StoreError};
use crate::rules::closing::{Closing, OPEN_FOR};
use crate::time::InstantSums;

impl Store {
    /// Closes the dailies that are over although no other of their schedule follows, as [`Closing`] says. Returns how many.
    pub async fn close_dailies(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        self.write(move |sql| {
            let mut closed = close(sql, "posted_at <= ?1", millis(now.minus(OPEN_FOR)), now)?;
            let paused = "WHERE dailies.state = 'posted' AND schedules.state = 'paused'";
            for daily in many(sql, paused, [])? {
                // A schedule that can't be read doesn't hold up others; its daily closes after a week.
                let schedule = by_id(sql, daily.schedule).unwrap_or_else(|why| {
                    unreadable("schedule", daily.schedule, &why);
                    None
                });
                let of = |(schedule, posted_at)| Closing::of(&schedule, posted_at, now);
                let closing = schedule.zip(daily.posted_at).map(of);
                if closing.is_some_and(|closing| closing.is_over(now)) {
                    closed += close(sql, "id = ?1", daily.id, now)?;
                }
            }
            Ok(closed)
        })
        .await
    }
}
