//! Keeps one kind of the outbox's work in order: one task a channel, no daily in two.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::app::outbox::Post;
use crate::model::ChannelId;

/// What is done with a post.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// Its message is sent.
    Post,
    /// Its message is edited to show what it has become.
    Show,
}

impl Work {
    /// The task that does it, which is what the log calls it too.
    pub(super) const fn task(self) -> &'static str {
        match self {
            Self::Post => "posting dailies",
            Self::Show => "showing results",
        }
    }
}

/// The task that tells admins and the operator what they are to know.
pub(super) const TELLING: &str = "telling what is to be told";

/// What comes after Discord has done it.
pub(super) const RECORDING: &str = "recording what became of dailies";

/// What one channel's work is called when it panics.
pub(super) const AT_A_DAILY: &str = "working on a daily";

/// What one kind of work has going on.
pub(super) struct Lane {
    /// Each tells whether the database failed.
    pub tasks: JoinSet<bool>,
    pub busy: Arc<Mutex<Busy>>,
    /// So many channels at the same time.
    pub places: Arc<Semaphore>,
}

impl Lane {
    pub(super) fn new(places: usize) -> Self {
        Self {
            tasks: JoinSet::new(),
            busy: Arc::default(),
            places: Arc::new(Semaphore::new(places)),
        }
    }
}

/// What is worked on: channels, each by one task, and dailies, whose schedule may have moved to
/// another channel meanwhile.
#[derive(Clone, Default)]
pub(super) struct Busy {
    channels: HashSet<ChannelId>,
    dailies: HashSet<i64>,
}

impl Busy {
    /// Whether any of these is worked on.
    pub(super) fn with(&self, channel: &ChannelId, posts: &[Post]) -> bool {
        self.channels.contains(channel)
            || posts
                .iter()
                .any(|post| self.dailies.contains(&post.daily.id))
    }
}

/// A channel and its dailies that are worked on, until this is dropped.
pub(super) struct Turn {
    busy: Arc<Mutex<Busy>>,
    channel: ChannelId,
    dailies: Vec<i64>,
}

impl Turn {
    pub(super) fn begin(busy: &Arc<Mutex<Busy>>, channel: ChannelId, posts: &[Post]) -> Self {
        let dailies: Vec<i64> = posts.iter().map(|post| post.daily.id).collect();
        let mut now = locked(busy);
        now.channels.insert(channel.clone());
        now.dailies.extend(&dailies);
        drop(now);
        let busy = busy.clone();
        Self {
            busy,
            channel,
            dailies,
        }
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
