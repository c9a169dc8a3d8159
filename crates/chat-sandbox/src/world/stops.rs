//! Stops on the way when the clock is moved ahead: an application that does things at set times gets to do each at its
//! time, and not all at once when it is too late for most.

use std::sync::{Arc, PoisonError};

use chrono::Duration;
use futures_util::future::BoxFuture;

use super::World;

/// What happens at set times by the clock of this world.
pub trait Stops: Send + Sync {
    /// How long it is until the next thing is to happen; none, if that isn't within this time.
    fn next(&self, within: Duration) -> BoxFuture<'_, Option<Duration>>;

    /// Waits until all has happened that was to happen by now, or for as long as that is worth waiting for.
    fn caught_up(&self) -> BoxFuture<'_, ()>;
}

impl World {
    pub(crate) fn stop_at(&self, stops: Arc<dyn Stops>) {
        let mut all = self.stops.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(stops);
    }

    fn all_stops(&self) -> Vec<Arc<dyn Stops>> {
        let stops = self.stops.lock().unwrap_or_else(PoisonError::into_inner);
        stops.clone()
    }

    /// Moves the clock ahead as [`World::advance`] does, but by way of each instant at which something is to happen. Who
    /// asks while it is on its way is next.
    pub async fn advance_by_stops(&self, by: Duration) {
        let _turn = self.on_its_way.lock().await;
        let stops = self.all_stops();
        // By as much in all, however long the stops take: the application's clock may stand still meanwhile.
        let mut left = by;
        for stop in &stops {
            stop.caught_up().await;
        }
        loop {
            let mut nearest: Option<Duration> = None;
            for stop in &stops {
                let next = stop.next(nearest.unwrap_or(left)).await;
                nearest = next.filter(|next| *next > Duration::zero()).or(nearest);
            }
            let Some(nearest) = nearest.filter(|nearest| *nearest <= left) else {
                break;
            };
            self.advance(nearest);
            left -= nearest;
            for stop in &stops {
                stop.caught_up().await;
            }
        }
        self.advance(left);
    }
}
