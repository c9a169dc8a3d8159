//! The state that the bot, the people and the page share: one value behind one lock.

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, broadcast, watch};

use super::{change::Change, seed, state::State};
use crate::{
    common::{Clock, Introduction, Sibling},
    discord::{Options, Previews},
};

/// How many changes a reader may lag behind before it must read everything anew.
const CHANGES: usize = 4_096;

/// The shared state of a sandbox.
pub struct World {
    state: Mutex<State>,
    changes: broadcast::Sender<Change>,
    pub(super) clock: Arc<Clock>,
    /// Tells those that a fault holds up that the faults are cleared.
    pub(crate) cleared: Notify,
    /// What the page tells a newcomer.
    pub(crate) introduction: Introduction,
    pub(super) sibling: Mutex<Option<Sibling>>,
    /// What the page of previews shows.
    pub(crate) previews: watch::Sender<Arc<Previews>>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    /// A new world as [`Seed`](crate::discord::Seed) has it, whose files will be found at `address`.
    pub(crate) fn new(options: &Options, address: SocketAddr) -> Self {
        let (changes, _) = broadcast::channel(CHANGES);
        let clock = Arc::new(Clock::start());
        let state = seed::state(options, address, Arc::clone(&clock), changes.clone());
        Self {
            state: Mutex::new(state),
            changes,
            clock,
            cleared: Notify::new(),
            introduction: options.introduction.clone(),
            sibling: Mutex::new(options.sibling.clone()),
            previews: watch::Sender::default(),
        }
    }

    /// Has the page link to another platform's.
    pub fn link(&self, sibling: Sibling) {
        *self.sibling.lock().unwrap_or_else(PoisonError::into_inner) = Some(sibling);
        self.lock().announce(Change::Reset);
    }

    pub(crate) fn sibling(&self) -> Option<Sibling> {
        self.sibling
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The state. No one may await while holding it; a panic elsewhere leaves it usable, since every
    /// change is complete before anything that could panic.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that changes from now on, for everyone; [`super::Person::sees`] tells what is whose.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
