//! The one gate for what the bot sends of its own accord: paced below Discord's global limit of
//! 50 requests a second (<https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>),
//! which leaves room for what passes by it, and stopped as a whole by a global 429.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// 40 requests a second.
const PACE: Duration = Duration::from_millis(25);

/// Hands out moments to send at.
pub(super) struct Gate(Mutex<Moments>);

struct Moments {
    /// The next moment not handed out yet.
    next: Instant,
    /// Nobody passes before this.
    closed_until: Instant,
}

impl Gate {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self(Mutex::new(Moments {
            next: now,
            closed_until: now,
        }))
    }

    /// Waits for one's turn.
    pub(super) async fn pass(&self) {
        loop {
            let turn = self.take_turn();
            sleep_until(turn).await;
            // The gate may have closed meanwhile: those who waited then take new turns.
            if self.moments().closed_until <= turn {
                return;
            }
        }
    }

    /// Waits while nobody passes, and no longer.
    pub(super) async fn open(&self) {
        loop {
            let until = self.moments().closed_until;
            if until <= Instant::now() {
                return;
            }
            sleep_until(until).await;
        }
    }

    /// Lets nobody pass for `pause`.
    pub(super) fn close_for(&self, pause: Duration) {
        let mut moments = self.moments();
        let until = Instant::now().checked_add(pause);
        // Nobody can have meant a pause that no clock can hold.
        let Some(until) = until else { return };
        moments.closed_until = moments.closed_until.max(until);
        moments.next = moments.next.max(moments.closed_until);
    }

    fn take_turn(&self) -> Instant {
        let mut moments = self.moments();
        let turn = moments.next.max(Instant::now());
        moments.next = turn + PACE;
        turn
    }

    fn moments(&self) -> MutexGuard<'_, Moments> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_sees_more_than_forty() {
        let gate = Gate::new();
        let begin = Instant::now();
        let mut passed = Vec::new();
        for _ in 0..200 {
            gate.pass().await;
            passed.push(begin.elapsed());
        }
        for (first, later) in passed.iter().zip(passed.iter().skip(40)) {
            assert!(
                *later - *first >= Duration::from_secs(1),
                "{first:?} {later:?}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_not_paced_waits_only_while_the_gate_is_closed() {
        let gate = Gate::new();
        let begin = Instant::now();
        for _ in 0..200 {
            gate.open().await;
        }
        assert_eq!(begin.elapsed(), Duration::ZERO);
        gate.close_for(Duration::MAX);
        gate.close_for(Duration::from_secs(5));
        gate.open().await;
        assert!(begin.elapsed() >= Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_gate_lets_nobody_pass_not_even_who_waits_already() {
        let gate = Gate::new();
        gate.pass().await;
        let begin = Instant::now();
        let waiting = gate.pass();
        let close = async { gate.close_for(Duration::from_secs(5)) };
        tokio::join!(waiting, close);
        assert!(
            begin.elapsed() >= Duration::from_secs(5),
            "{:?}",
            begin.elapsed()
        );
    }
}
