//! How a local Discord is started.

use std::{net::SocketAddr, time::Duration};

use super::Seed;
use crate::common::{Introduction, Sibling};

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen: an address of the loopback interface, port 0 for any free port.
    pub listen: SocketAddr,
    /// The one bot token that is accepted.
    pub token: String,
    /// Who and what there is at the start.
    pub seed: Seed,
    /// What the page tells a newcomer.
    pub introduction: Introduction,
    /// Another platform's page, to which the page links; [`World::link`](crate::World::link) sets it later.
    pub sibling: Option<Sibling>,
    /// How many guilds there are at the start, at least one. The page shows the first.
    pub guilds: usize,
    /// Whether requests are rate limited as Discord documents it: 50 a second overall, and for each
    /// channel 5 messages in 5 seconds.
    pub rate_limits: bool,
    /// How many shards `GET /gateway/bot` tells a bot to have, at least one.
    pub shards: u64,
    /// How many sessions may be started in a day.
    pub session_starts: u64,
    /// How many shards may identify at once, at least one. With `rate_limits`, one that does so within
    /// five seconds of another of the same "rate limit key" is told that its session is invalid.
    pub max_concurrency: u64,
    /// How often clients of the gateway are to send a heartbeat.
    pub heartbeat: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: "sandbox".to_owned(),
            seed: Seed::default(),
            introduction: Introduction::default(),
            sibling: None,
            guilds: 1,
            rate_limits: false,
            shards: 1,
            session_starts: 1_000,
            max_concurrency: 1,
            heartbeat: Duration::from_millis(41_250),
        }
    }
}
