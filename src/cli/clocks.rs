//! The clocks of the bot and of the local platforms move together: whichever page moves one, the others follow.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::Duration;
use greenroom::clock::Clock;
use tokio::sync::Notify;

/// Moves the clock of a local platform.
type Advance = Arc<dyn Fn(Duration) + Send + Sync>;

/// The clocks, and how far each was moved.
pub struct Clocks {
    bot: Clock,
    moved: Mutex<Moved>,
    wake: Notify,
}

#[derive(Default)]
struct Moved {
    bot: Duration,
    platforms: Vec<(Duration, Advance)>,
}

impl Clocks {
    /// Those that move the bot's.
    pub fn of(bot: Clock) -> Arc<Self> {
        Arc::new(Self {
            bot,
            moved: Mutex::default(),
            wake: Notify::new(),
        })
    }

    /// Adds a platform's, which `advance` moves. What is returned is to be called whenever it was moved.
    pub fn add<A: Fn(Duration) + Send + Sync + 'static>(
        self: &Arc<Self>,
        advance: A,
    ) -> impl Fn(Duration) + Send + Sync + 'static + use<A> {
        let clocks = self.clone();
        let mut moved = self.moved();
        let number = moved.platforms.len();
        moved.platforms.push((Duration::zero(), Arc::new(advance)));
        move |by| clocks.has_moved(number, by)
    }

    /// The bot's clock moves along at once: a page that stops on the way looks at what the bot has done by then.
    fn has_moved(&self, number: usize, by: Duration) {
        let mut moved = self.moved();
        let Some((total, _)) = moved.platforms.get_mut(number) else {
            return;
        };
        *total += by;
        let total = *total;
        let ahead = total - moved.bot;
        if ahead > Duration::zero() {
            moved.bot += ahead;
            self.bot.advance(ahead);
        }
        self.wake.notify_one();
    }

    /// Has the others follow where one was moved. Goes on until it is dropped.
    pub async fn keep_together(self: Arc<Self>) {
        tracing::debug!("keeping the clocks together");
        loop {
            self.wake.notified().await;
            while let Some((advance, by)) = self.behind() {
                advance(by);
            }
        }
    }

    /// A clock that is behind the bot's, and by how much.
    fn behind(&self) -> Option<(Advance, Duration)> {
        let moved = self.moved();
        let mut platforms = moved.platforms.iter();
        let (total, advance) = platforms.find(|(total, _)| *total < moved.bot)?;
        Some((advance.clone(), moved.bot - *total))
    }

    fn moved(&self) -> MutexGuard<'_, Moved> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tell = Box<dyn Fn(Duration) + Send + Sync>;

    /// The clock of a page: how far it was moved, and whom it tells.
    #[derive(Clone, Default)]
    struct Page {
        total: Arc<Mutex<Duration>>,
        tell: Arc<Mutex<Option<Tell>>>,
    }

    impl Page {
        fn of(clocks: &Arc<Clocks>) -> Self {
            let page = Self::default();
            let moves = page.clone();
            let told = clocks.add(move |by| moves.advance(by));
            *page.tell.lock().unwrap() = Some(Box::new(told));
            page
        }

        fn advance(&self, by: Duration) {
            *self.total.lock().unwrap() += by;
            if let Some(tell) = &*self.tell.lock().unwrap() {
                tell(by);
            }
        }

        fn total(&self) -> Duration {
            *self.total.lock().unwrap()
        }
    }

    #[tokio::test]
    async fn whichever_page_moves_the_clock_it_is_moved_once() {
        let bot = Clock::manual(chrono::DateTime::UNIX_EPOCH);
        let clocks = Clocks::of(bot.clone());
        let (one, other) = (Page::of(&clocks), Page::of(&clocks));
        let followed = tokio::spawn(clocks.keep_together());
        let all = || {
            (
                bot.now() - chrono::DateTime::UNIX_EPOCH,
                one.total(),
                other.total(),
            )
        };

        let day = Duration::days(1);
        one.advance(day);
        assert_eq!(all().0, day, "at once");
        while other.total().is_zero() {
            tokio::task::yield_now().await;
        }
        assert_eq!(all(), (day, day, day));

        let more = day + Duration::hours(2);
        other.advance(Duration::hours(2));
        while one.total() == day {
            tokio::task::yield_now().await;
        }
        assert_eq!(all(), (more, more, more));
        followed.abort();
    }
}
