//! What the use-cases share.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::card::Card;
use super::delivery::{Doubles, Failing, Wakes};
use super::library::Library;
use super::logged_once::LoggedOnce;
use super::pace::Pace;
use crate::bank::Bank;
use crate::clock::Clock;
use crate::store::Store;

/// Everything the use-cases need. Clones share it.
#[derive(Clone)]
pub struct App {
    /// What is remembered. Platforms leave it to the use-cases.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    pub(super) library: Arc<ArcSwap<Library>>,
    pub(super) wakes: Arc<Wakes>,
    pub(super) doubles: Arc<Doubles>,
    pub(super) logged: Arc<LoggedOnce>,
    pub(super) failing: Arc<Failing>,
    /// When due dailies were last claimed; held while they are.
    pub(super) looked_at: Arc<Mutex<Option<DateTime<Utc>>>>,
    pub(super) pace: Arc<Pace>,
    pub(super) to_operator: Arc<ArcSwapOption<Card>>,
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, bank: impl Into<Arc<Bank>>, clock: Clock) -> Self {
        Self {
            store,
            clock,
            library: Arc::new(ArcSwap::from_pointee(Library::new(bank))),
            wakes: Arc::default(),
            doubles: Arc::default(),
            logged: Arc::default(),
            failing: Arc::default(),
            looked_at: Arc::default(),
            pace: Arc::default(),
            to_operator: Arc::default(),
        }
    }

    /// What can be asked at this moment.
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }
}
