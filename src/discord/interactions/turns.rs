//! What one person writes is handled in the order in which they wrote it, since what comes later may correct what came
//! before. serenity starts a task for each event, and none of them waits for another.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task::yield_now;

/// The messages that wait or are at their turn, by who wrote them. People without any take no room.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<u64, Line>>);

/// The messages of one person by their ids, which grow with time
/// (<https://docs.discord.com/developers/reference#snowflakes>).
#[derive(Default)]
struct Line {
    waiting: BTreeSet<u64>,
    /// The one whose turn it is.
    current: Option<u64>,
    moved: Arc<Notify>,
}

/// A message's place in the line of its author, until it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    author: u64,
    message: u64,
    moved: Arc<Notify>,
}

impl Turns {
    /// Puts a message in line. There are only as many as their author may send within the pace.
    pub(super) fn queue(&self, author: u64, message: u64) -> Turn<'_> {
        let mut lines = self.lines();
        let line = lines.entry(author).or_default();
        line.waiting.insert(message);
        Turn {
            turns: self,
            author,
            message,
            moved: line.moved.clone(),
        }
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<u64, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Waits until it is the message's turn, which lasts until this is dropped.
    pub(super) async fn comes(&self) {
        // Tasks of events that came at once start in any order: the others get in line first.
        yield_now().await;
        loop {
            let moved = self.moved.notified();
            if self.has_come() {
                return;
            }
            moved.await;
        }
    }

    fn has_come(&self) -> bool {
        let mut lines = self.turns.lines();
        let Some(line) = lines.get_mut(&self.author) else {
            return true;
        };
        if line.current.is_none() && line.waiting.first() == Some(&self.message) {
            line.current = line.waiting.pop_first();
        }
        line.current == Some(self.message)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut lines = self.turns.lines();
        let Some(line) = lines.get_mut(&self.author) else {
            return;
        };
        line.waiting.remove(&self.message);
        line.current = line.current.filter(|current| *current != self.message);
        if line.waiting.is_empty() && line.current.is_none() {
            lines.remove(&self.author);
        }
        drop(lines);
        self.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::poll;

    use super::*;

    const BEN: u64 = 1;
    const CHLOE: u64 = 2;

    #[tokio::test]
    async fn messages_have_their_turn_in_the_order_of_their_ids() {
        let turns = Turns::default();
        // Told of in another order than they were sent.
        let [third, first, second] = [3, 1, 2].map(|message| turns.queue(BEN, message));
        {
            let (mut third, mut second) = (pin!(third.comes()), pin!(second.comes()));
            first.comes().await;
            for _ in 0..3 {
                assert!(poll!(&mut second).is_pending());
                assert!(poll!(&mut third).is_pending());
            }
            // Nobody else waits for them.
            turns.queue(CHLOE, 4).comes().await;
            drop(first);
            assert!(poll!(&mut third).is_pending());
            second.await;
            assert!(poll!(&mut third).is_pending());
        }
        drop(second);
        third.comes().await;
    }

    #[tokio::test]
    async fn what_has_begun_is_not_overtaken_by_what_was_sent_before() {
        let turns = Turns::default();
        let late = turns.queue(BEN, 2);
        late.comes().await;
        let early = turns.queue(BEN, 1);
        let mut early = pin!(early.comes());
        for _ in 0..3 {
            assert!(poll!(&mut early).is_pending());
        }
        drop(late);
        early.await;
    }

    #[tokio::test]
    async fn what_is_given_up_holds_nobody_up_and_nothing_is_kept() {
        let turns = Turns::default();
        let [first, second, third] = [1, 2, 3].map(|message| turns.queue(BEN, message));
        first.comes().await;
        drop(second);
        drop(first);
        third.comes().await;
        assert_eq!(turns.lines().len(), 1);
        drop(third);
        assert!(turns.lines().is_empty());
    }
}
