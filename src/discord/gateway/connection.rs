//! How the connection to Discord's gateway is, at an instant.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use poise::serenity_prelude as serenity;
use serenity::{ConnectionStage, ShardManager};
use tokio::time::Instant;

use crate::metrics::Gateway;

/// How many shards there are. Each says so when it is ready; 0 before.
#[derive(Clone, Default)]
pub(crate) struct ShardCount(Arc<AtomicU32>);

impl ShardCount {
    pub(crate) fn record(&self, ready: &serenity::Ready) {
        let total = ready.shard.map_or(1, |shard| shard.total);
        self.0.store(total, Ordering::Relaxed);
    }
}

/// When something was last heard through each shard: READY, RESUMED, or any other event.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<HashMap<u32, Instant>>>);

impl Heard {
    pub(crate) fn note(&self, shard: serenity::ShardId) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.insert(shard.0, Instant::now());
    }

    pub(crate) fn last(&self, shard: serenity::ShardId) -> Option<Instant> {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.get(&shard.0).copied()
    }
}

/// Tells how the connection is.
#[derive(Clone)]
pub struct Connection {
    pub(crate) shards: Arc<ShardManager>,
    pub(crate) total: ShardCount,
}

impl Connection {
    /// As the shards last said. One that stalls while it resumes still counts as connected; the
    /// acknowledgements of its heartbeats tell.
    pub async fn state(&self) -> Gateway {
        let runners = self.shards.runners.lock().await;
        let stages = runners.values().map(|shard| shard.stage);
        Gateway {
            shards: self.total.0.load(Ordering::Relaxed) as usize,
            connected: stages
                .filter(|stage| *stage == ConnectionStage::Connected)
                .count(),
            latency: runners.values().filter_map(|shard| shard.latency).max(),
        }
    }
}
