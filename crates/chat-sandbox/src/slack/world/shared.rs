//! The state of a local Slack behind one lock, for those who share it.

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, watch};

use super::{start, state::State};
use crate::{
    common::{Clock, Introduction, Sibling},
    slack::options::Options,
};

/// The shared state of a local Slack.
pub struct World {
    state: Mutex<State>,
    version: watch::Sender<u64>,
    pub(super) wake: Arc<Notify>,
    pub(in crate::slack) clock: Arc<Clock>,
    /// Tells those that a fault holds up that the faults are cleared.
    pub(in crate::slack) cleared: Notify,
    /// What the page tells a newcomer.
    pub(in crate::slack) introduction: Introduction,
    sibling: Mutex<Option<Sibling>>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    pub(in crate::slack) fn new(options: &Options, address: SocketAddr) -> Self {
        let version = watch::Sender::default();
        let (wake, clock) = (Arc::new(Notify::new()), Arc::new(Clock::start()));
        let state = start::state(options, address, &version, &wake, &clock);
        Self {
            state: Mutex::new(state),
            version,
            wake,
            clock,
            cleared: Notify::new(),
            introduction: options.introduction.clone(),
            sibling: Mutex::new(options.sibling.clone()),
        }
    }

    /// Has the page link to another platform's.
    pub fn link(&self, sibling: Sibling) {
        *self.sibling.lock().unwrap_or_else(PoisonError::into_inner) = Some(sibling);
        self.lock().changed();
    }

    pub(in crate::slack) fn sibling(&self) -> Option<Sibling> {
        self.sibling
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The state. No one may await while holding it; a panic elsewhere leaves it usable, since every
    /// change is complete before anything that could panic.
    pub(in crate::slack) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that grows with every change, for those who show the world to someone.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}
