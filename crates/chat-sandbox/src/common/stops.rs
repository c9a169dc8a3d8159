//! Stops on the way when the clock is moved ahead: an application that does things at set times gets to do each at its
//! time, and not all at once when it is too late for most.

use chrono::Duration;
use futures_util::future::BoxFuture;

/// What happens at set times by the clock of this world.
pub trait Stops: Send + Sync {
    /// How long it is until the next thing is to happen; none, if that isn't within this time.
    fn next(&self, within: Duration) -> BoxFuture<'_, Option<Duration>>;

    /// Waits until all has happened that was to happen by now, or for as long as that is worth waiting for.
    fn caught_up(&self) -> BoxFuture<'_, ()>;
}
