//! Trouble that goes on: told when it begins, every ten minutes while it lasts, and when it is over. In
//! between, the log has it at the level for debugging only.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How often trouble of one kind is told.
const TOLD: Duration = Duration::from_secs(600);
/// How long there has to be no trouble until it is over.
const CALM: Duration = Duration::from_secs(10);

/// The troubles there are, by what goes wrong.
#[derive(Default)]
pub struct Troubles(Mutex<HashMap<&'static str, Trouble>>);

struct Trouble {
    told: Instant,
    last: Instant,
}

impl Troubles {
    /// Something went wrong. Returns whether that is to be told.
    pub fn met(&self, what: &'static str) -> bool {
        let now = Instant::now();
        let mut troubles = self.troubles();
        let known = troubles.get(what).map(|trouble| trouble.told);
        let told = known.filter(|told| now.saturating_duration_since(*told) < TOLD);
        let trouble = Trouble {
            told: told.unwrap_or(now),
            last: now,
        };
        troubles.insert(what, trouble);
        told.is_none()
    }

    /// Something went well. Returns whether that is to be told: trouble with it is over.
    pub fn over(&self, what: &'static str) -> bool {
        let mut troubles = self.troubles();
        let over = |trouble: &Trouble| trouble.last.elapsed() > CALM;
        let is_over = troubles.get(what).is_some_and(over);
        if is_over {
            troubles.remove(what);
        }
        is_over
    }

    fn troubles(&self) -> MutexGuard<'_, HashMap<&'static str, Trouble>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn trouble_is_told_once_in_ten_minutes_and_once_when_it_is_over() {
        let troubles = Troubles::default();
        let (mut told, mut over) = (0, 0);
        // Twenty-five minutes, in which every tenth try goes well.
        for second in 0..1_500 {
            if second % 10 == 9 {
                over += u32::from(troubles.over("posting"));
            } else {
                told += u32::from(troubles.met("posting"));
            }
            assert!(!troubles.over("reading"), "of its own kind only");
            advance(Duration::from_secs(1)).await;
        }
        assert_eq!((told, over), (3, 0));
        for _ in 0..60 {
            advance(Duration::from_secs(1)).await;
            over += u32::from(troubles.over("posting"));
        }
        assert_eq!(over, 1);
        assert!(troubles.met("posting"), "it begins anew");
    }
}
