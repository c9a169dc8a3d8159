//! Keeps one kind of work in order: one task a channel, no daily in two.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::model::{ChannelId, Daily};

/// The running tasks of one kind of work.
pub(super) struct Lane {
    /// Each returns whether the database failed.
    pub tasks: JoinSet<bool>,
    /// Limits concurrent channels.
    pub places: Arc<Semaphore>,
    busy: Arc<Mutex<Busy>>,
}

/// What is being worked on: channels, each by one task, and dailies, since a schedule may have moved to another channel
/// meanwhile.
#[derive(Default)]
struct Busy {
    channels: HashSet<ChannelId>,
    dailies: HashSet<i64>,
}

impl Lane {
    pub(super) fn new(places: usize) -> Self {
        Self {
            tasks: JoinSet::new(),
            places: Arc::new(Semaphore::new(places)),
            busy: Arc::default(),
        }
    }

    /// Takes a channel and its dailies; `None` while any of them is being worked on.
    pub(super) fn take(&self, channel: ChannelId, dailies: &[Daily]) -> Option<Turn> {
        let mut busy = locked(&self.busy);
        let ids = || dailies.iter().map(|daily| daily.id);
        if busy.channels.contains(&channel) || ids().any(|id| busy.dailies.contains(&id)) {
            return None;
        }
        busy.channels.insert(channel.clone());
        busy.dailies.extend(ids());
        Some(Turn {
            busy: self.busy.clone(),
            channel,
            dailies: ids().collect(),
        })
    }
}

/// Keeps a channel and its dailies taken until it is dropped.
pub(super) struct Turn {
    busy: Arc<Mutex<Busy>>,
    channel: ChannelId,
    dailies: Vec<i64>,
}

impl Turn {
    pub(super) fn is_in(&self, channel: &ChannelId) -> bool {
        self.channel == *channel
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut busy = locked(&self.busy);
        busy.channels.remove(&self.channel);
        for daily in &self.dailies {
            busy.dailies.remove(daily);
        }
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
