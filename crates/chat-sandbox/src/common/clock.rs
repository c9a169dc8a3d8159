//! The clock of a local platform: the system's, moved ahead by hand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use super::Stops;

/// The clock ends with the years of four digits, which are all that the wire has.
const LAST: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(last) => last,
    None => DateTime::<Utc>::MAX_UTC,
};

type Moved = Box<dyn Fn(Duration) + Send + Sync>;

/// A clock that only moves ahead.
pub struct Clock {
    started: DateTime<Utc>,
    /// How far it is ahead of the system's.
    ahead: Mutex<Duration>,
    moved: Mutex<Vec<Moved>>,
    stops: Mutex<Vec<Arc<dyn Stops>>>,
    /// Held while the clock moves from stop to stop.
    on_its_way: tokio::sync::Mutex<()>,
}

impl Clock {
    /// One that shows the system's time.
    pub fn start() -> Self {
        Self {
            started: Utc::now(),
            ahead: Mutex::new(Duration::zero()),
            moved: Mutex::default(),
            stops: Mutex::default(),
            on_its_way: tokio::sync::Mutex::default(),
        }
    }

    /// The time, at most the end of the year 9999.
    pub fn now(&self) -> DateTime<Utc> {
        let now = Utc::now().checked_add_signed(*lock(&self.ahead));
        now.map_or(LAST, |now| now.min(LAST))
    }

    /// When it was started, by the system's clock.
    pub fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// Moves it ahead, and tells nobody: [`Clock::tell`] does, once the platform has followed.
    ///
    /// # Panics
    /// When `by` is negative: ids are made from the clock and must not repeat.
    pub fn advance(&self, by: Duration) {
        assert!(by >= Duration::zero(), "the clock only moves ahead");
        let far = LAST - Utc::now();
        let mut ahead = lock(&self.ahead);
        *ahead = ahead.checked_add(&by).map_or(far, |to| to.min(far));
    }

    /// Tells those who asked that it was moved by that much.
    pub fn tell(&self, by: Duration) {
        for moved in lock(&self.moved).iter() {
            moved(by);
        }
    }

    /// Calls `moved` whenever it was moved.
    pub fn on_advance(&self, moved: impl Fn(Duration) + Send + Sync + 'static) {
        lock(&self.moved).push(Box::new(moved));
    }

    /// Stops there too on its way.
    pub fn stop_at(&self, stops: Arc<dyn Stops>) {
        lock(&self.stops).push(stops);
    }

    /// Moves it ahead by `advance`, by way of each instant at which something is to happen. Who asks while it is on
    /// its way is next.
    pub async fn advance_by_stops(&self, by: Duration, advance: impl Fn(Duration)) {
        let _turn = self.on_its_way.lock().await;
        let stops = lock(&self.stops).clone();
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
            advance(nearest);
            left -= nearest;
            for stop in &stops {
                stop.caught_up().await;
            }
        }
        advance(left);
    }
}

/// A panic elsewhere leaves what is locked here usable: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
