//! What one person writes is handled in the order in which they wrote it, since what comes later may correct what came
//! before. Each event has a task of its own, and none of them waits for another.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task::yield_now;

/// The messages of people that wait to be handled, and those whose answers wait to be sent.
#[derive(Default)]
pub struct Turns<Id> {
    handled: Lines<Id>,
    answered: Lines<Id>,
}

/// A message's turn to be handled and then to be answered, until it is dropped.
pub struct Turn<Id: Eq + Hash + Ord> {
    handled: Place<Id>,
    answered: Place<Id>,
}

/// The messages that wait or are at their turn, by who wrote them. People without any take no room.
struct Lines<Id>(Arc<Mutex<HashMap<Id, Line<Id>>>>);

/// The messages of one person.
struct Line<Id> {
    waiting: BTreeSet<Id>,
    /// The one whose turn it is.
    current: Option<Id>,
    moved: Arc<Notify>,
}

/// A message's place in a line of its author, until it is dropped.
pub struct Place<Id: Eq + Hash + Ord> {
    lines: Lines<Id>,
    author: Id,
    message: Id,
    moved: Arc<Notify>,
}

impl<Id: Clone + Eq + Hash + Ord> Turns<Id> {
    /// Puts a message in line. The ids are the platform's, and those of messages grow with time. How many there are is
    /// bounded where they come in.
    pub fn queue(&self, author: Id, message: Id) -> Turn<Id> {
        Turn {
            handled: self.handled.queue(author.clone(), message.clone()),
            answered: self.answered.queue(author, message),
        }
    }
}

impl<Id: Eq + Hash + Ord> Turn<Id> {
    /// Waits until what its author wrote before is handled.
    pub async fn comes(&self) {
        self.handled.comes().await;
    }

    /// It is handled: what its author wrote later needn't wait for its answer to be sent. Waits until what was written
    /// before is answered; later answers wait until what is returned is dropped.
    pub async fn to_answer(self) -> Place<Id> {
        drop(self.handled);
        self.answered.comes().await;
        self.answered
    }
}

impl<Id> Default for Lines<Id> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<Id> Default for Line<Id> {
    fn default() -> Self {
        Self {
            waiting: BTreeSet::new(),
            current: None,
            moved: Arc::default(),
        }
    }
}

impl<Id: Clone + Eq + Hash + Ord> Lines<Id> {
    fn queue(&self, author: Id, message: Id) -> Place<Id> {
        let mut lines = self.lines();
        let line = lines.entry(author.clone()).or_default();
        line.waiting.insert(message.clone());
        Place {
            lines: Self(self.0.clone()),
            author,
            message,
            moved: line.moved.clone(),
        }
    }
}

impl<Id> Lines<Id> {
    fn lines(&self) -> MutexGuard<'_, HashMap<Id, Line<Id>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Id: Eq + Hash + Ord> Place<Id> {
    /// Waits until it is the message's turn, which lasts until this is dropped.
    async fn comes(&self) {
        // Tasks of events that came at once may start in any order: the others get in line first.
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
        let mut lines = self.lines.lines();
        let Some(line) = lines.get_mut(&self.author) else {
            return true;
        };
        if line.current.is_none() && line.waiting.first() == Some(&self.message) {
            line.current = line.waiting.pop_first();
        }
        line.current.as_ref() == Some(&self.message)
    }
}

impl<Id: Eq + Hash + Ord> Drop for Place<Id> {
    fn drop(&mut self) {
        let mut lines = self.lines.lines();
        let Some(line) = lines.get_mut(&self.author) else {
            return;
        };
        line.waiting.remove(&self.message);
        line.current.take_if(|current| *current == self.message);
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
        assert_eq!(turns.handled.lines().len(), 1);
        drop(third);
        assert!(turns.handled.lines().is_empty() && turns.answered.lines().is_empty());
    }

    #[tokio::test]
    async fn a_later_message_is_handled_while_an_earlier_one_is_answered_and_answered_after_it() {
        let turns = Turns::default();
        let [first, second] = [1, 2].map(|message| turns.queue(BEN, message));
        first.comes().await;
        let first = first.to_answer().await;
        second.comes().await;
        let mut second = pin!(second.to_answer());
        for _ in 0..3 {
            assert!(poll!(&mut second).is_pending());
        }
        drop(first);
        second.await;
    }
}
